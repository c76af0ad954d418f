// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/byte_dfa.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/limits.h"

namespace fathom::grammar {
namespace {

Error TooManyStates() {
  return Error{Code::kLimit,
               "the pattern needs more than " + std::to_string(kGrammarDfaStatesMax) + " states"};
}

size_t EncodeScalar(uint32_t scalar, std::array<uint8_t, 4>& out) {
  const auto tail = [&](int shift) {
    return static_cast<uint8_t>(0x80 | (scalar >> shift & 0x3F));
  };
  if (scalar < 0x80) return out = {static_cast<uint8_t>(scalar)}, 1;
  if (scalar < 0x800) return out = {static_cast<uint8_t>(0xC0 | scalar >> 6), tail(0)}, 2;
  if (scalar < 0x10000) {
    return out = {static_cast<uint8_t>(0xE0 | scalar >> 12), tail(6), tail(0)}, 3;
  }
  return out = {static_cast<uint8_t>(0xF0 | scalar >> 18), tail(12), tail(6), tail(0)}, 4;
}

}  // namespace

bool ByteDfa::Accepts(std::string_view text) const {
  if (states() == 0) return false;
  uint16_t state = start;
  for (const char c : text) {
    state = Step(state, static_cast<uint8_t>(c));
    if (state == kDead) return false;
  }
  return accepting[state] != 0;
}

uint32_t Nfa::Add() {
  states_.emplace_back();
  return static_cast<uint32_t>(states_.size() - 1);
}

Fragment Nfa::Empty() {
  const uint32_t state = Add();
  return {state, state};
}

Fragment Nfa::Never() {
  const uint32_t start = Add();
  return {start, Add()};
}

Fragment Nfa::Bytes(uint8_t least, uint8_t most) {
  const Fragment fragment = Never();
  states_[fragment.start].edges.push_back({least, most, fragment.end});
  return fragment;
}

Fragment Nfa::Literal(std::string_view text) {
  Fragment all = Empty();
  for (const char c : text) {
    const uint32_t next = Add();
    states_[all.end].edges.push_back({static_cast<uint8_t>(c), static_cast<uint8_t>(c), next});
    all.end = next;
  }
  return all;
}

Fragment Nfa::Then(Fragment a, Fragment b) {
  states_[a.end].free.push_back(b.start);
  return {a.start, b.end};
}

Fragment Nfa::Or(Fragment a, Fragment b) {
  const Fragment both = Never();
  states_[both.start].free = {a.start, b.start};
  states_[a.end].free.push_back(both.end);
  states_[b.end].free.push_back(both.end);
  return both;
}

Fragment Nfa::Star(Fragment a) {
  const Fragment loop = Never();
  states_[loop.start].free = {a.start, loop.end};
  states_[a.end].free.push_back(loop.start);
  return loop;
}

Fragment Nfa::Scalars(uint32_t least, uint32_t most) {
  constexpr std::pair<uint32_t, uint32_t> kLengths[] = {
      {0, 0x7F}, {0x80, 0x7FF}, {0x800, 0xD7FF}, {0xE000, 0xFFFF}, {0x10000, 0x10FFFF}};
  Fragment all = Never();
  for (const auto& [first, last] : kLengths) {
    const uint32_t from = std::max(least, first), to = std::min(most, last);
    if (from <= to) all = Or(all, ScalarsOfOneLength(from, to));
  }
  return all;
}

// Split until every byte ranges freely of the others.
Fragment Nfa::ScalarsOfOneLength(uint32_t least, uint32_t most) {
  if (least >= 0x80) {
    for (int tails = 1; tails <= 3; ++tails) {
      const uint32_t mask = (1u << (6 * tails)) - 1;
      if ((least & ~mask) == (most & ~mask)) break;
      if ((least & mask) != 0) {
        const Fragment low = ScalarsOfOneLength(least, least | mask);
        return Or(low, ScalarsOfOneLength((least | mask) + 1, most));
      }
      if ((most & mask) != mask) {
        const Fragment low = ScalarsOfOneLength(least, (most & ~mask) - 1);
        return Or(low, ScalarsOfOneLength(most & ~mask, most));
      }
    }
  }
  std::array<uint8_t, 4> from{}, to{};
  const size_t length = EncodeScalar(least, from);
  EncodeScalar(most, to);
  Fragment all = Bytes(from[0], to[0]);
  for (size_t i = 1; i < length; ++i) all = Then(all, Bytes(from[i], to[i]));
  return all;
}

// Adds what is reached without a byte, and leaves out what only passes on: equal sets are then one
// state however they were reached.
void Nfa::Close(std::vector<uint32_t>& set, uint32_t end) const {
  std::vector<uint32_t> open = set;
  std::vector<bool> seen(states_.size());
  for (const uint32_t state : set) seen[state] = true;
  while (!open.empty()) {
    const uint32_t state = open.back();
    open.pop_back();
    for (const uint32_t to : states_[state].free) {
      if (seen[to]) continue;
      seen[to] = true;
      set.push_back(to);
      open.push_back(to);
    }
  }
  std::erase_if(set, [&](uint32_t state) { return states_[state].edges.empty() && state != end; });
  std::sort(set.begin(), set.end());
}

Result<ByteDfa> Nfa::Determinise(Fragment whole) const {
  std::map<std::vector<uint32_t>, uint16_t> ids;
  std::vector<std::vector<uint32_t>> sets;
  ByteDfa dfa;
  const auto id_of = [&](std::vector<uint32_t> set) -> uint16_t {
    if (set.empty()) return ByteDfa::kDead;
    Close(set, whole.end);
    const auto [at, fresh] = ids.try_emplace(set, static_cast<uint16_t>(sets.size()));
    if (fresh) sets.push_back(std::move(set));
    return at->second;
  };
  size_t work = 0;
  id_of({whole.start});
  for (size_t i = 0; i < sets.size(); ++i) {
    if (sets.size() > kGrammarDfaStatesMax) return TooManyStates();
    dfa.accepting.push_back(std::binary_search(sets[i].begin(), sets[i].end(), whole.end));
    // Bytes between two borders lead to the same place.
    std::bitset<257> borders;
    std::vector<Edge> edges;
    for (const uint32_t state : sets[i]) {
      for (const Edge& edge : states_[state].edges) {
        borders.set(edge.least);
        borders.set(edge.most + 1u);
        edges.push_back(edge);
      }
    }
    uint16_t to = ByteDfa::kDead;
    for (size_t byte = 0; byte < 256; ++byte) {
      if (borders[byte]) {
        std::vector<uint32_t> reached;
        for (const Edge& edge : edges) {
          if (edge.least <= byte && byte <= edge.most) reached.push_back(edge.to);
        }
        std::sort(reached.begin(), reached.end());
        reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
        work += edges.size() + (reached.empty() ? 0 : states_.size() / 16 + reached.size());
        if (work > kGrammarWorkMax) return TooManyStates();
        to = id_of(std::move(reached));
      }
      dfa.next.push_back(to);
    }
  }
  return Trimmed(dfa);
}

ByteDfa Trimmed(const ByteDfa& dfa) {
  const size_t states = dfa.states();
  std::vector<std::vector<uint16_t>> before(states);
  for (size_t state = 0; state < states; ++state) {
    uint16_t last = ByteDfa::kDead;
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint16_t to = dfa.next[state * 256 + byte];
      if (to != ByteDfa::kDead && to != last) before[to].push_back(static_cast<uint16_t>(state));
      last = to;
    }
  }
  std::vector<uint8_t> alive = dfa.accepting;
  std::vector<uint16_t> open;
  for (size_t state = 0; state < states; ++state) {
    if (alive[state] != 0) open.push_back(static_cast<uint16_t>(state));
  }
  while (!open.empty()) {
    const uint16_t state = open.back();
    open.pop_back();
    for (const uint16_t from : before[state]) {
      if (alive[from] != 0) continue;
      alive[from] = 1;
      open.push_back(from);
    }
  }
  ByteDfa out;
  if (states == 0 || alive[dfa.start] == 0) return out;
  std::vector<uint16_t> renamed(states, ByteDfa::kDead);
  uint16_t count = 0;
  for (size_t state = 0; state < states; ++state) {
    if (alive[state] != 0) renamed[state] = count++;
  }
  out.start = renamed[dfa.start];
  for (size_t state = 0; state < states; ++state) {
    if (alive[state] == 0) continue;
    out.accepting.push_back(dfa.accepting[state]);
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint16_t to = dfa.next[state * 256 + byte];
      out.next.push_back(to == ByteDfa::kDead ? to : renamed[to]);
    }
  }
  return out;
}

Result<ByteDfa> Intersection(const ByteDfa& a, const ByteDfa& b) {
  ByteDfa dfa;
  if (a.states() == 0 || b.states() == 0) return dfa;
  std::map<std::pair<uint16_t, uint16_t>, uint16_t> ids;
  std::vector<std::pair<uint16_t, uint16_t>> pairs = {{a.start, b.start}};
  ids[pairs[0]] = 0;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (pairs.size() > kGrammarDfaStatesMax) return TooManyStates();
    const auto [left, right] = pairs[i];
    dfa.accepting.push_back(a.accepting[left] != 0 && b.accepting[right] != 0);
    for (int byte = 0; byte < 256; ++byte) {
      const uint16_t x = a.Step(left, static_cast<uint8_t>(byte));
      const uint16_t y = b.Step(right, static_cast<uint8_t>(byte));
      if (x == ByteDfa::kDead || y == ByteDfa::kDead) {
        dfa.next.push_back(ByteDfa::kDead);
        continue;
      }
      const auto [at, fresh] = ids.try_emplace({x, y}, static_cast<uint16_t>(pairs.size()));
      if (fresh) pairs.emplace_back(x, y);
      dfa.next.push_back(at->second);
    }
  }
  return Trimmed(dfa);
}

}  // namespace fathom::grammar
