// SPDX-License-Identifier: Apache-2.0
// Independent checks: what can be said about a candidate from the text alone, without the model.
//
// For each family: does the statement call something the family is about (agrees), is what it is
// given provably harmless — a constant, a bound parameter, an escaped value — (contradicts), or is
// nothing known (silent)? The checks look at one statement and at most kCheckLinesBefore lines
// above it in the same file (constants in capitals: at the whole file). They answer questions about
// a candidate; they never search for one.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/finding.h"
#include "rag/corpus.h"

namespace fathom {

inline constexpr size_t kCheckLinesBefore = 15;
inline constexpr size_t kStatementLinesMax = 12;

struct CheckAnswer {
  CheckOutcome outcome = CheckOutcome::kSilent;
  std::string check;  // "sink" or "argument"
  std::string said;   // "calls os.system with a value built from parts", "constant argument only"
  std::optional<size_t> source_line;  // 1-based: where the value is assigned, when seen
};

// The lines of a statement, 1-based and inclusive: brackets are balanced and continuations joined.
struct StatementLines {
  size_t first = 0, last = 0;
};

class SourceText;

// One file, prepared once for many questions. Borrows the file.
class Checker {
 public:
  explicit Checker(const CorpusFile& file);
  ~Checker();

  // `line`: 1-based, any line of the statement. Families without a check of ours are silent.
  CheckAnswer Check(std::string_view family, size_t line) const;
  StatementLines StatementAt(size_t line) const;

 private:
  std::unique_ptr<SourceText> source_;
};

// True when the line gives a credential-like name a literal value; such lines are masked wherever
// they are shown.
bool HoldsSecret(std::string_view line, std::string_view language);

}  // namespace fathom
