// SPDX-License-Identifier: Apache-2.0
// What people have decided about findings: suppressions with a reason, a baseline, and the lines a
// change touches.
//
//   # fathom: ignore[sql-injection] the table name comes from an enum       on the line, or alone
//   on the line before # fathom: ignore-file[weak-random,weak-hash] test data anywhere in the file
//   .fathom.yaml at the root:
//     suppress:
//       - path: "legacy/**"          # * within a folder, ** across folders, ? one character
//         rule: weak-hash            # a family, or "*"
//         reason: checksums, not passwords
//         fingerprint: 5f2c...       # optional: this finding only
//
// A suppression without a reason does not hold: it becomes a note. So does one that names no family
// we know.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "agent/finding.h"
#include "base/result.h"
#include "base/walk.h"
#include "rag/corpus.h"

namespace fathom {

// Something to tell the user that is not a finding.
struct AuditNote {
  std::string place;  // "path:line", may be empty
  std::string text;
};

struct Suppression {
  std::string path_glob;           // the exact path for comments
  std::vector<std::string> rules;  // families, "*" is any
  std::string reason;
  std::string place;        // where it is written, "path:line"
  size_t line = 0;          // the one line it is about; 0: the whole file
  std::string fingerprint;  // empty: any
};

struct Suppressions {
  std::vector<Suppression> list;
  std::vector<AuditNote> notes;
};

// Reads the comments of all files. `families`: the known ones.
Suppressions ReadInlineSuppressions(const Corpus& corpus, const std::vector<std::string>& families);

// Adds those of a .fathom.yaml. kInvalid with line:column when the file is malformed.
Status ReadSuppressionFile(std::string_view yaml, std::string_view name,
                           const std::vector<std::string>& families, Suppressions& suppressions);

// The folder whose .fathom.yaml holds for a corpus: its root, or where its one file lies.
std::string SuppressionFolder(const std::string& corpus_root);
// The text of that file; empty when there is none.
inline constexpr std::string_view kSuppressionFile = ".fathom.yaml";
Result<std::string> ReadSuppressionYaml(const std::string& folder);

// `yaml` with one entry more, first of its list; nothing else of the text changes. What is returned
// was read back. kInvalid: the file is malformed, its list is not one entry a line, or the entry
// does not hold (a reason of less than three characters, an unknown family).
Result<std::string> WithSuppression(std::string_view yaml, const Suppression& entry,
                                    const std::vector<std::string>& families);

// The first suppression that holds for the finding, or nullptr.
const Suppression* FindSuppression(const Suppressions& suppressions, const Finding& finding);

bool MatchesGlob(std::string_view glob, std::string_view path);

// The fingerprints in our JSON report or in any SARIF file (fingerprints and partialFingerprints).
Result<std::set<std::string>> ReadBaseline(std::string_view json);

// `changed` as base/walk's ChangedSince returns it.
bool Touches(const std::vector<ChangedFile>& changed, const FindingPlace& place);

}  // namespace fathom
