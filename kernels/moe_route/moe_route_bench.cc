// SPDX-License-Identifier: Apache-2.0
#include "kernels/moe_route/moe_route.h"
#include "kernels/support/bench.h"

namespace fathom::bench {

void MoeRoute(const Backend& backend, const Add& add) {
  for (const size_t rows : {size_t{512}, size_t{1}}) {
    const std::vector<float> x = Values(rows * 320, 1), weight = Values(8 * 320, 2, 0.2f);
    std::vector<int32_t> experts(rows * 2), experts_expected(rows * 2);
    std::vector<float> p(rows * 2), expected(rows * 2);
    MoeRouteArgs args{rows, 320, 8, 2, x.data(), weight.data(), experts.data(), p.data()};
    add({"moe_route", std::to_string(rows) + " x 320, 8 experts", Roof::kF32,
         static_cast<double>(rows) * 2 * 320 * 8,
         [&] { CHECK(fathom::MoeRoute(backend, args).ok()); },
         [&] {
           args.experts_out = experts_expected.data();
           args.probabilities = expected.data();
           CHECK(MoeRouteReference(args).ok());
           return RelativeError(p, expected);
         }});
  }
}

}  // namespace fathom::bench
