// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include "kernels/rms_norm/rms_norm.h"

namespace fathom {

Status RmsNormReference(const RmsNormArgs& args) {
  std::vector<double> r(args.hidden);
  for (size_t row = 0; row < args.rows; ++row) {
    const size_t begin = row * args.hidden;
    double squares = 0;
    for (size_t i = 0; i < args.hidden; ++i) {
      r[i] = args.x[begin + i];
      if (args.skip) r[i] = double{args.alpha} * args.skip[begin + i] + double{args.beta} * r[i];
      squares += r[i] * r[i];
    }
    const double scale = 1 / std::sqrt(squares / static_cast<double>(args.hidden) + args.eps);
    for (size_t i = 0; i < args.hidden; ++i) {
      if (args.sum) args.sum[begin + i] = static_cast<float>(r[i]);
      if (args.out) args.out[begin + i] = static_cast<float>(r[i] * scale * args.weight[i]);
    }
  }
  return OkStatus();
}

}  // namespace fathom
