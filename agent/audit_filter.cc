// SPDX-License-Identifier: Apache-2.0
// The one filter: decides the state of every finding. Reports and exit code read the state and
// decide nothing.
#include <algorithm>
#include <map>
#include <tuple>

#include "agent/audit.h"

namespace fathom {
namespace {

// The reason a finding was rejected, from its log.
const CheckEntry* Contradiction(const Finding& finding) {
  const auto it = std::find_if(finding.log.begin(), finding.log.end(), [](const CheckEntry& entry) {
    return entry.outcome == CheckOutcome::kContradicts;
  });
  return it == finding.log.end() ? nullptr : &*it;
}

void Decide(const FilterInputs& inputs, Finding& finding) {
  finding.reason.clear();
  finding.reason_place.clear();
  if (const CheckEntry* contradiction = Contradiction(finding)) {
    finding.state = FindingState::kRejected;
    finding.reason = contradiction->said;
    return;
  }
  if (finding.evidence == Evidence::kClaimed) {
    finding.state = FindingState::kLowConfidence;
    return;
  }
  if (inputs.options.diff && !Touches(*inputs.options.diff, finding.place)) {
    finding.state = FindingState::kUntouched;
    return;
  }
  if (const Suppression* suppression = FindSuppression(inputs.suppressions, finding)) {
    finding.state = FindingState::kSuppressed;
    finding.reason = suppression->reason;
    finding.reason_place = suppression->place;
    return;
  }
  const bool known =
      inputs.options.has_baseline && inputs.options.baseline.contains(finding.fingerprint);
  finding.state = known ? FindingState::kBaseline : FindingState::kShown;
}

bool RanksBefore(const Finding& a, const Finding& b) {
  const auto rank = [](const Finding& f) {
    return std::tuple(static_cast<int>(f.state), -static_cast<int>(f.severity),
                      -static_cast<int>(f.evidence), -f.confidence);
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  return std::tie(a.place.path, a.place.start, a.family) <
         std::tie(b.place.path, b.place.start, b.family);
}

// Keeps the best findings_max of each state. Returns how many were dropped.
size_t KeepBest(size_t findings_max, std::vector<Finding>& findings) {
  std::map<FindingState, size_t> counts;
  const size_t before = findings.size();
  std::erase_if(findings,
                [&](const Finding& finding) { return ++counts[finding.state] > findings_max; });
  return before - findings.size();
}

}  // namespace

size_t AuditReport::Count(FindingState state) const {
  return static_cast<size_t>(std::count_if(findings.begin(), findings.end(),
                                           [&](const Finding& f) { return f.state == state; }));
}

void Filter(const FilterInputs& inputs, AuditReport& report) {
  for (Finding& finding : report.findings) Decide(inputs, finding);
  std::stable_sort(report.findings.begin(), report.findings.end(), RanksBefore);
  report.numbers.findings_dropped = KeepBest(inputs.options.findings_max, report.findings);
  report.has_baseline = inputs.options.has_baseline;
  report.has_diff = inputs.options.diff.has_value();
}

void ApplySuppressions(const Suppressions& suppressions, AuditReport& report) {
  for (Finding& finding : report.findings) {
    if (finding.state != FindingState::kShown && finding.state != FindingState::kBaseline) continue;
    const Suppression* suppression = FindSuppression(suppressions, finding);
    if (suppression == nullptr) continue;
    finding.state = FindingState::kSuppressed;
    finding.reason = suppression->reason;
    finding.reason_place = suppression->place;
  }
  std::stable_sort(report.findings.begin(), report.findings.end(), RanksBefore);
}

int ExitCode(const AuditReport& report, std::optional<Severity> fail_on) {
  const bool fails =
      fail_on &&
      std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.state == FindingState::kShown && finding.severity >= *fail_on;
      });
  if (report.partial) return 4;
  return fails ? 1 : 0;
}

}  // namespace fathom
