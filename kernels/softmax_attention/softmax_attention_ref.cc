// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/softmax_attention/softmax_attention.h"

namespace fathom {

Status SoftmaxAttentionReference(const SoftmaxAttentionArgs& args) {
  const size_t dim = args.kv.shape.head_dim, kv_heads = args.kv.shape.kv_heads;
  std::vector<float> k(args.kv.tokens * kv_heads * dim), v(k.size());
  for (size_t j = 0; j < args.kv.tokens; ++j) {
    const size_t at = j * kv_heads * dim;
    if (Status status = KvRead(args.kv, j, k.data() + at, v.data() + at); !status) return status;
  }
  std::vector<double> p(args.kv.tokens), sum(dim);
  for (size_t row = 0; row < args.positions.size(); ++row) {
    const size_t keys = args.positions[row] + 1;
    for (size_t head = 0; head < args.heads; ++head) {
      const size_t group = head / (args.heads / kv_heads);
      const float* q = args.q + (row * args.heads + head) * dim;
      double largest = -INFINITY, total = 0;
      for (size_t j = 0; j < keys; ++j) {
        p[j] = 0;
        for (size_t d = 0; d < dim; ++d) p[j] += double{q[d]} * k[(j * kv_heads + group) * dim + d];
        p[j] /= std::sqrt(static_cast<double>(dim));
        largest = std::max(largest, p[j]);
      }
      std::fill(sum.begin(), sum.end(), 0.0);
      for (size_t j = 0; j < keys; ++j) {
        const double weight = std::exp(p[j] - largest);
        total += weight;
        for (size_t d = 0; d < dim; ++d) sum[d] += weight * v[(j * kv_heads + group) * dim + d];
      }
      float* o = args.o + (row * args.heads + head) * dim;
      for (size_t d = 0; d < dim; ++d) o[d] = static_cast<float>(sum[d] / total);
    }
  }
  return OkStatus();
}

}  // namespace fathom
