// SPDX-License-Identifier: Apache-2.0
#include "agent/chat_model.h"

namespace fathom {

std::string_view ChatFinishName(ChatFinish finish) {
  switch (finish) {
    case ChatFinish::kStop:
      return "stop";
    case ChatFinish::kLength:
      return "length";
    case ChatFinish::kToolCalls:
      return "tool_calls";
    case ChatFinish::kCancelled:
      return "cancelled";
  }
  return "";
}

std::string PrefixMiss::Text() const {
  return "token " + std::to_string(token) + " (message " + std::to_string(message) +
         ") differs from what was kept: expected \"" + expected + "\", found \"" + found + "\"; " +
         std::to_string(tokens_again) + " tokens are read again";
}

double DollarsOf(const ChatUsage& usage, const Profile::Prices& prices) {
  constexpr double kPerMillion = 1e-6;
  return kPerMillion * (static_cast<double>(usage.prefilled) * prices.input +
                        static_cast<double>(usage.cached) * prices.input_cached +
                        static_cast<double>(usage.output) * prices.output);
}

Status ChatModel::ForkState(const std::string&, const std::string&) {
  return OkStatus();
}

Result<SavedState> ChatModel::SaveState(const ChatRequest&, const std::string&) {
  return Error{Code::kUnavailable, "this model's state cannot be saved", profile().name};
}

Result<size_t> ChatModel::RestoreState(const std::string&, const std::string&) {
  return Error{Code::kUnavailable, "this model's state cannot be restored", profile().name};
}

void ChatModel::ForgetState(const std::string&) {}

}  // namespace fathom
