// SPDX-License-Identifier: Apache-2.0
#include "kernels/gated_norm/gated_norm.h"
#include "kernels/gated_norm/gated_norm_isa.h"
#include "kernels/operator_times.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

constexpr size_t kRowsPerThread = 16;

Status Check(const GatedNormArgs& args) {
  FATHOM_REQUIRE("gated_norm", args.width > 0, "width is 0");
  FATHOM_REQUIRE("gated_norm", FitsMemory(args.rows, args.width), "rows * width is too large");
  FATHOM_REQUIRE("gated_norm", args.eps >= 0, "eps is negative or NaN");
  FATHOM_REQUIRE("gated_norm", args.x && args.gate && args.weight && args.out, "a buffer is null");
  return OkStatus();
}

}  // namespace

Status GatedNorm(const Backend& backend, const GatedNormArgs& args) {
  if (args.rows == 0) return OkStatus();
  if (Status status = Check(args); !status) return status;
  FATHOM_ON_CUDA(backend, GatedNormCuda, args);
  const OperatorTimer timer(backend, Operator::kGatedNorm);
  const GatedNormRows rows{args.width, args.x, args.gate, args.weight, args.eps, args.out};
  const auto run = FATHOM_PICK(backend.isa(), GatedNormRange);
  const auto body = [&](size_t begin, size_t end, int) { run(rows, begin, end); };
  backend.pool().For(args.rows, kRowsPerThread, std::ref(body));
  return OkStatus();
}

}  // namespace fathom
