// SPDX-License-Identifier: Apache-2.0
#include "agent/suppress.h"

#include <algorithm>
#include <filesystem>

#include "base/did_you_mean.h"
#include "base/files.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/yaml.h"

namespace fathom {
namespace {

constexpr std::string_view kMark = "fathom: ignore";
constexpr size_t kReasonBytesMin = 3;

std::string_view Trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// What closes a comment is no part of the reason.
std::string_view WithoutCommentEnd(std::string_view text) {
  text = Trimmed(text);
  for (const std::string_view end : {"*/", "-->", "*)", "#}", "--%>"}) {
    if (text.ends_with(end)) text = Trimmed(text.substr(0, text.size() - end.size()));
  }
  return text;
}

// The mark must stand in a comment: what is before it on the line ends in a comment's opening.
bool OpensComment(std::string_view before) {
  before = Trimmed(before);
  for (const std::string_view open : {"#", "//", "/*", "*", "<!--", "--", ";", "{#", "<%--", "%"}) {
    if (before.ends_with(open)) return true;
  }
  return false;
}

bool IsCommentAlone(std::string_view before) {
  return Trimmed(before).find_first_not_of("#/*<!-;{%") == std::string_view::npos;
}

// The families of "[a,b]"; a name that is none becomes a note and is left out.
std::vector<std::string> RulesOf(std::string_view list, const std::vector<std::string>& families,
                                 const std::string& place, std::vector<AuditNote>& notes) {
  std::vector<std::string> rules;
  const std::vector<std::string_view> known(families.begin(), families.end());
  while (!list.empty()) {
    const size_t comma = list.find(',');
    std::string_view name = Trimmed(list.substr(0, comma));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    if (name.starts_with("fathom/")) name.remove_prefix(7);
    if (name == "*" || std::find(known.begin(), known.end(), name) != known.end()) {
      rules.emplace_back(name);
      continue;
    }
    std::string text = "suppression names the unknown rule '" + std::string(name) + "'";
    if (const std::string near = DidYouMean(name, known); !near.empty())
      text += "; did you mean '" + near + "'?";
    notes.push_back({.place = place, .text = text});
  }
  return rules;
}

// One comment, if the line has one.
void ReadComment(const CorpusFile& file, size_t index, const std::vector<std::string>& families,
                 Suppressions& out) {
  const std::string_view line = file.Line(index);
  const size_t at = line.find(kMark);
  if (at == std::string_view::npos || !OpensComment(line.substr(0, at))) return;
  std::string_view rest = line.substr(at + kMark.size());
  const bool whole_file = rest.starts_with("-file");
  if (whole_file) rest.remove_prefix(5);
  const std::string place = file.path + ":" + std::to_string(index + 1);
  const size_t close = rest.find(']');
  if (!rest.starts_with("[") || close == std::string_view::npos) {
    out.notes.push_back(
        {.place = place,
         .text =
             "suppression does not hold: it names no rule, as in 'fathom: ignore[rule] reason'"});
    return;
  }
  const std::string_view reason = WithoutCommentEnd(rest.substr(close + 1));
  if (reason.size() < kReasonBytesMin) {
    out.notes.push_back({.place = place, .text = "suppression does not hold: it gives no reason"});
    return;
  }
  Suppression suppression{.path_glob = file.path, .reason = std::string(reason), .place = place};
  suppression.rules = RulesOf(rest.substr(1, close - 1), families, place, out.notes);
  if (suppression.rules.empty()) return;
  if (!whole_file) suppression.line = IsCommentAlone(line.substr(0, at)) ? index + 2 : index + 1;
  out.list.push_back(std::move(suppression));
}

void CollectStrings(const Json* object, std::set<std::string>& out) {
  if (object == nullptr || !object->is_object()) return;
  for (const auto& [key, value] : object->as_object()) {
    if (value.is_string()) out.insert(value.as_string());
  }
}

std::string Quoted(std::string_view text) {
  return Json(text).Dump();  // JSON's strings are YAML's
}

std::string EntryText(const Suppression& entry, const std::string& indent) {
  std::string text = indent + "- path: " + Quoted(entry.path_glob) + "\n";
  text += indent + "  rule: " + Quoted(entry.rules[0]) + "\n";
  text += indent + "  reason: " + Quoted(entry.reason) + "\n";
  if (!entry.fingerprint.empty())
    text += indent + "  fingerprint: " + Quoted(entry.fingerprint) + "\n";
  return text;
}

// Where line `number` (from 1) begins; the end of the text behind the last.
size_t LineStart(std::string_view text, int number) {
  size_t at = 0;
  for (int line = 1; line < number && at < text.size(); ++line)
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return at;
}

bool IsLiteralPath(std::string_view glob) {
  return glob.find_first_of("*?") == std::string_view::npos;
}

}  // namespace

Suppressions ReadInlineSuppressions(const Corpus& corpus,
                                    const std::vector<std::string>& families) {
  Suppressions suppressions;
  for (const CorpusFile& file : corpus.files) {
    if (file.bytes.find(kMark) == std::string::npos) continue;
    for (size_t i = 0; i < file.lines.size(); ++i) ReadComment(file, i, families, suppressions);
  }
  return suppressions;
}

Status ReadSuppressionFile(std::string_view yaml, std::string_view name,
                           const std::vector<std::string>& families, Suppressions& suppressions) {
  const auto document = ParseYaml(yaml, std::string(name));
  if (!document) return document.error();
  if (document->value.is_null()) return OkStatus();
  const auto root = YamlMap::At(*document);
  if (!root) return root.error();
  if (!root->Has("suppress")) return OkStatus();
  const auto entries = root->Maps("suppress");
  if (!entries) return entries.error();
  for (const YamlMap& entry : *entries) {
    if (Status known = entry.OnlyKeys({"path", "rule", "reason", "fingerprint"}); !known)
      return known;
    if (Status required = entry.Require({"path", "rule"}); !required) return required;
    Suppression suppression{.place = entry.place()};
    std::string rule;
    for (const auto& [key, field] :
         {std::pair("path", &suppression.path_glob), std::pair("rule", &rule),
          std::pair("reason", &suppression.reason),
          std::pair("fingerprint", &suppression.fingerprint)}) {
      if (Status read = entry.Read(key, field); !read) return read;
    }
    if (Trimmed(suppression.reason).size() < kReasonBytesMin) {
      suppressions.notes.push_back(
          {.place = suppression.place, .text = "suppression does not hold: it gives no reason"});
      continue;
    }
    suppression.rules = RulesOf(rule, families, suppression.place, suppressions.notes);
    if (!suppression.rules.empty()) suppressions.list.push_back(std::move(suppression));
  }
  return OkStatus();
}

const Suppression* FindSuppression(const Suppressions& suppressions, const Finding& finding) {
  for (const Suppression& suppression : suppressions.list) {
    const auto& rules = suppression.rules;
    const bool rule = std::any_of(rules.begin(), rules.end(), [&](const std::string& r) {
      return r == "*" || r == finding.family;
    });
    if (!rule) continue;
    if (!suppression.fingerprint.empty() && suppression.fingerprint != finding.fingerprint)
      continue;
    if (suppression.line != 0 &&
        (suppression.line < finding.place.start || suppression.line > finding.place.end))
      continue;
    // A comment's own path is compared as it is: file names may hold '*'.
    const bool exact = suppression.path_glob == finding.place.path;
    if (exact || (!IsLiteralPath(suppression.path_glob) && suppression.line == 0 &&
                  MatchesGlob(suppression.path_glob, finding.place.path))) {
      return &suppression;
    }
  }
  return nullptr;
}

bool MatchesGlob(std::string_view glob, std::string_view path) {
  // Iterative, with the last star to come back to: linear in glob times path, whatever the pattern.
  constexpr size_t kNone = std::string_view::npos;
  size_t g = 0, p = 0, star_glob = kNone, star_path = 0, deep_glob = kNone, deep_path = 0;
  bool whole_folders = false;  // "**/" skips whole folders only
  while (p < path.size()) {
    if (glob.substr(g, 2) == "**") {
      g += 2;
      whole_folders = g < glob.size() && glob[g] == '/';
      g += whole_folders;
      deep_glob = g;
      deep_path = p;
      star_glob = kNone;
    } else if (g < glob.size() && glob[g] == '*') {
      star_glob = ++g;
      star_path = p;
    } else if (g < glob.size() && (glob[g] == path[p] || (glob[g] == '?' && path[p] != '/'))) {
      ++g;
      ++p;
    } else if (star_glob != kNone && path[star_path] != '/') {
      g = star_glob;
      p = ++star_path;
    } else if (deep_glob != kNone) {
      const size_t slash = path.find('/', deep_path);
      if (whole_folders && slash == kNone) return false;
      deep_path = whole_folders ? slash + 1 : deep_path + 1;
      g = deep_glob;
      p = deep_path;
      star_glob = kNone;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

std::string SuppressionFolder(const std::string& corpus_root) {
  std::error_code error;
  return std::filesystem::is_directory(corpus_root, error)
             ? corpus_root
             : std::filesystem::path(corpus_root).parent_path().string();
}

Result<std::string> ReadSuppressionYaml(const std::string& folder) {
  auto text = ReadFile(folder + "/" + std::string(kSuppressionFile), kYamlBytesMax);
  if (!text && text.error().code == Code::kNotFound) return std::string();
  return text;
}

Result<std::string> WithSuppression(std::string_view yaml, const Suppression& entry,
                                    const std::vector<std::string>& families) {
  Suppressions before, after;
  if (auto s = ReadSuppressionFile(yaml, kSuppressionFile, families, before); !s) return s.error();
  const auto document = ParseYaml(yaml, std::string(kSuppressionFile));
  if (!document) return document.error();
  const Json* list = document->value.Find("suppress");
  std::string text(yaml);
  if (!text.empty() && text.back() != '\n') text += '\n';
  if (list == nullptr) {
    text += "suppress:\n" + EntryText(entry, "  ");
  } else if (list->is_array() && list->size() > 0) {
    const size_t at = LineStart(text, document->positions.at("/suppress/0").line);
    const size_t indent = text.find_first_not_of(' ', at) - at;
    text.insert(at, EntryText(entry, std::string(indent, ' ')));
  }
  const bool holds = ReadSuppressionFile(text, kSuppressionFile, families, after) &&
                     after.list.size() == before.list.size() + 1 &&
                     after.notes.size() == before.notes.size() &&
                     std::any_of(after.list.begin(), after.list.end(), [&](const Suppression& s) {
                       return s.path_glob == entry.path_glob && s.rules == entry.rules &&
                              s.reason == entry.reason && s.fingerprint == entry.fingerprint;
                     });
  if (holds) return text;
  return Invalid(
      "the entry does not hold as it is: a reason has at least three characters, the "
      "rule is a family, and 'suppress' is a list with one entry a line",
      std::string(kSuppressionFile));
}

Result<std::set<std::string>> ReadBaseline(std::string_view json) {
  const auto document = Json::Parse(json);
  if (!document) return document.error();
  std::set<std::string> fingerprints;
  if (const Json* findings = document->Find("findings");
      findings != nullptr && findings->is_array()) {
    for (const Json& finding : findings->as_array()) {
      // What was rejected or folded was never reported: it is new once it is.
      const Json* state = finding.Find("state");
      const bool reported =
          state == nullptr || !state->is_string() ||
          (state->as_string() != "rejected" && state->as_string() != "low_confidence");
      const Json* fingerprint = finding.Find("fingerprint");
      if (reported && fingerprint != nullptr && fingerprint->is_string())
        fingerprints.insert(fingerprint->as_string());
    }
    return fingerprints;
  }
  const Json* runs = document->Find("runs");
  if (runs == nullptr || !runs->is_array())
    return Invalid("the baseline is neither a fathom report ('findings') nor SARIF ('runs')");
  for (const Json& run : runs->as_array()) {
    const Json* results = run.Find("results");
    if (results == nullptr || !results->is_array()) continue;
    for (const Json& result : results->as_array()) {
      const Json* kind = result.Find("kind");
      if (kind != nullptr && kind->is_string() && kind->as_string() != "fail") continue;
      CollectStrings(result.Find("fingerprints"), fingerprints);
      CollectStrings(result.Find("partialFingerprints"), fingerprints);
    }
  }
  return fingerprints;
}

bool Touches(const std::vector<ChangedFile>& changed, const FindingPlace& place) {
  for (const ChangedFile& file : changed) {
    if (file.path != place.path) continue;
    if (file.added) return true;
    return std::any_of(file.ranges.begin(), file.ranges.end(), [&](const LineRange& range) {
      return range.start <= place.end && range.end >= place.start;
    });
  }
  return false;
}

}  // namespace fathom
