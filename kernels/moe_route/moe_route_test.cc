// SPDX-License-Identifier: Apache-2.0
#include "kernels/moe_route/moe_route.h"

#include <algorithm>

#include "kernels/support/op_test.h"

namespace fathom::testing {
namespace {

struct Inputs {
  size_t rows, hidden, experts, top_k;
  std::vector<float> x, weight;
};

struct Outputs {
  std::vector<int32_t> experts;
  std::vector<float> probabilities;
};

Inputs Make(size_t rows, size_t hidden, size_t experts, size_t top_k) {
  return {rows,
          hidden,
          experts,
          top_k,
          Normal(rows * hidden, 1),
          Normal(experts * hidden, 2, 2 / std::sqrt(static_cast<float>(hidden)))};
}

MoeRouteArgs Args(const Inputs& in, int32_t* experts, float* probabilities) {
  return {in.rows,     in.hidden,        in.experts, in.top_k,
          in.x.data(), in.weight.data(), experts,    probabilities};
}

Outputs Reference(const Inputs& in) {
  Outputs out{std::vector<int32_t>(in.rows * in.top_k), std::vector<float>(in.rows * in.top_k)};
  ExpectOk(MoeRouteReference(Args(in, out.experts.data(), out.probabilities.data())));
  return out;
}

Outputs Compute(const Backend& backend, const Inputs& in) {
  Guarded<int32_t> experts(backend, in.rows * in.top_k);
  Guarded<float> probabilities(backend, in.rows * in.top_k);
  const Input<float> x(backend, in.x), weight(backend, in.weight);
  MoeRouteArgs args = Args(in, experts.data(), probabilities.data());
  args.x = x.data();
  args.weight = weight.data();
  ExpectOk(MoeRoute(backend, args));
  return {experts.Finish("experts"), probabilities.Finish("probabilities")};
}

// One float per (row, expert): the probability, 0 if not chosen. Two logits within the error of
// each other may swap places without a large change here, except at the edge of top_k, which these
// inputs do not meet.
std::vector<float> Dense(const Inputs& in, const Outputs& out) {
  std::vector<float> dense(in.rows * in.experts, 0.0f);
  for (size_t i = 0; i < out.experts.size(); ++i) {
    dense[i / in.top_k * in.experts + static_cast<size_t>(out.experts[i])] += out.probabilities[i];
  }
  return dense;
}

Tolerance Bound(const Inputs& in) {
  double x = 0, w = 0;
  for (size_t i = 0; i < in.x.size(); i += in.hidden)
    x = std::max(x, Norm(in.x.data() + i, in.hidden));
  for (size_t i = 0; i < in.weight.size(); i += in.hidden)
    w = std::max(w, Norm(in.weight.data() + i, in.hidden));
  const double bound = 2 * static_cast<double>(in.hidden) * kEps * x * w + 0x1p-21;
  return [bound](size_t) { return bound; };
}

TEST(MoeRoute, EqualsReferenceAndWritesEveryElement) {
  for (const TestBackend& backend : AllBackends()) {
    for (const auto& [experts, top_k] :
         {std::pair<size_t, size_t>{1, 1}, {2, 2}, {5, 3}, {8, 2}, {32, 2}, {61, 7}, {257, 64}}) {
      for (size_t hidden : {1u, 17u, 320u}) {
        if (experts > 61 && hidden == 1) continue;  // ties by construction are tested below
        for (size_t rows : {0u, 1u, 35u}) {
          const Inputs in = Make(rows, hidden, experts, top_k);
          const Outputs out = Compute(*backend, in);
          ExpectWithin(backend.name + " experts " + std::to_string(experts), Dense(in, out),
                       Dense(in, Reference(in)), Bound(in));
          for (size_t row = 0; row < rows; ++row) {
            const float* p = out.probabilities.data() + row * top_k;
            EXPECT_TRUE(std::is_sorted(p, p + top_k, std::greater<>()));
          }
        }
      }
    }
  }
}

TEST(MoeRoute, TiesGoToTheLowerIndex) {
  Inputs in = Make(20, 32, 6, 3);
  for (size_t e = 1; e < 6; ++e) std::copy_n(in.weight.begin(), 32, in.weight.begin() + e * 32);
  for (const TestBackend& backend : AllBackends()) {
    const Outputs out = Compute(*backend, in);
    for (size_t i = 0; i < out.experts.size(); ++i) {
      EXPECT_EQ(out.experts[i], static_cast<int32_t>(i % 3));
      EXPECT_NEAR(out.probabilities[i], 1.0 / 3, 1e-7);
    }
  }
}

TEST(MoeRoute, RowDependsOnThatRowAlone) {
  const Inputs in = Make(50, 320, 8, 2);
  for (Isa isa : SupportedIsas()) {
    const Outputs whole = Compute(*MakeBackend(isa, 3), in);
    Outputs rows;
    for (size_t row = 0; row < in.rows; ++row) {
      Inputs one{1, 320, 8, 2, {}, in.weight};
      one.x.assign(in.x.begin() + row * 320, in.x.begin() + (row + 1) * 320);
      const Outputs out = Compute(*MakeBackend(isa, 1), one);
      rows.experts.insert(rows.experts.end(), out.experts.begin(), out.experts.end());
      rows.probabilities.insert(rows.probabilities.end(), out.probabilities.begin(),
                                out.probabilities.end());
    }
    ExpectSameBits("experts", whole.experts, rows.experts);
    ExpectSameBits("probabilities", whole.probabilities, rows.probabilities);
  }
}

TEST(MoeRoute, LogitsOfAnySizeStayFinite) {
  Inputs in = Make(4, 16, 8, 2);
  for (float& value : in.x) value *= 1e5f;
  for (float p : Compute(*BestBackend(), in).probabilities) EXPECT_TRUE(p >= 0 && p <= 1);
}

TEST(MoeRoute, MutantsFail) {
  const Inputs in = Make(30, 64, 8, 2);
  const std::vector<float> actual = Dense(in, Compute(*BestBackend(), in));
  const Tolerance bound = Bound(in);
  enum Kind {
    kNothing,
    kNotRenormalised,
    kTopOne,
    kLowest,
    kEqualWeights,
    kLogitWeights,
    kLastSkipped
  };
  const auto mutant = [&](const std::string& name, Kind kind) {
    std::vector<float> dense(actual.size(), 0.0f);
    for (size_t row = 0; row + (kind == kLastSkipped) < in.rows; ++row) {
      std::vector<std::pair<double, size_t>> p;
      double total = 0;
      for (size_t e = 0; e < 8; ++e) {
        double logit = 0;
        for (size_t i = 0; i < 64; ++i) logit += double{in.x[row * 64 + i]} * in.weight[e * 64 + i];
        total += std::exp(logit);
        p.push_back({kind == kLogitWeights ? logit : std::exp(logit), e});
      }
      std::sort(p.begin(), p.end(), std::greater<>());
      if (kind == kLowest) std::reverse(p.begin(), p.end());
      double chosen = p[0].first + p[1].first;
      if (kind == kNotRenormalised) chosen = total;
      if (kind == kTopOne) chosen = p[0].first;
      for (size_t i = 0; i < (kind == kTopOne ? 1u : 2u); ++i) {
        dense[row * 8 + p[i].second] =
            static_cast<float>(kind == kEqualWeights ? 0.5 : p[i].first / chosen);
      }
    }
    if (kind == kNothing) {
      EXPECT_LE(WorstRatio(actual, dense, bound).ratio, 1) << "no mutation";
    } else {
      ExpectMutantFails(name, actual, dense, bound);
    }
  };
  mutant("none", kNothing);
  mutant("no renormalisation", kNotRenormalised);
  mutant("top 1", kTopOne);
  mutant("the smallest", kLowest);
  mutant("equal weights", kEqualWeights);
  mutant("weights from logits", kLogitWeights);
  mutant("last row skipped", kLastSkipped);
}

TEST(MoeRoute, RefusesBadShapes) {
  const TestBackend backend = BestBackend();
  const Inputs in = Make(1, 8, 4, 2);
  std::vector<int32_t> experts(8);
  std::vector<float> p(8);
  const auto refused = [&](const std::string& what,
                           const std::function<void(MoeRouteArgs&)>& change) {
    MoeRouteArgs args = Args(in, experts.data(), p.data());
    change(args);
    ExpectRefused(what, MoeRoute(*backend, args));
  };
  refused("top_k 0", [](MoeRouteArgs& args) { args.top_k = 0; });
  refused("top_k", [](MoeRouteArgs& args) { args.top_k = 5; });
  refused("experts", [](MoeRouteArgs& args) { args.experts = 1025; });
  refused("hidden", [](MoeRouteArgs& args) { args.hidden = 0; });
  refused("null", [](MoeRouteArgs& args) { args.weight = nullptr; });
}

}  // namespace
}  // namespace fathom::testing
