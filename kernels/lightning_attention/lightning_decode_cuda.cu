// SPDX-License-Identifier: Apache-2.0
// One token of each of several sequences, fused: SiLU, the state's update, the output, its squares
// and the gate. A head's value columns lie in kSlices blocks, all of whose state is in flight at
// once; where there are several, their squares meet in the first. One block a head that fetches its
// state to the L2 cache while the kernel before ends was fastest of the nine forms measured.
#include <cooperative_groups.h>

#include "kernels/cuda/device.h"
#include "kernels/cuda/early_launch.cuh"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/lightning_attention/lightning_attention.h"

namespace fathom {
namespace {

constexpr int kDim = 128;
constexpr int kRowsAtOnce = 16, kLoads = kDim / kRowsAtOnce;

// A head's columns in kSlices blocks, which make a cluster.
template <int kSlices>
struct Shape {
  static constexpr int kColumns = kDim / kSlices, kRowThreads = kColumns / 4;
  static constexpr int kThreads = kRowThreads * kRowsAtOnce, kWarps = kThreads / 32;
};

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

template <int kSlices, int kEarly>
__global__ void __launch_bounds__(Shape<kSlices>::kThreads, 1024 / Shape<kSlices>::kThreads)
    DecodeHead(LightningBf16Args args) {
  namespace cg = cooperative_groups;
  using S = Shape<kSlices>;
  __shared__ float q[kDim], k[kDim], v[S::kColumns];
  __shared__ float parts[S::kWarps][S::kColumns];
  __shared__ float squares[kSlices], warp_squares[S::kColumns / 32];
  const int slice = blockIdx.x, head = blockIdx.y, thread = threadIdx.x;
  const size_t item = blockIdx.z * args.heads + head;
  float* state = args.state + item * kDim * kDim + slice * S::kColumns;
  const int row0 = thread / S::kRowThreads, column = thread % S::kRowThreads * 4;
  if constexpr (kEarly == 1) {
    // The kernel before may still write what is read from here on.
    if (blockIdx.z == 0 && column % 32 == 0) {
#pragma unroll
      for (int i = 0; i < kLoads; ++i)
        PrefetchToL2(state + (row0 + i * kRowsAtOnce) * kDim + column);
    }
  }
  if constexpr (kEarly > 0) {
    WaitForEarlier();
    DependentsMayStart();
  }
  float4 s[kLoads];
#pragma unroll
  for (int i = 0; i < kLoads; ++i) {
    const int row = i * kRowsAtOnce + row0;
    s[i] = __ldcs(reinterpret_cast<const float4*>(state + row * kDim + column));
  }
  // The first block's memory exists once all have begun.
  if constexpr (kSlices > 1) asm volatile("barrier.cluster.arrive.aligned;" ::: "memory");
  const uint16_t* qkv = args.qkv + item * 3 * kDim;
  for (int i = thread; i < kDim; i += S::kThreads) {
    q[i] = Silu(Bf16(qkv[i]));
    k[i] = Silu(Bf16(qkv[kDim + i]));
  }
  if (thread < S::kColumns) v[thread] = Silu(Bf16(qkv[2 * kDim + slice * S::kColumns + thread]));
  const float decay = args.decays_on_device[head];
  float gate = 0, weight = 0;
  if (thread < S::kColumns) {
    const size_t at = slice * S::kColumns + thread;
    gate = Sigmoid(Bf16(args.gate[item * kDim + at]));
    weight = args.weight[head * kDim + at];
  }
  __syncthreads();
  const float4 value = *reinterpret_cast<const float4*>(v + column);
  float4 sum{};
#pragma unroll
  for (int i = 0; i < kLoads; ++i) {
    const int row = i * kRowsAtOnce + row0;
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
#pragma unroll
  for (int step = S::kRowThreads; step < 32; step *= 2) {
    sum.x += __shfl_xor_sync(~0u, sum.x, step);
    sum.y += __shfl_xor_sync(~0u, sum.y, step);
    sum.z += __shfl_xor_sync(~0u, sum.z, step);
    sum.w += __shfl_xor_sync(~0u, sum.w, step);
  }
  if (thread % 32 < S::kRowThreads) *reinterpret_cast<float4*>(&parts[thread / 32][column]) = sum;
  __syncthreads();
  if (thread < S::kColumns) {
    float o = 0;
#pragma unroll
    for (int w = 0; w < S::kWarps; ++w) o += parts[w][thread];
    args.o[item * kDim + slice * S::kColumns + thread] = ToBf16(weight * o * gate);
    const float square = WarpSum(o * o);
    if (thread % 32 == 0) warp_squares[thread / 32] = square;
  }
  if constexpr (kSlices > 1) asm volatile("barrier.cluster.wait.aligned;" ::: "memory");
  __syncthreads();
  if (thread == 0) {
    float square = 0;
#pragma unroll
    for (int w = 0; w < S::kColumns / 32; ++w) square += warp_squares[w];
    if constexpr (kSlices == 1) {
      args.squares[item] = square;
    } else {
      *cg::this_cluster().map_shared_rank(&squares[slice], 0) = square;
    }
  }
  if constexpr (kSlices > 1) {
    cg::this_cluster().sync();
    if (slice == 0 && thread == 0) {
      float square = 0;
#pragma unroll
      for (int i = 0; i < kSlices; ++i) square += squares[i];
      args.squares[item] = square;
    }
  }
}

template <int kSlices, int kEarly>
Status Launch(CudaContext& cuda, const LightningBf16Args& args) {
  cudaLaunchAttribute attributes[2] = {};
  attributes[0].id = cudaLaunchAttributeClusterDimension;
  attributes[0].val.clusterDim.x = kSlices;
  attributes[0].val.clusterDim.y = attributes[0].val.clusterDim.z = 1;
  attributes[1].id = cudaLaunchAttributeProgrammaticStreamSerialization;
  attributes[1].val.programmaticStreamSerializationAllowed = 1;
  cudaLaunchConfig_t config{};
  config.gridDim =
      dim3(kSlices, static_cast<unsigned>(args.heads), static_cast<unsigned>(args.tokens));
  config.blockDim = dim3(Shape<kSlices>::kThreads);
  config.stream = cuda.stream();
  config.attrs = attributes + (kSlices == 1 ? 1 : 0);
  config.numAttrs = (kSlices > 1) + (kEarly > 0);
  return CudaStatus(cudaLaunchKernelEx(&config, DecodeHead<kSlices, kEarly>, args),
                    "lightning_attention");
}

}  // namespace

Status LightningDecodeCuda(const Backend& backend, const LightningBf16Args& args) {
  CudaContext& cuda = backend.cuda().Enter();
  return Launch<1, 1>(cuda, args);
}

}  // namespace fathom
