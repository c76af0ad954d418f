// SPDX-License-Identifier: Apache-2.0
// Finding: one place the model calls a weakness, what was checked about it, and what became of it.
//
// Promises
//  * A finding starts with the model. Checks raise it, reject it or say nothing; none of them makes
//  one.
//  * Its place is bytes of the corpus: byte_begin..byte_end of `path` held the quote when the
//  corpus was read.
//  * Secrets never leave: in quote and context the literals of a credential are masked (two
//  characters stay), and the
//    fingerprint is made of the masked text.
//  * The fingerprint does not move with the line: it names family, path, the line's text without
//  spacing, and which of
//    several equal lines it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/profile.h"

namespace fathom {

// How much stands behind a finding; each level includes what E0 and the citation check say.
enum class Evidence {
  kClaimed,     // E0: the model says so
  kScored,      // E1: quote and span stand, and the score passes the profile's threshold
  kSecondLook,  // E2: it survived a second look by the model
  kConfirmed,   // E3: an independent check agrees
};
std::string_view EvidenceName(Evidence evidence);     // "E0" ... "E3"
std::string_view EvidenceMeaning(Evidence evidence);  // one short phrase for people

enum class CheckOutcome { kAgrees, kSilent, kContradicts };
std::string_view CheckOutcomeName(CheckOutcome outcome);  // "agrees", "silent", "contradicts"

// One entry of the verification log.
struct CheckEntry {
  std::string check;  // "model", "quote", "score", "second look", "sink", "argument", ...
  CheckOutcome outcome = CheckOutcome::kSilent;
  std::string said;
};

enum class FindingState {
  kShown,          // reported, and counted by the exit code
  kBaseline,       // reported as unchanged: the baseline has it
  kUntouched,      // outside the lines that --diff names
  kSuppressed,     // a comment or .fathom.yaml says why it is none
  kLowConfidence,  // counted and folded
  kRejected,       // a check contradicts it
};
std::string_view FindingStateName(
    FindingState state);  // "shown", "baseline", ..., "low_confidence", "rejected"

struct CodeLine {
  size_t number = 0;  // 1-based
  std::string text;   // masked; may hold any bytes
  bool marked = false;
};

struct FindingPlace {
  std::string path;
  size_t start = 0, end = 0;            // 1-based lines, inclusive
  size_t byte_begin = 0, byte_end = 0;  // of the quote in the file, end exclusive
  std::string quote;                    // the lines' text without leading blanks
};

struct Finding {
  std::string family;  // "sql-injection"; the rule's id is "fathom/" + family
  int cwe = 0;
  Severity severity = Severity::kMedium;
  FindingPlace place;
  std::optional<FindingPlace> second;  // where the value comes from, when a check saw it
  std::string message;                 // one sentence
  double confidence = 0;               // 0..1, the model's
  Evidence evidence = Evidence::kClaimed;
  std::vector<CheckEntry> log;
  std::string fingerprint;  // 32 hex digits
  FindingState state = FindingState::kLowConfidence;
  std::string reason;        // of kRejected and kSuppressed (the user's words)
  std::string reason_place;  // of kSuppressed: "src/a.py:12" or ".fathom.yaml:4"
  std::vector<CodeLine> context;

  // "high" from E2 up or from a confidence of 0.9, "medium" for other shown ones, "low" else.
  // SARIF's precision.
  std::string_view Precision() const;
};

// What reports say about a family, whether or not it found anything.
struct RuleInfo {
  std::string family;
  int cwe = 0;
  std::string title;  // "SQL injection"
  Severity severity = Severity::kMedium;
  std::string description;  // what the weakness is
  std::string help;         // what to do instead
  std::string sentence;     // the message of a finding
};

// Fills title, sentence, description and help where they are empty: with our words for the families
// we know, with general ones for any other.
RuleInfo DescribeFamily(RuleInfo rule);
std::string RuleId(std::string_view family);  // "fathom/sql-injection"
std::string CweName(int cwe);                 // "CWE-89"

// `occurrence`: how many findings of this family with an equal quote stand before it in the file.
struct FingerprintParts {
  std::string_view family;
  std::string_view path;
  std::string_view quote;
  size_t occurrence = 0;
};
std::string Fingerprint(const FingerprintParts& parts);

// The families DescribeFamily has words for, with CWE, severity and title.
std::vector<RuleInfo> KnownFamilies();

// A line that holds a credential, with the values masked: of each string literal of four characters
// or more (and of an unquoted value after = or :) the first two characters stay. Names in key
// position ("password": ...) stay whole.
std::string MaskSecrets(std::string_view line);

}  // namespace fathom
