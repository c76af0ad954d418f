// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include "kernels/lightning_attention/lightning_attention.h"

namespace fathom {

Status LightningAttentionReference(const LightningAttentionArgs& args) {
  const size_t dim = args.head_dim;
  std::vector<double> state(dim * dim);
  for (size_t head = 0; head < args.heads; ++head) {
    float* carried = args.state + head * dim * dim;
    const double decay = std::exp(-double{args.slopes[head]});
    for (size_t i = 0; i < dim * dim; ++i) state[i] = carried[i];
    for (size_t t = 0; t < args.tokens; ++t) {
      const float* q = args.qkv + (t * args.heads + head) * 3 * dim;
      const float* k = q + dim;
      const float* v = k + dim;
      float* o = args.o + (t * args.heads + head) * dim;
      for (size_t i = 0; i < dim; ++i) {
        for (size_t j = 0; j < dim; ++j) {
          state[i * dim + j] = decay * state[i * dim + j] + double{k[i]} * v[j];
        }
      }
      for (size_t j = 0; j < dim; ++j) {
        double sum = 0;
        for (size_t i = 0; i < dim; ++i) sum += q[i] * state[i * dim + j];
        o[j] = static_cast<float>(sum);
      }
    }
    for (size_t i = 0; i < dim * dim; ++i) carried[i] = static_cast<float>(state[i]);
  }
  return OkStatus();
}

}  // namespace fathom
