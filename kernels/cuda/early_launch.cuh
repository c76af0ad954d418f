// SPDX-License-Identifier: Apache-2.0
// Kernels that start while the one before them in the stream still runs (programmatic dependent
// launch), so that what depends on nothing - weights, prefetches - is on its way when it ends.
//
// A kernel launched early calls WaitForEarlier() in every thread before it touches what a kernel
// before it writes, or writes what one reads; every path through it calls that, so that its own end
// means the end of all before it. It lets others start only after that call: when a kernel starts,
// all before it but the last have ended. Source: CUDA Programming Guide, programmatic dependent
// launch.
#pragma once

#include <type_traits>

#include "kernels/cuda/device.h"

namespace fathom {

// All kernels before this one have ended, and what they wrote is seen.
__device__ __forceinline__ void WaitForEarlier() {
  asm volatile("griddepcontrol.wait;" ::: "memory");
}

// Once every block has called it, the next kernel may start, if it is launched early.
__device__ __forceinline__ void DependentsMayStart() {
  asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
}

__device__ __forceinline__ void PrefetchToL2(const void* line) {
  asm volatile("prefetch.global.L2 [%0];" ::"l"(line));
}

struct LaunchShape {
  dim3 grid, block;
  size_t shared_bytes = 0;
};

template <typename... Parameters>
Status LaunchEarly(const CudaContext& cuda, void (*kernel)(Parameters...), const LaunchShape& shape,
                   const std::type_identity_t<Parameters>&... arguments) {
  cudaLaunchAttribute early{};
  early.id = cudaLaunchAttributeProgrammaticStreamSerialization;
  early.val.programmaticStreamSerializationAllowed = 1;
  cudaLaunchConfig_t config{};
  config.gridDim = shape.grid;
  config.blockDim = shape.block;
  config.dynamicSmemBytes = shape.shared_bytes;
  config.stream = cuda.stream();
  config.attrs = &early;
  config.numAttrs = 1;
  return CudaStatus(cudaLaunchKernelEx(&config, kernel, arguments...), "starting a kernel");
}

template <typename... Parameters>
Status LaunchInTurn(const CudaContext& cuda, void (*kernel)(Parameters...),
                    const LaunchShape& shape,
                    const std::type_identity_t<Parameters>&... arguments) {
  kernel<<<shape.grid, shape.block, shape.shared_bytes, cuda.stream()>>>(arguments...);
  return cuda.Launched("starting a kernel");
}

}  // namespace fathom
