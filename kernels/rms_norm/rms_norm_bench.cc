// SPDX-License-Identifier: Apache-2.0
#include "kernels/rms_norm/rms_norm.h"
#include "kernels/support/bench.h"

namespace fathom::bench {

void RmsNorm(const Backend& backend, const Add& add) {
  for (const size_t rows : {size_t{512}, size_t{1}}) {
    const std::vector<float> x = Values(rows * 320, 1), skip = Values(rows * 320, 2),
                             weight = Values(320, 3);
    std::vector<float> out(rows * 320), expected(rows * 320);
    RmsNormArgs args{rows, 320,           x.data(), skip.data(), 2,
                     1,    weight.data(), 1e-5f,    nullptr,     out.data()};
    const auto run = [&] { CHECK(fathom::RmsNorm(backend, args).ok()); };
    add({"rms_norm + residual", std::to_string(rows) + " x 320", Roof::kMemory,
         static_cast<double>(rows) * 320 * 12, run, [&] {
           args.out = expected.data();
           CHECK(RmsNormReference(args).ok());
           return RelativeError(out, expected);
         }});
  }
}

}  // namespace fathom::bench
