// SPDX-License-Identifier: Apache-2.0
#include "kernels/moe_experts/moe_experts.h"

#include "kernels/moe_experts/few_experts.h"
#include "kernels/support/op_test.h"

namespace fathom::testing {
namespace {

struct Inputs {
  size_t rows, hidden, width, top_k;
  std::vector<float> x, probabilities;
  std::vector<int32_t> choice;
  std::vector<std::array<Stored, 3>> stored;  // w1, w3, w2

  std::vector<StoredExpert> Views() const {
    std::vector<StoredExpert> views;
    const auto view = [](const Stored& s) { return MatrixView{s.type, s.bytes, s.out, s.in}; };
    for (const auto& e : stored) views.push_back({view(e[0]), view(e[1]), view(e[2])});
    return views;
  }
};

Inputs Make(DType type, size_t rows, size_t hidden, size_t width, size_t experts, size_t top_k) {
  Inputs in{rows, hidden, width, top_k, Normal(rows * hidden, 1), {}, {}, {}};
  const float scale = 1 / std::sqrt(static_cast<float>(hidden));
  for (size_t e = 0; e < experts; ++e) {
    in.stored.push_back({MakeStored(type, width, hidden, 3 * e + 10, 2 * scale),
                         MakeStored(type, width, hidden, 3 * e + 11, 2 * scale),
                         MakeStored(type, hidden, width, 3 * e + 12, scale)});
  }
  std::mt19937 random(5);
  for (size_t row = 0; row < rows; ++row) {
    for (size_t i = 0; i < top_k; ++i) {
      // Uneven on purpose: expert 0 takes about half, the last one nothing unless it is the only
      // one.
      const size_t pick = random() % 2 ? 0 : random() % std::max<size_t>(experts - 1, 1);
      in.choice.push_back(static_cast<int32_t>(pick));
      in.probabilities.push_back(static_cast<float>(1 + 8 * i) /
                                 static_cast<float>(top_k + 4 * top_k * (top_k - 1)));
    }
  }
  return in;
}

std::vector<PackedExpert> Pack(const Backend& backend, const Inputs& in, bool on_host = false) {
  std::vector<PackedExpert> packed;
  for (const StoredExpert& e : in.Views()) {
    auto expert = PackedExpert::Make(e.w1, e.w3, e.w2, &backend, on_host);
    EXPECT_TRUE(expert.ok());
    packed.push_back(std::move(*expert));
  }
  return packed;
}

MoeExpertsArgs Args(const Inputs& in, std::span<const PackedExpert> weights, float* out) {
  return {in.rows, in.hidden, in.top_k, in.x.data(), in.choice.data(), in.probabilities.data(),
          weights, out};
}

std::vector<float> Compute(const Backend& backend, const Inputs& in) {
  const std::vector<PackedExpert> weights = Pack(backend, in);
  const Input<float> x(backend, in.x), probabilities(backend, in.probabilities);
  const Input<int32_t> choice(backend, in.choice);
  Guarded<float> out(backend, in.rows * in.hidden);
  MoeExpertsArgs args = Args(in, weights, out.data());
  args.x = x.data();
  args.experts = choice.data();
  args.probabilities = probabilities.data();
  ExpectOk(MoeExperts(backend, args));
  return out.Finish("out");
}

std::vector<float> Reference(const Inputs& in) {
  std::vector<float> out(in.rows * in.hidden);
  ExpectOk(MoeExpertsReference(Args(in, {}, out.data()), in.Views()));
  return out;
}

// What the products do with x: by the weights' type, or all to bf16, or Q4_K's to int8.
enum class Rounding { kOfType, kBf16, kInt8 };

Rounding RoundingOf(const Backend& backend, DType type) {
  if (backend.on_device()) return BlocksOnDevice(type) ? Rounding::kBf16 : Rounding::kOfType;
  return type == DType::kQ4K ? Rounding::kInt8 : Rounding::kOfType;
}

// Error of one product relative to |w|, as in matmul.h; x by its norm and its largest value.
double ProductError(DType type, Rounding rounding, size_t in, double norm, double largest) {
  const double n = static_cast<double>(in);
  if (rounding == Rounding::kBf16 || type == DType::kBF16) return (0x1p-8 + n * kEps) * norm;
  // Of Q4_K V counts both terms of a weight: w + 2 min, min near two standard deviations.
  if (rounding == Rounding::kInt8)
    return std::sqrt(n) / 254 * largest + 5 * (n / 128 + 16) * kEps * norm;
  if (IsQuantized(type))
    return (type == DType::kQ4K ? 5 : 1) * (std::sqrt(n) * 0x1p-16 + (n / 16 + 8) * kEps) * norm;
  return n * kEps * norm;
}

// h = SiLU(a) b: |dh| <= 1.1 |da||b| + |a||db| with |a|, |b| bounded by their norms' product; then
// through w2, which adds its own product error on |h|. Summed over the choices with their
// probabilities.
Tolerance Bound(const Inputs& in, Rounding rounding = Rounding::kOfType) {
  const DType type = in.stored[0][0].type;
  std::vector<double> bounds(in.rows * in.hidden, 0.0);
  for (size_t i = 0; i < in.choice.size(); ++i) {
    const size_t row = i / in.top_k;
    const auto& e = in.stored[static_cast<size_t>(in.choice[i])];
    const float* x = in.x.data() + row * in.hidden;
    const double xs = Norm(x, in.hidden);
    const double dx =
        ProductError(type, rounding, in.hidden, xs, LargestAbs(x, in.hidden)) + 0x1p-20 * xs;
    double h = 0, dh = 0, largest = 0;
    for (size_t n = 0; n < in.width; ++n) {
      const float* w1 = e[0].values.data() + n * in.hidden;
      const float* w3 = e[1].values.data() + n * in.hidden;
      double a = 0, b = 0;
      for (size_t k = 0; k < in.hidden; ++k) a += double{w1[k]} * x[k], b += double{w3[k]} * x[k];
      const double da = dx * Norm(w1, in.hidden), db = dx * Norm(w3, in.hidden);
      const double error = 1.1 * da * (std::fabs(b) + db) + (std::fabs(a) + da) * db;
      h += a * a * b * b;
      dh += error * error;
      largest = std::max(largest, std::fabs(a * b) + error);
    }
    h = std::sqrt(h), dh = std::sqrt(dh);
    const double e2 = ProductError(type, rounding, in.width, h, largest);
    for (size_t c = 0; c < in.hidden; ++c) {
      const double w2 = Norm(e[2].values.data() + c * in.width, in.width);
      bounds[row * in.hidden + c] += in.probabilities[i] * w2 * (dh + e2 + 4 * kEps * h);
    }
  }
  return [bounds](size_t i) { return bounds[i]; };
}

TEST(MoeExperts, EqualsReferenceForEveryWeightType) {
  for (const TestBackend& backend : AllBackends()) {
    for (DType type : {DType::kF32, DType::kBF16, DType::kQ8_0}) {
      for (size_t rows : {0u, 1u, 2u, 13u, 70u}) {
        const Inputs in = Make(type, rows, 64, 96, 4, 2);
        ExpectWithin(backend.name + " " + DTypeName(type) + " rows " + std::to_string(rows),
                     Compute(*backend, in), Reference(in), Bound(in));
      }
      const Inputs one = Make(type, 30, 32, 32, 1, 1);
      ExpectWithin("one expert", Compute(*backend, one), Reference(one), Bound(one));
    }
    for (DType type : kAllDTypes) {
      const Inputs blocks = Make(type, 17, 256, 256, 3, 2);
      ExpectWithin(backend.name + " " + DTypeName(type), Compute(*backend, blocks),
                   Reference(blocks), Bound(blocks, RoundingOf(*backend, type)));
    }
    // Few rows have kernels of their own on a device: an odd number of choices, and outputs that
    // do not fill a block.
    for (DType type : {DType::kF32, DType::kBF16, DType::kQ8_0}) {
      for (size_t rows : {1u, 7u, 8u}) {
        const Inputs few = Make(type, rows, 96, type == DType::kQ8_0 ? 160 : 40, 5, 3);
        ExpectWithin(backend.name + " few " + DTypeName(type) + " rows " + std::to_string(rows),
                     Compute(*backend, few), Reference(few), Bound(few));
      }
    }
    const Inputs odd = Make(DType::kF32, 9, 17, 37, 3, 3);
    ExpectWithin(backend.name + " odd", Compute(*backend, odd), Reference(odd), Bound(odd));
    const Inputs odd_bf16 = Make(DType::kBF16, 9, 17, 37, 3, 3);
    ExpectWithin(backend.name + " odd bf16", Compute(*backend, odd_bf16), Reference(odd_bf16),
                 Bound(odd_bf16));
  }
}

// On a CPU an expert's products are matmul's, whose own test is sharper than a bound through both.
TEST(MoeExperts, OneChoiceGivesTheBitsOfThreeMatmuls) {
  for (Isa isa : SupportedIsas()) {
    const TestBackend backend = MakeBackend(isa, 2);
    if ((*backend).on_device()) continue;
    for (DType type : kAllDTypes) {
      const Inputs in = Make(type, 23, 256, 512, 3, 1);
      const auto product = [&](const Stored& stored, Epilogue epilogue, const float* x) {
        const auto packed =
            PackedMatrix::Make({stored.type, stored.bytes, stored.out, stored.in}, &*backend);
        std::vector<float> y(in.rows * stored.out);
        const MatmulOutput output{&*packed, epilogue, y.data()};
        ExpectOk(Matmul(*backend, {in.rows, stored.in, x, {&output, 1}}));
        return y;
      };
      std::vector<std::vector<float>> of_expert;
      for (const auto& [w1, w3, w2] : in.stored) {
        std::vector<float> h = product(w1, Epilogue::kSilu, in.x.data());
        const std::vector<float> up = product(w3, Epilogue::kNone, in.x.data());
        for (size_t i = 0; i < h.size(); ++i) h[i] *= up[i];
        of_expert.push_back(product(w2, Epilogue::kNone, h.data()));
      }
      std::vector<float> expected;
      for (size_t row = 0; row < in.rows; ++row) {
        const float* from = of_expert[static_cast<size_t>(in.choice[row])].data() + row * in.hidden;
        expected.insert(expected.end(), from, from + in.hidden);
      }
      ExpectSameBits(backend.name + " " + DTypeName(type), Compute(*backend, in), expected);
    }
  }
}

// Laws 2, 3, 4: a row is the same alone, among others, and on any threads.
TEST(MoeExperts, RowDependsOnThatRowAlone) {
  for (Isa isa : SupportedIsas()) {
    for (DType type : {DType::kF32, DType::kBF16, DType::kQ8_0}) {
      const Inputs in = Make(type, 60, 64, 64, 8, 2);
      const std::vector<float> whole = Compute(*MakeBackend(isa, 2), in);
      ExpectSameBits("threads", whole, Compute(*MakeBackend(isa, 3), in));
      const TestBackend backend = MakeBackend(isa, 1);
      std::vector<float> rows;
      for (size_t row = 0; row < in.rows; ++row) {
        Inputs one = in;
        one.rows = 1;
        one.x.assign(in.x.begin() + row * 64, in.x.begin() + (row + 1) * 64);
        one.choice.assign(in.choice.begin() + row * 2, in.choice.begin() + (row + 1) * 2);
        one.probabilities.assign(in.probabilities.begin() + row * 2,
                                 in.probabilities.begin() + (row + 1) * 2);
        const std::vector<float> out = Compute(*backend, one);
        rows.insert(rows.end(), out.begin(), out.end());
      }
      ExpectSameRows(*backend, "row by row", whole, rows, Bound(in));
    }
  }
}

// Many rows of bf16 go through a kernel of their own on a device: experts with no row, with one,
// and with rows on both sides of a tile's edge.
TEST(MoeExperts, ManyBf16RowsEqualReference) {
  const TestBackend backend = BestBackend();
  for (size_t rows : {100u, 300u, 700u}) {
    const Inputs in = Make(DType::kBF16, rows, 256, rows == 300 ? 384 : 128, 5, 2);
    const std::vector<float> actual = Compute(*backend, in);
    ExpectWithin("rows " + std::to_string(rows), actual, Reference(in), Bound(in));
    ExpectSameBits("again", actual, Compute(*backend, in));
  }
}

// One expert's rows end in, at and after a tile's last; and many experts share them.
TEST(MoeExperts, ManyBf16RowsOfAnyNumberEqualReference) {
  const TestBackend backend = BestBackend();
  if (!(*backend).on_device()) GTEST_SKIP() << "no device";
  for (size_t rows : {127u, 128u, 129u, 255u, 256u, 257u, 511u, 513u}) {
    const Inputs in = Make(DType::kBF16, rows, 256, 128, 2, 1);  // all to expert 0
    ExpectWithin("rows " + std::to_string(rows), Compute(*backend, in), Reference(in), Bound(in));
  }
  const Inputs spread = Make(DType::kBF16, 512, 512, 256, 24, 2);
  const std::vector<float> actual = Compute(*backend, spread);
  ExpectWithin("24 experts", actual, Reference(spread), Bound(spread));
  for (int i = 0; i < 20; ++i) ExpectSameBits("again", actual, Compute(*backend, spread));
}

// A device's multiprocessor takes one tile after another through one ring: rows among so many that
// each has several tiles, of sums that end anywhere in the ring, are what they are among few.
TEST(MoeExperts, Bf16RowsAmongManyAreThoseAmongFew) {
  const TestBackend backend = BestBackend();
  const Inputs many = Make(DType::kBF16, 6000, 512, 384, 5, 2);
  Inputs few = many;
  few.rows = 300;
  few.x.resize(few.rows * few.hidden);
  few.choice.resize(few.rows * few.top_k);
  few.probabilities.resize(few.rows * few.top_k);
  std::vector<float> first = Compute(*backend, many);
  first.resize(few.rows * few.hidden);
  ExpectSameBits("first rows", Compute(*backend, few), first);
}

TEST(MoeExperts, ManyRowsOfLargeQ8ExpertsAreAsBf16OnADevice) {
  const TestBackend backend = BestBackend();
  if (!(*backend).on_device()) GTEST_SKIP() << "no device";
  const Inputs in = Make(DType::kQ8_0, 70, 512, 4096, 2, 2);
  ExpectWithin("large Q8_0", Compute(*backend, in), Reference(in), Bound(in, Rounding::kBf16));
}

// Three layers in turn through two places for the experts that stand on the host, as a model's
// layers go: each is what it is from the device's own memory, whether or not it was announced.
TEST(MoeExperts, ExpertsOnTheHostGiveTheBitsOfThoseOnADevice) {
  const TestBackend backend = BestBackend();
  if (!(*backend).on_device()) GTEST_SKIP() << "no device";
  for (DType type : {DType::kQ4K, DType::kIQ4XS, DType::kQ3K}) {
    for (size_t rows : {2u, 150u}) {
      std::vector<Inputs> layers;
      for (size_t layer = 0; layer < 3; ++layer) {
        layers.push_back(Make(type, rows, 256, 512, 3 + layer, 2));
        std::swap(layers.back().stored[0], layers.back().stored[layer]);
      }
      std::vector<std::vector<PackedExpert>> on_host;
      std::vector<std::vector<float>> expected;
      for (const Inputs& in : layers) {
        on_host.push_back(Pack(*backend, in, true));
        expected.push_back(Compute(*backend, in));
        ExpectWithin(DTypeName(type), expected.back(), Reference(in),
                     Bound(in, rows > 8 ? Rounding::kBf16 : Rounding::kOfType));
      }
      const Input<float> x(*backend, layers[0].x), probabilities(*backend, layers[0].probabilities);
      for (int round = 0; round < 6; ++round) {
        std::vector<Guarded<float>> out;
        out.reserve(layers.size());
        std::vector<Input<int32_t>> choices;
        for (const Inputs& in : layers) choices.emplace_back(*backend, in.choice);
        for (size_t layer = 0; layer < layers.size(); ++layer) {
          for (size_t ahead = layer; round % 2 == 0 && ahead < std::min(layer + 2, layers.size());
               ++ahead)
            ExpectOk(ExpectExperts(*backend, {on_host[ahead], rows}));
          MoeExpertsArgs args =
              Args(layers[layer], on_host[layer],
                   out.emplace_back(*backend, rows * layers[layer].hidden).data());
          args.x = x.data();
          args.experts = choices[layer].data();
          args.probabilities = probabilities.data();
          ExpectOk(MoeExperts(*backend, args));
        }
        for (size_t layer = 0; layer < layers.size(); ++layer)
          ExpectSameBits("layer " + std::to_string(layer), expected[layer],
                         out[layer].Finish("out"));
      }
    }
  }
}

TEST(MoeExperts, MutantsFail) {
  for (DType type : {DType::kF32, DType::kBF16, DType::kQ8_0}) {
    const Inputs in = Make(type, 20, 64, 64, 4, 2);
    const std::vector<float> actual = Compute(*BestBackend(), in);
    const Tolerance bound = Bound(in);
    const auto mutant = [&](const std::string& name, const std::function<void(Inputs&)>& change) {
      Inputs other = in;
      change(other);
      std::vector<float> out = Reference(other);
      out.resize(actual.size());
      ExpectMutantFails(name, actual, out, bound);
    };
    mutant("w1 and w3 swapped", [](Inputs& m) {
      for (auto& e : m.stored) std::swap(e[0], e[1]);
    });
    mutant("w2 of the next expert", [](Inputs& m) { std::swap(m.stored[0][2], m.stored[1][2]); });
    mutant("experts off by one", [](Inputs& m) {
      for (auto& e : m.choice) e = (e + 1) % 4;
    });
    mutant("probabilities swapped", [](Inputs& m) {
      for (size_t i = 0; i < m.probabilities.size(); i += 2)
        std::swap(m.probabilities[i], m.probabilities[i + 1]);
    });
    mutant("equal probabilities", [](Inputs& m) {
      for (float& p : m.probabilities) p = 0.5f;
    });
    mutant("second choice dropped", [](Inputs& m) {
      for (size_t i = 1; i < 40; i += 2) m.probabilities[i] = 0;
    });
    mutant("last row skipped", [](Inputs& m) { m.rows = 19; });
    mutant("rows not put back in order",
           [](Inputs& m) { std::rotate(m.x.begin(), m.x.begin() + 64, m.x.end()); });
  }
}

// A device need not wait to look at the choices: the row of one that is none is NaN, the others are
// as ever, and nothing outside is read or written.
TEST(MoeExperts, ChoiceThatIsNoneMakesItsRowNanOnADevice) {
  const TestBackend backend = BestBackend();
  if (!(*backend).on_device()) GTEST_SKIP() << "no device";
  const std::pair<DType, size_t> cases[] = {
      {DType::kF32, 3}, {DType::kQ8_0, 3}, {DType::kBF16, 3}, {DType::kBF16, 300}};
  for (const auto& [type, rows] : cases) {
    Inputs in = Make(type, rows, 256, 128, 5, 2);
    const std::vector<float> whole = Compute(*backend, in);
    in.choice[1] = 5;
    in.choice[2] = -1;
    const std::vector<float> actual = Compute(*backend, in);
    for (size_t i = 0; i < actual.size(); ++i) {
      if (i < 2 * in.hidden) {
        ASSERT_TRUE(std::isnan(actual[i])) << i;
      } else {
        ASSERT_EQ(actual[i], whole[i]) << i;
      }
    }
  }
}

// Blocks of 256 as few_experts.h wants them.
std::vector<std::byte> InPlace(const Stored& stored) {
  if (stored.type != DType::kQ3K) return stored.bytes;
  std::vector<std::byte> blocks(stored.bytes.size() / 110 * 112);
  for (size_t i = 0; i < stored.bytes.size() / 110; ++i) {
    const std::byte* from = stored.bytes.data() + i * 110;  // high bits, low pairs, scales, d
    std::byte* to = blocks.data() + i * 112;
    std::memcpy(to, from + 96, 14);
    std::memcpy(to + 16, from, 96);
  }
  return blocks;
}

TEST(MoeExperts, BlocksAreWidenedToTheNearestBf16OnADevice) {
  const TestBackend backend = BestBackend();
  if (!(*backend).on_device()) GTEST_SKIP() << "no device";
  const std::pair<DType, FewKind> kinds[] = {
      {DType::kQ4K, FewKind::kQ4K}, {DType::kIQ4XS, FewKind::kIq4Xs}, {DType::kQ3K, FewKind::kQ3K}};
  for (const auto& [type, kind] : kinds) {
    const Stored stored = MakeStored(type, 37, 512, 3);
    const Input<std::byte> blocks(*backend, InPlace(stored));
    Guarded<uint32_t> out(*backend, stored.values.size() / 2);
    ExpectOk(WidenBlocksCuda(*backend, kind, blocks.data(), stored.values.size() / 256,
                             reinterpret_cast<uint16_t*>(out.data())));
    const std::vector<uint32_t> pairs = out.Finish("out");
    for (size_t i = 0; i < stored.values.size(); ++i) {
      const float value = Bf16ToFloat(static_cast<uint16_t>(pairs[i / 2] >> (i % 2 * 16)));
      // Q4_K's difference is rounded to f32 first.
      ASSERT_NEAR(value, stored.values[i], 0x1p-8 * std::fabs(stored.values[i]) + 1e-6)
          << DTypeName(type) << " " << i;
    }
  }
}

TEST(MoeExperts, SmallTypesInPlaceEqualReferenceOnADevice) {
  const TestBackend backend = BestBackend();
  if (!(*backend).on_device()) GTEST_SKIP() << "no device";
  const std::pair<DType, FewKind> kinds[] = {
      {DType::kQ4K, FewKind::kQ4K}, {DType::kIQ4XS, FewKind::kIq4Xs}, {DType::kQ3K, FewKind::kQ3K}};
  for (const auto& [type, kind] : kinds) {
    for (size_t rows : {1u, 3u}) {
      const Inputs in = Make(type, rows, 512, 768, 5, 3);
      std::vector<Input<std::byte>> matrices;
      matrices.reserve(2 * in.stored.size());
      std::vector<const void*> up, down;
      for (const auto& expert : in.stored) {
        std::vector<std::byte> both = InPlace(expert[0]);
        const std::vector<std::byte> w3 = InPlace(expert[1]);
        both.insert(both.end(), w3.begin(), w3.end());
        up.push_back(matrices.emplace_back(*backend, both).data());
        down.push_back(matrices.emplace_back(*backend, InPlace(expert[2])).data());
      }
      const Input<float> x(*backend, in.x), probabilities(*backend, in.probabilities);
      const Input<int32_t> choice(*backend, in.choice);
      Guarded<float> out(*backend, in.rows * in.hidden);
      ASSERT_TRUE(FewExpertsFit(kind, rows, in.hidden, in.width, up.size()));
      ExpectOk(
          FewExpertsCuda(*backend, {kind, rows, in.hidden, in.width, in.top_k, x.data(),
                                    choice.data(), probabilities.data(), out.data(), up, down}));
      ExpectWithin(std::string(DTypeName(type)) + " rows " + std::to_string(rows),
                   out.Finish("out"), Reference(in), Bound(in));
    }
  }
}

// On a device kernels start before the one ahead has ended. Each call's input is the output of the
// call before it, with a wait between calls or without.
TEST(MoeExperts, CallsInARowSeeEachOther) {
  const TestBackend backend = BestBackend();
  for (DType type : {DType::kF32, DType::kBF16, DType::kQ8_0}) {
    const Inputs in = Make(type, 1, 512, 1024, 5, 2);
    const std::vector<PackedExpert> weights = Pack(*backend, in);
    const Input<float> x(*backend, in.x), probabilities(*backend, in.probabilities);
    const Input<int32_t> choice(*backend, in.choice);
    std::vector<float> results[2];
    for (bool wait : {true, false}) {
      Guarded<float> a(*backend, in.hidden), b(*backend, in.hidden);
      for (int call = 0; call < 24; ++call) {
        MoeExpertsArgs args = Args(in, weights, (call % 2 == 0 ? a : b).data());
        args.x = call == 0 ? x.data() : (call % 2 == 0 ? b : a).data();
        args.experts = choice.data();
        args.probabilities = probabilities.data();
        ExpectOk(MoeExperts(*backend, args));
        if (wait) (call % 2 == 0 ? a : b).Finish("out");
      }
      results[wait] = b.Finish("out");
    }
    ExpectSameBits(std::string("in a row, ") + DTypeName(type), results[1], results[0]);
  }
}

TEST(MoeExperts, RefusesBadShapes) {
  const TestBackend backend = BestBackend();
  const Inputs in = Make(DType::kQ8_0, 2, 64, 32, 2, 1),
               other = Make(DType::kQ8_0, 2, 32, 32, 2, 1);
  std::vector<PackedExpert> weights = Pack(*backend, in);
  std::vector<float> out(128, 7.0f);
  const auto refused = [&](const std::string& what,
                           const std::function<void(MoeExpertsArgs&)>& change) {
    MoeExpertsArgs args = Args(in, weights, out.data());
    change(args);
    ExpectRefused(what, MoeExperts(*backend, args));
  };
  const Input<int32_t> negative(*backend, {0, -1}), large(*backend, {2, 0});
  if (!(*backend).on_device()) {
    refused("negative expert", [&](MoeExpertsArgs& args) { args.experts = negative.data(); });
    refused("expert too large", [&](MoeExpertsArgs& args) { args.experts = large.data(); });
  }
  refused("no experts", [](MoeExpertsArgs& args) { args.weights = {}; });
  refused("hidden", [](MoeExpertsArgs& args) { args.hidden = 32; });
  refused("top_k", [](MoeExpertsArgs& args) { args.top_k = 0; });
  refused("null", [](MoeExpertsArgs& args) { args.out = nullptr; });
  weights[1] = std::move(Pack(*backend, other)[1]);
  refused("mixed shapes", [](MoeExpertsArgs&) {});
  EXPECT_EQ(out, std::vector<float>(128, 7.0f));
  const auto views = in.Views(), others = other.Views();
  EXPECT_FALSE(PackedExpert::Make(views[0].w1, others[0].w3, views[0].w2).ok());
  EXPECT_FALSE(PackedExpert::Make(views[0].w1, views[0].w3, others[0].w2).ok());
  MatrixView cut = views[0].w3;
  cut.bytes = cut.bytes.first(8);
  EXPECT_FALSE(PackedExpert::Make(views[0].w1, cut, views[0].w2).ok());
}

}  // namespace
}  // namespace fathom::testing
