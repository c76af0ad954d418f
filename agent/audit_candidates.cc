// SPDX-License-Identifier: Apache-2.0
#include "agent/audit_candidates.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <tuple>

#include "agent/checks.h"
#include "base/json.h"

namespace fathom {
namespace {

constexpr size_t kQuoteBytesMax = 4'096;

// The line as the model read it: its tokens without the suffix " #n" and the newline.
std::string ReadText(const AuditInputs& inputs, const Window& window, size_t index) {
  const PackedLine& packed = window.lines[index];
  if (inputs.tokenizer == nullptr)
    return std::string(inputs.reading.corpus.files[packed.file].Line(packed.line));
  const std::span<const Token> tokens(window.tokens);
  std::string text = inputs.tokenizer->Decode(
      tokens.subspan(packed.token_begin, packed.token_end - packed.token_begin));
  const std::string suffix = " #" + std::to_string(index + 1) + "\n";
  if (text.ends_with(suffix)) text.resize(text.size() - suffix.size());
  return text;
}

std::string WithoutIndent(std::string text) {
  text.erase(0, std::min(text.find_first_not_of(" \t"), text.size()));
  return text;
}

Status CheckShape(const AuditInputs& inputs, size_t window) {
  const Scores& scores = *inputs.reading.windows[window].scores;
  const size_t lines = inputs.reading.pack.windows[window].lines.size(),
               columns = inputs.profile.verdicts.size();
  if (scores.candidates == columns && scores.values.size() == lines * columns) return OkStatus();
  return Invalid("window " + std::to_string(window) + " has " +
                 std::to_string(scores.values.size()) + " scores in " +
                 std::to_string(scores.candidates) + " columns; " + std::to_string(lines) +
                 " lines and " + std::to_string(columns) + " verdicts need " +
                 std::to_string(lines * columns));
}

std::optional<Candidate> ParseEntry(const Json& entry, size_t family, const Corpus& corpus,
                                    const Window& window) {
  if (!entry.is_object()) return std::nullopt;
  const Json* path = entry.Find("path");
  if (entry.size() != (path == nullptr ? 3u : 4u)) return std::nullopt;
  const Json* line = entry.Find("line");
  const Json* quote = entry.Find("quote");
  const Json* confidence = entry.Find("confidence");
  if (line == nullptr || !line->is_int() || quote == nullptr || !quote->is_string() ||
      confidence == nullptr || !confidence->is_number()) {
    return std::nullopt;
  }
  const int64_t number = line->as_int();
  if (number < 1 || static_cast<size_t>(number) > window.lines.size()) return std::nullopt;
  const double p = confidence->as_double();
  if (!(p >= 0 && p <= 1) || quote->as_string().size() > kQuoteBytesMax) return std::nullopt;
  const PackedLine& packed = window.lines[static_cast<size_t>(number) - 1];
  const std::string& named = corpus.files[packed.file].path;
  if (path != nullptr && (!path->is_string() || path->as_string() != named)) return std::nullopt;
  return Candidate{.file = packed.file,
                   .family = family,
                   .start = packed.line + 1,
                   .end = packed.line + 1,
                   .confidence = p,
                   .quote = WithoutIndent(quote->as_string())};
}

}  // namespace

Result<std::vector<Candidate>> CandidatesOfScores(const AuditInputs& inputs,
                                                  const std::vector<bool>& wanted) {
  std::vector<Candidate> candidates;
  const Reading& reading = inputs.reading;
  for (size_t w = 0; w < reading.windows.size(); ++w) {
    if (!reading.windows[w].done) continue;
    if (!reading.windows[w].scores)
      return Invalid("window " + std::to_string(w) + " was read without verdict scores");
    if (Status shape = CheckShape(inputs, w); !shape) return shape.error();
    const Window& window = reading.pack.windows[w];
    const std::vector<float>& values = reading.windows[w].scores->values;
    const size_t columns = inputs.profile.verdicts.size();
    for (size_t i = 0; i < window.lines.size(); ++i) {
      for (size_t j = 0; j < columns; ++j) {
        const double p = std::exp(static_cast<double>(values[i * columns + j]));
        if (!wanted[j] || !(p >= inputs.options.candidate_floor)) continue;
        const PackedLine& packed = window.lines[i];
        candidates.push_back({.file = packed.file,
                              .family = j,
                              .start = packed.line + 1,
                              .end = packed.line + 1,
                              .confidence = std::min(p, 1.0),
                              .quote = WithoutIndent(ReadText(inputs, window, i))});
      }
    }
  }
  return candidates;
}

std::string FamilyQuestion(const AuditProfile::Verdict& verdict) {
  const RuleInfo rule =
      DescribeFamily({.family = verdict.family, .cwe = verdict.cwe, .title = verdict.title});
  return "Which lines of the corpus have this weakness: " + rule.title + " (" + CweName(rule.cwe) +
         ")? " + rule.description +
         " Answer with a JSON array and nothing else. Each entry is {\"line\": the number after # "
         "at the end of the line, "
         "\"quote\": the text of that line without its number, \"confidence\": a number from 0 to "
         "1}. Answer [] when there "
         "is none.";
}

std::vector<size_t> SitesOf(std::string_view family, const Corpus& corpus, const Window& window) {
  std::vector<size_t> sites;
  std::unique_ptr<Checker> checker;
  uint32_t file = 0;
  size_t judged_to = 0;  // of the file: the last line of the statement named before
  for (size_t i = 0; i < window.lines.size() && sites.size() < kSitesMax; ++i) {
    const PackedLine& packed = window.lines[i];
    if (!checker || packed.file != file) {
      file = packed.file;
      checker = std::make_unique<Checker>(corpus.files[file]);
      judged_to = 0;
    }
    if (packed.line < judged_to) continue;
    if (checker->Check(family, packed.line + 1).outcome == CheckOutcome::kSilent) continue;
    sites.push_back(i + 1);
    judged_to = checker->StatementAt(packed.line + 1).last;
  }
  return sites;
}

AnsweredCandidates CandidatesOfAnswer(std::string_view answer, size_t family, const Corpus& corpus,
                                      const Window& window) {
  AnsweredCandidates result;
  const auto json = Json::Parse(answer, {.bytes_max = kAnswerBytesMax, .depth_max = 4});
  if (!json || !json->is_array()) {
    result.dropped = 1;
    return result;
  }
  for (const Json& entry : json->as_array()) {
    auto candidate = result.candidates.size() < kAnswerEntriesMax
                         ? ParseEntry(entry, family, corpus, window)
                         : std::nullopt;
    if (candidate) {
      result.candidates.push_back(std::move(*candidate));
    } else {
      ++result.dropped;
    }
  }
  return result;
}

std::vector<Candidate> MergeStatements(const Corpus& corpus, std::vector<Candidate> candidates) {
  const auto order = [](const Candidate& c) {
    return std::tuple(c.file, c.family, c.start, -c.confidence);
  };
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const Candidate& a, const Candidate& b) { return order(a) < order(b); });
  std::vector<Candidate> merged;
  std::unique_ptr<Checker> checker;  // of the file at hand; prepared only where lines could merge
  for (Candidate& candidate : candidates) {
    if (merged.empty() || merged.back().file != candidate.file) checker.reset();
    Candidate* last = merged.empty() ? nullptr : &merged.back();
    const bool near = last != nullptr && last->file == candidate.file &&
                      last->family == candidate.family &&
                      candidate.start <= last->end + kStatementLinesMax;
    if (near && candidate.start > last->end && !checker)
      checker = std::make_unique<Checker>(corpus.files[candidate.file]);
    if (!near ||
        (candidate.start > last->end && checker->StatementAt(last->end).last < candidate.start)) {
      merged.push_back(std::move(candidate));
      continue;
    }
    last->confidence = std::max(last->confidence, candidate.confidence);
    if (candidate.start == last->end) continue;  // the same line twice
    const CorpusFile& file = corpus.files[candidate.file];
    // The bytes between two lines' texts belong to a quote of both: line ends, trailing blanks,
    // lines in between.
    const size_t from = file.lines[last->end - 1].end, to = file.lines[candidate.start - 1].end;
    last->quote += file.bytes.substr(from, to - from);
    last->end = candidate.end;
  }
  return merged;
}

}  // namespace fathom
