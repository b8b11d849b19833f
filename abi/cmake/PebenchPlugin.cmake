# pebench_add_plugin(<name> <source>...): the plugin library <build>/plugins/<name>.so, which exports
# peb_plugin_v1 alone.
#
# Every other symbol is hidden, and GNU unique symbols are off: of two libraries that export a class of the same
# name, the second would use the statics of the first, in spite of RTLD_LOCAL. Source folders leave no trace in
# the file, so that two checkouts give the same library.
function(pebench_add_plugin name)
  add_library(${name} MODULE ${ARGN})
  target_link_libraries(${name} PRIVATE pebench::abi)
  if(NOT CMAKE_CXX_STANDARD)
    set_target_properties(${name} PROPERTIES CXX_STANDARD 17)
  endif()
  target_compile_options(${name} PRIVATE -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.
                                         $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  set(exports ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.exports)
  target_link_options(${name} PRIVATE -Wl,--version-script=${exports})
  set_target_properties(${name} PROPERTIES
    PREFIX "" SUFFIX .so LINK_DEPENDS ${exports}
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)

  # Clang leaves the symbols of a sanitizer to the program that loads the library.
  get_property(options DIRECTORY PROPERTY COMPILE_OPTIONS)
  if(NOT "${options} ${CMAKE_C_FLAGS} ${CMAKE_CXX_FLAGS}" MATCHES "-fsanitize=")
    target_link_options(${name} PRIVATE -Wl,--no-undefined)
  endif()
endfunction()
