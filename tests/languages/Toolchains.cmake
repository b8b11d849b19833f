# The compilers of the languages that plugins are shown in, PEBENCH_<tool>, and whether all of a language are here,
# PEBENCH_HAS_<language>. The distribution's own come first: that they suffice is a promise.
function(find_language language)
  set(all TRUE)
  foreach(tool ${ARGN})
    find_program(PEBENCH_${tool} ${tool} PATHS /usr/bin NO_DEFAULT_PATH)
    find_program(PEBENCH_${tool} ${tool})
    mark_as_advanced(PEBENCH_${tool})
    if(NOT PEBENCH_${tool})
      set(all FALSE)
      message(STATUS "Plugins in ${language} are left out: there is no ${tool}")
    endif()
  endforeach()
  set(PEBENCH_HAS_${language} ${all} PARENT_SCOPE)
endfunction()

find_language(rust cargo rustc)
find_language(fortran gfortran make)
find_language(go go gcc make)

# language_files(<language> FILES <file>... SOURCES <folder>... COMMANDS COMMAND <command>...): what a language's own tools build.
# They are asked when anything in the folders has changed.
function(language_files language)
  cmake_parse_arguments(PARSE_ARGV 1 given "" "" "FILES;SOURCES;COMMANDS")
  foreach(folder ${given_SOURCES})
    foreach(name *.rs *.toml *.f90 *.inc *.go *.mod *.c *.h *.mk Makefile)
      list(APPEND patterns ${PROJECT_SOURCE_DIR}/${folder}/${name})
    endforeach()
  endforeach()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${patterns})
  list(FILTER sources EXCLUDE REGEX "/(target|build)/")
  add_custom_command(OUTPUT ${given_FILES} ${given_COMMANDS} COMMENT "Building plugins in ${language}" VERBATIM
    DEPENDS ${sources} ${PROJECT_SOURCE_DIR}/abi/cmake/plugin.exports ${PROJECT_SOURCE_DIR}/abi/include/pebench/pebench.h)
  set_property(GLOBAL APPEND PROPERTY pebench_languages ${language})
  set_property(GLOBAL APPEND PROPERTY pebench_language_files ${given_FILES})
endfunction()
