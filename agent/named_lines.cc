// SPDX-License-Identifier: Apache-2.0
#include "agent/named_lines.h"

#include <algorithm>

namespace fathom {
namespace {

// Lines that may define are few and are read with what is around them; of others there may be
// hundreds.
constexpr size_t kDefiningMax = 4, kPassagesMax = 16;
constexpr int kLikenessSpread = 1;
constexpr uint32_t kLinesBefore = 3, kLinesBehind = 8;

}  // namespace

NamedLines::NamedLines(const Corpus& corpus, const Term& term) : corpus_(corpus) {
  if (!term.present || term.intent == Intent::kStatement) return;
  all_ = lines_ = LinesNaming(corpus, term.text);
  only_called_ = term.intent == Intent::kDefinition && OnlyCalled(all_);
  if (term.intent == Intent::kUse) {
    std::ranges::stable_sort(lines_, {}, [](const NameLine& line) { return line.likeness > 0; });
    may_answer_ = !lines_.empty() && lines_[0].likeness <= 0;
  } else {
    // A prototype is none where the function itself stands.
    const int least = lines_.empty() ? 1 : std::max(1, lines_[0].likeness - kLikenessSpread);
    const auto first =
        std::ranges::find_if(lines_, [&](const NameLine& line) { return line.likeness < least; });
    const auto count = std::min<std::ptrdiff_t>(first - lines_.begin(), kDefiningMax);
    may_answer_ = count > 0;
    if (may_answer_) lines_.resize(static_cast<size_t>(count));
  }
  for (const NameLine& line : lines_) {
    const bool is_use = line.likeness <= 0;
    if (term.intent == Intent::kUse && may_answer_ && !is_use) continue;
    places_.emplace(line.file, line.line);
  }
}

bool NamedLines::AllStandIn(const Window& window) const {
  std::set<Place> read;
  for (const PackedLine& line : window.lines) read.emplace(line.file, line.line);
  return std::ranges::all_of(all_, [&](const NameLine& line) {
    return read.contains({line.file, line.line});
  });
}

std::vector<FoundPassage> NamedLines::Passages() const {
  std::vector<FoundPassage> passages;
  for (const NameLine& line : lines_) {
    const auto count = static_cast<uint32_t>(corpus_.files[line.file].lines.size());
    const uint32_t begin = line.line - std::min(line.line, kLinesBefore);
    const uint32_t end = std::min(count, line.line + kLinesBehind);
    const auto touching = std::ranges::find_if(passages, [&](const FoundPassage& one) {
      return one.passage.file == line.file && begin <= one.passage.end && one.passage.begin <= end;
    });
    if (touching != passages.end()) {
      touching->passage.begin = std::min(touching->passage.begin, begin);
      touching->passage.end = std::max(touching->passage.end, end);
    } else if (passages.size() < kPassagesMax) {
      passages.push_back({.passage = {line.file, begin, end}, .by_words = true});
    }
  }
  return passages;
}

}  // namespace fathom
