module @NAME@

go 1.18

require pebench v1.0.0

replace pebench => @PEBENCH_ABI@/go
