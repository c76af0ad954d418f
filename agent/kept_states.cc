// SPDX-License-Identifier: Apache-2.0
#include "agent/kept_states.h"

#include <algorithm>

namespace fathom {
namespace {

constexpr size_t kTokensShown = 8;

size_t CommonPrefix(std::span<const Token> a, std::span<const Token> b) {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<size_t>(left - a.begin());
}

}  // namespace

Result<KeptStates::Found> KeptStates::Find(const std::string& conversation,
                                           std::span<const Token> tokens) {
  std::lock_guard lock(mutex_);
  Found found;
  const auto kept = states_.find(conversation);
  if (kept == states_.end()) return found;
  State* longest = nullptr;
  const State* nearest = nullptr;
  size_t agreed = 0;
  for (State& state : kept->second) {
    const auto log = state.session.tokens();
    const size_t common = CommonPrefix(log, tokens);
    if (common == log.size() && (!longest || log.size() > longest->session.position()))
      longest = &state;
    if (!nearest || common > agreed) {
      nearest = &state;
      agreed = common;
    }
  }
  if (nearest && agreed < nearest->session.position()) {
    const auto rest = nearest->session.tokens().subspan(agreed);
    found.differs_at = agreed;
    found.expected.assign(
        rest.begin(), rest.begin() + static_cast<ptrdiff_t>(std::min(rest.size(), kTokensShown)));
  }
  if (!longest) return found;
  longest->used = ++clock_;
  auto fork = longest->session.Fork();
  if (!fork) return fork.error();
  found.session = std::move(*fork);
  return found;
}

std::optional<Session> KeptStates::TakeOpenThinking(const std::string& conversation,
                                                    std::span<const Token> tokens) {
  std::lock_guard lock(mutex_);
  const auto kept = states_.find(conversation);
  if (kept == states_.end()) return std::nullopt;
  std::vector<State>& states = kept->second;
  const auto newest = std::find_if(states.rbegin(), states.rend(), [&](const State& state) {
    return state.session.thinks_further_from() == tokens.size() &&
           CommonPrefix(state.session.tokens(), tokens) == tokens.size();
  });
  if (newest == states.rend()) return std::nullopt;
  std::optional<Session> session(std::move(newest->session));
  states.erase(std::next(newest).base());
  return session;
}

void KeptStates::Keep(const std::string& conversation, Session session) {
  std::lock_guard lock(mutex_);
  auto& states = states_[conversation];
  const auto tokens = session.tokens();
  const auto same = std::find_if(states.begin(), states.end(), [&](const State& state) {
    return std::ranges::equal(state.session.tokens(), tokens);
  });
  if (same != states.end()) {
    same->used = ++clock_;  // an earlier state of the same tokens stays: continuing it is exact
    return;
  }
  states.push_back({std::move(session), ++clock_});
  Trim(conversation);
}

// Locked by the caller. The state just kept is the newest, so it stays.
void KeptStates::Trim(const std::string& conversation) {
  const auto by_use = [](const State& a, const State& b) { return a.used < b.used; };
  auto& own = states_[conversation];
  if (own.size() > kChatStatesMax) own.erase(std::min_element(own.begin(), own.end(), by_use));
  size_t total = 0;
  for (const auto& [name, states] : states_) {
    for (const State& state : states) total += state.session.state_bytes();
  }
  while (total > bytes_max_) {
    std::vector<State>* from = nullptr;
    std::vector<State>::iterator oldest;
    for (auto& [name, states] : states_) {
      const auto candidate = std::min_element(states.begin(), states.end(), by_use);
      if (candidate == states.end() || (from && !by_use(*candidate, *oldest))) continue;
      from = &states;
      oldest = candidate;
    }
    if (!from || oldest->used == clock_) break;
    total -= oldest->session.state_bytes();
    from->erase(oldest);
  }
  std::erase_if(states_, [](const auto& entry) { return entry.second.empty(); });
}

Status KeptStates::Fork(const std::string& from, const std::string& to) {
  std::lock_guard lock(mutex_);
  const auto kept = states_.find(from);
  if (kept == states_.end() || from == to) return OkStatus();
  std::vector<State> copies;
  for (const State& state : kept->second) {
    auto fork = state.session.Fork();
    if (!fork) return fork.error();
    copies.push_back({std::move(*fork), ++clock_});
  }
  states_[to] = std::move(copies);
  Trim(to);
  return OkStatus();
}

void KeptStates::Forget(const std::string& conversation) {
  std::lock_guard lock(mutex_);
  states_.erase(conversation);
}

size_t KeptStates::bytes() const {
  std::lock_guard lock(mutex_);
  size_t total = 0;
  for (const auto& [name, states] : states_) {
    for (const State& state : states) total += state.session.state_bytes();
  }
  return total;
}

}  // namespace fathom
