find_package(Torch REQUIRED)

# LibTorch as the host sees it: ATen only, through one precompiled header.
add_library(pebench_torch INTERFACE)
target_link_libraries(pebench_torch INTERFACE ${TORCH_LIBRARIES})
target_include_directories(pebench_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
separate_arguments(torch_flags NATIVE_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(pebench_torch INTERFACE ${torch_flags})
