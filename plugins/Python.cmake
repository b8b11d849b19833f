# The interpreter inside the plugin `python`: the distribution's own, unless -DPython3_ROOT_DIR names another. A virtual
# environment or a shim in PATH that is active now need not be there when suites run.
if(NOT DEFINED Python3_ROOT_DIR)
  set(Python3_ROOT_DIR /usr)
endif()
set(Python3_FIND_STRATEGY LOCATION)
set(Python3_FIND_VIRTUALENV STANDARD)
set(Python3_USE_STATIC_LIBS FALSE)
find_package(Python3 3.10 QUIET COMPONENTS Interpreter Development.Embed)
if(NOT Python3_FOUND)
  message(STATUS "plugin python is left out: there is no Python 3.10 or newer with headers and libpython (python3-dev)")
endif()
