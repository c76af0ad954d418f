// SPDX-License-Identifier: Apache-2.0
// KeptStates: model states by conversation, found by the tokens they have read.
//
// Limits: kChatStatesMax states a conversation, and bytes over all; the one used longest ago goes
// first. Safe from several threads.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/limits.h"
#include "engine/engine.h"

namespace fathom {

class KeptStates {
 public:
  KeptStates() = default;
  explicit KeptStates(size_t bytes_max) : bytes_max_(bytes_max) {}

  struct Found {
    std::optional<Session> session;  // a fork of the longest state that `tokens` begin with
    // Where `tokens` leave the state that agrees longest; set when that state goes further.
    std::optional<size_t> differs_at;
    std::vector<Token> expected;  // a few tokens of that state from there
  };
  Result<Found> Find(const std::string& conversation, std::span<const Token> tokens);

  // Takes out the newest state that can think further from the end of `tokens`.
  std::optional<Session> TakeOpenThinking(const std::string& conversation,
                                          std::span<const Token> tokens);

  void Keep(const std::string& conversation, Session session);
  Status Fork(const std::string& from, const std::string& to);
  void Forget(const std::string& conversation);
  size_t bytes() const;

 private:
  struct State {
    Session session;
    uint64_t used = 0;
  };
  void Trim(const std::string& conversation);

  const size_t bytes_max_ = kChatStateBytesMax;
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<State>> states_;
  uint64_t clock_ = 0;
};

}  // namespace fathom
