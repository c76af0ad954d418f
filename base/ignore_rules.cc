// SPDX-License-Identifier: Apache-2.0
#include "base/ignore_rules.h"

#include <cctype>
#include <optional>

namespace fathom {
namespace {

void TrimTrailingBlanks(std::string_view& line);
std::optional<IgnorePattern> ParsePattern(std::string_view text);
std::string_view Basename(std::string_view path);

struct BracketMatch {
  bool well_formed = false;
  bool matches = false;
  size_t end = 0;  // past the closing bracket
};
BracketMatch MatchBracket(std::string_view glob, size_t open, unsigned char c);
bool InNamedClass(std::string_view name, unsigned char c, bool* known);

}  // namespace

std::vector<IgnorePattern> ParseIgnoreFile(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<IgnorePattern> patterns;
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with('#')) continue;
    line = line.substr(0, line.find('\0'));
    TrimTrailingBlanks(line);
    if (auto pattern = ParsePattern(line)) {
      pattern->line = number;
      patterns.push_back(std::move(*pattern));
    }
  }
  return patterns;
}

const IgnorePattern* LastMatch(const std::vector<IgnorePattern>& patterns,
                               const IgnoreCandidate& candidate) {
  for (auto pattern = patterns.rbegin(); pattern != patterns.rend(); ++pattern) {
    if (pattern->directory_only && !candidate.is_directory) continue;
    const std::string_view compared =
        pattern->basename_only ? Basename(candidate.path) : candidate.path;
    if (GlobMatches(pattern->glob, compared)) return &*pattern;
  }
  return nullptr;
}

// Two places to come back to suffice: the last "*" and, when a "*" cannot cross a slash, the last
// "**". Nothing before a "**" can be worth another try, since it takes any number of folders
// itself.
bool GlobMatches(std::string_view glob, std::string_view path) {
  constexpr size_t kNone = std::string_view::npos;
  size_t g = 0, p = 0;
  size_t star_glob = kNone, star_path = 0;        // retry: "*" takes one byte more
  size_t folders_glob = kNone, folders_path = 0;  // retry: "**/" takes one folder more
  for (;;) {
    if (g < glob.size() && glob[g] == '*') {
      size_t stars_end = g;
      while (stars_end < glob.size() && glob[stars_end] == '*') ++stars_end;
      const bool opens = g == 0 || glob[g - 1] == '/';
      const bool spans = stars_end - g >= 2 && opens;
      if (spans && stars_end == glob.size()) return true;
      if (spans && glob[stars_end] == '/') {
        folders_glob = g = stars_end + 1;
        folders_path = p;
        star_glob = kNone;
        continue;
      }
      star_glob = g = stars_end;
      star_path = p;
      continue;
    }
    if (g < glob.size() && p < path.size()) {
      const auto c = static_cast<unsigned char>(path[p]);
      size_t next = g + 1;
      bool same = false;
      if (glob[g] == '?') {
        same = c != '/';
      } else if (glob[g] == '[') {
        const BracketMatch bracket = MatchBracket(glob, g, c);
        if (!bracket.well_formed) return false;
        same = bracket.matches && c != '/';
        next = bracket.end;
      } else {
        if (glob[g] == '\\') ++next;
        if (next > glob.size()) return false;  // a backslash at the end matches nothing
        same = glob[next - 1] == path[p];
      }
      if (same) {
        g = next;
        ++p;
        continue;
      }
    } else if (g == glob.size() && p == path.size()) {
      return true;
    }
    if (star_glob != kNone && star_path < path.size() && path[star_path] != '/') {
      g = star_glob;
      p = ++star_path;
      continue;
    }
    if (folders_glob == kNone) return false;
    const size_t slash = path.find('/', folders_path);
    if (slash == std::string_view::npos) return false;
    g = folders_glob;
    p = folders_path = slash + 1;
    star_glob = kNone;
  }
}

namespace {

// Blanks at the end do not count, unless a backslash stands before them.
void TrimTrailingBlanks(std::string_view& line) {
  size_t end = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ') continue;
    if (line[i] == '\\') {
      ++i;
      if (i == line.size()) return;
    }
    end = i + 1;
  }
  line = line.substr(0, end);
}

std::optional<IgnorePattern> ParsePattern(std::string_view text) {
  IgnorePattern pattern;
  if (text.starts_with('!')) {
    pattern.negated = true;
    text.remove_prefix(1);
  }
  if (text.ends_with('/')) {
    pattern.directory_only = true;
    text.remove_suffix(1);
  }
  pattern.basename_only = text.find('/') == std::string_view::npos;
  if (text.starts_with('/')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  pattern.glob = text;
  return pattern;
}

std::string_view Basename(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

BracketMatch MatchBracket(std::string_view glob, size_t open, unsigned char c) {
  BracketMatch result;
  size_t g = open + 1;
  const bool negated = g < glob.size() && (glob[g] == '!' || glob[g] == '^');
  if (negated) ++g;
  bool matched = false;
  int previous = -1;  // the character before, which may start a range
  for (bool first = true;; first = false) {
    if (g >= glob.size()) return {};
    unsigned char now = static_cast<unsigned char>(glob[g]);
    if (now == ']' && !first) break;
    if (now == '-' && previous >= 0 && g + 1 < glob.size() && glob[g + 1] != ']') {
      ++g;
      if (glob[g] == '\\' && ++g >= glob.size()) return {};
      const int last = static_cast<unsigned char>(glob[g]);
      if (c >= previous && c <= last) matched = true;
      previous = -1;
      ++g;
      continue;
    }
    if (now == '[' && g + 1 < glob.size() && glob[g + 1] == ':') {
      const size_t close = glob.find(']', g + 2);
      if (close == std::string_view::npos) return {};
      if (close > g + 2 && glob[close - 1] == ':') {
        bool known = false;
        if (InNamedClass(glob.substr(g + 2, close - g - 3), c, &known)) matched = true;
        if (!known) return {};
        previous = -1;
        g = close + 1;
        continue;
      }
    }
    if (now == '\\') {
      if (++g >= glob.size()) return {};
      now = static_cast<unsigned char>(glob[g]);
    }
    if (c == now) matched = true;
    previous = now;
    ++g;
  }
  return {.well_formed = true, .matches = matched != negated, .end = g + 1};
}

bool InNamedClass(std::string_view name, unsigned char c, bool* known) {
  const struct {
    std::string_view name;
    int (*holds)(int);
  } classes[] = {{"alnum", std::isalnum}, {"alpha", std::isalpha}, {"blank", std::isblank},
                 {"cntrl", std::iscntrl}, {"digit", std::isdigit}, {"graph", std::isgraph},
                 {"lower", std::islower}, {"print", std::isprint}, {"punct", std::ispunct},
                 {"space", std::isspace}, {"upper", std::isupper}, {"xdigit", std::isxdigit}};
  for (const auto& one : classes) {
    if (one.name != name) continue;
    *known = true;
    return c < 0x80 && one.holds(c) != 0;
  }
  *known = false;
  return false;
}

}  // namespace
}  // namespace fathom
