// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/grammar/matcher.h"

namespace fathom::grammar {

size_t StackTable::SlotOf(const StackNode& node) const {
  uint64_t hash = 0;
  for (const uint32_t part : {node.expr, node.a, node.b, node.c, node.parent}) {
    hash = (hash ^ part) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 29;
  }
  return hash & (slots_.size() - 1);
}

uint32_t StackTable::Intern(const StackNode& node) {
  if (nodes_.size() * 2 >= slots_.size()) {
    slots_.assign(std::max<size_t>(256, slots_.size() * 2), kNone);
    for (uint32_t id = 0; id < nodes_.size(); ++id) {
      size_t slot = SlotOf(nodes_[id]);
      while (slots_[slot] != kNone) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = id;
    }
  }
  size_t slot = SlotOf(node);
  for (; slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1)) {
    if (nodes_[slots_[slot]] == node) return slots_[slot];
  }
  slots_[slot] = static_cast<uint32_t>(nodes_.size());
  nodes_.push_back(node);
  return slots_[slot];
}

// The last one in leaves as if it had never come: nothing was put behind it.
void StackTable::CutTo(size_t size) {
  while (nodes_.size() > size) {
    const auto last = static_cast<uint32_t>(nodes_.size() - 1);
    size_t slot = SlotOf(nodes_.back());
    while (slots_[slot] != last) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = kNone;
    nodes_.pop_back();
  }
}

uint32_t KeyBook::Link(Chain& chain, std::pair<uint32_t, uint32_t> link) {
  const auto [at, fresh] =
      chain.numbers.try_emplace(link, static_cast<uint32_t>(chain.links.size() + 1));
  if (fresh) chain.links.push_back(link);
  return at->second;
}

bool KeyBook::Holds(uint32_t set, uint32_t text) const {
  for (; set != 0; set = sets_.links[set - 1].first) {
    if (sets_.links[set - 1].second == text) return true;
  }
  return false;
}

std::string KeyBook::Text(uint32_t text) const {
  std::string out;
  for (; text != 0; text = texts_.links[text - 1].first)
    out += static_cast<char>(texts_.links[text - 1].second);
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<std::string> KeyBook::Texts(uint32_t set) const {
  std::vector<std::string> out;
  for (; set != 0; set = sets_.links[set - 1].first)
    out.push_back(Text(sets_.links[set - 1].second));
  return out;
}

}  // namespace fathom::grammar
