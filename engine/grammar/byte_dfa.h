// SPDX-License-Identifier: Apache-2.0
// Regular languages over bytes: nondeterministic automata put together from parts, and the
// deterministic tables made from them. From every state of a ByteDfa an accepting one is reached.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fathom::grammar {

struct ByteDfa {
  static constexpr uint16_t kDead = UINT16_MAX;

  std::vector<uint16_t> next;      // (states, 256)
  std::vector<uint8_t> accepting;  // (states)
  uint16_t start = 0;

  size_t states() const { return accepting.size(); }
  uint16_t Step(uint16_t state, uint8_t byte) const { return next[state * 256u + byte]; }
  bool Accepts(std::string_view text) const;
};

struct Fragment {
  uint32_t start = 0, end = 0;
};

class Nfa {
 public:
  Fragment Empty();
  Fragment Never();
  Fragment Bytes(uint8_t least, uint8_t most);
  Fragment Literal(std::string_view text);
  Fragment Then(Fragment a, Fragment b);
  Fragment Or(Fragment a, Fragment b);
  Fragment Optional(Fragment a) { return Or(Empty(), a); }
  Fragment Star(Fragment a);
  // UTF-8 of the scalar values from least to most; surrogates are none.
  Fragment Scalars(uint32_t least, uint32_t most);

  size_t size() const { return states_.size(); }

  // kLimit past kGrammarDfaStatesMax states; an empty language gives no states.
  Result<ByteDfa> Determinise(Fragment whole) const;

 private:
  struct Edge {
    uint8_t least, most;
    uint32_t to;
  };
  struct State {
    std::vector<Edge> edges;
    std::vector<uint32_t> free;  // reached without a byte
  };
  uint32_t Add();
  void Close(std::vector<uint32_t>& set, uint32_t end) const;
  Fragment ScalarsOfOneLength(uint32_t least, uint32_t most);

  std::vector<State> states_;
};

// Without the states from which no accepting one is reached.
ByteDfa Trimmed(const ByteDfa& dfa);
// What both accept. kLimit as above.
Result<ByteDfa> Intersection(const ByteDfa& a, const ByteDfa& b);

}  // namespace fathom::grammar
