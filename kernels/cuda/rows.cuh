// SPDX-License-Identifier: Apache-2.0
// What the kernels over rows share: sums over a block, in a fixed order.
#pragma once

#include <cstdint>

namespace fathom {

constexpr int kRowThreads = 256;

__device__ inline float WarpSum(float value) {
#pragma unroll
  for (int step = 16; step > 0; step /= 2) value += __shfl_xor_sync(~0u, value, step);
  return value;
}

// The sum over all kRowThreads threads, in every thread.
__device__ inline float BlockSum(float value) {
  __shared__ float parts[kRowThreads / 32];
  value = WarpSum(value);
  __syncthreads();
  if (threadIdx.x % 32 == 0) parts[threadIdx.x / 32] = value;
  __syncthreads();
  float sum = 0;
#pragma unroll
  for (int i = 0; i < kRowThreads / 32; ++i) sum += parts[i];
  return sum;
}

__device__ inline float Sigmoid(float x) {
  return 1.0f / (1.0f + expf(-x));
}

// Positions of rows: `list`, or counted up from `begin` where it is null.
struct Positions {
  const uint64_t* list;
  uint64_t begin;
  __device__ uint64_t operator[](size_t row) const {
    return list == nullptr ? begin + row : list[row];
  }
};

}  // namespace fathom
