// SPDX-License-Identifier: Apache-2.0
// The way of an audit over constructed scores and answers.
#include "agent/audit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "agent/audit_candidates.h"
#include "agent/audit_test_data.h"
#include "rag/pack.h"

namespace fathom {
namespace {

// The value, or an abort with the error: only for what a test does not ask about.
template <typename T>
T Must(Result<T> result) {
  CHECK_MESSAGE(result.ok(), result ? "" : result.error().Text());
  return std::move(*result);
}

const Tokenizer& Nano() {
  static const auto* const kTokenizer =
      Must(Tokenizer::Load(std::string(FATHOM_SOURCE_DIR) + "/models/nano/tokenizer.json"))
          .release();
  return *kTokenizer;
}

AuditProfile Profile12() {
  AuditProfile profile{
      .model = "test", .has_scores = true, .threshold = 0.7, .threshold_confirmed = 0.4};
  profile.verdicts.emplace_back();
  for (const RuleInfo& rule : KnownFamilies())
    profile.verdicts.push_back({.family = rule.family, .cwe = rule.cwe, .severity = rule.severity});
  return profile;
}

struct Verdict {
  size_t file, line;  // line from 1
  std::string family;
  double p;
};

// A reading whose scores say "nothing wrong" everywhere but at the verdicts.
Reading ReadingOf(const std::vector<TestFile>& files, const std::vector<Verdict>& verdicts) {
  Reading reading;
  reading.corpus.root = "/srv/x";
  for (const TestFile& file : files) {
    reading.corpus.files.push_back(MakeFile(file));
    reading.corpus.lines += reading.corpus.files.back().lines.size();
  }
  reading.pack = Must(PackCorpus(reading.corpus, Nano(), {.system_text = "Read."}));
  const AuditProfile profile = Profile12();
  const size_t columns = profile.verdicts.size();
  for (const Window& window : reading.pack.windows) {
    Scores scores{.candidates = columns,
                  .values = std::vector<float>(window.lines.size() * columns, std::log(0.001f))};
    for (size_t i = 0; i < window.lines.size(); ++i) {
      double rest = 1;
      for (const Verdict& v : verdicts) {
        if (v.file != window.lines[i].file || v.line != window.lines[i].line + 1) continue;
        for (size_t j = 1; j < columns; ++j) {
          if (profile.verdicts[j].family == v.family)
            scores.values[i * columns + j] = static_cast<float>(std::log(v.p));
        }
        rest -= v.p;
      }
      scores.values[i * columns] = static_cast<float>(std::log(std::max(rest, 1e-6)));
    }
    reading.windows.push_back({.key = "k", .scores = std::move(scores), .done = true});
  }
  return reading;
}

AuditReport Audit(const Reading& reading, AuditOptions options = {}) {
  const AuditProfile profile = Profile12();
  return Must(RunAudit({.reading = reading,
                        .profile = profile,
                        .options = std::move(options),
                        .tokenizer = &Nano()}));
}

const Finding* At(const AuditReport& report, size_t line) {
  for (const Finding& f : report.findings) {
    if (f.place.start <= line && line <= f.place.end) return &f;
  }
  return nullptr;
}

const std::vector<TestFile> kCode = {{"a.py", "python",
                                      "import os, hashlib\n"                    // 1
                                      "def run(name):\n"                        // 2
                                      "    os.system('ping ' + name)\n"         // 3
                                      "    os.system('uptime')\n"               // 4
                                      "    return helper(name)\n"               // 5
                                      "PASSWORD = 'c0rrect-h0rse-battery'\n"    // 6
                                      "def q(cur, name):\n"                     // 7
                                      "    cur.execute(\n"                      // 8
                                      "        'SELECT * FROM t WHERE n = '\n"  // 9
                                      "        + name)\n"                       // 10
                                      "x = 1\n"}};                              // 11

TEST(Audit, EvidenceComesFromScoreAndCheck) {
  const Reading reading = ReadingOf(kCode, {{0, 3, "command-injection", 0.5},
                                            {0, 4, "command-injection", 0.95},
                                            {0, 5, "path-traversal", 0.8},
                                            {0, 11, "xss", 0.35},
                                            {0, 1, "xss", 0.1}});
  const AuditReport report = Audit(reading);
  ASSERT_NE(At(report, 3), nullptr);
  EXPECT_EQ(At(report, 3)->evidence, Evidence::kConfirmed);
  EXPECT_EQ(At(report, 3)->state, FindingState::kShown);
  EXPECT_EQ(At(report, 4)->state, FindingState::kRejected);
  EXPECT_EQ(At(report, 4)->reason, "constant argument only");
  EXPECT_EQ(At(report, 5)->evidence, Evidence::kScored);
  EXPECT_EQ(At(report, 5)->state, FindingState::kShown);
  EXPECT_EQ(At(report, 11)->state, FindingState::kLowConfidence);
  EXPECT_EQ(At(report, 1), nullptr);
  EXPECT_EQ(report.numbers.candidates, 4u);
  EXPECT_EQ(report.numbers.confirmed, 1u);
  EXPECT_EQ(report.numbers.rejected_by_check, 1u);
  EXPECT_FALSE(report.partial);
}

TEST(Audit, EveryQuoteStandsAtItsBytes) {
  const Reading reading = ReadingOf(kCode, {{0, 3, "command-injection", 0.9},
                                            {0, 5, "path-traversal", 0.8},
                                            {0, 9, "sql-injection", 0.8},
                                            {0, 10, "sql-injection", 0.9}});
  const AuditReport report = Audit(reading);
  ASSERT_EQ(report.findings.size(), 3u);
  const CorpusFile& file = reading.corpus.files[0];
  for (const Finding& f : report.findings) {
    EXPECT_EQ(file.bytes.substr(f.place.byte_begin, f.place.byte_end - f.place.byte_begin),
              f.place.quote);
    EXPECT_GE(f.place.byte_begin, file.lines[f.place.start - 1].begin);
    EXPECT_EQ(f.place.byte_end, file.lines[f.place.end - 1].end);
  }
}

TEST(Audit, LinesOfOneStatementAreOneFinding) {
  const Reading reading = ReadingOf(
      kCode,
      {{0, 9, "sql-injection", 0.5}, {0, 10, "sql-injection", 0.9}, {0, 11, "sql-injection", 0.5}});
  const AuditReport report = Audit(reading);
  ASSERT_EQ(report.findings.size(), 2u);
  const Finding* f = At(report, 9);
  EXPECT_EQ(f->place.end, 10u);
  EXPECT_DOUBLE_EQ(
      f->confidence,
      static_cast<double>(std::exp(static_cast<double>(static_cast<float>(std::log(0.9))))));
  EXPECT_EQ(f->evidence, Evidence::kConfirmed);
}

TEST(Audit, AVerdictThatRunsOnIsNoSecondFinding) {
  const std::vector<Verdict> verdicts = {{0, 3, "command-injection", 0.9},
                                         {0, 5, "command-injection", 0.9}};
  const AuditReport report = Audit(ReadingOf(kCode, verdicts));
  EXPECT_EQ(At(report, 3)->state, FindingState::kShown);
  EXPECT_EQ(At(report, 5)->state, FindingState::kRejected);
  EXPECT_NE(At(report, 5)->reason.find("line 3"), std::string::npos);
  // Of another family, or further away, it stands for itself.
  const AuditReport apart = Audit(ReadingOf(kCode, {{0, 3, "command-injection", 0.9},
                                                    {0, 5, "path-traversal", 0.9},
                                                    {0, 7, "command-injection", 0.9}}));
  EXPECT_EQ(At(apart, 5)->state, FindingState::kShown);
  EXPECT_EQ(At(apart, 7)->state, FindingState::kShown);
}

TEST(Audit, ChecksAloneFindNothing) {
  std::string code;
  for (int i = 0; i < 50; ++i)
    code += "os.system('x' + name)\ngets(b)\nPASSWORD = 'abcdefghijkl'\neval(x)\n";
  EXPECT_TRUE(Audit(ReadingOf({{"a.py", "python", code}}, {})).findings.empty());
}

TEST(Audit, SecretsLeaveInNoFormat) {
  const std::string secret = "c0rrect-h0rse-battery";
  for (const char* family : {"hardcoded-secret", "xss"}) {
    const Reading reading = ReadingOf(kCode, {{0, 6, family, 0.9}, {0, 5, "path-traversal", 0.9}});
    const AuditReport report = Audit(reading);
    ASSERT_EQ(report.findings.size(), 2u);
    for (const ReportFormat format :
         {ReportFormat::kText, ReportFormat::kJson, ReportFormat::kSarif, ReportFormat::kHtml,
          ReportFormat::kGithub}) {
      const std::string out = Render(report, format, {});
      EXPECT_EQ(out.find(secret.substr(2, 8)), std::string::npos) << family;
    }
    EXPECT_NE(RenderHtml(report, {}).find("c0******"), std::string::npos);
  }
}

TEST(Audit, FingerprintsSurviveShiftedLines) {
  const AuditReport before = Audit(ReadingOf(kCode, {{0, 3, "command-injection", 0.9}}));
  std::vector<TestFile> moved = kCode;
  moved[0].bytes = "# one\n# two\n" + moved[0].bytes;
  const AuditReport after =
      Audit(ReadingOf(moved, {{0, 5, "command-injection", 0.9}, {0, 1, "xss", 0.9}}));
  EXPECT_EQ(At(before, 3)->fingerprint, At(after, 5)->fingerprint);
  // Two equal lines are two findings.
  const AuditReport twice = Audit(
      ReadingOf({{"a.py", "python", "f(x)\nf(x)\n"}}, {{0, 1, "xss", 0.9}, {0, 2, "xss", 0.9}}));
  ASSERT_EQ(twice.findings.size(), 2u);
  EXPECT_NE(twice.findings[0].fingerprint, twice.findings[1].fingerprint);
}

TEST(Audit, DecisionsOfPeopleChangeStateAndExitCode) {
  const std::vector<Verdict> verdicts = {{0, 3, "command-injection", 0.9}};
  const AuditReport plain = Audit(ReadingOf(kCode, verdicts));
  EXPECT_EQ(ExitCode(plain, Severity::kHigh), 1);
  EXPECT_EQ(ExitCode(plain, std::nullopt), 0);

  const auto baseline = ReadBaseline(RenderJson(plain, {}));
  const AuditReport known =
      Audit(ReadingOf(kCode, verdicts), {.baseline = *baseline, .has_baseline = true});
  EXPECT_EQ(At(known, 3)->state, FindingState::kBaseline);
  EXPECT_EQ(ExitCode(known, Severity::kLow), 0);
  EXPECT_EQ(*ReadBaseline(RenderSarif(plain, {})), *baseline);

  const AuditReport elsewhere =
      Audit(ReadingOf(kCode, verdicts),
            {.diff = std::vector<ChangedFile>{{.path = "a.py", .ranges = {{9, 11}}}}});
  EXPECT_EQ(At(elsewhere, 3)->state, FindingState::kUntouched);
  const AuditReport other_rule = Audit(ReadingOf(kCode, verdicts), {.rules = {"xss"}});
  EXPECT_TRUE(other_rule.findings.empty());
  EXPECT_EQ(other_rule.rules.size(), 1u);

  std::vector<TestFile> commented = kCode;
  commented[0].bytes.insert(commented[0].bytes.find("    os.system"),
                            "    # fathom: ignore[command-injection] names are checked before\n");
  const AuditReport suppressed = Audit(ReadingOf(commented, {{0, 4, "command-injection", 0.9}}));
  EXPECT_EQ(At(suppressed, 4)->state, FindingState::kSuppressed);
  EXPECT_EQ(At(suppressed, 4)->reason, "names are checked before");
  const AuditReport in_file =
      Audit(ReadingOf(kCode, verdicts),
            {.suppression_yaml = "suppress:\n  - {path: a.py, rule: \"*\", reason: a test}\n"});
  EXPECT_EQ(At(in_file, 3)->state, FindingState::kSuppressed);
}

TEST(Audit, BadInputsAreErrorsByName) {
  const AuditProfile profile = Profile12();
  Reading reading = ReadingOf(kCode, {});
  const auto unknown =
      RunAudit({.reading = reading, .profile = profile, .options = {.rules = {"sql-injektion"}}});
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("did you mean 'sql-injection'"), std::string::npos)
      << unknown.error().message;
  reading.windows[0].scores->values.pop_back();
  EXPECT_FALSE(RunAudit({.reading = reading, .profile = profile}));
  AuditProfile silent = profile;
  silent.has_scores = false;
  EXPECT_FALSE(RunAudit({.reading = reading, .profile = silent}));
}

TEST(Audit, AStoppedReadingIsAPartialReport) {
  Reading reading = ReadingOf(kCode, {{0, 3, "command-injection", 0.9}});
  reading.cancelled = true;
  reading.windows.push_back({.key = "unread"});
  reading.pack.windows.push_back({});
  const AuditReport report = Audit(reading);
  EXPECT_TRUE(report.partial);
  EXPECT_EQ(report.numbers.windows_read, 1u);
  EXPECT_NE(At(report, 3), nullptr);
  EXPECT_EQ(ExitCode(report, Severity::kLow), 4);
}

TEST(Audit, ASecondLookRaisesOrRejects) {
  AuditProfile profile = Profile12();
  profile.second_look = true;
  const Reading reading = ReadingOf(kCode, {{0, 5, "path-traversal", 0.8}});
  for (const double again : {0.9, 0.2}) {
    const auto report =
        RunAudit({.reading = reading, .profile = profile, .second_look = [&](const Finding&) {
                    return std::optional(again);
                  }});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->findings[0].state,
              again > 0.5 ? FindingState::kShown : FindingState::kRejected);
    EXPECT_EQ(report->findings[0].evidence,
              again > 0.5 ? Evidence::kSecondLook : Evidence::kClaimed);
  }
}

// A model without verdict tokens: answers in a schema.
AuditReport AuditAnswers(const Reading& reading, const std::string& answer) {
  AuditProfile profile = Profile12();
  profile.has_scores = false;
  profile.verdicts.erase(profile.verdicts.begin());
  const auto ask = [&](const FamilyAsking& asking) -> Result<std::string> {
    return asking.question.find("CWE-78)") != std::string::npos ? answer : std::string("[]");
  };
  return Must(RunAudit({.reading = reading, .profile = profile, .ask = ask}));
}

TEST(Answers, ATrueQuoteSurvivesAndAFalseOneIsKeptAsRejected) {
  const Reading reading = ReadingOf(kCode, {});
  const AuditReport good = AuditAnswers(
      reading, R"x([{"line": 3, "quote": "os.system('ping ' + name)", "confidence": 0.9}])x");
  ASSERT_EQ(good.findings.size(), 1u);
  EXPECT_EQ(good.findings[0].state, FindingState::kShown);
  // Off by two lines: repaired to where the bytes stand.
  const AuditReport shifted = AuditAnswers(
      reading, R"x([{"line": 1, "quote": "os.system('ping ' + name)", "confidence": 0.9}])x");
  ASSERT_EQ(shifted.findings.size(), 1u);
  EXPECT_EQ(shifted.findings[0].place.start, 3u);
  // Two quotes of one line are one finding.
  const AuditReport twice = AuditAnswers(
      reading, R"x([{"line": 1, "quote": "os.system('ping ' + name)", "confidence": 0.9},
                    {"line": 3, "quote": "os.system(", "confidence": 0.9}])x");
  EXPECT_EQ(twice.Count(FindingState::kShown), 1u);
  EXPECT_EQ(twice.Count(FindingState::kRejected), 1u);
  for (const char* quote : {"os.system('rm ' + name)", "", "(", "    "}) {
    const AuditReport bad = AuditAnswers(
        reading, std::string(R"([{"line": 3, "quote": ")") + quote + R"(", "confidence": 1}])");
    ASSERT_EQ(bad.findings.size(), 1u) << quote;
    EXPECT_EQ(bad.findings[0].state, FindingState::kRejected) << quote;
    EXPECT_EQ(bad.numbers.rejected_by_quote, 1u);
  }
}

TEST(Answers, AnythingElseThanTheFormIsDropped) {
  const Reading reading = ReadingOf(kCode, {});
  for (const char* answer :
       {"", "no", "{}", "[1]", "[{}]", R"([{"line": 0, "quote": "x", "confidence": 1}])",
        R"([{"line": 99, "quote": "x", "confidence": 1}])",
        R"([{"line": 3, "quote": "x", "confidence": 2}])",
        R"([{"line": 3, "quote": 3, "confidence": 1}])",
        R"([{"line": 3.5, "quote": "x", "confidence": 1}])",
        R"([{"line": 3, "quote": "x", "confidence": 1, "more": 1}])", "[] trailing",
        "[[[[[[]]]]]]"}) {
    const AuditReport report = AuditAnswers(reading, answer);
    EXPECT_TRUE(report.findings.empty()) << answer;
    EXPECT_EQ(report.numbers.answers_dropped, 1u) << answer;
  }
  std::string many = "[";
  for (size_t i = 0; i < kAnswerEntriesMax + 5; ++i)
    many += std::string(i ? "," : "") + R"({"line": 3, "quote": "x", "confidence": 1})";
  EXPECT_EQ(
      CandidatesOfAnswer(many + "]", 0, reading.corpus, reading.pack.windows[0]).candidates.size(),
      kAnswerEntriesMax);
  EXPECT_EQ(CandidatesOfAnswer("[" + std::string(kAnswerBytesMax, ' ') + "]", 0, reading.corpus,
                               reading.pack.windows[0])
                .dropped,
            1u);
}

TEST(Columns, AreTheOkTokenAndTheFamiliesInOrder) {
  Profile model{.name = "n"};
  model.verdicts = Verdicts{.ok_token = "<ok>",
                            .families = {{.token = "<r03>", .family = "sql-injection", .cwe = 89},
                                         {.token = "<r11>", .family = "xss", .cwe = 79}}};
  const auto tokens = VerdictTokens(model, Nano());
  ASSERT_TRUE(tokens) << tokens.error().Text();
  EXPECT_EQ(*tokens, (std::vector<Token>{4068, 4071, 4079}));
  const AuditProfile profile = AuditProfileOf(model);
  ASSERT_EQ(profile.verdicts.size(), 3u);
  EXPECT_TRUE(profile.verdicts[0].family.empty());
  EXPECT_EQ(profile.verdicts[1].family, "sql-injection");
  model.verdicts->ok_token = "<nothing>";
  EXPECT_FALSE(VerdictTokens(model, Nano()));
}

}  // namespace
}  // namespace fathom
