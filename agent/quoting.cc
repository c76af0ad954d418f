// SPDX-License-Identifier: Apache-2.0
#include "agent/quoting.h"

#include <string>
#include <vector>

namespace fathom {
namespace {

// Of a quote's tokens: those behind the term that must be the model's own, and the share of all
// that need not be.
constexpr size_t kOwnTokensMin = 4;
constexpr double kOverruledShareMax = 0.4;

}  // namespace

QuoteIndex LinesRead(const Corpus& corpus, const Window& window, const KeepLine& keep) {
  std::vector<std::string> lines;
  lines.reserve(keep ? 0 : window.lines.size());
  size_t number = 0;
  for (const PackedLine& line : window.lines) {
    ++number;
    if (keep && !keep(line)) continue;
    lines.push_back(std::string(corpus.files[line.file].Line(line.line)) + " #" +
                    std::to_string(number));
  }
  return QuoteIndex(lines);
}

bool IsOwnQuote(const Generated& generated, const Tokenizer& tokenizer, const QuoteIndex& lines,
                std::string_view begun, bool first_given) {
  if (generated.text.empty()) return false;
  QuoteIndex::Place place = lines.Anywhere();
  const auto step = [&](std::string_view text) {
    for (const char c : text) place = lines.Step(place, static_cast<uint8_t>(c));
  };
  step(begun);
  const size_t number = generated.text.rfind(" #");
  size_t overruled = 0, text_bytes = 0;
  auto next = generated.overruled.begin();
  for (size_t i = 0; i < generated.tokens.size(); ++i) {
    if (next != generated.overruled.end() && *next == i) {
      ++next;
      ++overruled;
      const bool chosen =
          (i >= kOwnTokensMin && place.to - place.from == 1) || (first_given && i == 0);
      if (!chosen && text_bytes < number) return false;
    }
    const std::string_view piece = tokenizer.Piece(generated.tokens[i]);
    step(piece);
    text_bytes += piece.size();
  }
  return static_cast<double>(overruled) <=
         kOverruledShareMax * static_cast<double>(generated.tokens.size());
}

}  // namespace fathom
