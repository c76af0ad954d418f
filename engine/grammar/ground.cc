// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/ground.h"

#include <algorithm>
#include <bit>
#include <set>

namespace fathom::grammar {
namespace {

// Longer tokens are walked.
constexpr uint32_t kGroundBytesMax = 31;
// Less is not worth the work.
constexpr uint32_t kGroundBytesMin = 6;
// How much one search may look at.
constexpr size_t kStatesMax = 48, kScalarPlacesMax = 64;

void AddOnce(std::vector<uint16_t>& states, uint16_t state) {
  const auto at = std::lower_bound(states.begin(), states.end(), state);
  if (at == states.end() || *at != state) states.insert(at, state);
}

// Malformed texts hold any byte beyond ASCII.
Kinds KindsOfStep(uint32_t byte) {
  return byte < 0x80 ? KindsOf(static_cast<uint8_t>(byte)) : kMalformed;
}

}  // namespace

Ground GroundFinder::Find(uint16_t state) {
  const Facts here = Of(state);
  if (std::popcount(here.inside) < 2) return {};
  const Kinds behind = Of(here.mostly).inside, beyond = here.inside & ~kAscii;
  const Kinds tries[] = {here.inside, here.to_mostly | beyond, here.inside & behind,
                         here.to_mostly & behind, here.to_mostly & behind & kAscii};
  Ground best;
  for (size_t i = 0; i < std::size(tries); ++i) {
    const bool worse = std::popcount(tries[i]) <= std::popcount(best.kinds);
    if (worse || std::find(tries, tries + i, tries[i]) != tries + i) continue;
    const Ground ground = Try(state, tries[i]);
    if (ground.bytes_max >= kGroundBytesMin || ground.ends) best = ground;
  }
  return best;
}

bool GroundFinder::GoesOn(uint16_t state) {
  uint8_t& known = goes_on_[state];
  if (known == 0) {
    const auto row = dfa_.next.begin() + static_cast<ptrdiff_t>(state) * 256;
    const bool any = std::any_of(row, row + 256, [](uint16_t to) { return to != ByteDfa::kDead; });
    known = any ? 2 : 1;
  }
  return known == 2;
}

// The ground of exactly these kinds: level after level of what texts of so many characters reach.
Ground GroundFinder::Try(uint16_t state, Kinds kinds) {
  Ground ground{.kinds = kinds};
  States level = {state}, visited = level;
  for (;; ++ground.bytes_max) {
    const bool holds = std::all_of(level.begin(), level.end(),
                                   [&](uint16_t at) { return (kinds & ~Of(at).inside) == 0; });
    if (!holds) {
      ground.ends =
          (kinds & ~kAscii) == 0 &&
          std::all_of(level.begin(), level.end(), [&](uint16_t at) { return IsDead(at, kinds); });
      return ground;
    }
    if (ground.bytes_max == kGroundBytesMax) return ground;
    States next;
    for (const uint16_t at : level) AddNext(at, kinds, next);
    if (std::includes(visited.begin(), visited.end(), next.begin(), next.end())) {
      ground.bytes_max = Ground::kAnyLength;
      return ground;
    }
    for (const uint16_t at : next) AddOnce(visited, at);
    if (visited.size() > kStatesMax) {
      ++ground.bytes_max;
      return ground;
    }
    level = std::move(next);
  }
}

const GroundFinder::Facts& GroundFinder::Of(uint16_t state) {
  const auto [at, fresh] = facts_.try_emplace(state);
  if (fresh) at->second = Learn(state);
  return at->second;
}

GroundFinder::Facts GroundFinder::Learn(uint16_t state) {
  Facts facts{.inside = kAscii | kMalformed};
  std::map<uint16_t, Kinds> reached;
  Kinds seen = 0, split = 0;
  for (uint32_t byte = 0; byte < 256; ++byte) {
    const uint16_t to = dfa_.Step(state, static_cast<uint8_t>(byte));
    if (!IsInside(to)) {
      facts.inside &= ~KindsOfStep(byte);
    } else if (byte < 0x80) {
      reached[to] |= KindsOfStep(byte);
    }
  }
  for (const auto& [to, kinds] : reached) {
    split |= seen & kinds;
    seen |= kinds;
    const Kinds whole = kinds & facts.inside;
    if (std::popcount(whole) <= std::popcount(facts.to_mostly)) continue;
    facts.mostly = to;
    facts.to_mostly = whole;
  }
  facts.all_to_mostly = facts.to_mostly & ~split;
  if (auto behind = BehindScalars(state)) {
    facts.inside |= kScalars;
    facts.behind_scalars = std::move(*behind);
  }
  return facts;
}

// Where the characters beyond ASCII lead; nothing when one of them is not inside all its way.
std::optional<GroundFinder::States> GroundFinder::BehindScalars(uint16_t state) {
  using At = std::pair<Utf8Place, uint16_t>;
  States behind;
  std::vector<At> open = {{Utf8Place{}, state}};
  std::set<At> seen(open.begin(), open.end());
  while (!open.empty()) {
    const auto [place, from] = open.back();
    open.pop_back();
    const bool first = place.at_border();
    const uint32_t least = first ? 0xC2 : place.least(), most = first ? 0xF4 : place.most();
    for (uint32_t byte = least; byte <= most; ++byte) {
      At next{place, dfa_.Step(from, static_cast<uint8_t>(byte))};
      if (!next.first.Take(static_cast<uint8_t>(byte)) || !IsInside(next.second)) return {};
      if (next.first.at_border()) {
        AddOnce(behind, next.second);
      } else if (seen.insert(next).second) {
        open.push_back(next);
      }
    }
    if (seen.size() > kScalarPlacesMax) return {};
  }
  return behind;
}

bool GroundFinder::IsInside(uint16_t to) {
  return to != ByteDfa::kDead && dfa_.accepting[to] == 0 && GoesOn(to);
}

bool GroundFinder::IsDead(uint16_t state, Kinds kinds) const {
  for (uint32_t byte = 0; byte < 0x80; ++byte) {
    if ((KindsOfStep(byte) & kinds) == 0) continue;
    if (dfa_.Step(state, static_cast<uint8_t>(byte)) != ByteDfa::kDead) return false;
  }
  return true;
}

// Behind one character of these kinds, all of which are inside.
void GroundFinder::AddNext(uint16_t state, Kinds kinds, States& next) {
  const Facts& facts = Of(state);
  if ((kinds & kScalars) != 0) {
    for (const uint16_t to : facts.behind_scalars) AddOnce(next, to);
  }
  if ((kinds & facts.all_to_mostly) != 0) AddOnce(next, facts.mostly);
  const Kinds rest = kinds & ~kScalars & ~facts.all_to_mostly;
  for (uint32_t byte = 0; rest != 0 && byte < 256; ++byte) {
    if ((KindsOfStep(byte) & rest) != 0)
      AddOnce(next, dfa_.Step(state, static_cast<uint8_t>(byte)));
  }
}

}  // namespace fathom::grammar
