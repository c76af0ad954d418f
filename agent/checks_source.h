// SPDX-License-Identifier: Apache-2.0
// SourceText: what the checks may know of a file's text: statements, calls, arguments, constants.
// Inside agent/checks*.
//
// Not a parser of any language: a lexer for comments and literals of many, and bracket matching.
// Where it cannot tell, it says that it does not know, and the check stays silent.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/checks.h"

namespace re2 {
class RE2;
}

namespace fathom {

// Bytes of blanked literals: text, and places where a value is put into the text (`${x}`, f"{x}",
// "#{x}", "$x").
inline constexpr char kLiteralByte = '\x01';
inline constexpr char kInsertedByte = '\x02';

// Comments become spaces, contents of literals kLiteralByte or kInsertedByte. Equal length; quotes
// and line ends stay.
std::string BlankLiterals(std::string_view text, std::string_view language);

// A piece of a file by byte offsets, with both of its texts.
struct Piece {
  size_t begin = 0, end = 0;
  std::string_view raw, blank;
};

struct Call {
  std::string name;              // as written, "os.system"
  size_t begin = 0;              // offset of the name within the statement
  std::vector<Piece> arguments;  // trimmed
  bool complete = false;         // the closing bracket was found
};

class SourceText {
 public:
  explicit SourceText(const CorpusFile& file);

  std::string_view language() const { return file_.language; }
  bool Is(std::string_view languages) const;  // one of "c cpp java"; "*" is any

  StatementLines StatementAt(size_t line) const;
  Piece Lines(StatementLines lines) const;
  Piece Sub(const Piece& piece, size_t begin, size_t count) const;
  size_t LineOf(size_t offset) const;

  // The lines above a statement that its function can be expected to hold, at most
  // kCheckLinesBefore.
  Piece Before(StatementLines lines) const;

  // Calls whose name `pattern` matches; its first group is the name and an opening bracket follows.
  std::vector<Call> Calls(const Piece& statement, const re2::RE2& pattern) const;

  // The nearest assignment of a plain identifier above `lines` that surely was the last one: not
  // deeper than the use, not changed again below it. nullopt when there is none or one cannot tell.
  struct Assignment {
    Piece value;
    StatementLines lines;
  };
  std::optional<Assignment> AssignmentOf(std::string_view name, StatementLines lines) const;
  // The nearest assignment above, whatever stands between: what the value may be.
  std::optional<Assignment> PossibleAssignmentOf(std::string_view name, StatementLines lines) const;

  // Literals, numbers, and names that stand for literals: nothing else in the expression.
  bool IsConstant(const Piece& expression, StatementLines lines, int depth = 0) const;

  // Why a value can do no harm: it is constant, or as a whole the result of a function that
  // `safe_calls` matches, or a number. Empty: not known.
  std::string WhyHarmless(const Piece& expression, StatementLines lines, const re2::RE2& safe_calls,
                          int depth = 0) const;

  // The parts of a concatenation or interpolation that are no literals.
  std::vector<Piece> DynamicParts(const Piece& expression) const;

 private:
  std::vector<Assignment> AssignmentsAbove(std::string_view name, StatementLines lines) const;
  std::optional<Piece> FileConstant(std::string_view name) const;
  size_t IndentOf(size_t line) const;

  const CorpusFile& file_;
  std::string blank_;
  std::vector<int> depth_;       // open ( and [ at a line's start, since the innermost {
  std::vector<bool> in_string_;  // a literal is open at the line's start
};

std::string_view Trim(std::string_view text);
bool IsIdentifier(std::string_view text);
CheckAnswer Agrees(std::string check, std::string said,
                   std::optional<size_t> source_line = std::nullopt);
CheckAnswer Contradicts(std::string check, std::string said);

// One per family, in checks_injection.cc, checks_memory.cc and checks_misuse.cc.
CheckAnswer CheckCommand(const SourceText& source, StatementLines lines);
CheckAnswer CheckSql(const SourceText& source, StatementLines lines);
CheckAnswer CheckEval(const SourceText& source, StatementLines lines);
CheckAnswer CheckPath(const SourceText& source, StatementLines lines);
CheckAnswer CheckXss(const SourceText& source, StatementLines lines);
CheckAnswer CheckBuffer(const SourceText& source, StatementLines lines);
CheckAnswer CheckFormat(const SourceText& source, StatementLines lines);
CheckAnswer CheckSecret(const SourceText& source, StatementLines lines);
CheckAnswer CheckHash(const SourceText& source, StatementLines lines);
CheckAnswer CheckRandom(const SourceText& source, StatementLines lines);
CheckAnswer CheckDeserialize(const SourceText& source, StatementLines lines);
CheckAnswer CheckTls(const SourceText& source, StatementLines lines);

}  // namespace fathom
