// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device.h"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/gated_norm/gated_norm.h"

namespace fathom {
namespace {

// One block a row.
__global__ void __launch_bounds__(kRowThreads) GatedNormRow(GatedNormArgs args) {
  const size_t begin = blockIdx.x * args.width;
  float squares = 0;
  for (size_t i = threadIdx.x; i < args.width; i += kRowThreads) {
    const float x = args.x[begin + i];
    squares += x * x;
  }
  const float mean = BlockSum(squares) / static_cast<float>(args.width);
  const float scale = 1.0f / sqrtf(mean + args.eps);
  for (size_t i = threadIdx.x; i < args.width; i += kRowThreads) {
    const float x = args.x[begin + i];
    args.out[begin + i] = args.weight[i] * (x * scale) * Sigmoid(args.gate[begin + i]);
  }
}

}  // namespace

Status GatedNormCuda(const Backend& backend, const GatedNormArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  GatedNormRow<<<args.rows, kRowThreads, 0, cuda.stream()>>>(args);
  return cuda.Launched("gated_norm");
}

}  // namespace fathom
