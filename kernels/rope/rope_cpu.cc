// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/operator_times.h"
#include "kernels/rope/rope.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

constexpr size_t kRowsPerThread = 64;

Status Check(const RopeArgs& args) {
  FATHOM_REQUIRE("rope", args.heads > 0 && args.head_dim > 0, "heads or head_dim is 0");
  FATHOM_REQUIRE("rope", args.rotary_dim % 2 == 0 && args.rotary_dim <= args.head_dim,
                 "rotary_dim must be even and at most head_dim");
  FATHOM_REQUIRE("rope", args.theta > 0 && std::isfinite(args.theta), "theta must be positive");
  FATHOM_REQUIRE("rope", FitsMemory(args.positions.size(), args.heads, args.head_dim),
                 "x is too large");
  FATHOM_REQUIRE("rope", args.x != nullptr, "x is null");
  for (const size_t position : args.positions) {
    FATHOM_REQUIRE("rope", position >> 32 == 0, "a position is 2^32 or more");
  }
  return OkStatus();
}

// cos and sin of one pair are computed once and used by every head.
void RotateRow(const RopeArgs& args, const double* frequencies, size_t row) {
  const size_t half = args.rotary_dim / 2;
  for (size_t i = 0; i < half; ++i) {
    const double angle = static_cast<double>(args.positions[row]) * frequencies[i];
    const float c = static_cast<float>(std::cos(angle)), s = static_cast<float>(std::sin(angle));
    float* x = args.x + row * args.heads * args.head_dim + i;
    for (size_t head = 0; head < args.heads; ++head, x += args.head_dim) {
      const float a = x[0], b = x[half];
      x[0] = a * c - b * s;
      x[half] = b * c + a * s;
    }
  }
}

}  // namespace

Status Rope(const Backend& backend, const RopeArgs& args) {
  if (args.positions.empty()) return OkStatus();
  if (Status status = Check(args); !status) return status;
  if (args.rotary_dim == 0) return OkStatus();
  FATHOM_ON_CUDA(backend, RopeCuda, args);
  const OperatorTimer timer(backend, Operator::kRope);
  Scratch::Frame frame(backend.scratch());
  double* frequencies = frame.Take<double>(args.rotary_dim / 2);
  for (size_t i = 0; i < args.rotary_dim / 2; ++i) {
    frequencies[i] =
        std::pow(args.theta, -2.0 * static_cast<double>(i) / static_cast<double>(args.rotary_dim));
  }
  const auto body = [&](size_t begin, size_t end, int) {
    for (size_t row = begin; row < end; ++row) RotateRow(args, frequencies, row);
  };
  backend.pool().For(args.positions.size(), kRowsPerThread, std::ref(body));
  return OkStatus();
}

}  // namespace fathom
