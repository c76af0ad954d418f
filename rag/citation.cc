// SPDX-License-Identifier: Apache-2.0
#include "rag/citation.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace fathom {
namespace {

// Shorter pieces stand in any large corpus by chance.
constexpr size_t kStitchedPieceBytesMin = 12;

struct Place {
  size_t start, end;  // 1-based lines
  size_t byte_start;
};

// The line that holds byte `offset`.
size_t LineAt(const CorpusFile& file, size_t offset) {
  const auto it =
      std::upper_bound(file.lines.begin(), file.lines.end(), offset,
                       [](size_t value, const LineSpan& span) { return value < span.begin; });
  return static_cast<size_t>(
      it - file.lines.begin());  // 1-based: the count of lines that begin at or before
}

Place PlaceAt(const CorpusFile& file, size_t offset, size_t size) {
  return {.start = LineAt(file, offset),
          .end = LineAt(file, offset + std::max<size_t>(size, 1) - 1),
          .byte_start = offset};
}

// The occurrence nearest to the claimed line (the first one when no line was claimed).
std::optional<Place> Nearest(const CorpusFile& file, std::string_view quote, size_t claimed) {
  std::optional<Place> best;
  size_t best_distance = 0;
  for (size_t at = file.bytes.find(quote); at != std::string::npos;
       at = file.bytes.find(quote, at + 1)) {
    const Place place = PlaceAt(file, at, quote.size());
    const size_t distance =
        claimed == 0 ? 0 : (place.start > claimed ? place.start - claimed : claimed - place.start);
    if (!best || distance < best_distance) {
      best = place;
      best_distance = distance;
    }
    if (distance == 0) break;
  }
  return best;
}

Citation At(const CorpusFile& file, const Place& place, std::string_view quote,
            CitationVerdict verdict) {
  return {.verdict = verdict,
          .path = file.path,
          .start = place.start,
          .end = place.end,
          .byte_start = place.byte_start,
          .byte_end = place.byte_start + quote.size(),
          .quote = std::string(quote)};
}

bool Anywhere(const Corpus& corpus, std::string_view piece) {
  return std::any_of(corpus.files.begin(), corpus.files.end(), [&](const CorpusFile& file) {
    return file.bytes.find(piece) != std::string::npos;
  });
}

// True when the quote falls into at most four pieces that each stand somewhere. Greedy: the longest
// prefix that stands is cut off first, found by bisection (a prefix of a standing piece stands
// too).
bool IsStitched(const Corpus& corpus, std::string_view quote) {
  for (int pieces = 0; pieces < 4; ++pieces) {
    size_t low = 0, high = quote.size();
    while (low < high) {
      const size_t middle = (low + high + 1) / 2;
      if (Anywhere(corpus, quote.substr(0, middle))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (low < kStitchedPieceBytesMin) return false;
    if (low == quote.size()) return pieces > 0;
    quote.remove_prefix(low);
    while (!quote.empty() && (quote.front() == ' ' || quote.front() == '\n'))
      quote.remove_prefix(1);
    if (quote.empty()) return true;
  }
  return false;
}

struct Suffix {
  size_t text_end;  // where the line's own text ends
  size_t number;
};

// ` #123` at the end of a line.
std::optional<Suffix> SuffixOf(std::string_view line) {
  const size_t hash = line.rfind(" #");
  if (hash == std::string_view::npos || hash + 2 >= line.size()) return std::nullopt;
  size_t number = 0;
  const char* begin = line.data() + hash + 2;
  const char* end = line.data() + line.size();
  const auto [rest, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return Suffix{.text_end = hash, .number = number};
}

template <typename Body>
void ForEachLine(std::string_view text, const Body& body) {
  while (!text.empty()) {
    const size_t newline = text.find('\n');
    body(text.substr(0, newline));
    if (newline == std::string_view::npos) return;
    text.remove_prefix(newline + 1);
  }
}

// Below this share of common words two texts are not one quote of the other.
constexpr double kRequoteAgreementMin = 0.6;
constexpr size_t kRequoteWordsMax = 64;

// Runs of letters, digits and bytes beyond ASCII.
std::vector<std::string_view> PlainWords(std::string_view text) {
  const auto inside = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80);
  };
  std::vector<std::string_view> words;
  for (size_t i = 0; i < text.size() && words.size() < kRequoteWordsMax;) {
    size_t end = i;
    while (end < text.size() && inside(text[end])) ++end;
    if (end > i) words.push_back(text.substr(i, end - i));
    i = std::max(end, i + 1);
  }
  return words;
}

// Twice the longest common subsequence over the sum of lengths; a quote that runs on is cut to the
// line's length first.
double Agreement(std::vector<std::string_view> quote, const std::vector<std::string_view>& line) {
  if (quote.empty() || line.empty()) return 0;
  quote.resize(std::min(quote.size(), line.size()));
  std::vector<size_t> row(line.size() + 1, 0);
  for (const std::string_view word : quote) {
    size_t diagonal = 0;
    for (size_t j = 1; j <= line.size(); ++j) {
      const size_t above = row[j];
      row[j] = word == line[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return 2.0 * static_cast<double>(row.back()) / static_cast<double>(quote.size() + line.size());
}

}  // namespace

std::optional<Citation> Requote(const Corpus& corpus, const Window& window, const Claim& claim,
                                std::string_view term) {
  if (term.empty() || !std::string_view(claim.quote).starts_with(term)) return std::nullopt;
  const auto said = PlainWords(std::string_view(claim.quote).substr(term.size()));
  std::optional<Citation> best;
  double best_agreement = 0;
  for (const PackedLine& packed : window.lines) {
    const CorpusFile& file = corpus.files[packed.file];
    const std::string_view text = file.Line(packed.line);
    const size_t at = text.find(term);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = text.substr(at);
    double agreement = Agreement(said, PlainWords(rest.substr(term.size())));
    if (agreement < kRequoteAgreementMin) continue;
    if (file.path == claim.path && packed.line + 1 == claim.start) agreement += 1e-6;
    if (agreement <= best_agreement) continue;
    best_agreement = agreement;
    best = At(file,
              {.start = packed.line + 1,
               .end = packed.line + 1,
               .byte_start = file.lines[packed.line].begin + at},
              rest, CitationVerdict::kShifted);
  }
  return best;
}

std::string_view CitationVerdictName(CitationVerdict verdict) {
  switch (verdict) {
    case CitationVerdict::kFound:
      return "found";
    case CitationVerdict::kShifted:
      return "shifted";
    case CitationVerdict::kMisattributed:
      return "misattributed";
    case CitationVerdict::kStitched:
      return "stitched";
    case CitationVerdict::kAbsent:
      return "absent";
  }
  return "absent";
}

Citation CheckCitation(const Corpus& corpus, const Claim& claim) {
  const std::string_view quote = claim.quote;
  Citation absent{.path = claim.path, .start = claim.start, .end = claim.end, .quote = claim.quote};
  if (quote.empty()) return absent;
  if (const CorpusFile* file = claim.path.empty() ? nullptr : corpus.Find(claim.path)) {
    if (const auto place = Nearest(*file, quote, claim.start)) {
      const bool here = claim.start == place->start && (claim.end == 0 || claim.end == place->end);
      return At(*file, *place, quote, here ? CitationVerdict::kFound : CitationVerdict::kShifted);
    }
  }
  for (const CorpusFile& file : corpus.files) {
    if (const auto place = Nearest(file, quote, 0)) {
      const bool claimed = !claim.path.empty();
      return At(file, *place, quote,
                claimed ? CitationVerdict::kMisattributed : CitationVerdict::kShifted);
    }
  }
  if (IsStitched(corpus, quote)) absent.verdict = CitationVerdict::kStitched;
  return absent;
}

std::vector<Claim> ClaimsOf(std::string_view answer, const Corpus& corpus, const Window& window) {
  std::vector<Claim> claims;
  ForEachLine(answer, [&](std::string_view line) {
    const auto suffix = SuffixOf(line);
    if (!suffix) return;
    Claim claim{.quote = std::string(line.substr(0, suffix->text_end))};
    if (suffix->number >= 1 && suffix->number <= window.lines.size()) {
      const PackedLine& packed = window.lines[suffix->number - 1];
      claim.path = corpus.files[packed.file].path;
      claim.start = claim.end = packed.line + 1;
    }
    claims.push_back(std::move(claim));
  });
  return claims;
}

std::string WithoutSuffixes(std::string_view answer) {
  std::string text;
  ForEachLine(answer, [&](std::string_view line) {
    if (!text.empty()) text += '\n';
    const auto suffix = SuffixOf(line);
    text += suffix ? line.substr(0, suffix->text_end) : line;
  });
  return text;
}

}  // namespace fathom
