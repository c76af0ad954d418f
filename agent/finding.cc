// SPDX-License-Identifier: Apache-2.0
#include "agent/finding.h"

#include <algorithm>
#include <cctype>

#include "base/sha256.h"

namespace fathom {
namespace {

constexpr size_t kMaskedBytesMin = 4;
constexpr size_t kBytesLeftVisible = 2;
constexpr size_t kFingerprintDigits = 32;

bool IsBlank(char c) {
  return c == ' ' || c == '\t';
}

// Where the literal that opens at `open` ends: the index of its closing quote, or the line's end.
size_t LiteralEnd(std::string_view line, size_t open) {
  for (size_t i = open + 1; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == line[open]) {
      return i;
    }
  }
  return line.size();
}

// True when what follows makes the literal a name: "key": , "key" => , ["key"].
bool IsKeyPosition(std::string_view line, size_t after) {
  while (after < line.size() && IsBlank(line[after])) ++after;
  if (after >= line.size()) return false;
  return line[after] == ':' || line[after] == ']' || line.substr(after, 2) == "=>";
}

void AppendMasked(std::string_view value, std::string& out) {
  if (value.size() < kMaskedBytesMin) {
    out += value;
    return;
  }
  // The count of stars says nothing about the length.
  out += value.substr(0, kBytesLeftVisible);
  out += "******";
}

// The start of an unquoted value: after the first '=' or ':' that is no comparison or scope.
size_t UnquotedValue(std::string_view line) {
  for (size_t i = 1; i + 1 < line.size(); ++i) {
    if (line[i] != '=' && line[i] != ':') continue;
    const char next = line[i + 1], before = line[i - 1];
    if (next == '=' || next == ':' || before == ':' || before == '!' || before == '=') continue;
    size_t value = i + 1;
    while (value < line.size() && IsBlank(line[value])) ++value;
    return value;
  }
  return line.size();
}

std::string WithoutSpacing(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (!std::isspace(static_cast<unsigned char>(c))) packed += c;
  }
  return packed;
}

}  // namespace

std::string_view EvidenceName(Evidence evidence) {
  switch (evidence) {
    case Evidence::kClaimed:
      return "E0";
    case Evidence::kScored:
      return "E1";
    case Evidence::kSecondLook:
      return "E2";
    case Evidence::kConfirmed:
      return "E3";
  }
  return "E0";
}

std::string_view EvidenceMeaning(Evidence evidence) {
  switch (evidence) {
    case Evidence::kClaimed:
      return "the model says so";
    case Evidence::kScored:
      return "quote stands, score passes";
    case Evidence::kSecondLook:
      return "survived a second look";
    case Evidence::kConfirmed:
      return "an independent check agrees";
  }
  return "";
}

std::string_view CheckOutcomeName(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::kAgrees:
      return "agrees";
    case CheckOutcome::kSilent:
      return "silent";
    case CheckOutcome::kContradicts:
      return "contradicts";
  }
  return "silent";
}

std::string_view FindingStateName(FindingState state) {
  switch (state) {
    case FindingState::kShown:
      return "shown";
    case FindingState::kBaseline:
      return "baseline";
    case FindingState::kUntouched:
      return "untouched";
    case FindingState::kSuppressed:
      return "suppressed";
    case FindingState::kLowConfidence:
      return "low_confidence";
    case FindingState::kRejected:
      return "rejected";
  }
  return "rejected";
}

std::string_view Finding::Precision() const {
  if (state == FindingState::kLowConfidence || state == FindingState::kRejected) return "low";
  return evidence >= Evidence::kSecondLook || confidence >= 0.9 ? "high" : "medium";
}

std::string RuleId(std::string_view family) {
  return "fathom/" + std::string(family);
}
std::string CweName(int cwe) {
  return "CWE-" + std::to_string(cwe);
}

std::string Fingerprint(const FingerprintParts& parts) {
  // Lengths in front: no two different triples give the same text.
  const std::string quote = WithoutSpacing(parts.quote);
  std::string text = "fathom-finding-1\n";
  for (const std::string_view part : {parts.family, parts.path, std::string_view(quote)}) {
    text += std::to_string(part.size()) + ":" + std::string(part) + "\n";
  }
  text += std::to_string(parts.occurrence);
  return Sha256Hex(text).substr(0, kFingerprintDigits);
}

std::string MaskSecrets(std::string_view line) {
  std::string out;
  bool masked = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    out += c;
    if (c != '"' && c != '\'' && c != '`') continue;
    const size_t end = LiteralEnd(line, i);
    const std::string_view value = line.substr(i + 1, end - i - 1);
    if (IsKeyPosition(line, end + 1) || (c == '\'' && end == line.size())) {
      out += value;  // a name, or the apostrophe of a comment
    } else {
      masked |= value.size() >= kMaskedBytesMin;
      AppendMasked(value, out);
    }
    if (end < line.size()) out += line[end];
    i = end;
  }
  if (masked) return out;
  const size_t value = UnquotedValue(line);
  out = line.substr(0, value);
  AppendMasked(line.substr(value), out);
  return out;
}

}  // namespace fathom
