// SPDX-License-Identifier: Apache-2.0
#include "kernels/rms_norm/rms_norm.h"

#include "kernels/support/op_test.h"

namespace fathom::testing {
namespace {

struct Inputs {
  size_t rows, hidden;
  bool residual;
  std::vector<float> x, skip, weight;
};

constexpr float kAlpha = 2.5f, kBeta = 0.75f;

Inputs Make(size_t rows, size_t hidden, bool residual) {
  return {rows,
          hidden,
          residual,
          Normal(rows * hidden, 1),
          Normal(rows * hidden, 2),
          Normal(hidden, 3)};
}

RmsNormArgs Args(const Inputs& in, float* out, float* sum) {
  RmsNormArgs args;
  args.rows = in.rows;
  args.hidden = in.hidden;
  args.x = in.x.data();
  args.skip = in.residual ? in.skip.data() : nullptr;
  args.alpha = kAlpha;
  args.beta = kBeta;
  args.weight = in.weight.data();
  args.sum = sum;
  args.out = out;
  return args;
}

std::vector<float> Reference(const Inputs& in) {
  std::vector<float> out(in.rows * in.hidden);
  ExpectOk(RmsNormReference(Args(in, out.data(), nullptr)));
  return out;
}

Tolerance Bound(const Inputs& in, const std::vector<float>& expected) {
  std::vector<double> rms(in.rows);
  for (size_t row = 0; row < in.rows; ++row) {
    double squares = 0;
    for (size_t at = row * in.hidden; at < (row + 1) * in.hidden; ++at) {
      const double r =
          in.residual ? double{kAlpha} * in.skip[at] + double{kBeta} * in.x[at] : in.x[at];
      squares += r * r;
    }
    rms[row] = std::sqrt(squares / static_cast<double>(in.hidden) + 1e-5);
  }
  return [&in, &expected, rms](size_t i) {
    const double parts =
        in.residual ? kAlpha * std::fabs(in.skip[i]) + kBeta * std::fabs(in.x[i]) : 0;
    return (static_cast<double>(in.hidden) / 16 + 16) * kEps * std::fabs(expected[i]) +
           4 * kEps * parts * std::fabs(in.weight[i % in.hidden]) / rms[i / in.hidden];
  };
}

std::vector<float> Compute(const Backend& backend, const Inputs& in) {
  Guarded<float> out(backend, in.rows * in.hidden), sum(backend, in.rows * in.hidden);
  const Input<float> x(backend, in.x), skip(backend, in.skip), weight(backend, in.weight);
  RmsNormArgs args = Args(in, out.data(), sum.data());
  args.x = x.data();
  args.skip = in.residual ? skip.data() : nullptr;
  args.weight = weight.data();
  ExpectOk(RmsNorm(backend, args));
  sum.Finish("sum");
  return out.Finish("out");
}

// Laws 1 and 5.
TEST(RmsNorm, EqualsReferenceAndWritesEveryElement) {
  for (const TestBackend& backend : AllBackends()) {
    for (size_t hidden : {1u, 3u, 16u, 17u, 61u, 320u, 1000u}) {
      for (size_t rows : {0u, 1u, 7u, 33u}) {
        for (bool residual : {false, true}) {
          const Inputs in = Make(rows, hidden, residual);
          const std::vector<float> expected = Reference(in);
          ExpectWithin(backend.name + " hidden " + std::to_string(hidden), Compute(*backend, in),
                       expected, Bound(in, expected));
        }
      }
    }
  }
}

// Laws 2, 3, 4: a row alone gives the bits it has among others, on any number of threads.
TEST(RmsNorm, RowDependsOnThatRowAlone) {
  const Inputs in = Make(67, 320, true);
  for (Isa isa : SupportedIsas()) {
    const std::vector<float> whole = Compute(*MakeBackend(isa, 2), in);
    ExpectSameBits("threads", whole, Compute(*MakeBackend(isa, 3), in));
    std::vector<float> rows;
    for (size_t row = 0; row < in.rows; ++row) {
      Inputs one{1, in.hidden, true, {}, {}, in.weight};
      one.x.assign(in.x.begin() + row * in.hidden, in.x.begin() + (row + 1) * in.hidden);
      one.skip.assign(in.skip.begin() + row * in.hidden, in.skip.begin() + (row + 1) * in.hidden);
      const std::vector<float> out = Compute(*MakeBackend(isa, 1), one);
      rows.insert(rows.end(), out.begin(), out.end());
    }
    ExpectSameBits("row by row", whole, rows);
  }
}

TEST(RmsNorm, OutputMayReplaceTheSkip) {
  const TestBackend backend = BestBackend();
  const Inputs in = Make(5, 320, true);
  const std::vector<float> expected = Compute(*backend, in);
  const Input<float> x(*backend, in.x), weight(*backend, in.weight);
  Guarded<float> skip(*backend, in.skip.size(), in.skip);
  RmsNormArgs args = Args(in, skip.data(), nullptr);
  args.x = x.data();
  args.skip = skip.data();
  args.weight = weight.data();
  ExpectOk(RmsNorm(*backend, args));
  ExpectSameBits("in place", expected, skip.Finish("skip"));
}

TEST(RmsNorm, MutantsFail) {
  const TestBackend backend = BestBackend();
  const Inputs in = Make(9, 320, true);
  const std::vector<float> actual = Compute(*backend, in), expected = Reference(in);
  const Tolerance bound = Bound(in, expected);
  const auto mutant = [&](const std::string& name,
                          const std::function<void(RmsNormArgs&)>& change) {
    std::vector<float> out(actual.size(), 0.0f);
    RmsNormArgs args = Args(in, out.data(), nullptr);
    change(args);
    ExpectOk(RmsNormReference(args));
    ExpectMutantFails(name, actual, out, bound);
  };
  const std::vector<float> ones(in.hidden, 1.0f);
  mutant("no residual", [](RmsNormArgs& args) { args.skip = nullptr; });
  mutant("alpha and beta swapped", [](RmsNormArgs& args) { std::swap(args.alpha, args.beta); });
  mutant("skip and branch swapped", [](RmsNormArgs& args) { std::swap(args.x, args.skip); });
  mutant("alpha 1", [](RmsNormArgs& args) { args.alpha = 1; });
  mutant("no weight", [&](RmsNormArgs& args) { args.weight = ones.data(); });
  mutant("eps 1e-3", [](RmsNormArgs& args) { args.eps = 1e-3f; });
  mutant("last row skipped", [](RmsNormArgs& args) { --args.rows; });
  std::vector<float> twice = in.weight;
  twice.insert(twice.end(), in.weight.begin(), in.weight.end());
  mutant("one norm over two rows", [&](RmsNormArgs& args) {
    args.hidden *= 2;
    args.rows /= 2;
    args.weight = twice.data();
  });
}

TEST(RmsNorm, RefusesBadShapes) {
  const TestBackend backend = BestBackend();
  const Inputs in = Make(2, 8, false);
  std::vector<float> out(16);
  const auto refused = [&](const std::string& what,
                           const std::function<void(RmsNormArgs&)>& change) {
    RmsNormArgs args = Args(in, out.data(), nullptr);
    change(args);
    ExpectRefused(what, RmsNorm(*backend, args));
  };
  refused("hidden 0", [](RmsNormArgs& args) { args.hidden = 0; });
  refused("null x", [](RmsNormArgs& args) { args.x = nullptr; });
  refused("null weight", [](RmsNormArgs& args) { args.weight = nullptr; });
  refused("no output", [](RmsNormArgs& args) { args.out = nullptr; });
  refused("overflow", [](RmsNormArgs& args) { args.rows = SIZE_MAX / 8; });
  refused("eps NaN", [](RmsNormArgs& args) { args.eps = NAN; });
}

}  // namespace
}  // namespace fathom::testing
