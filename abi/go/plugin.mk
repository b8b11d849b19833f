# For makefiles of encodings in Go, beside a go.mod. After
#   include <pebench>/abi/go/plugin.mk
# $(BUILD)/NAME.so is made of the package in folder NAME, or of that beside the makefile where there is no such folder. It
# exports peb_plugin_v1 alone. Source folders leave no trace in it, so that two checkouts give the same library. Nothing is
# downloaded.
GO ?= go
BUILD ?= build
export GOFLAGS = -mod=mod
export GOPROXY = off
export GOTOOLCHAIN = local
export CGO_ENABLED = 1

pebench_go := $(abspath $(dir $(lastword $(MAKEFILE_LIST))))
pebench_exports := $(abspath $(pebench_go)/../cmake/plugin.exports)
pebench_sources := $(wildcard $(pebench_go)/*.go $(pebench_go)/*.c $(pebench_go)/*.h) $(pebench_exports)
project := $(patsubst %/,%,$(dir $(abspath $(firstword $(MAKEFILE_LIST)))))
package = $(if $(wildcard $(project)/$1/*.go),$(project)/$1,$(project))

# cgo exports what it passes between its two languages, which the version script hides. -s and -w leave out symbols and
# debugging information. The runtime must never be unloaded.
.SECONDEXPANSION:
$(BUILD)/%.so: $$(wildcard $$(call package,$$*)/*.go) $(project)/go.mod $(pebench_sources)
	mkdir -p $(BUILD)
	cd $(call package,$*) && $(GO) build -buildmode=c-shared -trimpath -buildvcs=false -o $(abspath $@) \
	  -ldflags "-s -w -buildid= -extldflags '-Wl,--version-script=$(pebench_exports) -Wl,-z,nodelete'" .
