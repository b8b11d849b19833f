module pebench_probe

go 1.18

require pebench v1.0.0

replace pebench => ../../../abi/go
