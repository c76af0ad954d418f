// SPDX-License-Identifier: Apache-2.0
// One filter feeds everything: whatever the findings, the five formats and the exit code tell the
// same story.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "agent/audit.h"
#include "agent/audit_test_data.h"
#include "agent/report_words.h"
#include "base/json.h"

namespace fathom {
namespace {

size_t CountOf(const std::string& text, std::string_view what) {
  size_t count = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size()))
    ++count;
  return count;
}

// A random report after the filter, with a random baseline, diff and suppressions.
AuditReport Filtered(uint64_t seed, size_t findings_max = 5'000) {
  AuditReport report = RandomReport(seed, 1 + seed % 40);
  AuditOptions options{.findings_max = findings_max};
  Suppressions suppressions;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& f = report.findings[i];
    if (seed % 3 == 0 && i % 4 == 0) options.baseline.insert(f.fingerprint);
    if (i % 5 == 0)
      suppressions.list.push_back({.path_glob = f.place.path,
                                   .rules = {f.family},
                                   .reason = "because",
                                   .place = f.place.path + ":1"});
    if (seed % 4 == 1) {
      if (!options.diff) options.diff.emplace();
      if (i % 3 != 0) options.diff->push_back({.path = f.place.path, .added = true});
    }
  }
  options.has_baseline = seed % 3 == 0;
  Filter({.suppressions = suppressions, .options = options}, report);
  return report;
}

std::set<std::string> ShownFingerprints(const AuditReport& report) {
  std::set<std::string> shown;
  for (const Finding& f : report.findings) {
    if (f.state == FindingState::kShown) shown.insert(f.fingerprint);
  }
  return shown;
}

std::set<std::string> ShownInSarif(const Json& sarif) {
  std::set<std::string> shown;
  for (const Json& result : sarif.Find("runs")->as_array()[0].Find("results")->as_array()) {
    const Json* baseline = result.Find("baselineState");
    const bool fresh = baseline == nullptr || baseline->as_string() == "new";
    if (result.Find("kind")->as_string() == "fail" && result.Find("suppressions") == nullptr &&
        fresh) {
      shown.insert(result.Find("partialFingerprints")->Find("fathomFinding/v1")->as_string());
    }
  }
  return shown;
}

TEST(Reports, AllFormatsAndTheExitCodeAgree) {
  for (uint64_t seed = 0; seed < 60; ++seed) {
    const AuditReport report = Filtered(seed);
    const auto shown = ShownFingerprints(report);
    SCOPED_TRACE("seed " + std::to_string(seed));

    const auto json = Json::Parse(RenderJson(report, {}));
    ASSERT_TRUE(json) << json.error().Text();
    std::set<std::string> in_json;
    for (const Json& f : json->Find("findings")->as_array()) {
      if (f.Find("state")->as_string() == "shown")
        in_json.insert(f.Find("fingerprint")->as_string());
    }
    EXPECT_EQ(in_json, shown);
    EXPECT_EQ(json->Find("findings")->size(), report.findings.size());
    EXPECT_EQ(static_cast<size_t>(json->Find("counts")->Find("shown")->as_int()), shown.size());

    const auto sarif = Json::Parse(RenderSarif(report, {}));
    ASSERT_TRUE(sarif) << sarif.error().Text();
    EXPECT_EQ(ShownInSarif(*sarif), shown);

    const std::string html = RenderHtml(report, {});
    EXPECT_EQ(CountOf(html, "<article"), shown.size());
    for (const std::string& fingerprint : shown)
      EXPECT_NE(html.find(fingerprint), std::string::npos);

    const std::string text = RenderText(report, {.columns = 120});
    const std::string github = RenderGithub(report, {});
    size_t annotations = 0;
    for (const char* command : {"::error file=", "::warning file=", "::notice file="})
      annotations += CountOf("\n" + github, "\n" + std::string(command));
    EXPECT_EQ(annotations, shown.size());
    for (const Finding& f : report.findings) {
      const bool in_table = text.find(PlaceText(f.place)) != std::string::npos;
      EXPECT_EQ(in_table, f.state == FindingState::kShown) << FindingStateName(f.state);
    }

    for (const Severity severity :
         {Severity::kLow, Severity::kMedium, Severity::kHigh, Severity::kCritical}) {
      const bool any =
          std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& f) {
            return shown.contains(f.fingerprint) && f.severity >= severity;
          });
      EXPECT_EQ(ExitCode(report, severity), any ? 1 : 0);
    }
    EXPECT_EQ(ExitCode(report, std::nullopt), 0);
  }
}

void MakeUtf8(std::string& text) {
  text = Json::Parse(Json(text).Dump())->as_string();
}

// As JSON keeps it.
AuditReport WithUtf8Text(AuditReport report) {
  for (Finding& finding : report.findings) {
    for (std::string* text : {&finding.place.quote, &finding.reason, &finding.message})
      MakeUtf8(*text);
    if (finding.second) MakeUtf8(finding.second->quote);
    for (CheckEntry& entry : finding.log) MakeUtf8(entry.said);
    for (CodeLine& line : finding.context) MakeUtf8(line.text);
  }
  for (SkippedFile& file : report.skipped) MakeUtf8(file.path);
  return report;
}

// A stored report is the report: every format says the same of what was read back.
TEST(Reports, WhatWasReadBackRendersTheSame) {
  for (uint64_t seed = 0; seed < 60; ++seed) {
    const AuditReport report = WithUtf8Text(Filtered(seed));
    const std::string json = RenderJson(report, {});
    const auto read = ReadReport(json);
    ASSERT_TRUE(read) << read.error().Text();
    SCOPED_TRACE("seed " + std::to_string(seed));
    for (const ReportFormat format :
         {ReportFormat::kText, ReportFormat::kJson, ReportFormat::kSarif, ReportFormat::kHtml,
          ReportFormat::kGithub}) {
      ASSERT_TRUE(Render(*read, format) == Render(report, format)) << static_cast<int>(format);
    }
  }
}

// Every field is demanded: a report without it is refused, and the message names it.
TEST(Reports, AMissingFieldIsNamed) {
  const auto whole = Json::Parse(RenderJson(Filtered(3), {}));
  ASSERT_TRUE(whole);
  size_t fields = 0;
  for (const auto& [key, value] : whole->as_object()) {
    if (key == "exit_code" || key == "counts") continue;  // follow from the rest
    Json part = Json::EmptyObject();
    for (const auto& [name, kept] : whole->as_object()) {
      if (name != key) part.Set(name, kept);
    }
    const auto read = ReadReport(part.Dump());
    ASSERT_FALSE(read) << key;
    EXPECT_NE(read.error().Text().find("'" + key), std::string::npos) << read.error().Text();
    ++fields;
  }
  EXPECT_GE(fields, 12u);
  EXPECT_FALSE(ReadReport("[]"));
  EXPECT_FALSE(ReadReport("{"));
}

TEST(Reports, TextOfOthersIsInert) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    AuditReport report = Filtered(seed);
    report.notes.push_back({.place = "a\n::error::b", .text = "<script>x</script>\x1b[2J"});
    for (const ReportFormat format :
         {ReportFormat::kText, ReportFormat::kJson, ReportFormat::kSarif, ReportFormat::kHtml,
          ReportFormat::kGithub}) {
      const std::string out = Render(report, format, {});
      EXPECT_EQ(out.find('\x1b'), std::string::npos);
      EXPECT_EQ(out.find('\x07'), std::string::npos);
    }
    const std::string html = RenderHtml(report, {});
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_EQ(html.find("<img"), std::string::npos);
    EXPECT_EQ(html.find(" style=\""), std::string::npos);
    const std::string github = RenderGithub(report, {});
    size_t at = 0;
    while (at < github.size()) {  // every line is a command of ours
      EXPECT_EQ(github.compare(at, 2, "::"), 0);
      at = github.find('\n', at) + 1;
    }
    EXPECT_EQ(CountOf("\n" + github, "\n::error::b"), 0u);
    EXPECT_EQ(CountOf("\n" + github, "\n::warning::b"), 0u);
  }
}

TEST(Reports, PartialIsSaidEverywhere) {
  AuditReport report = Filtered(5);
  report.partial = true;
  report.numbers.windows = 7;
  report.numbers.windows_read = 3;
  EXPECT_EQ(ExitCode(report, Severity::kLow), 4);
  EXPECT_NE(RenderText(report, {}).find("3 of 7 windows"), std::string::npos);
  EXPECT_NE(RenderHtml(report, {}).find("3 of 7 windows"), std::string::npos);
  EXPECT_NE(RenderGithub(report, {}).find("3 of 7 windows"), std::string::npos);
  EXPECT_TRUE(Json::Parse(RenderJson(report, {}))->Find("partial")->as_bool());
  const auto sarif = Json::Parse(RenderSarif(report, {.exit_code = 4}));
  const Json& invocation = sarif->Find("runs")->as_array()[0].Find("invocations")->as_array()[0];
  EXPECT_FALSE(invocation.Find("executionSuccessful")->as_bool());
  EXPECT_EQ(invocation.Find("exitCode")->as_int(), 4);
}

TEST(Filter, RanksAndKeepsTheBestOfEachState) {
  const AuditReport all = Filtered(8), few = Filtered(8, 2);
  ASSERT_GT(all.findings.size(), few.findings.size());
  EXPECT_EQ(all.findings.size(), few.findings.size() + few.numbers.findings_dropped);
  EXPECT_LE(few.Count(FindingState::kShown), 2u);
  for (size_t i = 1; i < all.findings.size(); ++i) {
    const Finding &a = all.findings[i - 1], &b = all.findings[i];
    EXPECT_LE(a.state, b.state);
    if (a.state == b.state) {
      EXPECT_GE(a.severity, b.severity);
    }
  }
}

TEST(Words, NumbersForPeople) {
  EXPECT_EQ(WithSeparators(0), "0");
  EXPECT_EQ(WithSeparators(999), "999");
  EXPECT_EQ(WithSeparators(1'234'567), "1,234,567");
  EXPECT_EQ(SecondsText(125), "2 min 5 s");
  EXPECT_EQ(BytesText(14'300'000), "14.3 MB");
  EXPECT_EQ(UriOfPath("a b/c#d.py"), "a%20b/c%23d.py");
}

}  // namespace
}  // namespace fathom
