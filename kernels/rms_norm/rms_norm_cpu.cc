// SPDX-License-Identifier: Apache-2.0
#include "kernels/operator_times.h"
#include "kernels/rms_norm/rms_norm.h"
#include "kernels/rms_norm/rms_norm_isa.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

// Rows below which waking a second thread costs more than it saves.
constexpr size_t kRowsPerThread = 16;

Status Check(const RmsNormArgs& args) {
  FATHOM_REQUIRE("rms_norm", args.hidden > 0, "hidden is 0");
  FATHOM_REQUIRE("rms_norm", FitsMemory(args.rows, args.hidden), "rows * hidden is too large");
  FATHOM_REQUIRE("rms_norm", args.eps >= 0, "eps is negative or NaN");
  FATHOM_REQUIRE("rms_norm", args.x != nullptr, "x is null");
  FATHOM_REQUIRE("rms_norm", args.out != nullptr || args.sum != nullptr, "out and sum are null");
  FATHOM_REQUIRE("rms_norm", args.out != args.sum, "out and sum are the same memory");
  FATHOM_REQUIRE("rms_norm", args.out == nullptr || args.weight != nullptr, "weight is null");
  return OkStatus();
}

}  // namespace

Status RmsNorm(const Backend& backend, const RmsNormArgs& args) {
  if (args.rows == 0) return OkStatus();
  if (Status status = Check(args); !status) return status;
  FATHOM_ON_CUDA(backend, RmsNormCuda, args);
  const OperatorTimer timer(backend, Operator::kRmsNorm);
  const RmsNormRows rows{args.hidden, args.x,      args.skip, args.alpha, args.beta,
                         args.eps,    args.weight, args.sum,  args.out};
  const auto run = FATHOM_PICK(backend.isa(), RmsNormRange);
  const auto body = [&](size_t begin, size_t end, int) { run(rows, begin, end); };
  backend.pool().For(args.rows, kRowsPerThread, std::ref(body));
  return OkStatus();
}

}  // namespace fathom
