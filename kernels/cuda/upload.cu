// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "kernels/cuda/upload.h"

namespace fathom {
namespace {

constexpr int kThreads = 256;
constexpr size_t kBlocksMax = 32;

__global__ void __launch_bounds__(kThreads) CopyParts(const uint4* from, size_t count, uint4* to) {
  for (size_t i = blockIdx.x * size_t{kThreads} + threadIdx.x; i < count;
       i += gridDim.x * size_t{kThreads})
    to[i] = from[i];
}

}  // namespace

cudaError_t UploadPinned(void* to, const void* pinned, size_t bytes, cudaStream_t stream) {
  const size_t count = (bytes + 15) / 16;
  const auto blocks =
      static_cast<unsigned>(std::min((count + kThreads - 1) / kThreads, kBlocksMax));
  if (blocks == 0) return cudaSuccess;
  CopyParts<<<blocks, kThreads, 0, stream>>>(static_cast<const uint4*>(pinned), count,
                                             static_cast<uint4*>(to));
  return cudaGetLastError();
}

}  // namespace fathom
