// SPDX-License-Identifier: Apache-2.0
// OperatorTimes: where the time of a pass goes. A CPU backend that was given one
// (Backend::set_operator_times) adds to it what each operator takes, as the calling thread sees it;
// one that was not pays for a comparison with null. On a device an operator returns before its
// work is done, so nothing is said there.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>

#include "kernels/backend.h"

namespace fathom {

enum class Operator {
  kEmbed,
  kRmsNorm,
  kMatmul,  // but for the head's
  kRope,
  kKvWrite,
  kSoftmaxAttention,
  kLightningAttention,
  kGatedNorm,
  kMoeRoute,
  kMoeExperts,
  kHead,
};
inline constexpr size_t kOperators = static_cast<size_t>(Operator::kHead) + 1;

// As JSON names it: "rms_norm".
std::string_view OperatorName(Operator op);

struct OperatorTimes {
  std::array<double, kOperators> seconds{};
  bool running = false;  // an operator is being timed: what it calls counts as it
};

// From its making to its end an operator runs; of nested ones the outermost counts.
class OperatorTimer {
 public:
  OperatorTimer(const Backend& backend, Operator op) : times_(backend.operator_times()) {
    if (times_ != nullptr) Begin(op);
  }
  ~OperatorTimer() {
    if (times_ != nullptr) End();
  }
  OperatorTimer(const OperatorTimer&) = delete;
  OperatorTimer& operator=(const OperatorTimer&) = delete;

 private:
  void Begin(Operator op);
  void End();

  OperatorTimes* times_;
  Operator op_ = Operator::kEmbed;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace fathom
