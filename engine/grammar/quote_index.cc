// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "base/check.h"
#include "engine/grammar/quotes.h"

namespace fathom {
namespace {

// Suffixes are told apart by so many bytes; in longer quotes the first place is followed.
constexpr uint32_t kOrderedBytes = 512;

struct Entry {
  uint64_t key;  // the first eight bytes, zeros behind a newline
  uint32_t at;
};

uint64_t KeyAt(std::string_view text, size_t at) {
  uint64_t key = 0;
  bool ended = false;
  for (size_t i = 0; i < 8; ++i) {
    const char byte = ended || at + i >= text.size() ? '\0' : text[at + i];
    ended |= byte == '\n';
    key = key << 8 | static_cast<uint8_t>(byte);
  }
  return key;
}

bool HasNewline(uint64_t key) {
  for (; key != 0; key >>= 8) {
    if ((key & 0xFF) == '\n') return true;
  }
  return false;
}

}  // namespace

QuoteIndex::QuoteIndex(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) (text_ += line) += '\n';
  CHECK(text_.size() < std::numeric_limits<uint32_t>::max());
  std::vector<Entry> entries;
  entries.reserve(text_.size());
  for (size_t at = 0; at < text_.size(); ++at) {
    const bool inside = (static_cast<uint8_t>(text_[at]) & 0xC0) == 0x80;
    if (text_[at] != '\n' && !inside)
      entries.push_back({KeyAt(text_, at), static_cast<uint32_t>(at)});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.key != b.key ? a.key < b.key : a.at < b.at;
  });
  for (auto from = entries.begin(); from != entries.end();) {
    const auto to = std::find_if(from, entries.end(),
                                 [&](const Entry& entry) { return entry.key != from->key; });
    if (to - from > 1 && !HasNewline(from->key)) {
      std::sort(from, to, [&](const Entry& a, const Entry& b) {
        const int order = Rest(a.at).compare(Rest(b.at));
        return order != 0 ? order < 0 : a.at < b.at;
      });
    }
    from = to;
  }
  order_.reserve(entries.size());
  for (const Entry& entry : entries) order_.push_back(entry.at);
}

// Behind the first eight bytes, to the newline and with it.
std::string_view QuoteIndex::Rest(uint32_t at) const {
  const std::string_view rest = std::string_view(text_).substr(size_t{at} + 8, kOrderedBytes - 8);
  return rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
}

QuoteIndex::Place QuoteIndex::Step(const Place& place, uint8_t byte) const {
  // Nothing follows the end of a line: what stands behind it in the text is another line's.
  if (!place.empty() && place.depth > 0 && At(place.from, place.depth - 1) == '\n')
    return {place.from, place.from, place.depth + 1};
  Place next{place.from, place.to, place.depth};
  if (next.depth >= kOrderedBytes) next.to = std::min(next.to, next.from + 1);
  const auto first = [&](uint32_t from, auto less) {
    uint32_t to = next.to;
    while (from < to) {
      const uint32_t middle = from + (to - from) / 2;
      if (less(At(middle, place.depth))) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  };
  next.from = first(next.from, [&](uint8_t at) { return at < byte; });
  next.to = first(next.from, [&](uint8_t at) { return at <= byte; });
  ++next.depth;
  return next;
}

}  // namespace fathom
