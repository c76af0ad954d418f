// SPDX-License-Identifier: Apache-2.0
// A call of SoftmaxAttention as the device's kernels see it.
#pragma once

#include "kernels/cuda/device.h"
#include "kernels/cuda/rows.cuh"

namespace fathom {

// A KvView on the device.
struct DevicePages {
  std::byte* const* pages;
  size_t half_bytes;  // keys, or values, of one block of one head
  int blocks_per_page, kv_heads, dim, wide;

  __device__ std::byte* Block(size_t position, int kv_head) const {
    const size_t block = position / 64;
    return pages[block / blocks_per_page] +
           (block % blocks_per_page * kv_heads + kv_head) * 2 * half_bytes;
  }
};

struct DeviceAttention {
  DevicePages kv;
  Positions positions;
  size_t rows;
  int heads;
  int blocks;  // of 64 positions that the pages hold
  const float* q;
  float* o;
};

// bf16 pages of heads of 64 or 128. Prefill: any rows. Decode: one row, which sees up to keys_max.
Status AttentionPrefillCuda(CudaContext& cuda, const DeviceAttention& call);
Status AttentionDecodeCuda(const Backend& backend, const DeviceAttention& call, size_t keys_max);

}  // namespace fathom
