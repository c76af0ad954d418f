// SPDX-License-Identifier: Apache-2.0
// Candidates: what the model proposes, from its scores or from its answers, before anything is
// checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/audit.h"
#include "rag/citation.h"

namespace fathom {

struct Candidate {
  uint32_t file = 0;  // index into Corpus::files
  size_t family = 0;  // index into AuditProfile::verdicts
  size_t start = 0;   // 1-based lines
  size_t end = 0;     // inclusive
  double confidence = 0;
  std::string quote;   // what the model read or says it read; compared with the corpus later
  bool named = false;  // the question named the line: a check of ours agrees, or it would not have
};

// Every (line, family) whose probability is at least `floor`; ascending by file and line. kInvalid
// when the scores do not have the shape of window and profile.
Result<std::vector<Candidate>> CandidatesOfScores(const AuditInputs& inputs,
                                                  const std::vector<bool>& wanted);

// The question for one family. Lines are named by their suffix number.
std::string FamilyQuestion(const AuditProfile::Verdict& verdict);

// The numbers of the first lines of statements that a check of the family has something to say of.
inline constexpr size_t kSitesMax = 16;
std::vector<size_t> SitesOf(std::string_view family, const Corpus& corpus, const Window& window);

struct AnsweredCandidates {
  std::vector<Candidate> candidates;
  size_t dropped = 0;  // entries (or whole answers) that are not of the form asked for
};
// Strict: the whole answer is a JSON array of {"line": 1..lines, "quote": text, "confidence":
// 0..1}, at most kAnswerEntriesMax of them and kAnswerBytesMax long. An entry may name its "path"
// too; it must be that of the line.
inline constexpr size_t kAnswerBytesMax = size_t{64} << 10;
inline constexpr size_t kAnswerEntriesMax = 200;
AnsweredCandidates CandidatesOfAnswer(std::string_view answer, size_t family, const Corpus& corpus,
                                      const Window& window);

// Candidates of one family whose lines belong to one statement become one; the highest confidence
// stays.
std::vector<Candidate> MergeStatements(const Corpus& corpus, std::vector<Candidate> candidates);

}  // namespace fathom
