// SPDX-License-Identifier: Apache-2.0
#include "kernels/gated_norm/gated_norm.h"

#include "kernels/support/op_test.h"

namespace fathom::testing {
namespace {

struct Inputs {
  size_t rows, width;
  std::vector<float> x, gate, weight;
};

Inputs Make(size_t rows, size_t width) {
  return {rows, width, Normal(rows * width, 1, 0.01f), Normal(rows * width, 2, 3),
          Normal(width, 3)};
}

GatedNormArgs Args(const Inputs& in, float* out) {
  return {in.rows, in.width, in.x.data(), in.gate.data(), in.weight.data(), 1e-6f, out};
}

std::vector<float> Reference(const Inputs& in) {
  std::vector<float> out(in.x.size());
  ExpectOk(GatedNormReference(Args(in, out.data())));
  return out;
}

std::vector<float> Compute(const Backend& backend, const Inputs& in) {
  Guarded<float> out(backend, in.x.size());
  const Input<float> x(backend, in.x), gate(backend, in.gate), weight(backend, in.weight);
  GatedNormArgs args = Args(in, out.data());
  args.x = x.data();
  args.gate = gate.data();
  args.weight = weight.data();
  ExpectOk(GatedNorm(backend, args));
  return out.Finish("out");
}

Tolerance Bound(const Inputs& in, const std::vector<float>& expected) {
  return [&in, &expected](size_t i) {
    return (static_cast<double>(in.width) / 16 + 32) * kEps * std::fabs(expected[i]);
  };
}

TEST(GatedNorm, EqualsReferenceAndWritesEveryElement) {
  for (const TestBackend& backend : AllBackends()) {
    for (size_t width : {1u, 5u, 16u, 33u, 127u, 512u}) {
      for (size_t rows : {0u, 1u, 17u, 40u}) {
        const Inputs in = Make(rows, width);
        const std::vector<float> expected = Reference(in);
        ExpectWithin(backend.name + " width " + std::to_string(width), Compute(*backend, in),
                     expected, Bound(in, expected));
      }
    }
  }
}

TEST(GatedNorm, LargeGatesSaturate) {
  Inputs in = Make(1, 32);
  for (size_t i = 0; i < 32; ++i) in.gate[i] = i % 2 ? 1e4f : -1e4f;
  const std::vector<float> out = Compute(*BestBackend(), in), expected = Reference(in);
  for (size_t i = 0; i < 32; ++i)
    EXPECT_NEAR(out[i], expected[i], 1e-5 * std::fabs(expected[i]) + 1e-30);
}

TEST(GatedNorm, RowDependsOnThatRowAlone) {
  const Inputs in = Make(37, 96);
  const std::vector<float> whole = Compute(*BestBackend(3), in);
  std::vector<float> rows;
  for (size_t row = 0; row < in.rows; ++row) {
    Inputs one{1, 96, {}, {}, in.weight};
    one.x.assign(in.x.begin() + row * 96, in.x.begin() + (row + 1) * 96);
    one.gate.assign(in.gate.begin() + row * 96, in.gate.begin() + (row + 1) * 96);
    const std::vector<float> out = Compute(*BestBackend(1), one);
    rows.insert(rows.end(), out.begin(), out.end());
  }
  ExpectSameBits("row by row", whole, rows);
}

// heads: the norm's width; mutants norm each head of 32 alone, gate first, and so on.
TEST(GatedNorm, MutantsFail) {
  const Inputs in = Make(6, 128);
  const std::vector<float> actual = Compute(*BestBackend(), in), expected = Reference(in);
  const Tolerance bound = Bound(in, expected);
  const auto mutant = [&](const std::string& name, size_t norm_width, bool gate_first,
                          const std::function<double(double gate)>& activation, double eps) {
    std::vector<float> out(in.x.size());
    for (size_t begin = 0; begin < in.x.size(); begin += norm_width) {
      double squares = 0;
      std::vector<double> x(norm_width);
      for (size_t i = 0; i < norm_width; ++i) {
        x[i] = in.x[begin + i] * (gate_first ? activation(in.gate[begin + i]) : 1);
        squares += x[i] * x[i];
      }
      const double scale = 1 / std::sqrt(squares / static_cast<double>(norm_width) + eps);
      for (size_t i = 0; i < norm_width; ++i) {
        const double gate = gate_first ? 1 : activation(in.gate[begin + i]);
        out[begin + i] =
            static_cast<float>(x[i] * scale * gate * in.weight[(begin + i) % in.width]);
      }
    }
    if (name == "none") {
      EXPECT_LE(WorstRatio(actual, out, bound).ratio, 1) << "no mutation";
    } else {
      ExpectMutantFails(name, actual, out, bound);
    }
  };
  const auto sigmoid = [](double g) { return 1 / (1 + std::exp(-g)); };
  const double eps = double{1e-6f};
  mutant("none", 128, false, sigmoid, eps);
  mutant("norm per head", 32, false, sigmoid, eps);
  mutant("gate before norm", 128, true, sigmoid, eps);
  mutant(
      "SiLU for sigmoid", 128, false, [&](double g) { return g * sigmoid(g); }, eps);
  mutant(
      "no gate", 128, false, [](double) { return 1.0; }, eps);
  mutant("eps 1e-5", 128, false, sigmoid, 1e-5);
  Inputs skipped = in;
  std::fill(skipped.x.end() - 128, skipped.x.end(), 0.0f);
  ExpectMutantFails("last row skipped", actual, Reference(skipped), bound);
}

TEST(GatedNorm, RefusesBadShapes) {
  const TestBackend backend = BestBackend();
  const Inputs in = Make(1, 8);
  std::vector<float> out(8);
  GatedNormArgs args = Args(in, out.data());
  args.width = 0;
  ExpectRefused("width", GatedNorm(*backend, args));
  args = Args(in, nullptr);
  ExpectRefused("null", GatedNorm(*backend, args));
  args = Args(in, out.data());
  args.eps = -1;
  ExpectRefused("eps", GatedNorm(*backend, args));
  args = Args(in, out.data());
  args.rows = SIZE_MAX / 8;
  ExpectRefused("overflow", GatedNorm(*backend, args));
}

}  // namespace
}  // namespace fathom::testing
