// SPDX-License-Identifier: Apache-2.0
// What backend.cc knows of CUDA: a device can be opened, and has a memory. The rest is in
// kernels/cuda/device.h, for the operators' CUDA files. Without CUDA in the build (FATHOM_CUDA=OFF,
// or no nvcc) kernels/cuda/absent.cc says so in these functions' place.
#pragma once

#include "kernels/backend.h"

namespace fathom {

// kUnavailable, with what is missing: the build's CUDA part, the driver, the device, cuBLAS.
Result<CudaPointer> OpenCuda(int device);
Memory& CudaMemoryOf(CudaContext& context);
Memory& CudaPinnedMemoryOf(CudaContext& context);

}  // namespace fathom
