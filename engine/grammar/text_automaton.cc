// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/text_automaton.h"

#include <algorithm>
#include <string>

namespace fathom::grammar {
namespace {

// State i: the last i bytes, and no more, are the beginning of the tag. State tag.size(): met.
ByteDfa Search(std::string_view tag) {
  ByteDfa dfa;
  for (size_t state = 0; state < tag.size(); ++state) {
    for (size_t byte = 0; byte < 256; ++byte) {
      std::string seen(tag.substr(0, state));
      seen += static_cast<char>(byte);
      size_t kept = seen.size();
      while (kept > 0 && !seen.ends_with(tag.substr(0, kept))) --kept;
      dfa.next.push_back(static_cast<uint16_t>(kept));
    }
  }
  dfa.next.insert(dfa.next.end(), 256, ByteDfa::kDead);
  dfa.accepting.assign(tag.size() + 1, 0);
  return dfa;
}

}  // namespace

ByteDfa TextThrough(std::string_view tag) {
  ByteDfa dfa = Search(tag);
  dfa.accepting.back() = 1;
  return dfa;
}

ByteDfa TextWithout(std::string_view tag) {
  ByteDfa dfa = Search(tag);
  std::fill(dfa.accepting.begin(), dfa.accepting.end() - 1, 1);
  return Trimmed(dfa);
}

}  // namespace fathom::grammar
