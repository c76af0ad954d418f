// SPDX-License-Identifier: Apache-2.0
#include "kernels/rope/rope.h"

#include "kernels/support/op_test.h"

namespace fathom::testing {
namespace {

struct Inputs {
  size_t heads, dim, rotary;
  std::vector<size_t> positions;
  std::vector<float> x;
};

Inputs Make(size_t heads, size_t dim, size_t rotary, std::vector<size_t> positions) {
  const size_t count = positions.size() * heads * dim;
  return {heads, dim, rotary, std::move(positions), Normal(count, 1)};
}

RopeArgs Args(const Inputs& in, float* x) {
  return {in.heads, in.dim, in.rotary, 1e7, in.positions, x};
}

std::vector<float> Reference(const Inputs& in) {
  std::vector<float> x = in.x;
  ExpectOk(RopeReference(Args(in, x.data())));
  return x;
}

std::vector<float> Compute(const Backend& backend, const Inputs& in) {
  Guarded<float> x(backend, in.x.size(), in.x);
  ExpectOk(Rope(backend, Args(in, x.data())));
  return x.Finish("x");
}

// 4 ulp of the pair; the angle's own error is position * 2^-52.
Tolerance Bound(const Inputs& in) {
  return [&in](size_t i) {
    const size_t d = i % in.dim, half = in.rotary / 2;
    if (d >= in.rotary) return 0.0;
    return 4 * kEps * (std::fabs(in.x[i]) + std::fabs(in.x[d < half ? i + half : i - half]));
  };
}

TEST(Rope, EqualsReferenceAndLeavesTheRestAlone) {
  for (const TestBackend& backend : AllBackends()) {
    for (const auto& [dim, rotary] : {std::pair<size_t, size_t>{2, 2},
                                      {3, 2},
                                      {64, 2},
                                      {64, 0},
                                      {61, 30},
                                      {128, 64},
                                      {64, 64}}) {
      for (const std::vector<size_t>& positions :
           {std::vector<size_t>{}, {0}, {1, 2, 3}, {5, 5, 0}, {1'048'575, 10'239'999}}) {
        const Inputs in = Make(3, dim, rotary, positions);
        ExpectWithin(backend.name + " D " + std::to_string(dim), Compute(*backend, in),
                     Reference(in), Bound(in));
      }
    }
  }
}

TEST(Rope, RowDependsOnItsPositionAlone) {
  std::vector<size_t> positions(200);
  for (size_t i = 0; i < positions.size(); ++i) positions[i] = 3 * i;
  const Inputs in = Make(2, 16, 8, positions);
  const std::vector<float> whole = Compute(*BestBackend(3), in);
  std::vector<float> rows;
  for (size_t row = 0; row < positions.size(); ++row) {
    Inputs one{2, 16, 8, {positions[row]}, {}};
    one.x.assign(in.x.begin() + row * 32, in.x.begin() + (row + 1) * 32);
    const std::vector<float> out = Compute(*BestBackend(1), one);
    rows.insert(rows.end(), out.begin(), out.end());
  }
  ExpectSameBits("row by row", whole, rows);
}

// What attention needs: the product of two rotated rows depends on the distance alone.
TEST(Rope, ProductsDependOnDistanceAlone) {
  const auto product = [](size_t p, size_t q) {
    Inputs in = Make(1, 64, 64, {p, q});
    const std::vector<float> x = Compute(*BestBackend(), in);
    double sum = 0;
    for (size_t d = 0; d < 64; ++d) sum += double{x[d]} * x[64 + d];
    return sum;
  };
  EXPECT_NEAR(product(10, 3), product(1'000'007, 1'000'000), 1e-4);
  EXPECT_GT(std::fabs(product(10, 3) - product(11, 3)), 1e-3);
}

TEST(Rope, MutantsFail) {
  const Inputs in = Make(2, 64, 32, {7, 900});
  const std::vector<float> actual = Compute(*BestBackend(), in);
  const Tolerance bound = [strict = Bound(in)](size_t i) { return strict(i) + 1e-12; };
  const auto mutant = [&](const std::string& name, const std::function<void(RopeArgs&)>& change) {
    std::vector<float> x = in.x;
    RopeArgs args = Args(in, x.data());
    change(args);
    ExpectOk(RopeReference(args));
    ExpectMutantFails(name, actual, x, bound);
  };
  const size_t shifted[] = {8, 901}, swapped[] = {900, 7};
  mutant("full width", [](RopeArgs& args) { args.rotary_dim = 64; });
  mutant("none", [](RopeArgs& args) { args.rotary_dim = 0; });
  mutant("default theta", [](RopeArgs& args) { args.theta = 1e6; });
  mutant("positions from 1", [&](RopeArgs& args) { args.positions = shifted; });
  mutant("positions of other rows", [&](RopeArgs& args) { args.positions = swapped; });
  mutant("one head rotated", [](RopeArgs& args) { args.heads = 1; });
  mutant("last row skipped", [](RopeArgs& args) { args.positions = args.positions.first(1); });
  std::vector<float> adjacent = in.x;
  for (size_t row = 0; row < 4; ++row) {
    for (size_t i = 0; i < 16; ++i) {
      const double angle = static_cast<double>(in.positions[row / 2]) *
                           std::pow(1e7, -2.0 * static_cast<double>(i) / 32);
      float* x = adjacent.data() + row * 64 + 2 * i;
      const double a = x[0], b = x[1];
      x[0] = static_cast<float>(a * std::cos(angle) - b * std::sin(angle));
      x[1] = static_cast<float>(b * std::cos(angle) + a * std::sin(angle));
    }
  }
  ExpectMutantFails("adjacent pairs", actual, adjacent, bound);
}

TEST(Rope, RefusesBadShapes) {
  const TestBackend backend = BestBackend();
  const Inputs in = Make(1, 8, 4, {0});
  std::vector<float> x = in.x;
  const size_t far[] = {size_t{1} << 32};
  const auto refused = [&](const std::string& what, const std::function<void(RopeArgs&)>& change) {
    RopeArgs args = Args(in, x.data());
    change(args);
    ExpectRefused(what, Rope(*backend, args));
  };
  refused("odd", [](RopeArgs& args) { args.rotary_dim = 3; });
  refused("wide", [](RopeArgs& args) { args.rotary_dim = 10; });
  refused("theta", [](RopeArgs& args) { args.theta = 0; });
  refused("heads", [](RopeArgs& args) { args.heads = 0; });
  refused("null", [](RopeArgs& args) { args.x = nullptr; });
  refused("position", [&](RopeArgs& args) { args.positions = far; });
}

}  // namespace
}  // namespace fathom::testing
