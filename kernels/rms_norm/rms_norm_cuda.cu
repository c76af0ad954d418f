// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device.h"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/rms_norm/rms_norm.h"

namespace fathom {
namespace {

__device__ float Residual(const RmsNormArgs& args, size_t at) {
  if (args.skip == nullptr) return args.x[at];
  return args.alpha * args.skip[at] + args.beta * args.x[at];
}

// One block a row. A thread reads and writes the same elements in both passes, so that outputs may
// be the memory of inputs.
__global__ void __launch_bounds__(kRowThreads) RmsNormRow(RmsNormArgs args) {
  const size_t begin = blockIdx.x * args.hidden;
  float squares = 0;
  for (size_t i = threadIdx.x; i < args.hidden; i += kRowThreads) {
    const float r = Residual(args, begin + i);
    squares += r * r;
    if (args.sum != nullptr) args.sum[begin + i] = r;
  }
  if (args.out == nullptr) return;
  const float mean = BlockSum(squares) / static_cast<float>(args.hidden);
  const float scale = 1.0f / sqrtf(mean + args.eps);
  for (size_t i = threadIdx.x; i < args.hidden; i += kRowThreads) {
    const float r = args.sum != nullptr ? args.sum[begin + i] : Residual(args, begin + i);
    args.out[begin + i] = args.weight[i] * (r * scale);
  }
}

}  // namespace

Status RmsNormCuda(const Backend& backend, const RmsNormArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  RmsNormRow<<<args.rows, kRowThreads, 0, cuda.stream()>>>(args);
  return cuda.Launched("rms_norm");
}

}  // namespace fathom
