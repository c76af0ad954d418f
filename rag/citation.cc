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

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80) || c == '_';
}

std::string_view WithoutBlanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// Whether the quote at `offset` says enough there to be a citation.
bool IsEnough(const CorpusFile& file, size_t offset, std::string_view quote) {
  const std::string_view said = WithoutBlanks(quote);
  if (said.size() >= kQuoteBytesMin) return true;
  if (said.empty()) return false;
  const size_t begin = offset + static_cast<size_t>(said.data() - quote.data());
  const std::string_view line = file.Line(LineAt(file, begin) - 1);
  if (said == WithoutBlanks(line)) return true;
  const bool ends_line = begin + said.size() == file.lines[LineAt(file, begin) - 1].end;
  const bool begins_word =
      begin == 0 || !IsWordByte(file.bytes[begin - 1]) || !IsWordByte(said.front());
  return ends_line && begins_word && said.size() >= kLineEndBytesMin;
}

// The occurrence nearest to the claimed line (the first one when no line was claimed).
std::optional<Place> Nearest(const CorpusFile& file, std::string_view quote, size_t claimed) {
  std::optional<Place> best;
  size_t best_distance = 0;
  for (size_t at = file.bytes.find(quote); at != std::string::npos;
       at = file.bytes.find(quote, at + 1)) {
    if (!IsEnough(file, at, quote)) continue;
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

}  // namespace

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
