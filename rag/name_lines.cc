// SPDX-License-Identifier: Apache-2.0
#include "rag/name_lines.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <optional>

namespace fathom {
namespace {

// What makes a line likelier or less likely to define. Only their order matters.
constexpr int kDeclared = 6, kHead = 4, kAssigned = 3, kMember = 2, kPrototype = 1;
constexpr int kPlain = -2, kCalled = -4, kOfProse = -6, kCommented = -8, kOfTests = -1;

bool IsNameByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

std::string_view LastWord(std::string_view text) {
  size_t begin = text.size();
  while (begin > 0 && IsNameByte(text[begin - 1])) --begin;
  return text.substr(begin);
}

template <size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::string_view, 27> kDeclaring = {
    "def",    "class", "struct",   "union",     "enum",   "interface", "trait",
    "type",   "func",  "fn",       "function",  "module", "const",     "let",
    "var",    "sub",   "define",   "record",    "local",  "val",       "mod",
    "static", "macro", "protocol", "namespace", "object", "package"};
// In front of a name, they act on it.
constexpr std::array<std::string_view, 32> kActing = {
    "return", "if",    "while",   "else",    "elif",       "case",   "await",      "new",
    "throw",  "raise", "yield",   "goto",    "delete",     "not",    "and",        "or",
    "in",     "is",    "with",    "switch",  "instanceof", "match",  "for",        "do",
    "import", "from",  "include", "require", "using",      "except", "implements", "extends"};

bool IsComment(std::string_view trimmed) {
  if (trimmed.starts_with("#define") || trimmed.starts_with("# define")) return false;
  for (const std::string_view mark : {"//", "/*", "*", "#", "--", "<!--", ";"}) {
    if (trimmed.starts_with(mark)) return true;
  }
  return false;
}

// Between quotes that open and close on the line.
bool InString(std::string_view before) {
  for (const char quote : {'"', '\'', '`'}) {
    if (std::ranges::count(before, quote) % 2 == 1) return true;
  }
  return false;
}

// Only what stands before the name of a function where it is defined: types, qualifiers, macros
// with their arguments, a receiver, a class in front.
bool MayStandBeforeHead(std::string_view before) {
  for (const char c : before) {
    const bool may =
        IsNameByte(c) || std::string_view(" \t*&:<>,~()[].@").find(c) != std::string_view::npos;
    if (!may) return false;
  }
  return std::ranges::count(before, '(') == std::ranges::count(before, ')');
}

bool OpensCall(std::string_view after) {
  return after.starts_with('(') || after.starts_with('<');
}

bool Assigns(std::string_view after) {
  if (after.starts_with("==") || after.starts_with("=~") || after.starts_with("=>")) return false;
  if (after.starts_with("::")) return false;
  if (after.starts_with('[')) {  // an array's length
    const size_t end = after.find(']');
    if (end == std::string_view::npos) return false;
    after = Trimmed(after.substr(end + 1));
  }
  return after.starts_with('=') || after.starts_with(":=") || after.starts_with(':');
}

// A method of an interface: "Name(in) out", "name(in): out;".
bool IsSignature(std::string_view after) {
  size_t end = 0;
  for (int depth = 0; end < after.size(); ++end) {
    if (after[end] == '(') ++depth;
    if (after[end] == ')' && --depth == 0) break;
  }
  const std::string_view rest = Trimmed(after.substr(std::min(end + 1, after.size())));
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t({;"));
  return !rest.empty() && (rest[0] == ':' || IsNameByte(rest[0])) && !IsOneOf(word, kActing);
}

// A name with "(" behind it.
int OfHead(std::string_view before, std::string_view after, bool at_start) {
  const bool refers = IsOneOf(LastWord(before), kActing) || before.ends_with('.') ||
                      before.ends_with("->") || before.ends_with(',');
  if (refers || !MayStandBeforeHead(before)) return kCalled;
  const bool opens =
      after.find('{') != std::string_view::npos || after.ends_with(':') || after.ends_with("=>");
  if (opens) return kHead;
  if (before.empty() && IsSignature(after)) return kPrototype;
  if (after.ends_with(';')) return before.empty() ? kCalled : kPrototype;
  // The head goes on in the next line; so may a call, which does not stand at the margin.
  return at_start ? kHead : before.empty() ? kCalled : kPrototype;
}

bool IsOfTests(std::string_view path) {
  return path.find("test") != std::string_view::npos ||
         path.find("example") != std::string_view::npos;
}

}  // namespace

int LikenessToDefinition(std::string_view line, size_t at, size_t name_bytes,
                         std::string_view language) {
  const std::string_view before = Trimmed(line.substr(0, at));
  const std::string_view after = Trimmed(line.substr(at + name_bytes));
  const bool at_start = !line.empty() && line[0] != ' ' && line[0] != '\t';
  if (language == "markdown" || language == "text") return kOfProse;
  if (IsComment(Trimmed(line))) return kCommented;
  if (InString(line.substr(0, at)))
    return Assigns(Trimmed(after.substr(std::min<size_t>(1, after.size())))) ? kMember : kPlain;
  if (before.ends_with("#define") || before.ends_with("# define")) return kDeclared + 1;
  const std::string_view word = LastWord(before);
  if (IsOneOf(word, kDeclaring)) {
    // "struct name *p;" uses a type, "struct name {" makes it.
    const bool uses = (word == "struct" || word == "union" || word == "enum" || word == "class") &&
                      !after.empty() && !after.starts_with('{') && !after.starts_with('(') &&
                      !after.starts_with(':');
    if (after.starts_with(';')) return kPrototype;
    return uses ? kPlain : kDeclared;
  }
  if (before.starts_with("func") && before.ends_with(')')) return kDeclared;  // with a receiver
  if (before.starts_with("typedef") || (before.starts_with('}') && after.starts_with(';')))
    return kDeclared;
  if (OpensCall(after)) return OfHead(before, after, at_start);
  if (Assigns(after)) {
    const bool free = !before.ends_with('.') && !before.ends_with("->") && !before.ends_with('(') &&
                      !before.ends_with(',') && !IsOneOf(word, kActing);
    return free ? kAssigned + (at_start ? 1 : 0) : (before.ends_with('.') ? kMember : kPlain);
  }
  if (before.empty() && (after.empty() || after.starts_with(','))) return kMember;  // enumerator
  if (after.starts_with(';') && !before.empty() && !IsOneOf(word, kActing)) return kPrototype;
  return kPlain;
}

bool OnlyCalled(const std::vector<NameLine>& lines) {
  const auto calls = [](const NameLine& line) {
    return line.likeness <= kCalled && line.likeness > kOfProse;
  };
  return std::ranges::any_of(lines, calls) && lines[0].likeness <= kCalled;
}

std::vector<NameLine> LinesNaming(const Corpus& corpus, std::string_view name) {
  std::vector<NameLine> lines;
  if (name.empty()) return lines;
  const auto stands_alone = [&](std::string_view line, size_t at) {
    const size_t end = at + name.size();
    return !(at > 0 && IsNameByte(name.front()) && IsNameByte(line[at - 1])) &&
           !(end < line.size() && IsNameByte(name.back()) && IsNameByte(line[end]));
  };
  for (uint32_t file = 0; file < corpus.files.size(); ++file) {
    const CorpusFile& of = corpus.files[file];
    if (of.bytes.find(name) == std::string::npos) continue;
    const int place = IsOfTests(of.path) ? kOfTests : 0;
    for (uint32_t at_line = 0; at_line < of.lines.size(); ++at_line) {
      const std::string_view line = of.Line(at_line);
      std::optional<int> best;
      for (size_t at = line.find(name); at != std::string_view::npos;
           at = line.find(name, at + 1)) {
        if (!stands_alone(line, at)) continue;
        const int likeness = LikenessToDefinition(line, at, name.size(), of.language) + place;
        best = std::max(best.value_or(likeness), likeness);
      }
      if (best) lines.push_back({file, at_line, *best});
    }
  }
  std::ranges::stable_sort(lines, std::greater(), &NameLine::likeness);
  return lines;
}

}  // namespace fathom
