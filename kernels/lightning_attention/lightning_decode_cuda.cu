// SPDX-License-Identifier: Apache-2.0
// One token of each of several sequences, fused: SiLU, the state's update, the output, its squares
// and the gate. A cluster of four blocks a (sequence, head): each owns 32 value columns, all of
// whose state is in flight at once (16 KB a block), and the squares meet in the first block.
#include <cooperative_groups.h>

#include <utility>

#include "kernels/cuda/device.h"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/lightning_attention/lightning_attention.h"

namespace fathom {
namespace {

constexpr int kDim = 128, kColumns = 32, kSlices = kDim / kColumns;
constexpr int kThreads = 128;
constexpr int kRowsAtOnce = kThreads / 8;  // 8 threads hold a row's 32 columns
constexpr int kLoads = kDim / kRowsAtOnce;

__device__ float Bf16(uint16_t bits) {
  return __uint_as_float(uint32_t{bits} << 16);
}
__device__ float Silu(float x) {
  return x * Sigmoid(x);
}
__device__ uint16_t ToBf16(float value) {
  const uint32_t bits = __float_as_uint(value);
  return (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
}

__global__ void __cluster_dims__(kSlices, 1, 1) __launch_bounds__(kThreads)
    DecodeHead(LightningBf16Args args) {
  namespace cg = cooperative_groups;
  __shared__ float q[kDim], k[kDim], v[kColumns];
  __shared__ float parts[kThreads / 32][kColumns];
  __shared__ float squares[kSlices];
  const int slice = blockIdx.x, head = blockIdx.y, thread = threadIdx.x;
  const size_t item = blockIdx.z * args.heads + head;
  float* state = args.state + item * kDim * kDim + slice * kColumns + thread % 8 * 4;
  float4 s[kLoads];
#pragma unroll
  for (int i = 0; i < kLoads; ++i) {
    const int row = i * kRowsAtOnce + thread / 8;
    s[i] = __ldcs(reinterpret_cast<const float4*>(state + row * kDim));
  }
  cg::cluster_group cluster = cg::this_cluster();
  auto started = cluster.barrier_arrive();  // the first block's memory exists once all have begun
  const uint16_t* qkv = args.qkv + item * 3 * kDim;
  q[thread] = Silu(Bf16(qkv[thread]));
  k[thread] = Silu(Bf16(qkv[kDim + thread]));
  if (thread < kColumns) v[thread] = Silu(Bf16(qkv[2 * kDim + slice * kColumns + thread]));
  const float decay = args.decays_on_device[head];
  __syncthreads();
  const float4 value = *reinterpret_cast<const float4*>(v + thread % 8 * 4);
  float4 sum{};
#pragma unroll
  for (int i = 0; i < kLoads; ++i) {
    const int row = i * kRowsAtOnce + thread / 8;
    const float kr = k[row], qr = q[row];
    s[i].x = fmaf(kr, value.x, decay * s[i].x);
    s[i].y = fmaf(kr, value.y, decay * s[i].y);
    s[i].z = fmaf(kr, value.z, decay * s[i].z);
    s[i].w = fmaf(kr, value.w, decay * s[i].w);
    __stcs(reinterpret_cast<float4*>(state + row * kDim), s[i]);
    sum.x = fmaf(qr, s[i].x, sum.x);
    sum.y = fmaf(qr, s[i].y, sum.y);
    sum.z = fmaf(qr, s[i].z, sum.z);
    sum.w = fmaf(qr, s[i].w, sum.w);
  }
#pragma unroll
  for (int step = 8; step < 32; step *= 2) {
    sum.x += __shfl_xor_sync(~0u, sum.x, step);
    sum.y += __shfl_xor_sync(~0u, sum.y, step);
    sum.z += __shfl_xor_sync(~0u, sum.z, step);
    sum.w += __shfl_xor_sync(~0u, sum.w, step);
  }
  if (thread % 32 < 8) *reinterpret_cast<float4*>(&parts[thread / 32][thread % 8 * 4]) = sum;
  __syncthreads();
  cluster.barrier_wait(std::move(started));
  if (thread < kColumns) {
    const float o = (parts[0][thread] + parts[1][thread]) + (parts[2][thread] + parts[3][thread]);
    const size_t column = slice * kColumns + thread;
    const float gate = Sigmoid(Bf16(args.gate[item * kDim + column]));
    args.o[item * kDim + column] = ToBf16(args.weight[head * kDim + column] * o * gate);
    const float square = WarpSum(o * o);
    if (thread == 0) *cluster.map_shared_rank(&squares[slice], 0) = square;
  }
  cluster.sync();
  if (slice == 0 && thread == 0)
    args.squares[item] = (squares[0] + squares[1]) + (squares[2] + squares[3]);
}

}  // namespace

Status LightningDecodeCuda(const Backend& backend, const LightningBf16Args& args) {
  CudaContext& cuda = backend.cuda().Enter();
  const dim3 grid(kSlices, static_cast<unsigned>(args.heads), static_cast<unsigned>(args.tokens));
  DecodeHead<<<grid, kThreads, 0, cuda.stream()>>>(args);
  return cuda.Launched("lightning_attention");
}

}  // namespace fathom
