// SPDX-License-Identifier: Apache-2.0
// Audit: from a corpus that was read to findings, their evidence, reports and an exit code.
//
//   reading = OpenReading(...)                      // rag/reading.h: read once, or restored
//   report  = RunAudit({reading, profile, ...})     // candidates, citation check, checks, filter
//   files   = WriteReports(report, options)         // fathom-report.{html,sarif,json} in a folder
//   stdout  = Render(report, format, ...)           // what --format asks for
//   return    ExitCode(report, fail_on)
//
// Promises
//  * Only the model proposes. A profile with verdict tokens: its scores at the line ends
//  (Reading::windows[i].scores).
//    Any other: one question per family, answered in a schema, on a fork of the corpus state
//    (Reading::session). To a model elsewhere the question names lines that call something the
//    family is about (checks.h), and the model judges each; that the check agrees then confirms
//    nothing.
//  * Every candidate passes the citation check against the corpus' bytes before anything else is
//  asked about it.
//  * Rejected candidates are kept with their reason; nothing disappears without being counted.
//  * One filter (Filter) decides the state of every finding; terminal, JSON, SARIF, HTML, GitHub
//  and exit code read that
//    state and decide nothing themselves.
//  * A cancelled reading gives a partial report: `partial` is set, windows_read says how far it
//  came.
//  * Text of the corpus is escaped for where it goes (terminal, JSON, HTML, workflow command);
//  secrets are masked.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "agent/finding.h"
#include "agent/suppress.h"
#include "base/profile.h"
#include "base/result.h"
#include "base/walk.h"
#include "engine/engine.h"
#include "engine/tokenizer/tokenizer.h"
#include "rag/reading.h"

namespace fathom {

// What the audit needs to know of a model; AuditProfileOf reads it from a profile.
struct AuditProfile {
  struct Verdict {
    std::string family;  // empty: "nothing wrong here"
    int cwe = 0;
    Severity severity = Severity::kMedium;
    std::string title;
    std::string sentence;
  };
  std::string model;                 // name, for people
  bool has_scores = false;           // column j of the scores belongs to verdicts[j]
  std::vector<Verdict> verdicts;     // without scores: the families to ask about
  double threshold = 0.5;            // E1 from here
  double threshold_confirmed = 0.5;  // E3 from here, when a check agrees
  bool second_look = false;          // the profile declares that a second look helps
};
// The "nothing wrong" token is column 0, the families follow in the profile's order. A profile
// without verdicts asks about the twelve families of finding.h.
AuditProfile AuditProfileOf(const Profile& profile);

// The same columns as tokens, for ReadingProfile::verdict_tokens. kInvalid names a token the
// tokenizer does not have.
Result<std::vector<Token>> VerdictTokens(const Profile& profile, const Tokenizer& tokenizer);

// One question of path B.
struct FamilyAsking {
  std::string question;
  size_t window = 0;
  std::vector<size_t> sites;  // numbers of lines that the answer judges, ascending
};
// Answers it as the model would: the text of one answer.
using FamilyAsker = std::function<Result<std::string>(const FamilyAsking& asking)>;
// Looks at a finding again and returns a new confidence, or nothing when it has no opinion.
using SecondLooker = std::function<std::optional<double>(const Finding& finding)>;

// Asks on forks of reading.session, which must be present and outlive the asker.
struct ForkAsking {
  const Reading& reading;
  const Tokenizer& tokenizer;
  const Profile& profile;  // sampling and thinking
  const std::atomic<bool>* cancel = nullptr;
};
FamilyAsker AskOnForks(const ForkAsking& asking);

struct AuditProgress {
  size_t done = 0, total = 0;       // families asked, or candidates judged
  const Finding* judged = nullptr;  // the candidate judged last: place, evidence and log
};

struct AuditOptions {
  std::vector<std::string> rules;  // families to report; empty: all. Unknown names are kInvalid
  std::set<std::string> baseline;  // see ReadBaseline
  bool has_baseline = false;
  std::optional<std::vector<ChangedFile>> diff;  // only findings on these lines are reported
  double candidate_floor = 0.3;                  // scores below are no candidates at all
  size_t context_lines = 3;                      // on each side, in the reports
  size_t findings_max = 5'000;   // kept of each state, best first (GitHub keeps as many)
  std::string suppression_yaml;  // text of .fathom.yaml; empty: none
  std::function<void(const AuditProgress&)> progress;
  const std::atomic<bool>* cancel = nullptr;
};

struct AuditInputs {
  const Reading& reading;
  const AuditProfile& profile;
  AuditOptions options;
  const Tokenizer* tokenizer =
      nullptr;      // given: quotes come from the tokens that were read, not from the file
  FamilyAsker ask;  // needed without verdict scores
  bool asks_all_windows = false;  // else the first alone: a model with one state
  bool names_sites = false;       // `ask` can have lines judged
  SecondLooker second_look;       // used when present and the profile declares it
};

// Numbers of the reading and of the filter; printed first.
struct AuditNumbers {
  size_t files = 0, lines = 0, skipped = 0;
  size_t tokens = 0;     // of the packed corpus
  size_t prefilled = 0;  // computed by this run
  size_t restored = 0;   // from an earlier run
  size_t reused = 0;     // of those, from before an edit
  double read_seconds = 0, restore_seconds = 0, audit_seconds = 0;
  size_t state_bytes = 0;
  bool state_saved = false;
  size_t windows = 0, windows_read = 0;
  size_t candidates = 0;         // lines (merged to statements) the model proposed
  size_t confirmed = 0;          // of them, E3
  size_t rejected_by_quote = 0;  // their quote did not stand
  size_t rejected_by_check = 0;  // a check contradicted
  size_t rejected_by_second_look = 0;
  size_t answers_dropped = 0;   // path B: answers or entries that were not what the schema asks for
  size_t findings_dropped = 0;  // beyond findings_max
  // Of a model that another server runs; 0 questions for one that runs here.
  size_t questions = 0, asked_prompt = 0, asked_cached = 0, asked_output = 0;
  double asked_dollars = 0;
};

struct AuditReport {
  std::string tool_version;
  std::string root;  // absolute
  std::string model;
  std::string started;   // UTC, ISO 8601
  bool partial = false;  // cancelled: what was not read is not judged
  double threshold = 0, threshold_confirmed = 0;
  AuditNumbers numbers;
  std::vector<RuleInfo> rules;  // every family that was looked for
  std::vector<Finding>
      findings;  // all states; ranked: state, severity, evidence, confidence, place
  std::vector<AuditNote> notes;
  bool has_baseline = false, has_diff = false;
  std::vector<SkippedFile> skipped;

  size_t Count(FindingState state) const;
};

// kInvalid: unknown family in options.rules, malformed suppression file, no way to ask a model
// without scores.
Result<AuditReport> RunAudit(const AuditInputs& inputs);

// RunAudit as the profile wants it: from the scores, or by asking on forks of the corpus state.
struct AuditOf {
  const Reading& reading;
  const Tokenizer& tokenizer;
  const Profile& profile;
};
Result<AuditReport> AuditReading(const AuditOf& what, AuditOptions options);

// The one filter: sets state, reason and rank of every finding from its log, the thresholds,
// suppressions, diff and baseline. In this order: rejected, low confidence, untouched, suppressed,
// baseline, shown.
struct FilterInputs {
  const Suppressions& suppressions;
  const AuditOptions& options;
};
void Filter(const FilterInputs& inputs, AuditReport& report);
// Findings that would be reported and that a suppression holds for become suppressed, as Filter
// makes them; nothing else changes.
void ApplySuppressions(const Suppressions& suppressions, AuditReport& report);

// 4 when partial; 1 when a shown finding (so: not suppressed, not in the baseline) is at or above
// fail_on; else 0. nullopt never fails.
int ExitCode(const AuditReport& report, std::optional<Severity> fail_on);

enum class ReportFormat { kText, kJson, kSarif, kHtml, kGithub };
std::optional<ReportFormat> ReportFormatOf(
    std::string_view name);  // "text", "json", "sarif", "html", "github"

struct RenderOptions {
  bool colour = false;                    // terminal only
  size_t columns = 100;                   // terminal only
  int exit_code = 0;                      // recorded in SARIF's invocation and in JSON
  std::vector<std::string> report_paths;  // terminal: "written to" lines
};
std::string Render(const AuditReport& report, ReportFormat format,
                   const RenderOptions& options = {});

// One file each; Render calls them.
std::string RenderText(const AuditReport& report, const RenderOptions& options);
std::string RenderJson(const AuditReport& report, const RenderOptions& options);
std::string RenderSarif(const AuditReport& report, const RenderOptions& options);
std::string RenderHtml(const AuditReport& report, const RenderOptions& options);
std::string RenderGithub(const AuditReport& report, const RenderOptions& options);

// What RenderJson wrote. Every format renders from it as from the report itself; text that was no
// UTF-8 has become so. kInvalid names the field that is missing or not what it should be.
Result<AuditReport> ReadReport(std::string_view json);

struct WriteOptions {
  std::string folder = ".";
  std::string stem = "fathom-report";
  std::vector<ReportFormat> formats = {ReportFormat::kHtml, ReportFormat::kSarif,
                                       ReportFormat::kJson};
  RenderOptions render;
};
// Writes stem.html, stem.sarif, stem.json whole or not at all, and returns their paths.
Result<std::vector<std::string>> WriteReports(const AuditReport& report,
                                              const WriteOptions& options);

}  // namespace fathom
