// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device.h"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/moe_route/moe_route.h"

namespace fathom {
namespace {

constexpr int kExpertsMax = 1024;  // as moe_route.h allows

// The larger p; of equal ones the lower index. -1 marks a chosen one, NaN never wins.
struct Best {
  float p;
  int index;
};

__device__ bool Beats(Best a, Best b) {
  return a.p > b.p || (a.p == b.p && a.index < b.index) || (b.p != b.p && a.p == a.p) ||
         (a.p != a.p && b.p != b.p && a.index < b.index);
}

// One block a row: a warp computes some of the logits, then the first warp chooses.
__global__ void __launch_bounds__(kRowThreads) RouteRow(MoeRouteArgs args) {
  __shared__ float p[kExpertsMax];
  __shared__ float top[64];
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  const int experts = static_cast<int>(args.experts), top_k = static_cast<int>(args.top_k);
  const float* x = args.x + blockIdx.x * args.hidden;
  for (int e = warp; e < experts; e += kRowThreads / 32) {
    const float* w = args.weight + e * args.hidden;
    float sum = 0;
    for (size_t i = lane; i < args.hidden; i += 32) sum = fmaf(x[i], w[i], sum);
    sum = WarpSum(sum);
    if (lane == 0) p[e] = sum;
  }
  __syncthreads();
  if (warp != 0) return;
  float largest = -INFINITY;
  for (int e = lane; e < experts; e += 32) largest = fmaxf(largest, p[e]);
#pragma unroll
  for (int step = 16; step > 0; step /= 2)
    largest = fmaxf(largest, __shfl_xor_sync(~0u, largest, step));
  for (int e = lane; e < experts; e += 32) p[e] = expf(p[e] - largest);
  __syncwarp();
  for (int i = 0; i < top_k; ++i) {
    Best best{-2.0f, kExpertsMax};
    for (int e = lane; e < experts; e += 32) {
      const Best mine{p[e], e};
      if (mine.p != -1.0f && (best.index == kExpertsMax || Beats(mine, best))) best = mine;
    }
#pragma unroll
    for (int step = 16; step > 0; step /= 2) {
      const Best other{__shfl_xor_sync(~0u, best.p, step), __shfl_xor_sync(~0u, best.index, step)};
      if (other.index != kExpertsMax && (best.index == kExpertsMax || Beats(other, best)))
        best = other;
    }
    if (lane == 0) {
      args.experts_out[blockIdx.x * top_k + i] = best.index;
      top[i] = best.p;
      p[best.index] = -1;
    }
    __syncwarp();
  }
  float total = 0;
  for (int i = 0; i < top_k; ++i) total += top[i];
  for (int i = lane; i < top_k; i += 32)
    args.probabilities[blockIdx.x * top_k + i] = top[i] / total;
}

}  // namespace

Status MoeRouteCuda(const Backend& backend, const MoeRouteArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  RouteRow<<<args.rows, kRowThreads, 0, cuda.stream()>>>(args);
  return cuda.Launched("moe_route");
}

}  // namespace fathom
