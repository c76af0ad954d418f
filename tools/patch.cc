// SPDX-License-Identifier: Apache-2.0
#include "tools/patch.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/limits.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr std::string_view kNoNewline = "\\ No newline at end of file";
constexpr size_t kShownBytes = 120;
constexpr size_t kShownLines = 12;

std::string Shown(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  return "\"" + ForTerminal(line.substr(0, kShownBytes)) + "\"";
}

// Lines with their "\n".
std::vector<std::string_view> SplitKeepingEnds(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::string_view WithoutEnd(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  return line;
}

struct Range {
  size_t start = 0;
  size_t count = 1;
};

// "12,3" or "12".
std::optional<Range> ReadRange(std::string_view text) {
  Range range;
  const char* end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, range.start);
  if (read.ec != std::errc()) return std::nullopt;
  if (read.ptr != end) {
    if (*read.ptr != ',') return std::nullopt;
    read = std::from_chars(read.ptr + 1, end, range.count);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  }
  if (range.start > kToolFileBytesMax || range.count > kToolFileBytesMax) return std::nullopt;
  return range;
}

class PatchParser {
 public:
  explicit PatchParser(std::string_view text) : lines_(SplitKeepingEnds(text)) {}

  Result<std::vector<FilePatch>> Run() {
    std::vector<FilePatch> patches;
    while (at_ < lines_.size()) {
      const std::string_view line = WithoutEnd(lines_[at_]);
      if (line.starts_with("--- ")) {
        auto patch = File();
        if (!patch) return patch.error();
        for (const FilePatch& other : patches) {
          if (other.path == patch->path) {
            return Here("the file " + Shown(patch->path) + " stands in the patch twice");
          }
        }
        patches.push_back(std::move(*patch));
        continue;
      }
      for (const std::string_view refused :
           {"rename ", "copy ", "GIT binary patch", "Binary files ", "old mode ", "new mode "}) {
        if (line.starts_with(refused)) return Here(Shown(line) + " is not supported");
      }
      if (line.starts_with("@@")) return Here("a hunk before any \"--- FILE\" line");
      ++at_;  // what git and people write between files
    }
    if (patches.empty()) {
      return Invalid(
          "is no unified diff: expected \"--- a/FILE\", \"+++ b/FILE\" and hunks "
          "\"@@ -1,3 +1,4 @@\"");
    }
    return patches;
  }

 private:
  Error Here(const std::string& message) const {
    return Invalid(message, "line " + std::to_string(at_ + 1) + " of the patch");
  }

  Result<std::string> Name(std::string_view marker) {
    const std::string_view line = at_ < lines_.size() ? WithoutEnd(lines_[at_]) : "";
    if (!line.starts_with(marker)) {
      return Here("expected \"" + std::string(marker) + "FILE\", found " +
                  (at_ < lines_.size() ? Shown(line) : "the end"));
    }
    std::string_view name = line.substr(marker.size());
    name = name.substr(0, name.find('\t'));  // a time stamp follows
    if (name.ends_with('\r')) name.remove_suffix(1);
    if (name.empty() || name.starts_with('"')) {
      return Here("expected a plain file name, found " + Shown(name));
    }
    ++at_;
    return std::string(name);
  }

  Result<FilePatch> File() {
    auto before = Name("--- ");
    if (!before) return before.error();
    auto after = Name("+++ ");
    if (!after) return after.error();
    FilePatch patch;
    patch.is_new = *before == "/dev/null";
    patch.is_deleted = *after == "/dev/null";
    if (before->starts_with("a/") && (patch.is_deleted || after->starts_with("b/"))) {
      before->erase(0, 2);
    }
    if (after->starts_with("b/")) after->erase(0, 2);
    if (patch.is_new && patch.is_deleted) return Here("both names are /dev/null");
    if (!patch.is_new && !patch.is_deleted && *before != *after) {
      return Here("a rename (" + Shown(*before) + " to " + Shown(*after) + ") is not supported");
    }
    patch.path = patch.is_deleted ? *before : *after;
    while (at_ < lines_.size() && lines_[at_].starts_with("@@")) {
      auto hunk = ReadHunk();
      if (!hunk) return hunk.error();
      patch.hunks.push_back(std::move(*hunk));
    }
    if (patch.hunks.empty()) return Here("the file " + Shown(patch.path) + " has no hunk");
    const bool is_odd = (patch.is_new || patch.is_deleted) && patch.hunks.size() != 1;
    if (is_odd) return Here("a new or deleted file has one hunk");
    return patch;
  }

  Result<Hunk> ReadHunk() {
    const std::string_view header = WithoutEnd(lines_[at_]);
    const size_t plus = header.find(" +");
    const size_t end = header.find(" @@", 3);
    std::optional<Range> before, after;
    if (header.starts_with("@@ -") && plus != std::string_view::npos &&
        end != std::string_view::npos && plus < end) {
      before = ReadRange(header.substr(4, plus - 4));
      after = ReadRange(header.substr(plus + 2, end - plus - 2));
    }
    if (!before || !after) {
      return Here("expected \"@@ -START,COUNT +START,COUNT @@\", found " + Shown(header));
    }
    const size_t header_at = at_++;
    Hunk hunk{.old_start = before->start, .new_start = after->start, .lines = {}};
    size_t old_count = 0, new_count = 0;
    while (old_count < before->count || new_count < after->count) {
      const std::string_view line = at_ < lines_.size() ? lines_[at_] : "";
      // Blank context lines often lose their one space on the way.
      const char kind = line == "\n" || line == "\r\n" ? ' ' : line.empty() ? '\0' : line[0];
      old_count += kind == ' ' || kind == '-' ? 1 : 0;
      new_count += kind == ' ' || kind == '+' ? 1 : 0;
      const bool is_line = kind == ' ' || kind == '-' || kind == '+';
      if (!is_line || old_count > before->count || new_count > after->count) {
        return Here("the header in line " + std::to_string(header_at + 1) + " counts " +
                    std::to_string(before->count) + " old and " + std::to_string(after->count) +
                    " new lines, which do not end here: found " +
                    (line.empty() ? "the end" : Shown(line)));
      }
      const bool has_sign = line[0] == kind;
      std::string text(has_sign ? line.substr(1) : line);
      if (!text.ends_with('\n')) text += '\n';  // the patch's own last line
      hunk.lines.push_back({kind, std::move(text)});
      ++at_;
      if (at_ < lines_.size() && WithoutEnd(lines_[at_]).starts_with(kNoNewline.substr(0, 12))) {
        hunk.lines.back().text.pop_back();
        ++at_;
      }
    }
    const std::string_view next = at_ < lines_.size() ? lines_[at_] : "";
    const bool goes_on = next.starts_with(' ') || next.starts_with('+') ||
                         (next.starts_with('-') && !next.starts_with("--- ") && next != "-- \n");
    if (goes_on) {
      return Here("the hunk goes on after the " + std::to_string(before->count) + " old and " +
                  std::to_string(after->count) + " new lines that its header in line " +
                  std::to_string(header_at + 1) + " counts: found " + Shown(next));
    }
    return hunk;
  }

  std::vector<std::string_view> lines_;
  size_t at_ = 0;
};

std::vector<std::string_view> LinesOf(const Hunk& hunk, char other_kind) {
  std::vector<std::string_view> lines;
  for (const PatchLine& line : hunk.lines) {
    if (line.kind == ' ' || line.kind == other_kind) lines.push_back(line.text);
  }
  return lines;
}

using Lines = std::vector<std::string_view>;

bool StandsAt(const Lines& wanted, const Lines& file, size_t at) {
  return at + wanted.size() <= file.size() &&
         std::equal(wanted.begin(), wanted.end(), file.begin() + static_cast<ptrdiff_t>(at));
}

Error DoesNotStand(const Lines& wanted, const Lines& file, size_t at,
                   const std::vector<size_t>& places) {
  if (places.size() > 1) {
    std::string text =
        "its old lines stand not at line " + std::to_string(at + 1) + " but at several others:";
    for (size_t i = 0; i < std::min(places.size(), kShownLines); ++i) {
      text += " " + std::to_string(places[i] + 1);
    }
    return Invalid(text + "; give more context or the right line");
  }
  size_t same = 0;
  while (same < wanted.size() && at + same < file.size() && wanted[same] == file[at + same]) ++same;
  if (same == wanted.size()) same = 0;
  std::string text = "its old lines stand nowhere. At line " + std::to_string(at + same + 1) +
                     " expected " + Shown(wanted[same]) + ", found ";
  text += at + same < file.size() ? Shown(file[at + same]) : std::string("the end of the file");
  const bool only_end_differs =
      at + same < file.size() && WithoutEnd(wanted[same]) == WithoutEnd(file[at + same]);
  if (only_end_differs) text += " (they differ in the newline at the end of the file)";
  text += ". The file has there:\n";
  const size_t first = at + same >= 3 ? at + same - 3 : 0;
  for (size_t i = first; i < std::min(file.size(), first + kShownLines); ++i) {
    text += std::to_string(i + 1) + "\t" + ForTerminal(WithoutEnd(file[i]).substr(0, kShownBytes)) +
            "\n";
  }
  return Invalid(text);
}

// Where in `file`, from `from` on, the hunk belongs. `expected` is where its header and the hunks
// before put it.
Result<size_t> Locate(const Lines& wanted, const Lines& file, size_t from, size_t expected) {
  if (expected >= from && StandsAt(wanted, file, expected)) return expected;
  std::vector<size_t> places;
  for (size_t at = from; !wanted.empty() && at + wanted.size() <= file.size(); ++at) {
    if (StandsAt(wanted, file, at)) places.push_back(at);
  }
  if (places.size() == 1) return places[0];
  if (wanted.empty()) {
    return Invalid("it adds lines at line " + std::to_string(expected + 1) + ", but the file has " +
                   std::to_string(file.size()));
  }
  return DoesNotStand(wanted, file, std::min(expected, file.size()), places);
}

}  // namespace

Result<std::vector<FilePatch>> ParsePatch(std::string_view text) {
  return PatchParser(text).Run();
}

Result<std::string> ApplyFilePatch(const FilePatch& patch, std::string_view before) {
  const Lines file = SplitKeepingEnds(before);
  std::string after;
  size_t copied = 0;
  ptrdiff_t shift = 0;  // how far the last hunk stood from where its header put it
  for (size_t i = 0; i < patch.hunks.size(); ++i) {
    const Hunk& hunk = patch.hunks[i];
    const Lines wanted = LinesOf(hunk, '-');
    // Without old lines the header names the line after which to add.
    const size_t header_at = hunk.old_start - (wanted.empty() || hunk.old_start == 0 ? 0 : 1);
    const ptrdiff_t expected = std::max<ptrdiff_t>(0, static_cast<ptrdiff_t>(header_at) + shift);
    auto at = Locate(wanted, file, copied, static_cast<size_t>(expected));
    if (!at) {
      return Invalid(at.error().message, "hunk " + std::to_string(i + 1) + " of " +
                                             std::to_string(patch.hunks.size()) + " of " +
                                             ForTerminal(patch.path));
    }
    shift = static_cast<ptrdiff_t>(*at) - static_cast<ptrdiff_t>(header_at);
    for (; copied < *at; ++copied) after += file[copied];
    for (const PatchLine& line : hunk.lines) {
      if (line.kind != '-') after += line.text;
    }
    copied += wanted.size();
  }
  for (; copied < file.size(); ++copied) after += file[copied];
  return after;
}

}  // namespace fathom
