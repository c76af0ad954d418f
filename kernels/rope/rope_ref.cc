// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/rope/rope.h"

namespace fathom {

Status RopeReference(const RopeArgs& args) {
  const size_t half = args.rotary_dim / 2;
  for (size_t row = 0; row < args.positions.size(); ++row) {
    for (size_t head = 0; head < args.heads; ++head) {
      float* x = args.x + (row * args.heads + head) * args.head_dim;
      for (size_t i = 0; i < half; ++i) {
        const double exponent =
            -2.0 * static_cast<double>(i) / static_cast<double>(args.rotary_dim);
        const double angle =
            static_cast<double>(args.positions[row]) * std::pow(args.theta, exponent);
        const double a = x[i], b = x[i + half];
        x[i] = static_cast<float>(a * std::cos(angle) - b * std::sin(angle));
        x[i + half] = static_cast<float>(b * std::cos(angle) + a * std::sin(angle));
      }
    }
  }
  return OkStatus();
}

}  // namespace fathom
