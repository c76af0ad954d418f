// SPDX-License-Identifier: Apache-2.0
#include "kernels/moe_route/moe_route.h"
#include "kernels/moe_route/moe_route_isa.h"
#include "kernels/operator_times.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

constexpr size_t kRowsPerThread = 16;
constexpr size_t kExpertsMax = 1024;
constexpr size_t kTopMax = 64;

Status Check(const MoeRouteArgs& args) {
  FATHOM_REQUIRE("moe_route", args.hidden > 0, "hidden is 0");
  FATHOM_REQUIRE("moe_route", args.experts > 0 && args.experts <= kExpertsMax,
                 "experts must be 1 to 1024");
  FATHOM_REQUIRE("moe_route", args.top_k > 0 && args.top_k <= args.experts && args.top_k <= kTopMax,
                 "top_k must be 1 to min(experts, 64)");
  FATHOM_REQUIRE("moe_route", FitsMemory(args.rows, args.hidden), "rows * hidden is too large");
  FATHOM_REQUIRE("moe_route", args.x && args.weight && args.experts_out && args.probabilities,
                 "a buffer is null");
  return OkStatus();
}

// p holds exp(logit - max) >= 0; a chosen one is marked with -1. NaN logits never win a comparison,
// so a row of NaN chooses the first experts and carries NaN on in its probabilities.
void Choose(float* p, size_t experts, size_t top_k, int32_t* chosen, float* probabilities) {
  float total = 0;
  for (size_t i = 0; i < top_k; ++i) {
    size_t best = 0;
    while (p[best] < 0) ++best;
    for (size_t e = best + 1; e < experts; ++e) {
      if (p[e] > p[best]) best = e;
    }
    chosen[i] = static_cast<int32_t>(best);
    probabilities[i] = p[best];
    total += p[best];
    p[best] = -1;
  }
  for (size_t i = 0; i < top_k; ++i) probabilities[i] /= total;
}

}  // namespace

Status MoeRoute(const Backend& backend, const MoeRouteArgs& args) {
  if (args.rows == 0) return OkStatus();
  if (Status status = Check(args); !status) return status;
  FATHOM_ON_CUDA(backend, MoeRouteCuda, args);
  const OperatorTimer timer(backend, Operator::kMoeRoute);
  const auto weigh = FATHOM_PICK(backend.isa(), RouteWeights);
  const auto body = [&](size_t begin, size_t end, int) {
    alignas(64) float p[kExpertsMax];
    for (size_t row = begin; row < end; ++row) {
      weigh(args.x + row * args.hidden, args.weight, args.experts, args.hidden, p);
      Choose(p, args.experts, args.top_k, args.experts_out + row * args.top_k,
             args.probabilities + row * args.top_k);
    }
  };
  backend.pool().For(args.rows, kRowsPerThread, std::ref(body));
  return OkStatus();
}

}  // namespace fathom
