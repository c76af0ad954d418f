// SPDX-License-Identifier: Apache-2.0
#include "kernels/softmax_attention/softmax_attention.h"

#include <numeric>

#include "kernels/support/op_test.h"

namespace fathom::testing {
namespace {

// Pages of one layer, zero-filled when made, where the backend reads them and as a copy on the
// host. On the CPU both are the same.
class Store {
 public:
  Store(const Backend& backend, KvShape shape, size_t tokens_max) : shape_(shape) {
    const size_t pages = (tokens_max + shape.page_tokens - 1) / shape.page_tokens;
    own_.Add(backend.memory(), pages, KvPageBytes(shape));
    host_.Add(HostMemory(), pages, KvPageBytes(shape));
  }
  KvView View(size_t tokens) const { return {shape_, own_.pages, tokens}; }
  KvView HostView(size_t tokens) const { return {shape_, host_.pages, tokens}; }
  void Write(const Backend& backend, size_t begin, size_t rows, const float* k, const float* v) {
    const size_t count = rows * shape_.kv_heads * shape_.head_dim;
    const Input<float> keys(backend, k, count), values(backend, v, count);
    ExpectOk(KvWrite(backend, {View(begin + rows), begin, rows, keys.data(), values.data()}));
    for (size_t i = 0; i < own_.pages.size(); ++i)
      ExpectOk(backend.memory().CopyOut(host_.pages[i], own_.pages[i], KvPageBytes(shape_)));
  }

 private:
  struct Pages {
    std::vector<Buffer> memory;
    std::vector<std::byte*> pages;
    void Add(Memory& where, size_t count, size_t bytes) {
      for (size_t i = 0; i < count; ++i) {
        memory.push_back(std::move(*Buffer::Make(where, bytes)));
        pages.push_back(memory.back().data());
        ExpectOk(where.Zero(pages.back(), bytes));
      }
    }
  };
  KvShape shape_;
  Pages own_, host_;
};

std::vector<KvType> Types(const Backend& backend) {
  if (backend.on_device()) return {KvType::kF32, KvType::kBF16};
  return {KvType::kF32, KvType::kBF16, KvType::kQ8};
}

struct Inputs {
  KvShape shape;
  size_t heads, tokens;
  std::vector<float> q, k, v;  // q for every position
  std::shared_ptr<Store> store;
};

Inputs Make(const Backend& backend, KvType type, size_t heads, size_t kv_heads, size_t dim,
            size_t tokens) {
  const KvLayout layout = backend.on_device() ? KvLayout::kRows : KvLayout::kLanes;
  Inputs in{{type, kv_heads, dim, 128, layout},
            heads,
            tokens,
            Normal(tokens * heads * dim, 1),
            {},
            {},
            {}};
  in.k = Normal(tokens * kv_heads * dim, 2, 1.5f);
  in.v = Normal(tokens * kv_heads * dim, 3);
  in.store = std::make_shared<Store>(backend, in.shape, tokens);
  in.store->Write(backend, 0, tokens, in.k.data(), in.v.data());
  return in;
}

std::vector<size_t> AllPositions(const Inputs& in) {
  std::vector<size_t> positions(in.tokens);
  std::iota(positions.begin(), positions.end(), 0);
  return positions;
}

struct Call {
  std::vector<size_t> positions;
  std::vector<float> q;
  SoftmaxAttentionArgs args;
};

Call MakeCall(const Inputs& in, std::vector<size_t> positions, size_t kv_tokens) {
  Call call{std::move(positions), {}, {}};
  const size_t row = in.heads * in.shape.head_dim;
  for (size_t p : call.positions)
    call.q.insert(call.q.end(), in.q.begin() + p * row, in.q.begin() + (p + 1) * row);
  call.args = {in.heads, in.store->HostView(kv_tokens), call.positions, call.q.data(), nullptr};
  return call;
}

std::vector<float> Compute(const Backend& backend, const Inputs& in, std::vector<size_t> positions,
                           size_t kv_tokens) {
  Call call = MakeCall(in, std::move(positions), kv_tokens);
  Guarded<float> o(backend, call.q.size());
  const Input<float> q(backend, call.q);
  call.args.kv = in.store->View(kv_tokens);
  call.args.q = q.data();
  call.args.o = o.data();
  ExpectOk(SoftmaxAttention(backend, call.args));
  return o.Finish("o");
}

std::vector<float> Reference(const Inputs& in, std::vector<size_t> positions) {
  Call call = MakeCall(in, std::move(positions), in.tokens);
  std::vector<float> o(call.q.size());
  call.args.o = o.data();
  ExpectOk(SoftmaxAttentionReference(call.args));
  return o;
}

constexpr double kHalfStep = 0.51;  // with the rounding of what is rounded

// What 8-bit pages add: each probability of a block of 64, times its value's largest element, is
// wrong by half of 1/65,535 of the block's largest.
double WholeProbabilities(const std::vector<double>& p, double total, const std::vector<float>& v,
                          const Inputs& in, size_t group) {
  const size_t dim = in.shape.head_dim;
  double sum = 0;
  for (size_t begin = 0; begin < p.size(); begin += kKvBlock) {
    double largest = 0;
    for (size_t j = begin; j < std::min(p.size(), begin + kKvBlock); ++j) {
      const double most = LargestAbs(&v[(j * in.shape.kv_heads + group) * dim], dim);
      largest = std::max(largest, p[j] / total * most);
    }
    sum += static_cast<double>(kKvBlock) * kHalfStep / 65'535 * largest;
  }
  return sum;
}

// What the bound of the header says for one output, with the actual probabilities in place of the
// largest values: do[d] = sum p_j dl_j (v_j[d] - o[d]) + sum p_j dp_j v_j[d], where a logit is
// wrong by |dl_j| <= u sum|q k_j| / sqrt(D), a probability by |dp_j| <= u, u = 2^-8 with bf16
// operands and D 2^-24 in f32; e^(2 dl) covers the higher orders. With 8-bit pages half a step of q
// comes to the logits.
Tolerance Bound(const Inputs& in, const std::vector<size_t>& positions) {
  const size_t dim = in.shape.head_dim, kv = in.shape.kv_heads;
  const double f32 = static_cast<double>(dim + 16) * kEps,
               u = in.shape.type == KvType::kBF16 ? 0x1p-8 + f32 : f32;
  std::vector<float> k(in.tokens * kv * dim), v(k.size());
  for (size_t j = 0; j < in.tokens; ++j) {
    ExpectOk(
        KvRead(in.store->HostView(in.tokens), j, k.data() + j * kv * dim, v.data() + j * kv * dim));
  }
  std::vector<double> bounds;
  for (const size_t position : positions) {
    for (size_t h = 0; h < in.heads; ++h) {
      const float* q = in.q.data() + (position * in.heads + h) * dim;
      const size_t group = h / (in.heads / kv);
      std::vector<double> p(position + 1), moved(position + 1), o(dim, 0.0);  // moved: |dl_j|
      const double q_step =
          in.shape.type == KvType::kQ8 ? LargestAbs(q, dim) * kHalfStep / 32'512 : 0;
      double top = -INFINITY, total = 0, worst = 0;
      for (size_t j = 0; j <= position; ++j) {
        for (size_t d = 0; d < dim; ++d) {
          const double term =
              double{q[d]} * k[(j * kv + group) * dim + d] / std::sqrt(static_cast<double>(dim));
          p[j] += term;
          moved[j] += u * std::fabs(term) + q_step * std::fabs(k[(j * kv + group) * dim + d]) /
                                                std::sqrt(static_cast<double>(dim));
        }
        top = std::max(top, p[j]);
        worst = std::max(worst, moved[j]);
      }
      for (double& value : p) total += value = std::exp(value - top);
      for (size_t j = 0; j <= position; ++j) {
        for (size_t d = 0; d < dim; ++d) o[d] += p[j] / total * v[(j * kv + group) * dim + d];
      }
      const double whole =
          in.shape.type == KvType::kQ8 ? WholeProbabilities(p, total, v, in, group) : 0;
      for (size_t d = 0; d < dim; ++d) {
        double bound = 0, mean = 0;
        for (size_t j = 0; j <= position; ++j) {
          const double value = v[(j * kv + group) * dim + d];
          bound += p[j] / total * moved[j] * std::fabs(value - o[d]);
          mean += p[j] / total * std::fabs(value);
        }
        const double sums = (static_cast<double>(position) / 16 + 32) * kEps;
        bounds.push_back(std::exp(2 * worst) * (bound + whole) + (u + sums) * mean);
      }
    }
  }
  return [bounds](size_t i) { return bounds[i]; };
}

// Laws 1 and 5.
TEST(SoftmaxAttention, EqualsReferenceAndWritesEveryElement) {
  for (const TestBackend& backend : AllBackends()) {
    for (KvType type : Types(*backend)) {
      for (size_t dim : {2u, 6u, 64u, 80u}) {
        for (size_t tokens : {1u, 2u, 63u, 64u, 65u, 131u}) {
          const Inputs in = Make(*backend, type, 6, 2, dim, tokens);
          ExpectWithin(backend.name + " " + KvTypeName(type) + " D " + std::to_string(dim) + " T " +
                           std::to_string(tokens),
                       Compute(*backend, in, AllPositions(in), tokens),
                       Reference(in, AllPositions(in)), Bound(in, AllPositions(in)));
        }
      }
    }
  }
}

TEST(SoftmaxAttention, LongContextEqualsReference) {
  const TestBackend backend = BestBackend();
  for (KvType type : Types(*backend)) {
    const Inputs in = Make(*backend, type, 4, 1, 64, 1500);
    const std::vector<size_t> positions = {0, 1, 63, 64, 500, 1023, 1024, 1498, 1499};
    ExpectWithin(KvTypeName(type), Compute(*backend, in, positions, 1500), Reference(in, positions),
                 Bound(in, positions));
  }
}

// Heads of 64 and 128 have kernels of their own on a device, for many rows and for one.
TEST(SoftmaxAttention, DeviceShapesEqualReference) {
  const TestBackend backend = BestBackend();
  for (size_t dim : {64u, 128u}) {
    for (size_t tokens : {1u, 63u, 64u, 65u, 127u, 128u, 129u, 300u}) {
      const Inputs in = Make(*backend, KvType::kBF16, 16, 2, dim, tokens);
      const std::vector<size_t> all = AllPositions(in), last = {tokens - 1};
      const std::string what = "D " + std::to_string(dim) + " T " + std::to_string(tokens);
      ExpectWithin(what, Compute(*backend, in, all, tokens), Reference(in, all), Bound(in, all));
      ExpectWithin(what + " last", Compute(*backend, in, last, tokens), Reference(in, last),
                   Bound(in, last));
    }
    const Inputs in = Make(*backend, KvType::kBF16, 16, 2, dim, 2500);
    const std::vector<size_t> some = {7, 1000, 1001, 2499}, last = {2499}, inner = {1500};
    ExpectWithin("some", Compute(*backend, in, some, 2500), Reference(in, some), Bound(in, some));
    for (const auto& one : {last, inner})
      ExpectWithin("one", Compute(*backend, in, one, 2500), Reference(in, one), Bound(in, one));
    ExpectSameBits("again", Compute(*backend, in, last, 2500), Compute(*backend, in, last, 2500));
  }
}

// More tiles of rows than a device has multiprocessors: one block takes several of them.
TEST(SoftmaxAttention, ManyRowsEqualReference) {
  const TestBackend backend = BestBackend();
  constexpr size_t kTokens = 4000;
  for (size_t dim : {64u, 128u}) {
    const Inputs in = Make(*backend, KvType::kBF16, 16, 2, dim, kTokens);
    const std::vector<float> all = Compute(*backend, in, AllPositions(in), kTokens);
    std::vector<size_t> some;
    std::vector<float> rows;
    for (size_t p = 5; p < kTokens; p += 61) {
      some.push_back(p);
      const auto row = all.begin() + static_cast<ptrdiff_t>(p * 16 * dim);
      rows.insert(rows.end(), row, row + static_cast<ptrdiff_t>(16 * dim));
    }
    ExpectWithin("D " + std::to_string(dim), rows, Reference(in, some), Bound(in, some));
  }
}

// Laws 2, 3, 4 and the subset of positions: written and read in any chunks, one by one, on any
// threads: the same bits.
TEST(SoftmaxAttention, AnyChunkingAndDecodeGiveTheSameBits) {
  for (Isa isa : SupportedIsas()) {
    const TestBackend backend = MakeBackend(isa, 2);
    for (KvType type : Types(*backend)) {
      const Inputs in = Make(*backend, type, 8, 2, 64, 200);
      const std::vector<float> whole = Compute(*backend, in, AllPositions(in), in.tokens);
      ExpectSameBits("threads", whole,
                     Compute(*MakeBackend(isa, 3), in, AllPositions(in), in.tokens));
      for (size_t step : {1u, 7u, 64u, 150u}) {
        Inputs again = in;
        again.store = std::make_shared<Store>(*backend, in.shape, in.tokens);
        std::vector<float> parts;
        const size_t row = 2 * 64;
        for (size_t begin = 0; begin < in.tokens; begin += step) {
          const size_t count = std::min(step, in.tokens - begin);
          again.store->Write(*backend, begin, count, in.k.data() + begin * row,
                             in.v.data() + begin * row);
          std::vector<size_t> positions(count);
          std::iota(positions.begin(), positions.end(), begin);
          const std::vector<float> part = Compute(*backend, again, positions, begin + count);
          parts.insert(parts.end(), part.begin(), part.end());
        }
        ExpectSameRows(*backend, "step " + std::to_string(step), whole, parts,
                       Bound(in, AllPositions(in)));
      }
      std::vector<float> some;
      const std::vector<size_t> positions = {3, 64, 65, 130, 199};
      for (size_t p : positions)
        some.insert(some.end(), whole.begin() + p * 512, whole.begin() + (p + 1) * 512);
      ExpectSameRows(*backend, "subset", some, Compute(*backend, in, positions, in.tokens),
                     Bound(in, positions));
    }
  }
}

TEST(SoftmaxAttention, KeysAfterThePositionDoNotMatter) {
  const TestBackend backend = BestBackend();
  for (KvType type : Types(*backend)) {
    const Inputs in = Make(*backend, type, 2, 1, 16, 100);
    const std::vector<float> before = Compute(*backend, in, {10, 70}, 100);
    Inputs changed = in;
    for (size_t i = 71 * 16; i < changed.k.size(); ++i) changed.k[i] = changed.v[i] = 1e3f;
    changed.store = std::make_shared<Store>(*backend, in.shape, in.tokens);
    changed.store->Write(*backend, 0, 100, changed.k.data(), changed.v.data());
    ExpectSameBits("future", before, Compute(*backend, changed, {10, 70}, 100));
  }
}

TEST(SoftmaxAttention, LargeLogitsStayFinite) {
  const TestBackend backend = BestBackend();
  Inputs in = Make(*backend, KvType::kF32, 2, 1, 16, 130);
  for (float& value : in.q) value *= 1e4f;
  const std::vector<float> o = Compute(*backend, in, AllPositions(in), 130);
  const double largest = LargestAbs(in.v.data(), in.v.size());
  for (float value : o) ASSERT_LE(std::fabs(value), largest * 1.001);
}

TEST(KvWrite, KeepsExactlyWhatItsTypeHolds) {
  const TestBackend backend = BestBackend();
  for (KvType type : {KvType::kF32, KvType::kBF16}) {
    const Inputs in = Make(*backend, type, 3, 3, 10, 150);
    std::vector<float> k(30), v(30);
    for (size_t p : {0u, 63u, 64u, 127u, 128u, 149u}) {
      ExpectOk(KvRead(in.store->HostView(150), p, k.data(), v.data()));
      for (size_t i = 0; i < 30; ++i) {
        const auto kept = [&](float x) {
          return type == KvType::kF32 ? x : Bf16ToFloat(FloatToBf16(x));
        };
        ASSERT_EQ(k[i], kept(in.k[p * 30 + i]));
        ASSERT_EQ(v[i], kept(in.v[p * 30 + i]));
      }
    }
  }
}

// Of any size: zeros, and what is nearly too small or too large for its scale.
TEST(KvWrite, EightBitsKeepEachHeadWithinHalfItsStep) {
  const TestBackend backend = MakeBackend(Isa::kScalar, 1);
  constexpr size_t kDim = 10, kHeads = 3, kTokens = 66;
  Inputs in = Make(*backend, KvType::kQ8, kHeads, kHeads, kDim, kTokens);
  const float sizes[] = {1, 0, 1e-30f, 3e-38f, 1e37f, 100};
  const auto size_of = [&](size_t i) { return sizes[i / kDim % std::size(sizes)]; };
  for (size_t i = 0; i < in.k.size(); ++i) in.k[i] *= size_of(i), in.v[i] *= size_of(i + kDim);
  in.store->Write(*backend, 0, kTokens, in.k.data(), in.v.data());
  std::vector<float> k(in.k.size()), v(in.v.size());
  for (size_t p = 0; p < kTokens; ++p) {
    const size_t at = p * kHeads * kDim;
    ExpectOk(KvRead(in.store->HostView(kTokens), p, &k[at], &v[at]));
  }
  for (const auto& [given, kept] : {std::pair{&in.k, &k}, std::pair{&in.v, &v}}) {
    for (size_t head = 0; head < given->size(); head += kDim) {
      // A subnormal scale is a multiple of 2^-149: 127 times half of that.
      const double half = LargestAbs(&(*given)[head], kDim) / 254 * (1 + 0x1p-20) + 127 * 0x1p-150;
      for (size_t i = head; i < head + kDim; ++i)
        ASSERT_LE(std::fabs(double{(*given)[i]} - (*kept)[i]), half) << (*given)[i];
    }
  }
}

// A NaN in q, a key or a value reaches the output, whatever the pages' type makes of numbers.
TEST(SoftmaxAttention, NanStaysNan) {
  for (const TestBackend& backend : AllBackends()) {
    if ((*backend).on_device()) continue;
    for (KvType type : Types(*backend)) {
      for (std::vector<float> Inputs::*which : {&Inputs::q, &Inputs::k, &Inputs::v}) {
        Inputs in = Make(*backend, type, 2, 1, 16, 70);
        const size_t row = which == &Inputs::q ? 2 * 16 : 16;
        (in.*which)[65 * row + 3] = NAN;
        in.store->Write(*backend, 0, 70, in.k.data(), in.v.data());
        const std::vector<float> o = Compute(*backend, in, {63, 65}, 66);
        EXPECT_FALSE(std::isnan(o[3])) << backend.name << " " << KvTypeName(type);
        EXPECT_TRUE(std::isnan(o[32 + 3])) << backend.name << " " << KvTypeName(type);
      }
    }
  }
}

struct Mutation {
  bool diagonal = true, future = false, scaled = true, modulo_heads = false, skip_first = false,
       normalised = true;
  bool skip_last_row = false, own_page_only = false;
};

std::vector<float> Mutant(const Inputs& in, const Mutation& m) {
  const size_t dim = in.shape.head_dim, kv = in.shape.kv_heads;
  std::vector<float> o(in.q.size(), 0.0f);
  for (size_t t = 0; t + m.skip_last_row < in.tokens; ++t) {
    for (size_t h = 0; h < in.heads; ++h) {
      const size_t g = m.modulo_heads ? h % kv : h / (in.heads / kv);
      const size_t end = m.future ? in.tokens : t + (m.diagonal || t == 0 ? 1 : 0);
      double total = 0;
      std::vector<double> sum(dim, 0.0);
      for (size_t j = m.own_page_only ? t / 64 * 64 : (m.skip_first && t > 0); j < end; ++j) {
        double dot = 0;
        for (size_t d = 0; d < dim; ++d)
          dot += double{in.q[(t * in.heads + h) * dim + d]} * in.k[(j * kv + g) * dim + d];
        const double p = std::exp(m.scaled ? dot / std::sqrt(static_cast<double>(dim)) : dot);
        total += p;
        for (size_t d = 0; d < dim; ++d) sum[d] += p * in.v[(j * kv + g) * dim + d];
      }
      for (size_t d = 0; d < dim; ++d) {
        o[(t * in.heads + h) * dim + d] =
            static_cast<float>(m.normalised ? sum[d] / total : sum[d]);
      }
    }
  }
  return o;
}

TEST(SoftmaxAttention, MutantsFail) {
  const TestBackend backend = BestBackend();
  for (KvType type : Types(*backend)) {
    Inputs in = Make(*backend, type, 4, 2, 16, 70);
    for (size_t p = 0; p < in.tokens;
         ++p) {  // what the store kept, so that only the mutation differs
      ExpectOk(KvRead(in.store->HostView(70), p, in.k.data() + p * 32, in.v.data() + p * 32));
    }
    const std::vector<float> actual = Compute(*backend, in, AllPositions(in), 70);
    const Tolerance bound = Bound(in, AllPositions(in));
    EXPECT_LE(WorstRatio(actual, Mutant(in, {}), bound).ratio, 1) << "no mutation";
    ExpectMutantFails("diagonal masked", actual, Mutant(in, {.diagonal = false}), bound);
    ExpectMutantFails("no causal mask", actual, Mutant(in, {.future = true}), bound);
    ExpectMutantFails("no scale", actual, Mutant(in, {.scaled = false}), bound);
    ExpectMutantFails("wrong KV head", actual, Mutant(in, {.modulo_heads = true}), bound);
    ExpectMutantFails("first key skipped", actual, Mutant(in, {.skip_first = true}), bound);
    ExpectMutantFails("not normalised", actual, Mutant(in, {.normalised = false}), bound);
    ExpectMutantFails("last row skipped", actual, Mutant(in, {.skip_last_row = true}), bound);
    ExpectMutantFails("only the last block of keys", actual, Mutant(in, {.own_page_only = true}),
                      bound);
  }
}

TEST(SoftmaxAttention, RefusesBadShapes) {
  const TestBackend backend = BestBackend();
  const Inputs in = Make(*backend, KvType::kF32, 4, 2, 16, 70);
  std::vector<float> o(4 * 16 * 2);
  const auto refused = [&](const std::string& what,
                           const std::function<void(SoftmaxAttentionArgs&)>& change) {
    Call call = MakeCall(in, {5, 69}, 70);
    call.args.o = o.data();
    change(call.args);
    ExpectRefused(what, SoftmaxAttention(*backend, call.args));
  };
  const size_t falling[] = {6, 5};
  refused("heads", [](auto& args) { args.heads = 3; });
  refused("position", [](auto& args) { args.kv.tokens = 69; });
  refused("order", [&](auto& args) { args.positions = falling; });
  refused("odd dim", [](auto& args) { args.kv.shape.head_dim = 15; });
  refused("page", [](auto& args) { args.kv.shape.page_tokens = 100; });
  refused("type", [](auto& args) {
    args.kv.shape.type = KvType::kQ8;
    args.kv.shape.layout = KvLayout::kRows;
  });
  refused("pages", [](auto& args) { args.kv.tokens = 129; });
  refused("null", [](auto& args) { args.q = nullptr; });
  ExpectRefused("write past the end",
                KvWrite(*backend, {in.store->View(70), 60, 11, in.k.data(), in.v.data()}));
}

}  // namespace
}  // namespace fathom::testing
