// SPDX-License-Identifier: Apache-2.0
#include "kernels/moe_experts/moe_experts.h"
#include "kernels/support/bench.h"

namespace fathom::bench {

void MoeExperts(const Backend& backend, const Add& add) {
  constexpr size_t kHidden = 320, kWidth = 288, kExperts = 8, kTop = 2;
  std::vector<std::vector<std::byte>> bytes;
  std::vector<StoredExpert> stored;
  std::vector<PackedExpert> packed;
  for (size_t e = 0; e < kExperts; ++e) {
    for (size_t i = 0; i < 3; ++i)
      bytes.push_back(i < 2 ? StoredQ8(kWidth, kHidden, 3 * e + i)
                            : StoredQ8(kHidden, kWidth, 3 * e + 2));
    const auto* w = &bytes[3 * e];
    stored.push_back({{DType::kQ8_0, w[0], kWidth, kHidden},
                      {DType::kQ8_0, w[1], kWidth, kHidden},
                      {DType::kQ8_0, w[2], kHidden, kWidth}});
    packed.push_back(std::move(*PackedExpert::Make(stored[e].w1, stored[e].w3, stored[e].w2)));
  }
  for (const size_t rows : {size_t{512}, size_t{1}}) {
    const std::vector<float> x = Values(rows * kHidden, 1), p(rows * kTop, 0.5f);
    std::vector<int32_t> choice(rows * kTop);
    for (size_t i = 0; i < rows * kTop; ++i)
      choice[i] = static_cast<int32_t>((i / 2 * 7 + i % 2 * 3 + i / 64) % kExperts);
    std::vector<float> out(rows * kHidden), expected(rows * kHidden);
    MoeExpertsArgs args{rows, kHidden, kTop, x.data(), choice.data(), p.data(), packed, out.data()};
    const bool decode = rows == 1;
    const double products = static_cast<double>(rows * kTop * 3 * kHidden * kWidth) * 2;
    add({"moe_experts", std::to_string(rows) + " x 320, 2 of 8 x 288 q8_0",
         decode ? Roof::kMemory : Roof::kPairs,
         decode ? static_cast<double>(kTop * packed[0].bytes()) : products,
         [&] { CHECK(fathom::MoeExperts(backend, args).ok()); },
         [&] {
           args.out = expected.data();
           CHECK(MoeExpertsReference(args, stored).ok());
           return RelativeError(out, expected);
         }});
  }
}

}  // namespace fathom::bench
