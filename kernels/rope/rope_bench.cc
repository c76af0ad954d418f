// SPDX-License-Identifier: Apache-2.0
#include "kernels/rope/rope.h"
#include "kernels/support/bench.h"

namespace fathom::bench {

void Rope(const Backend& backend, const Add& add) {
  for (const size_t rotary : {size_t{2}, size_t{64}}) {
    std::vector<float> x = Values(512 * 512, 1);
    std::vector<size_t> positions(512);
    for (size_t i = 0; i < 512; ++i) positions[i] = 16'000 + i;
    const RopeArgs args{8, 64, rotary, 1e7, positions, x.data()};
    add({"rope",
         "512 x 8 x 64, width " + std::to_string(rotary),
         Roof::kMemory,
         512.0 * 8 * static_cast<double>(rotary) * 8,
         [&] { CHECK(fathom::Rope(backend, args).ok()); },
         {}});
  }
}

}  // namespace fathom::bench
