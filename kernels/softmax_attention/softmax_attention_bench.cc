// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "kernels/softmax_attention/softmax_attention.h"
#include "kernels/support/bench.h"

namespace fathom::bench {
namespace {

struct Shape {
  size_t rows, tokens;  // the last rows of tokens
  KvType type;
};

void Measure(const Backend& backend, const Shape& shape, const Add& add) {
  constexpr size_t kHeads = 8, kKvHeads = 2, kDim = 64;
  const KvShape kv_shape{shape.type, kKvHeads, kDim, (shape.tokens + 63) / 64 * 64};
  std::vector<std::byte> memory(KvPageBytes(kv_shape) + 64);
  std::byte* page = memory.data() + (64 - reinterpret_cast<uintptr_t>(memory.data()) % 64) % 64;
  const KvView view{kv_shape, {&page, 1}, shape.tokens};
  const std::vector<float> k = Values(shape.tokens * kKvHeads * kDim, 1, 2),
                           v = Values(k.size(), 2);
  CHECK(KvWrite(backend, {view, 0, shape.tokens, k.data(), v.data()}).ok());
  const std::vector<float> q = Values(shape.rows * kHeads * kDim, 3, 2);
  std::vector<float> o(q.size()), expected(q.size());
  std::vector<size_t> positions(shape.rows);
  double keys = 0;
  for (size_t i = 0; i < shape.rows; ++i) {
    positions[i] = shape.tokens - shape.rows + i;
    keys += static_cast<double>(positions[i] + 1);
  }
  SoftmaxAttentionArgs args{kHeads, view, positions, q.data(), o.data()};
  const bool decode = shape.rows == 1;
  const double bytes = static_cast<double>(KvPageBytes(kv_shape));
  add({"softmax_attention",
       std::to_string(shape.rows) + " rows at " + std::to_string(shape.tokens) + " " +
           KvTypeName(shape.type),
       decode                       ? Roof::kMemory
       : shape.type == KvType::kF32 ? Roof::kF32
                                    : Roof::kBf16,
       decode ? bytes : keys * kHeads * kDim * 4,
       [&] { CHECK(fathom::SoftmaxAttention(backend, args).ok()); },
       [&] {
         // The last row stands for all: the reference takes a second for 512.
         const size_t last = shape.rows - 1;
         args.positions = std::span(positions).subspan(last);
         args.q = q.data() + last * kHeads * kDim;
         args.o = expected.data();
         CHECK(SoftmaxAttentionReference(args).ok());
         return RelativeError({o.end() - kHeads * kDim, o.end()},
                              {expected.begin(), expected.begin() + kHeads * kDim});
       }});
}

}  // namespace

void SoftmaxAttention(const Backend& backend, const Add& add) {
  for (const Shape& shape : {Shape{512, 2048, KvType::kBF16}, Shape{512, 16384, KvType::kBF16},
                             Shape{512, 16384, KvType::kQ8}, Shape{512, 2048, KvType::kF32},
                             Shape{1, 2048, KvType::kBF16}, Shape{1, 16384, KvType::kBF16},
                             Shape{1, 16384, KvType::kQ8}}) {
    if (backend.on_device() && shape.type == KvType::kQ8) continue;
    Measure(backend, shape, add);
  }
}

}  // namespace fathom::bench
