// SPDX-License-Identifier: Apache-2.0
#include "kernels/operator_times.h"

namespace fathom {

std::string_view OperatorName(Operator op) {
  static constexpr std::array<std::string_view, kOperators> kNames = {"embed",
                                                                      "rms_norm",
                                                                      "matmul",
                                                                      "rope",
                                                                      "kv_write",
                                                                      "softmax_attention",
                                                                      "lightning_attention",
                                                                      "gated_norm",
                                                                      "moe_route",
                                                                      "moe_experts",
                                                                      "head"};
  return kNames[static_cast<size_t>(op)];
}

void OperatorTimer::Begin(Operator op) {
  if (times_->running) {
    times_ = nullptr;
    return;
  }
  times_->running = true;
  op_ = op;
  start_ = std::chrono::steady_clock::now();
}

void OperatorTimer::End() {
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start_;
  times_->seconds[static_cast<size_t>(op_)] += took.count();
  times_->running = false;
}

}  // namespace fathom
