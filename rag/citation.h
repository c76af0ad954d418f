// SPDX-License-Identifier: Apache-2.0
// Citations: a quote and the place it claims, compared with the source byte by byte.
//
// Nothing is shown as a citation unless its bytes stand in the corpus:
//   found          the quote stands at the claimed lines
//   shifted        it stands in the claimed file at other lines: the citation carries the true ones
//   misattributed  it stands in another file only: the citation carries the true place
//   stitched       no one place holds it, but its pieces (of 12 bytes or more) all stand somewhere
//   absent         not in the corpus, or so short that it says no more than that: a quote of fewer
//                  than kQuoteBytesMin bytes stands only as the end of a line, from a word's
//                  beginning on, and one of fewer than kLineEndBytesMin only as a whole line
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rag/corpus.h"
#include "rag/pack.h"

namespace fathom {

// Blanks on both sides not counted. What is shorter stands in any text by chance.
inline constexpr size_t kQuoteBytesMin = 8, kLineEndBytesMin = 4;

enum class CitationVerdict { kFound, kShifted, kMisattributed, kStitched, kAbsent };
std::string_view CitationVerdictName(CitationVerdict verdict);

// What a model claims: these words stand at this line (or lines).
struct Claim {
  std::string quote;
  std::string path;  // empty: no file was claimed
  size_t start = 0;  // 1-based lines, 0: no line was claimed
  size_t end = 0;    // inclusive
};

struct Citation {
  CitationVerdict verdict = CitationVerdict::kAbsent;
  std::string path;
  size_t start = 0, end = 0;            // 1-based, inclusive
  size_t byte_start = 0, byte_end = 0;  // of the quote in the file, end exclusive
  std::string quote;

  // True when the quote stands at path:start-end: what may be shown as a citation.
  bool Stands() const {
    return verdict == CitationVerdict::kFound || verdict == CitationVerdict::kShifted ||
           verdict == CitationVerdict::kMisattributed;
  }
};

Citation CheckCitation(const Corpus& corpus, const Claim& claim);

// Reads the claims out of an answer in the packed layout: every line of it that ends in ` #n`
// claims that its text stands at line n of the window. A number that the window does not have
// claims no place.
std::vector<Claim> ClaimsOf(std::string_view answer, const Corpus& corpus, const Window& window);

// The answer without its line suffixes.
std::string WithoutSuffixes(std::string_view answer);

}  // namespace fathom
