// SPDX-License-Identifier: Apache-2.0
// Citations: a quote and the place it claims, compared with the source byte by byte.
//
// Nothing is shown as a citation unless its bytes stand in the corpus:
//   found          the quote stands at the claimed lines
//   shifted        it stands in the claimed file at other lines: the citation carries the true ones
//   misattributed  it stands in another file only: the citation carries the true place
//   stitched       no one place holds it, but its pieces (of 12 bytes or more) all stand somewhere
//   absent         not in the corpus
// A quote that drifted from one line only (most of its words stand there, in order, from the same
// term on) can be requoted: Requote replaces its words by those of the line. What is shown is then
// the corpus, never the drift.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rag/corpus.h"
#include "rag/pack.h"

namespace fathom {

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

// For a quote that begins with `term`: the line of the window whose words from the term on agree
// best with the quote's, when at least half of them do in order (a claimed line wins ties); its
// verdict is kShifted. Nothing when none does, or when the quote says nothing behind the term.
std::optional<Citation> Requote(const Corpus& corpus, const Window& window, const Claim& claim,
                                std::string_view term);

// Reads the claims out of an answer in the packed layout: every line of it that ends in ` #n`
// claims that its text stands at line n of the window. A number that the window does not have
// claims no place.
std::vector<Claim> ClaimsOf(std::string_view answer, const Corpus& corpus, const Window& window);

// The answer without its line suffixes.
std::string WithoutSuffixes(std::string_view answer);

}  // namespace fathom
