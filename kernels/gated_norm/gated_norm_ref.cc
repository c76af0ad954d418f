// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/gated_norm/gated_norm.h"

namespace fathom {

Status GatedNormReference(const GatedNormArgs& args) {
  for (size_t row = 0; row < args.rows; ++row) {
    const float* x = args.x + row * args.width;
    const float* gate = args.gate + row * args.width;
    float* out = args.out + row * args.width;
    double squares = 0;
    for (size_t i = 0; i < args.width; ++i) squares += double{x[i]} * x[i];
    const double scale = 1 / std::sqrt(squares / static_cast<double>(args.width) + args.eps);
    for (size_t i = 0; i < args.width; ++i) {
      out[i] =
          static_cast<float>(args.weight[i] * (x[i] * scale) / (1 + std::exp(-double{gate[i]})));
    }
  }
  return OkStatus();
}

}  // namespace fathom
