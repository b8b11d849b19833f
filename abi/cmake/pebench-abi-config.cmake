# pebench::abi, pebench_add_plugin(), and PEBENCH_ABI_DIR, the folder with the parts for each language. This file works
# installed as a package, and as it stands in that folder.
if(EXISTS ${CMAKE_CURRENT_LIST_DIR}/pebench-abi-targets.cmake)
  include(${CMAKE_CURRENT_LIST_DIR}/pebench-abi-targets.cmake)
  get_filename_component(PEBENCH_ABI_DIR ${CMAKE_CURRENT_LIST_DIR}/../../pebench/abi ABSOLUTE)
else()
  get_filename_component(PEBENCH_ABI_DIR ${CMAKE_CURRENT_LIST_DIR}/.. ABSOLUTE)
  if(NOT TARGET pebench::abi)
    add_library(pebench::abi INTERFACE IMPORTED)
    target_include_directories(pebench::abi INTERFACE ${PEBENCH_ABI_DIR}/include)
  endif()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/PebenchPlugin.cmake)
