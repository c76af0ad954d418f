// SPDX-License-Identifier: Apache-2.0
#include "agent/audit.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <map>
#include <tuple>

#include "agent/audit_candidates.h"
#include "agent/checks.h"
#include "base/did_you_mean.h"
#include "rag/citation.h"

#ifndef FATHOM_VERSION
#define FATHOM_VERSION "0"
#endif

namespace fathom {
namespace {

constexpr size_t kEchoLinesMax = 2;

// A shorter quote that is no whole line stands anywhere by chance.
constexpr size_t kPartialQuoteBytesMin = 8;

// Thresholds for a model that gives its confidence in words and was never measured.
constexpr double kUnmeasuredThreshold = 0.8;
constexpr double kUnmeasuredThresholdConfirmed = 0.5;

using Clock = std::chrono::steady_clock;

std::string NowUtc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  const size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return std::string(text, size);
}

std::string Probability(double p) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", p);
  return text;
}

bool Cancelled(const AuditOptions& options) {
  return options.cancel != nullptr && options.cancel->load();
}

// Which verdicts to look at: those with a family, and of them those that --rules names.
Result<std::vector<bool>> WantedFamilies(const AuditProfile& profile,
                                         const std::vector<std::string>& rules) {
  std::vector<std::string_view> known;
  for (const auto& verdict : profile.verdicts) {
    if (!verdict.family.empty()) known.push_back(verdict.family);
  }
  std::vector<bool> wanted(profile.verdicts.size(), false);
  for (size_t j = 0; j < wanted.size(); ++j)
    wanted[j] = rules.empty() && !profile.verdicts[j].family.empty();
  for (const std::string& rule : rules) {
    const std::string_view name =
        std::string_view(rule).starts_with("fathom/") ? std::string_view(rule).substr(7) : rule;
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string near = DidYouMean(name, known);
      return Invalid("unknown rule '" + rule + "'" +
                     (near.empty() ? "" : "; did you mean '" + near + "'?"));
    }
    for (size_t j = 0; j < wanted.size(); ++j)
      wanted[j] = wanted[j] || profile.verdicts[j].family == name;
  }
  return wanted;
}

AuditNumbers NumbersOf(const Reading& reading) {
  AuditNumbers numbers{.files = reading.corpus.files.size(),
                       .lines = reading.corpus.lines,
                       .skipped = reading.corpus.skipped.size(),
                       .tokens = reading.pack.tokens,
                       .prefilled = reading.usage.prefilled,
                       .restored = reading.usage.restored,
                       .reused = reading.usage.reused,
                       .read_seconds = reading.usage.read_seconds,
                       .restore_seconds = reading.usage.restore_seconds,
                       .state_bytes = reading.usage.state_bytes,
                       .state_saved = reading.usage.saved,
                       .windows = reading.windows.size()};
  for (const ReadWindow& window : reading.windows) numbers.windows_read += window.done;
  return numbers;
}

// Whether the quote says enough to name its place: the whole line, or a piece long enough.
bool QuoteIsEnough(const Corpus& corpus, const Citation& citation) {
  const CorpusFile* file = corpus.Find(citation.path);
  if (file == nullptr || citation.start == 0) return false;
  std::string_view line = file->Line(citation.start - 1);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return citation.quote.size() >= kPartialQuoteBytesMin || citation.quote == line;
}

class Auditor {
 public:
  Auditor(const AuditInputs& inputs, AuditReport& report) : inputs_(inputs), report_(report) {}

  // All candidates to findings with their log and evidence, file by file.
  void Judge(const std::vector<Candidate>& candidates) {
    std::vector<const Candidate*> by_file;
    for (const Candidate& candidate : candidates) by_file.push_back(&candidate);
    std::stable_sort(by_file.begin(), by_file.end(),
                     [](const Candidate* a, const Candidate* b) { return a->file < b->file; });
    for (const Candidate* candidate : by_file) {
      if (Cancelled(inputs_.options)) {
        report_.partial = true;
        return;
      }
      report_.findings.push_back(JudgeOne(*candidate));
      Progress(by_file.size());
    }
  }

  // Masks, numbers and frames the findings. Before the filter: baselines compare the fingerprints
  // made here.
  void Finish() {
    for (Finding& finding : report_.findings) {
      const CorpusFile* file = Corpus_().Find(finding.place.path);
      if (file == nullptr || finding.place.start == 0) continue;
      AddContext(*file, finding);
    }
    for (Finding& finding : report_.findings) MaskAndName(finding);
  }

 private:
  const Corpus& Corpus_() const { return inputs_.reading.corpus; }

  void Progress(size_t total) const {
    if (inputs_.options.progress)
      inputs_.options.progress(
          {.done = report_.findings.size(), .total = total, .judged = &report_.findings.back()});
  }

  Finding JudgeOne(const Candidate& candidate) {
    const AuditProfile::Verdict& verdict = inputs_.profile.verdicts[candidate.family];
    const CorpusFile& file = Corpus_().files[candidate.file];
    Finding finding{.family = verdict.family,
                    .cwe = verdict.cwe,
                    .severity = verdict.severity,
                    .confidence = candidate.confidence};
    finding.message = RuleOf(verdict.family).sentence;
    finding.log.push_back({"model", CheckOutcome::kAgrees,
                           Probability(candidate.confidence) + " for " + verdict.family});
    finding.place = {.path = file.path,
                     .start = candidate.start,
                     .end = candidate.end,
                     .quote = candidate.quote};
    ++report_.numbers.candidates;
    if (!QuoteStands(candidate, finding)) {
      ++report_.numbers.rejected_by_quote;
      return finding;
    }
    if (IsRepeat(finding)) return finding;
    if (AskChecks(file, candidate.named, finding) && !IsEcho(finding)) LookAgain(finding);
    return finding;
  }

  // A verdict runs on into the lines after its statement. Where no check speaks for a line and the
  // same family was judged just before it, the verdict is that statement's. Candidates come in
  // order of file, family and line, so the one before is the finding judged last.
  bool IsEcho(Finding& finding) {
    if (finding.evidence != Evidence::kScored || report_.findings.empty()) return false;
    const Finding& before = report_.findings.back();
    const bool same = before.family == finding.family && before.place.path == finding.place.path;
    if (!same || finding.place.start <= before.place.end ||
        finding.place.start > before.place.end + kEchoLinesMax) {
      return false;
    }
    finding.log.push_back({"echo", CheckOutcome::kContradicts,
                           "the verdict belongs to line " + std::to_string(before.place.end)});
    finding.evidence = Evidence::kClaimed;
    ++report_.numbers.rejected_by_check;
    return true;
  }

  // Quotes of one line that claimed different ones are repaired to the same place.
  bool IsRepeat(Finding& finding) {
    const auto place = std::tuple(finding.family, finding.place.path, finding.place.start);
    if (judged_.insert(place).second) return false;
    finding.log.push_back({"repeat", CheckOutcome::kContradicts,
                           "line " + std::to_string(finding.place.start) + " was judged before"});
    ++report_.numbers.rejected_by_check;
    return true;
  }

  const RuleInfo& RuleOf(const std::string& family) const {
    return *std::find_if(report_.rules.begin(), report_.rules.end(),
                         [&](const RuleInfo& rule) { return rule.family == family; });
  }

  // The citation check: the quote's bytes at the claimed lines, or at others of the same file.
  bool QuoteStands(const Candidate& candidate, Finding& finding) {
    const Citation citation = CheckCitation(Corpus_(), {.quote = candidate.quote,
                                                        .path = finding.place.path,
                                                        .start = candidate.start,
                                                        .end = candidate.end});
    const bool here = citation.verdict == CitationVerdict::kFound ||
                      citation.verdict == CitationVerdict::kShifted;
    std::string said(CitationVerdictName(citation.verdict));
    if (here && !QuoteIsEnough(Corpus_(), citation)) {
      finding.log.push_back(
          {"quote", CheckOutcome::kContradicts, "quote is too short to name a line"});
      return false;
    }
    if (!here) {
      finding.log.push_back({"quote", CheckOutcome::kContradicts, "quote does not stand: " + said});
      return false;
    }
    finding.place = {.path = citation.path,
                     .start = citation.start,
                     .end = citation.end,
                     .byte_begin = citation.byte_start,
                     .byte_end = citation.byte_end,
                     .quote = citation.quote};
    finding.log.push_back({"quote", CheckOutcome::kAgrees,
                           said + " at bytes " + std::to_string(citation.byte_start) + "-" +
                               std::to_string(citation.byte_end)});
    return true;
  }

  // Score and independent check give the evidence level. False: a check contradicts.
  bool AskChecks(const CorpusFile& file, bool named, Finding& finding) {
    const AuditProfile& profile = inputs_.profile;
    const bool passes = finding.confidence >= profile.threshold;
    finding.log.push_back({"score", passes ? CheckOutcome::kAgrees : CheckOutcome::kSilent,
                           Probability(finding.confidence) + (passes ? " passes " : " is below ") +
                               Probability(profile.threshold)});
    if (passes) finding.evidence = Evidence::kScored;
    if (checked_file_ != &file) {
      checker_ = std::make_unique<Checker>(file);
      checked_file_ = &file;
    }
    const CheckAnswer answer = checker_->Check(finding.family, finding.place.end);
    finding.log.push_back({answer.check.empty() ? "sink" : answer.check, answer.outcome,
                           answer.said.empty() ? "nothing known" : answer.said});
    if (answer.outcome == CheckOutcome::kContradicts) {
      ++report_.numbers.rejected_by_check;
      finding.evidence = Evidence::kClaimed;
      return false;
    }
    if (answer.outcome == CheckOutcome::kAgrees && !named &&
        finding.confidence >= profile.threshold_confirmed) {
      finding.evidence = Evidence::kConfirmed;
      ++report_.numbers.confirmed;
    }
    if (answer.source_line && *answer.source_line != finding.place.start)
      AddSource(file, *answer.source_line, finding);
    return true;
  }

  void AddSource(const CorpusFile& file, size_t line, Finding& finding) const {
    const LineSpan span = file.lines[line - 1];
    std::string quote(file.Line(line - 1));
    const size_t indent = std::min(quote.find_first_not_of(" \t"), quote.size());
    finding.second = {.path = file.path,
                      .start = line,
                      .end = line,
                      .byte_begin = span.begin + indent,
                      .byte_end = span.end,
                      .quote = quote.substr(indent)};
  }

  void LookAgain(Finding& finding) {
    if (!inputs_.profile.second_look || !inputs_.second_look ||
        finding.evidence != Evidence::kScored)
      return;
    const auto again = inputs_.second_look(finding);
    if (!again) return;
    if (*again >= inputs_.profile.threshold) {
      finding.evidence = Evidence::kSecondLook;
      finding.log.push_back({"second look", CheckOutcome::kAgrees, Probability(*again) + " again"});
      return;
    }
    finding.evidence = Evidence::kClaimed;
    finding.log.push_back({"second look", CheckOutcome::kContradicts,
                           "only " + Probability(*again) + " at the second look"});
    ++report_.numbers.rejected_by_second_look;
  }

  void AddContext(const CorpusFile& file, Finding& finding) const {
    const size_t around = inputs_.options.context_lines;
    const size_t first = finding.place.start > around ? finding.place.start - around : 1;
    const size_t last = std::min(file.lines.size(), finding.place.end + around);
    for (size_t line = first; line <= last; ++line) {
      std::string text(file.Line(line - 1));
      const bool marked = line >= finding.place.start && line <= finding.place.end;
      const bool secret = IsSecretLine(file.path, line) || HoldsSecret(text, file.language);
      finding.context.push_back(
          {.number = line, .text = secret ? MaskSecrets(text) : std::move(text), .marked = marked});
    }
  }

  // Lines the model takes for credentials are masked wherever they are shown, whatever became of
  // the finding.
  bool IsSecretLine(const std::string& path, size_t line) const {
    return std::any_of(report_.findings.begin(), report_.findings.end(),
                       [&](const Finding& finding) {
                         return finding.cwe == 798 && finding.place.path == path &&
                                line >= finding.place.start && line <= finding.place.end;
                       });
  }

  void MaskPlace(FindingPlace& place) const {
    const CorpusFile* file = Corpus_().Find(place.path);
    std::string masked;
    for (size_t at = 0, line = place.start; at <= place.quote.size(); ++line) {
      const size_t end = std::min(place.quote.find('\n', at), place.quote.size());
      const std::string text = place.quote.substr(at, end - at);
      const bool secret = IsSecretLine(place.path, line) ||
                          HoldsSecret(text, file == nullptr ? "" : file->language);
      masked += (at > 0 ? "\n" : "") + (secret ? MaskSecrets(text) : text);
      at = end + 1;
    }
    place.quote = std::move(masked);
  }

  void MaskAndName(Finding& finding) const {
    const CorpusFile* file = Corpus_().Find(finding.place.path);
    const size_t occurrence = file == nullptr ? 0 : EqualLinesBefore(*file, finding.place.start);
    MaskPlace(finding.place);
    if (finding.second) MaskPlace(*finding.second);
    finding.fingerprint = Fingerprint({.family = finding.family,
                                       .path = finding.place.path,
                                       .quote = finding.place.quote,
                                       .occurrence = occurrence});
  }

  // Counted over the file, not over findings: what else is found must not move a fingerprint.
  static size_t EqualLinesBefore(const CorpusFile& file, size_t line) {
    if (line == 0 || line > file.lines.size()) return 0;
    const auto packed = [&](size_t index) {
      std::string text(file.Line(index));
      std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
      return text;
    };
    const std::string text = packed(line - 1);
    size_t count = 0;
    for (size_t i = 0; i + 1 < line; ++i) count += packed(i) == text;
    return count;
  }

  const AuditInputs& inputs_;
  AuditReport& report_;
  std::set<std::tuple<std::string, std::string, size_t>> judged_;  // family, path, line
  std::unique_ptr<Checker> checker_;
  const CorpusFile* checked_file_ = nullptr;
};

// An entry that names another line and quotes this one will be repaired to it.
void MarkNamed(const Corpus& corpus, const PackedLine& line, AnsweredCandidates& answered) {
  const std::string_view text = corpus.files[line.file].Line(line.line);
  for (Candidate& candidate : answered.candidates) {
    if (candidate.file != line.file) continue;
    const bool quotes = text.find(candidate.quote) != std::string_view::npos;
    candidate.named = candidate.named || quotes || candidate.start == line.line + 1;
  }
}

// Path B: one question per window and family. Window by window, so that what was read of one serves
// all its questions.
Result<std::vector<Candidate>> AskFamilies(const AuditInputs& inputs,
                                           const std::vector<bool>& wanted, AuditReport& report) {
  if (!inputs.ask && inputs.reading.cancelled)
    return std::vector<Candidate>();  // stopped before there was a state to ask
  if (!inputs.ask)
    return Invalid("profile of '" + inputs.profile.model +
                   "' has no verdict tokens, and there is no way to ask the model");
  std::vector<Candidate> candidates;
  const Pack& pack = inputs.reading.pack;
  const size_t windows = inputs.asks_all_windows ? pack.windows.size() : 1;
  if (pack.windows.size() > windows) {
    report.notes.push_back(
        {.text = "only the first of " + std::to_string(pack.windows.size()) +
                 " windows was asked about: a model without verdict scores keeps one state"});
  }
  size_t done = 0;
  const size_t families = static_cast<size_t>(std::count(wanted.begin(), wanted.end(), true));
  for (size_t i = 0; i < windows * wanted.size() && !report.partial; ++i) {
    const size_t w = i / wanted.size(), j = i % wanted.size();
    if (!wanted[j]) continue;
    const Corpus& corpus = inputs.reading.corpus;
    const AuditProfile::Verdict& verdict = inputs.profile.verdicts[j];
    FamilyAsking asking{.question = FamilyQuestion(verdict), .window = w};
    if (inputs.names_sites) asking.sites = SitesOf(verdict.family, corpus, pack.windows[w]);
    const auto answer = Cancelled(inputs.options)
                            ? Result<std::string>(Error{Code::kCancelled, "cancelled", ""})
                            : inputs.ask(asking);
    if (!answer && answer.error().code == Code::kCancelled) {
      report.partial = true;
      break;
    }
    if (!answer) return answer.error();
    AnsweredCandidates answered = CandidatesOfAnswer(*answer, j, corpus, pack.windows[w]);
    for (const size_t site : asking.sites)
      MarkNamed(corpus, pack.windows[w].lines[site - 1], answered);
    report.numbers.answers_dropped += answered.dropped;
    std::move(answered.candidates.begin(), answered.candidates.end(),
              std::back_inserter(candidates));
    if (inputs.options.progress)
      inputs.options.progress({.done = ++done, .total = families * windows});
  }
  // The same line named twice for a family is one candidate: the surest.
  const auto order = [](const Candidate& c) {
    return std::tuple(c.file, c.family, c.start, -c.confidence);
  };
  const auto same = [](const Candidate& a, const Candidate& b) {
    return std::tie(a.file, a.family, a.start) == std::tie(b.file, b.family, b.start);
  };
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const Candidate& a, const Candidate& b) { return order(a) < order(b); });
  candidates.erase(std::unique(candidates.begin(), candidates.end(), same), candidates.end());
  return candidates;
}

}  // namespace

AuditProfile AuditProfileOf(const Profile& profile) {
  AuditProfile audit{.model = profile.name};
  if (!profile.verdicts) {
    for (const RuleInfo& rule : KnownFamilies())
      audit.verdicts.push_back({.family = rule.family, .cwe = rule.cwe, .severity = rule.severity});
    audit.threshold = kUnmeasuredThreshold;
    audit.threshold_confirmed = kUnmeasuredThresholdConfirmed;
    return audit;
  }
  audit.has_scores = true;
  audit.verdicts.emplace_back();  // "nothing wrong here"
  for (const VerdictFamily& family : profile.verdicts->families) {
    audit.verdicts.push_back({.family = family.family,
                              .cwe = static_cast<int>(family.cwe),
                              .severity = family.severity,
                              .title = family.title,
                              .sentence = family.sentence});
  }
  audit.threshold = profile.verdicts->threshold;
  audit.threshold_confirmed = profile.verdicts->threshold_confirmed;
  audit.second_look = profile.second_look != SecondLook::kNone;
  return audit;
}

Result<AuditReport> RunAudit(const AuditInputs& inputs) {
  const auto started = Clock::now();
  const Reading& reading = inputs.reading;
  const auto wanted = WantedFamilies(inputs.profile, inputs.options.rules);
  if (!wanted) return wanted.error();
  AuditReport report{.tool_version = FATHOM_VERSION,
                     .root = reading.corpus.root,
                     .model = inputs.profile.model,
                     .started = NowUtc(),
                     .threshold = inputs.profile.threshold,
                     .threshold_confirmed = inputs.profile.threshold_confirmed,
                     .numbers = NumbersOf(reading),
                     .skipped = reading.corpus.skipped};
  report.partial = reading.cancelled || report.numbers.windows_read < report.numbers.windows;
  std::vector<std::string> families;
  for (size_t j = 0; j < wanted->size(); ++j) {
    const AuditProfile::Verdict& verdict = inputs.profile.verdicts[j];
    if (!verdict.family.empty()) families.push_back(verdict.family);
    if (!(*wanted)[j]) continue;
    report.rules.push_back(DescribeFamily({.family = verdict.family,
                                           .cwe = verdict.cwe,
                                           .title = verdict.title,
                                           .severity = verdict.severity,
                                           .sentence = verdict.sentence}));
  }
  Suppressions suppressions = ReadInlineSuppressions(reading.corpus, families);
  if (Status read = ReadSuppressionFile(inputs.options.suppression_yaml, ".fathom.yaml", families,
                                        suppressions);
      !read)
    return read.error();

  auto candidates = inputs.profile.has_scores ? CandidatesOfScores(inputs, *wanted)
                                              : AskFamilies(inputs, *wanted, report);
  if (!candidates) return candidates.error();
  if (inputs.profile.has_scores)
    *candidates = MergeStatements(reading.corpus, std::move(*candidates));
  Auditor auditor(inputs, report);
  auditor.Judge(*candidates);
  auditor.Finish();
  report.notes.insert(report.notes.end(), suppressions.notes.begin(), suppressions.notes.end());
  Filter({.suppressions = suppressions, .options = inputs.options}, report);
  report.numbers.audit_seconds = std::chrono::duration<double>(Clock::now() - started).count();
  return report;
}

}  // namespace fathom
