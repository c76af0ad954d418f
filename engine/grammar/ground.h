// SPDX-License-Identifier: Apache-2.0
// Ground: texts that, from one state of an automaton, stay inside it whatever their order of bytes.
// Most tokens of a vocabulary are such texts, and need no step each. Internal to engine/grammar.
#pragma once

#include <map>
#include <optional>

#include "engine/grammar/byte_dfa.h"
#include "engine/grammar/byte_kinds.h"

namespace fathom::grammar {

struct Ground {
  static constexpr uint32_t kAnyLength = UINT32_MAX;

  Kinds kinds = 0;         // 0: there is no ground
  uint32_t bytes_max = 0;  // texts of these kinds, of at most so many bytes, are inside:
                           // the automaton does not accept on the way, and can go on behind each
  bool ends = false;       // such texts of ASCII alone that are longer are dead

  // Whether all is said of the texts of `kinds` of at most `bytes` bytes.
  bool Covers(Kinds of, uint32_t bytes) const {
    if ((of & ~kinds) != 0) return false;
    return bytes <= bytes_max || (ends && (of & ~kAscii) == 0);
  }
};

// Finds grounds of one automaton, which must outlive it; what it learns of a state stays.
class GroundFinder {
 public:
  explicit GroundFinder(const ByteDfa& dfa) : dfa_(dfa), goes_on_(dfa.states()) {}

  // A large one, if any is found in bounded work.
  Ground Find(uint16_t state);
  // Whether the automaton goes on from a state.
  bool GoesOn(uint16_t state);

 private:
  using States = std::vector<uint16_t>;  // in order, each once
  struct Facts {
    Kinds inside = 0;         // kinds all of whose texts of one character stay inside
    States behind_scalars;    // when kScalars is inside
    uint16_t mostly = 0;      // where most kinds lead
    Kinds to_mostly = 0;      // which, some of their bytes at least
    Kinds all_to_mostly = 0;  // of those, with all of their bytes
  };

  const Facts& Of(uint16_t state);
  Facts Learn(uint16_t state);
  std::optional<States> BehindScalars(uint16_t state);
  bool IsInside(uint16_t to);
  bool IsDead(uint16_t state, Kinds kinds) const;
  void AddNext(uint16_t state, Kinds kinds, States& next);
  Ground Try(uint16_t state, Kinds kinds);

  const ByteDfa& dfa_;
  std::vector<uint8_t> goes_on_;  // (states) 0: not asked, 1: no, 2: yes
  std::map<uint16_t, Facts> facts_;
};

}  // namespace fathom::grammar
