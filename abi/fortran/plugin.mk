# For makefiles of encodings in Fortran. After
#   include <pebench>/abi/fortran/plugin.mk
# $(BUILD)/NAME.so is made of NAME.f90 and exports peb_plugin_v1 alone. Source folders leave no trace in it, so that two
# checkouts give the same library.
FC := $(if $(filter default,$(origin FC)),gfortran,$(FC))
FFLAGS ?= -O2
BUILD ?= build

pebench_fortran := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
pebench_sources := $(foreach part,_raw _tensor _operators _custom _encoder _border,$(pebench_fortran)/pebench$(part).f90) \
                   $(pebench_fortran)/pebench.f90
pebench_exports := $(pebench_fortran)/../cmake/plugin.exports
pebench_flags := -std=f2018 -fPIC -frecursive -ffile-prefix-map=$(CURDIR)=. -ffile-prefix-map=$(pebench_fortran)=pebench

# In the order in which they use each other.
$(BUILD)/pebench/libpebench.a: $(pebench_sources)
	mkdir -p $(@D)
	rm -f $@
	for source in $^; do object=$(@D)/$$(basename $$source .f90).o; \
	  $(FC) $(FFLAGS) $(pebench_flags) -J$(@D) -c $$source -o $$object && ar rcsD $@ $$object || exit 1; done

$(BUILD)/%.so: %.f90 $(BUILD)/pebench/libpebench.a $(pebench_exports)
	mkdir -p $(BUILD)/$*
	$(FC) $(FFLAGS) $(pebench_flags) -Wall -Wno-unused-dummy-argument -J$(BUILD)/$* -I$(BUILD)/pebench -I$(dir $<) -shared -Wl,--no-undefined \
	  -Wl,--version-script=$(pebench_exports) -o $@ $< $(BUILD)/pebench/libpebench.a
