// SPDX-License-Identifier: Apache-2.0
#include "agent/checks_source.h"

#include <re2/re2.h>

#include <algorithm>
#include <cctype>

namespace fathom {
namespace {

constexpr int kResolveDepthMax = 3;
constexpr size_t kLinesBelowMax = 15;  // a loop may change a value below its use

bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}
bool IsSpace(char c) {
  return std::isspace(static_cast<unsigned char>(c));
}
bool IsQuote(char c) {
  return c == '"' || c == '\'' || c == '`';
}

re2::StringPiece Re2Text(std::string_view text) {
  return {text.data(), text.size()};
}

// A name in capitals: a constant by convention.
bool IsCapitals(std::string_view name) {
  return name.size() >= 2 &&
         std::all_of(
             name.begin(), name.end(),
             [](char c) { return IsWord(c) && !std::islower(static_cast<unsigned char>(c)); }) &&
         std::any_of(name.begin(), name.end(),
                     [](char c) { return std::isupper(static_cast<unsigned char>(c)); });
}

// The statement goes on after a line that ends so, or before one that begins so.
bool EndsOpen(std::string_view blank_line) {
  const std::string_view text = Trim(blank_line);
  if (text.empty()) return false;
  if (text.size() >= 2 &&
      (text.substr(text.size() - 2) == "++" || text.substr(text.size() - 2) == "--"))
    return false;
  if (text.size() >= 2 && text.substr(text.size() - 2) == "->") return true;
  return std::string_view("+=\\.&|%?").find(text.back()) != std::string_view::npos;
}

bool BeginsOpen(std::string_view blank_line) {
  const std::string_view text = Trim(blank_line);
  if (text.empty()) return false;
  if (text.substr(0, 2) == "->" || text.substr(0, 2) == "&&" || text.substr(0, 2) == "||" ||
      text.substr(0, 2) == "?.")
    return true;
  if (text.substr(0, 2) == "++" || text.substr(0, 3) == "...") return false;
  return text[0] == '.' || text[0] == '+' || text[0] == '%';
}

size_t ClosingBracket(std::string_view blank, size_t open) {
  int depth = 0;
  for (size_t i = open; i < blank.size(); ++i) {
    const char c = blank[i];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && --depth == 0) return i;
  }
  return std::string_view::npos;
}

// The whole text is one literal: it opens at the first byte and its first closing quote is the last
// byte.
bool IsOneLiteral(std::string_view blank) {
  size_t prefix = 0;
  while (prefix < blank.size() && prefix < 3 &&
         std::isalpha(static_cast<unsigned char>(blank[prefix])))
    ++prefix;
  blank.remove_prefix(prefix);
  if (blank.size() < 2 || !IsQuote(blank[0]) || blank.back() != blank[0]) return false;
  if (blank.size() >= 6 && blank[1] == blank[0] && blank[2] == blank[0])
    return blank.find(blank[0], 3) == blank.size() - 3;
  return blank.find(blank[0], 1) == blank.size() - 1;
}

bool IsNumber(std::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsWord(c) || c == '.'; });
}

bool IsNamedConstant(std::string_view text) {
  constexpr std::string_view kNames[] = {"true", "false", "True", "False",  "None",
                                         "null", "NULL",  "nil",  "nullptr"};
  return std::find(std::begin(kNames), std::end(kNames), text) != std::end(kNames);
}

const re2::RE2& NumberCalls() {
  static const re2::RE2 kPattern(
      R"(^(?:int|float|intval|floatval|Number|parseInt|parseFloat|Integer\.parseInt|Integer\.valueOf|Long\.parseLong|)"
      R"(Long\.valueOf|len|count|strlen|sizeof|atoi|atol|strtol|strtoul|abs|round|UUID\.fromString|uuid\.UUID|)"
      R"(strconv\.Itoa|strconv\.Atoi|\(int\)|\(float\))\s*$)");
  return kPattern;
}

// "name(...)" as a whole: the name and where its bracket opens.
std::optional<std::string_view> WholeCall(std::string_view blank) {
  const size_t open = blank.find('(');
  if (open == std::string_view::npos || open == 0 ||
      ClosingBracket(blank, open) != blank.size() - 1)
    return std::nullopt;
  const std::string_view name = Trim(blank.substr(0, open));
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return IsWord(c) || c == '.' || c == ':' || c == '-' || c == '>' || c == '$' || c == '\\';
  });
  return plain ? std::optional(name) : std::nullopt;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

bool IsIdentifier(std::string_view text) {
  if (!text.empty() && text[0] == '$') text.remove_prefix(1);
  return !text.empty() && !std::isdigit(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), IsWord);
}

CheckAnswer Agrees(std::string check, std::string said, std::optional<size_t> source_line) {
  return {.outcome = CheckOutcome::kAgrees,
          .check = std::move(check),
          .said = std::move(said),
          .source_line = source_line};
}

CheckAnswer Contradicts(std::string check, std::string said) {
  return {
      .outcome = CheckOutcome::kContradicts, .check = std::move(check), .said = std::move(said)};
}

SourceText::SourceText(const CorpusFile& file)
    : file_(file), blank_(BlankLiterals(file.bytes, file.language)) {
  const auto blanked = [](char c) { return c == kLiteralByte || c == kInsertedByte; };
  std::vector<int> stack = {0};  // open ( and [ within each enclosing {
  bool was_in_string = false;
  char last = 0;  // of the line before
  for (const LineSpan& line : file.lines) {
    const std::string_view text =
        std::string_view(blank_).substr(line.begin, line.end - line.begin);
    const bool in_string =
        text.empty() ? was_in_string : blanked(text[0]) || (IsQuote(text[0]) && blanked(last));
    depth_.push_back(stack.back());
    in_string_.push_back(in_string);
    for (const char c : text) {
      if (c == '(' || c == '[') ++stack.back();
      if ((c == ')' || c == ']') && stack.back() > 0) --stack.back();
      if (c == '{') stack.push_back(0);
      if (c == '}' && stack.size() > 1) stack.pop_back();
    }
    was_in_string = in_string;
    if (!text.empty()) last = text.back();
  }
}

bool SourceText::Is(std::string_view languages) const {
  if (languages == "*") return true;
  const std::string padded = " " + std::string(languages) + " ";
  return padded.find(" " + file_.language + " ") != std::string::npos;
}

StatementLines SourceText::StatementAt(size_t line) const {
  const size_t count = file_.lines.size();
  StatementLines lines{.first = line, .last = line};
  const auto blank = [&](size_t number) { return Lines({number, number}).blank; };
  const auto goes_on = [&](size_t number) {  // from the line before `number` into it
    return depth_[number - 1] > 0 || in_string_[number - 1] || EndsOpen(blank(number - 1)) ||
           BeginsOpen(blank(number));
  };
  while (lines.first > 1 && line - lines.first + 1 < kStatementLinesMax && goes_on(lines.first))
    --lines.first;
  while (lines.last < count && lines.last - lines.first + 1 < kStatementLinesMax &&
         goes_on(lines.last + 1))
    ++lines.last;
  return lines;
}

Piece SourceText::Lines(StatementLines lines) const {
  const size_t begin = file_.lines[lines.first - 1].begin;
  const size_t end = file_.lines[lines.last - 1].end;
  return {.begin = begin,
          .end = end,
          .raw = std::string_view(file_.bytes).substr(begin, end - begin),
          .blank = std::string_view(blank_).substr(begin, end - begin)};
}

Piece SourceText::Sub(const Piece& piece, size_t begin, size_t count) const {
  const std::string_view blank = piece.blank.substr(begin, count);
  size_t left = 0, right = blank.size();
  while (left < right && IsSpace(blank[left])) ++left;
  while (right > left && IsSpace(blank[right - 1])) --right;
  begin += left;
  count = right - left;
  return {.begin = piece.begin + begin,
          .end = piece.begin + begin + count,
          .raw = piece.raw.substr(begin, count),
          .blank = piece.blank.substr(begin, count)};
}

size_t SourceText::LineOf(size_t offset) const {
  const auto it =
      std::upper_bound(file_.lines.begin(), file_.lines.end(), offset,
                       [](size_t value, const LineSpan& span) { return value < span.begin; });
  return static_cast<size_t>(it - file_.lines.begin());
}

size_t SourceText::IndentOf(size_t line) const {
  const std::string_view text = file_.Line(line - 1);
  return std::min(text.find_first_not_of(" \t"), text.size());
}

Piece SourceText::Before(StatementLines lines) const {
  static const re2::RE2 kFunction(
      R"(^\s*(?:export\s+|default\s+|public\s+|private\s+|protected\s+|static\s+|async\s+|pub\s+)*(?:def|function|func|fn|sub)\b)");
  size_t first = lines.first;
  while (first > 1 && lines.first - (first - 1) <= kCheckLinesBefore) {
    const std::string_view text = Lines({first - 1, first - 1}).blank;
    if (text.substr(0, 1) == "}") break;
    --first;
    if (re2::RE2::PartialMatch(Re2Text(text), kFunction)) break;
  }
  if (first == lines.first) return {};
  return Lines({first, lines.first - 1});
}

std::vector<Call> SourceText::Calls(const Piece& statement, const re2::RE2& pattern) const {
  std::vector<Call> calls;
  re2::StringPiece rest = Re2Text(statement.blank);
  re2::StringPiece name;
  while (re2::RE2::FindAndConsume(&rest, pattern, &name)) {
    Call call;
    call.begin = static_cast<size_t>(name.data() - statement.blank.data());
    call.name = std::string(statement.raw.substr(call.begin, name.size()));
    size_t open = call.begin + name.size();
    while (open < statement.blank.size() && IsSpace(statement.blank[open])) ++open;
    if (open < statement.blank.size() && statement.blank[open] == '(') {
      const size_t close = ClosingBracket(statement.blank, open);
      call.complete = close != std::string_view::npos;
      const size_t end = call.complete ? close : statement.blank.size();
      size_t begin = open + 1;
      int depth = 0;
      for (size_t i = begin; i <= end; ++i) {
        const char c = i < end ? statement.blank[i] : ',';
        if (c == '(' || c == '[' || c == '{') ++depth;
        if (c == ')' || c == ']' || c == '}') --depth;
        if (c != ',' || (depth > 0 && i < end)) continue;
        Piece argument = Sub(statement, begin, i - begin);
        if (!argument.blank.empty()) call.arguments.push_back(argument);
        begin = i + 1;
      }
    }
    calls.push_back(std::move(call));
  }
  return calls;
}

std::vector<SourceText::Assignment> SourceText::AssignmentsAbove(std::string_view name,
                                                                 StatementLines lines) const {
  std::vector<Assignment> found;  // nearest first
  const re2::RE2 assign(
      "(?:^|[^\\w.>$])" + re2::RE2::QuoteMeta(Re2Text(name)) +
      R"((?:\s*:\s*[\w\[\]., |]+)?(?:\[\w*\])?\s*(?:\+|\.|\|\||:|%)?=(?:[^=>~]|$))");
  const Piece above = Before(lines);
  if (above.blank.empty()) return found;
  const size_t first = LineOf(above.begin);
  for (size_t line = lines.first - 1; line >= first && line > 0; --line) {
    const Piece text = Lines({line, line});
    re2::StringPiece match;
    if (!assign.Match(Re2Text(text.blank), 0, text.blank.size(), re2::RE2::UNANCHORED, &match, 1))
      continue;
    const StatementLines statement = StatementAt(line);
    const Piece whole = Lines({line, statement.last});
    size_t equals = whole.blank.find('=', static_cast<size_t>(match.data() - text.blank.data()));
    const bool changes = equals > 0 && std::string_view("+.|%").find(whole.blank[equals - 1]) !=
                                           std::string_view::npos;
    size_t end = whole.blank.size();
    Piece value = Sub(whole, equals + 1, end - equals - 1);
    while (!value.blank.empty() && value.blank.back() == ';')
      value = Sub(value, 0, value.blank.size() - 1);
    // `x += y` depends on what x was: no value of its own.
    if (changes) value = Sub(whole, 0, whole.blank.size());
    found.push_back({.value = value, .lines = statement});
  }
  return found;
}

std::optional<SourceText::Assignment> SourceText::AssignmentOf(std::string_view name,
                                                               StatementLines lines) const {
  const auto above = AssignmentsAbove(name, lines);
  if (above.empty() || IndentOf(above[0].lines.first) > IndentOf(lines.first)) return std::nullopt;
  const size_t last = std::min(file_.lines.size(), lines.last + kLinesBelowMax);
  if (lines.last < last) {
    const re2::RE2 changed("(?:^|[^\\w.>$])" + re2::RE2::QuoteMeta(Re2Text(name)) +
                           R"(\s*(?:\+|\.)?=(?:[^=>~]|$))");
    for (size_t line = lines.last + 1; line <= last; ++line) {
      const std::string_view text = Lines({line, line}).blank;
      if (!text.empty() && IndentOf(line) == 0 && text[0] != '}' && !IsSpace(text[0]))
        break;  // another function
      if (re2::RE2::PartialMatch(Re2Text(text), changed)) return std::nullopt;
    }
  }
  return above[0];
}

std::optional<SourceText::Assignment> SourceText::PossibleAssignmentOf(std::string_view name,
                                                                       StatementLines lines) const {
  const auto above = AssignmentsAbove(name, lines);
  if (above.empty()) return std::nullopt;
  return above[0];
}

std::optional<Piece> SourceText::FileConstant(std::string_view name) const {
  const std::string quoted = re2::RE2::QuoteMeta(Re2Text(name));
  const re2::RE2 define(R"((?m)(?:^|[^\w.])(?:#\s*define\s+)?)" + quoted +
                        R"((?:\s*:\s*\w+)?(?:\[\w*\])?(?:\s*=\s*|\s+)([^=\s].*)$)");
  re2::StringPiece rest = Re2Text(blank_), value;
  std::optional<Piece> only;
  while (re2::RE2::FindAndConsume(&rest, define, &value)) {
    const size_t begin = static_cast<size_t>(value.data() - blank_.data());
    const size_t line = LineOf(begin);
    const Piece whole = Lines({line, line});
    // Uses of the name match the pattern too when a blank follows; only definitions count.
    const size_t column = begin - whole.begin;
    const std::string_view head = whole.blank.substr(0, column);
    if (head.find('=') == std::string_view::npos && head.find("define") == std::string_view::npos)
      continue;
    if (only) return std::nullopt;
    only = Sub(whole, column, whole.blank.size() - column);
    while (!only->blank.empty() && only->blank.back() == ';')
      only = Sub(*only, 0, only->blank.size() - 1);
  }
  return only;
}

std::vector<Piece> SourceText::DynamicParts(const Piece& expression) const {
  std::vector<Piece> parts;
  const std::string_view blank = expression.blank;
  size_t begin = 0;
  int depth = 0;
  char quote = 0;
  const auto flush = [&](size_t end) {
    const Piece part = Sub(expression, begin, end - begin);
    const std::string_view text = part.blank;
    if (!text.empty() && !IsOneLiteral(text)) parts.push_back(part);
  };
  for (size_t i = 0; i < blank.size(); ++i) {
    const char c = blank[i];
    if (quote != 0) {
      if (c == kInsertedByte) {
        size_t end = i;
        while (end < blank.size() && blank[end] == kInsertedByte) ++end;
        parts.push_back(Piece{.begin = expression.begin + i,
                              .end = expression.begin + end,
                              .raw = expression.raw.substr(i, end - i),
                              .blank = expression.raw.substr(i, end - i)});
        i = end - 1;
      } else if (c == quote) {
        quote = 0;
      }
      continue;
    }
    if (IsQuote(c)) quote = c;
    if (c == '(' || c == '[' || c == '{') ++depth;
    if (c == ')' || c == ']' || c == '}') --depth;
    const bool dot = c == '.' && Is("php perl") &&
                     (i == 0 || !std::isdigit(static_cast<unsigned char>(blank[i - 1])));
    const bool joins =
        c == '+' || dot || (c == '.' && blank.substr(i, 2) == "..") || blank.substr(i, 2) == "||";
    if (depth == 0 && joins) {
      flush(i);
      begin = i + (blank.substr(i, 2) == ".." || blank.substr(i, 2) == "||" ? 2 : 1);
      if (begin == i + 2) ++i;
    }
  }
  if (begin < blank.size()) flush(blank.size());
  return parts;
}

bool SourceText::IsConstant(const Piece& expression, StatementLines lines, int depth) const {
  const std::string_view blank = Trim(expression.blank);
  if (blank.empty() || depth > kResolveDepthMax) return false;
  if (blank.find(kInsertedByte) != std::string_view::npos) {
    // Constant when every inserted value is.
    const auto parts = DynamicParts(expression);
    return !parts.empty() && std::all_of(parts.begin(), parts.end(), [&](const Piece& part) {
      std::string_view name = part.raw;
      while (!name.empty() && (name[0] == '$' || name[0] == '#' || name[0] == '{'))
        name.remove_prefix(1);
      while (!name.empty() && name.back() == '}') name.remove_suffix(1);
      const Piece inner{.begin = part.begin, .end = part.end, .raw = name, .blank = name};
      return part.raw.size() < expression.raw.size() && IsConstant(inner, lines, depth + 1);
    });
  }
  if (IsOneLiteral(blank) || IsNumber(blank) || IsNamedConstant(blank)) return true;
  if (IsIdentifier(blank)) {
    if (IsCapitals(blank)) {
      const auto value = FileConstant(blank);
      return value && IsConstant(*value, lines, depth + 1);
    }
    const auto assignment = AssignmentOf(blank, lines);
    return assignment && IsConstant(assignment->value, assignment->lines, depth + 1);
  }
  // "a" "b" and "a" PRIu64 "b": only literals, blanks and format macros.
  static const re2::RE2 kAdjacent(R"(^(?:"\x01*"|'\x01*'|PRI[a-zA-Z]\w*|\s)+$)");
  if (re2::RE2::FullMatch(Re2Text(blank), kAdjacent)) return true;
  if (blank[0] == '[' && ClosingBracket(blank, 0) == blank.size() - 1) {
    const Piece inner = Sub(expression, 1, blank.size() - 2);
    static const re2::RE2 kList(R"(^(?:\s*(?:"\x01*"|'\x01*'|\d+)\s*,?)*$)");
    return re2::RE2::FullMatch(Re2Text(inner.blank), kList);
  }
  const auto parts = DynamicParts(expression);
  if (parts.empty()) return true;
  return parts[0].blank.size() < blank.size() &&
         std::all_of(parts.begin(), parts.end(),
                     [&](const Piece& part) { return IsConstant(part, lines, depth + 1); });
}

std::string SourceText::WhyHarmless(const Piece& expression, StatementLines lines,
                                    const re2::RE2& safe_calls, int depth) const {
  if (depth > kResolveDepthMax) return "";
  if (IsConstant(expression, lines)) return "constant argument only";
  std::string_view blank = Trim(expression.blank);
  if (const auto name = WholeCall(blank)) {
    if (re2::RE2::PartialMatch(Re2Text(*name), NumberCalls())) return "the value is a number";
    if (re2::RE2::PartialMatch(Re2Text(*name), safe_calls))
      return "the value passes " + std::string(*name);
  }
  static const re2::RE2 kCast(R"(^\(\s*(?:int|float|integer|double|long)\s*\))");
  if (re2::RE2::PartialMatch(Re2Text(blank), kCast)) return "the value is a number";
  if (IsIdentifier(blank)) {
    const auto assignment = AssignmentOf(blank, lines);
    return assignment ? WhyHarmless(assignment->value, assignment->lines, safe_calls, depth + 1)
                      : "";
  }
  const auto parts = DynamicParts(expression);
  std::string why;
  for (const Piece& part : parts) {
    std::string_view inner = part.raw;
    const bool inserted = part.blank.data() == part.raw.data();
    if (!inserted && part.blank.size() == blank.size()) return "";
    if (inserted) {
      while (!inner.empty() && (inner[0] == '#' || inner[0] == '{' ||
                                (inner[0] == '$' && inner.size() > 1 && inner[1] == '{')))
        inner.remove_prefix(1);
      while (!inner.empty() && inner.back() == '}') inner.remove_suffix(1);
    }
    const Piece value =
        inserted ? Piece{.begin = part.begin, .end = part.end, .raw = inner, .blank = inner} : part;
    why = WhyHarmless(value, lines, safe_calls, depth + 1);
    if (why.empty()) return "";
  }
  return why;
}

}  // namespace fathom
