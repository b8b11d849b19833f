module pebench

go 1.18
