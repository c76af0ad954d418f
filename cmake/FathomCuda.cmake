# SPDX-License-Identifier: Apache-2.0
# FATHOM_HAS_CUDA and fathom_cuda_flags, where CUDA code is built. The program links cudart statically and finds the
# driver and cuBLAS when a device is opened, so it starts where they are absent. Instrumented builds (sanitizers,
# fuzzers, clang) have no CUDA part unless FATHOM_CUDA=ON asks for it.
set(FATHOM_HAS_CUDA OFF)
if(FATHOM_CUDA STREQUAL "OFF")
  return()
endif()
find_program(FATHOM_NVCC nvcc HINTS /usr/local/cuda/bin)
if(FATHOM_CUDA STREQUAL "AUTO")
  if(NOT FATHOM_NVCC OR FATHOM_SANITIZE OR FATHOM_FUZZ OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
endif()
if(NOT FATHOM_NVCC)
  message(FATAL_ERROR "FATHOM_CUDA=ON, but nvcc was found neither in PATH nor in /usr/local/cuda/bin")
endif()
set(CMAKE_CUDA_COMPILER ${FATHOM_NVCC})
set(CMAKE_CUDA_ARCHITECTURES ${FATHOM_CUDA_ARCHITECTURES})
set(CMAKE_CUDA_HOST_COMPILER ${CMAKE_CXX_COMPILER})
enable_language(CUDA)
if(CCACHE)
  set(CMAKE_CUDA_COMPILER_LAUNCHER ${CCACHE})
endif()
if(NOT CMAKE_CUDA20_STANDARD_COMPILE_OPTION) # CMake 3.25 does not know it of nvcc 13
  set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION -std=c++20)
  set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION -std=c++20)
  set(CMAKE_CUDA_STANDARD_LATEST 20)
endif()
set(CMAKE_CUDA_STANDARD 20)
find_package(CUDAToolkit 12.3 REQUIRED)
set(FATHOM_HAS_CUDA ON)
add_library(fathom_cuda_flags INTERFACE)
target_include_directories(fathom_cuda_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_include_directories(fathom_cuda_flags SYSTEM INTERFACE ${CUDAToolkit_INCLUDE_DIRS})
# 2810: nvcc takes the value of an assignment for an ignored result.
target_compile_options(fathom_cuda_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wno-missing-field-initializers>
    $<$<COMPILE_LANGUAGE:CUDA>:-O3 -Xcompiler=-Wall --diag-suppress=2810>)
