# What every target of the host is compiled with. Two checkouts in different folders give identical files.
add_library(pebench_options INTERFACE)
target_include_directories(pebench_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_features(pebench_options INTERFACE cxx_std_17)
target_compile_options(pebench_options INTERFACE -Wall -Wextra -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)

option(PEBENCH_WERROR "Treat warnings as errors" OFF)
if(PEBENCH_WERROR)
  target_compile_options(pebench_options INTERFACE -Werror)
endif()

# Address and undefined-behaviour sanitizers and the library's own checks, for every target and the plugins; LibTorch is as
# it was installed. -Og -g1, and leaving out what checks every pointer that ASan and the processor watch too, halve the time to
# compile; clang (CMakePresets.json) takes a third off, and is a second compiler's opinion.
option(PEBENCH_SANITIZE "Build with ASan and UBSan" OFF)
if(PEBENCH_SANITIZE)
  add_compile_options(-Og -g1 -fsanitize=address,undefined -fno-sanitize=null,alignment,object-size,vptr
    -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_link_options(-fsanitize=address,undefined)
endif()
