// SPDX-License-Identifier: Apache-2.0
#include "kernels/lightning_attention/lightning_attention.h"
#include "kernels/support/bench.h"

namespace fathom::bench {

void LightningAttention(const Backend& backend, const Add& add) {
  struct Shape {
    size_t tokens, heads, dim;
  };
  for (const Shape& shape : {Shape{512, 8, 64}, Shape{512, 8, 128}, Shape{1, 8, 64}}) {
    const size_t width = shape.heads * shape.dim;
    const std::vector<float> qkv = Values(shape.tokens * 3 * width, 1);
    std::vector<float> slopes, state(width * shape.dim), o(shape.tokens * width),
        expected(o.size());
    for (size_t h = 0; h < shape.heads; ++h)
      slopes.push_back(static_cast<float>(LightningSlope(h, shape.heads, 1, 8)));
    LightningAttentionArgs args{shape.tokens, shape.heads,  shape.dim, qkv.data(),
                                slopes,       state.data(), o.data()};
    // Of the block form: q k^T and its product with v over the causal half, q S, and k^T v.
    const double flops = static_cast<double>(shape.tokens * width) *
                         (2.0 * kLightningBlock + 4.0 * static_cast<double>(shape.dim));
    const bool decode = shape.tokens == 1;
    add({"lightning_attention",
         std::to_string(shape.tokens) + " x " + std::to_string(shape.heads) + " x " +
             std::to_string(shape.dim),
         decode ? Roof::kMemory : Roof::kF32,
         decode ? static_cast<double>(width * shape.dim) * 8 : flops,
         [&] { CHECK(fathom::LightningAttention(backend, args).ok()); },
         [&] {
           std::fill(state.begin(), state.end(), 0.0f);
           CHECK(fathom::LightningAttention(backend, args).ok());
           std::fill(state.begin(), state.end(), 0.0f);
           args.o = expected.data();
           CHECK(LightningAttentionReference(args).ok());
           return RelativeError(o, expected);
         }});
  }
}

}  // namespace fathom::bench
