include(${CMAKE_CURRENT_LIST_DIR}/pebench-abi-targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/PebenchPlugin.cmake)
