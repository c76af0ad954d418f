// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include "kernels/moe_experts/moe_experts.h"

namespace fathom {
namespace {

std::vector<double> Product(const MatrixView& w, const std::vector<double>& x) {
  const size_t row_bytes = DTypeRowBytes(w.type, w.in);
  std::vector<float> weight(w.in);
  std::vector<double> y(w.out, 0.0);
  for (size_t n = 0; n < w.out; ++n) {
    DequantizeRow(w.type, w.bytes.data() + n * row_bytes, w.in, weight.data());
    for (size_t k = 0; k < w.in; ++k) y[n] += weight[k] * x[k];
  }
  return y;
}

}  // namespace

Status MoeExpertsReference(const MoeExpertsArgs& args, std::span<const StoredExpert> stored) {
  for (size_t row = 0; row < args.rows; ++row) {
    const float* in = args.x + row * args.hidden;
    const std::vector<double> x(in, in + args.hidden);
    std::vector<double> sum(args.hidden, 0.0);
    for (size_t i = 0; i < args.top_k; ++i) {
      const StoredExpert& expert = stored[static_cast<size_t>(args.experts[row * args.top_k + i])];
      std::vector<double> h = Product(expert.w1, x);
      const std::vector<double> up = Product(expert.w3, x);
      for (size_t c = 0; c < h.size(); ++c) h[c] = h[c] / (1 + std::exp(-h[c])) * up[c];
      const std::vector<double> y = Product(expert.w2, h);
      for (size_t c = 0; c < args.hidden; ++c)
        sum[c] += args.probabilities[row * args.top_k + i] * y[c];
    }
    for (size_t c = 0; c < args.hidden; ++c)
      args.out[row * args.hidden + c] = static_cast<float>(sum[c]);
  }
  return OkStatus();
}

}  // namespace fathom
