// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device.h"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/positions.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/rope/rope.h"

namespace fathom {
namespace {

constexpr int kThreads = 128;

// One block a row. cos and sin of a pair are computed once, in double, and used by every head.
__global__ void RotateRow(Positions positions, size_t heads, size_t head_dim, size_t half,
                          double log2_theta, float* x) {
  const size_t row = blockIdx.x;
  for (size_t i = threadIdx.x; i < half; i += kThreads) {
    const double frequency = exp2(-log2_theta * static_cast<double>(i) / static_cast<double>(half));
    double sine, cosine;
    sincos(static_cast<double>(positions[row]) * frequency, &sine, &cosine);
    const float c = static_cast<float>(cosine), s = static_cast<float>(sine);
    float* at = x + row * heads * head_dim + i;
    for (size_t head = 0; head < heads; ++head, at += head_dim) {
      const float a = at[0], b = at[half];
      at[0] = a * c - b * s;
      at[half] = b * c + a * s;
    }
  }
}

}  // namespace

Status RopeCuda(const Backend& backend, const RopeArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  auto list = UploadPositions(cuda, args.positions);
  if (!list) return list.error();
  RotateRow<<<args.positions.size(), kThreads, 0, cuda.stream()>>>(
      {*list, args.positions[0]}, args.heads, args.head_dim, args.rotary_dim / 2, log2(args.theta),
      args.x);
  return cuda.Launched("rope");
}

}  // namespace fathom
