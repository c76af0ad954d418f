// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "kernels/moe_route/moe_route.h"

namespace fathom {

Status MoeRouteReference(const MoeRouteArgs& args) {
  std::vector<double> p(args.experts);
  std::vector<int32_t> order(args.experts);
  for (size_t row = 0; row < args.rows; ++row) {
    for (size_t e = 0; e < args.experts; ++e) {
      p[e] = 0;
      for (size_t i = 0; i < args.hidden; ++i) {
        p[e] += double{args.weight[e * args.hidden + i]} * args.x[row * args.hidden + i];
      }
    }
    const double largest = *std::max_element(p.begin(), p.end());
    for (double& value : p) value = std::exp(value - largest);
    const double total = std::accumulate(p.begin(), p.end(), 0.0);
    for (double& value : p) value /= total;
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return p[a] > p[b]; });
    double chosen = 0;
    for (size_t i = 0; i < args.top_k; ++i) chosen += p[order[i]];
    for (size_t i = 0; i < args.top_k; ++i) {
      args.experts_out[row * args.top_k + i] = order[i];
      args.probabilities[row * args.top_k + i] = static_cast<float>(p[order[i]] / chosen);
    }
  }
  return OkStatus();
}

}  // namespace fathom
