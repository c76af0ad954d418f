// SPDX-License-Identifier: Apache-2.0
// One token of each of several sequences, fused: SiLU, the state's update, the output, its squares
// and the gate. A block a (sequence, head), all of whose state (64 KB) is in flight at once: a warp
// holds a row of it at a time. The state is read while the kernel before ends, or, where that one
// may write it, fetched to the L2 cache.
#include "kernels/cuda/device.h"
#include "kernels/cuda/early_launch.cuh"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/lightning_attention/lightning_attention.h"

namespace fathom {
namespace {

constexpr int kDim = 128, kThreads = 512, kWarps = kThreads / 32;
constexpr int kLoads = kDim / kWarps;  // rows of a warp

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

__device__ void LoadState(const float* state, float4 (&s)[kLoads]) {
  const int warp = threadIdx.x / 32, column = threadIdx.x % 32 * 4;
#pragma unroll
  for (int i = 0; i < kLoads; ++i)
    s[i] = __ldcs(reinterpret_cast<const float4*>(state + (i * kWarps + warp) * kDim + column));
}

// early: the kernel before this one writes no state that this one reads.
__global__ void __launch_bounds__(kThreads, 2) DecodeHead(LightningBf16Args args, bool early) {
  __shared__ float q[kDim], k[kDim];
  __shared__ __align__(16) float v[kDim];
  __shared__ __align__(16) float parts[kWarps][kDim];
  __shared__ float squares[kDim / 32];
  const int head = blockIdx.x, thread = threadIdx.x;
  const int warp = thread / 32, column = thread % 32 * 4;
  const size_t item = blockIdx.y * args.heads + head;
  float* state = args.state + item * kDim * kDim;
  float4 s[kLoads];
  if (early) {
    LoadState(state, s);
  } else if (blockIdx.y == 0 && column % 32 == 0) {  // a line is 32 columns
#pragma unroll
    for (int i = 0; i < kLoads; ++i) PrefetchToL2(state + (i * kWarps + warp) * kDim + column);
  }
  const float decay = args.decays_on_device[head];
  const float weight = thread < kDim ? args.weight[head * kDim + thread] : 0;
  WaitForEarlier();
  DependentsMayStart();
  if (!early) LoadState(state, s);
  const uint16_t* qkv = args.qkv + item * 3 * kDim;
  float gate = 0;
  if (thread < kDim) {
    q[thread] = Silu(Bf16(qkv[thread]));
    k[thread] = Silu(Bf16(qkv[kDim + thread]));
    v[thread] = Silu(Bf16(qkv[2 * kDim + thread]));
    gate = Sigmoid(Bf16(args.gate[item * kDim + thread]));
  }
  __syncthreads();
  const float4 value = *reinterpret_cast<const float4*>(v + column);
  float4 sum{};
#pragma unroll
  for (int i = 0; i < kLoads; ++i) {
    const int row = i * kWarps + warp;
    const float kr = k[row], qr = q[row];
    s[i].x = fmaf(kr, value.x, decay * s[i].x);
    s[i].y = fmaf(kr, value.y, decay * s[i].y);
    s[i].z = fmaf(kr, value.z, decay * s[i].z);
    s[i].w = fmaf(kr, value.w, decay * s[i].w);
    __stcs(reinterpret_cast<float4*>(state + row * kDim + column), s[i]);
    sum.x = fmaf(qr, s[i].x, sum.x);
    sum.y = fmaf(qr, s[i].y, sum.y);
    sum.z = fmaf(qr, s[i].z, sum.z);
    sum.w = fmaf(qr, s[i].w, sum.w);
  }
  *reinterpret_cast<float4*>(&parts[warp][column]) = sum;
  __syncthreads();
  if (thread < kDim) {
    float o = 0;
#pragma unroll
    for (int w = 0; w < kWarps; ++w) o += parts[w][thread];
    args.o[item * kDim + thread] = ToBf16(weight * o * gate);
    const float square = WarpSum(o * o);
    if (thread % 32 == 0) squares[thread / 32] = square;
  }
  __syncthreads();
  if (thread == 0) args.squares[item] = squares[0] + squares[1] + squares[2] + squares[3];
}

}  // namespace

Status LightningDecodeCuda(const Backend& backend, const LightningBf16Args& args) {
  CudaContext& cuda = backend.cuda().Enter();
  // All kernels but the last have ended when this one starts (early_launch.cuh).
  const std::span<const float> state(args.state, args.tokens * args.heads * kDim * kDim),
      last = cuda.last_state();
  const bool early =
      state.data() >= last.data() + last.size() || last.data() >= state.data() + state.size();
  cuda.SetLastState(state);
  const dim3 grid(static_cast<unsigned>(args.heads), static_cast<unsigned>(args.tokens));
  return LaunchEarly(cuda, DecodeHead, {grid, kThreads}, args, early);
}

}  // namespace fathom
