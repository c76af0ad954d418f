// SPDX-License-Identifier: Apache-2.0
#include "kernels/gated_norm/gated_norm.h"
#include "kernels/support/bench.h"

namespace fathom::bench {

void GatedNorm(const Backend& backend, const Add& add) {
  for (const size_t rows : {size_t{512}, size_t{1}}) {
    const std::vector<float> x = Values(rows * 512, 1), gate = Values(rows * 512, 2, 4),
                             weight = Values(512, 3);
    std::vector<float> out(rows * 512), expected(rows * 512);
    GatedNormArgs args{rows, 512, x.data(), gate.data(), weight.data(), 1e-6f, out.data()};
    add({"gated_norm", std::to_string(rows) + " x 512", Roof::kMemory,
         static_cast<double>(rows) * 512 * 12,
         [&] { CHECK(fathom::GatedNorm(backend, args).ok()); },
         [&] {
           args.out = expected.data();
           CHECK(GatedNormReference(args).ok());
           return RelativeError(out, expected);
         }});
  }
}

}  // namespace fathom::bench
