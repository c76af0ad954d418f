// SPDX-License-Identifier: Apache-2.0
// Writes reports with text that tries to break out of them, for programs of others to judge
// (tests/peers).
#include <cstdio>

#include "agent/audit_test_data.h"

namespace fathom {
namespace {

struct Sample {
  const char *family, *path, *before, *line, *after;
  size_t number;
  double confidence;
  CheckOutcome outcome;
  const char* said;
};

constexpr Sample kSamples[] = {
    {"sql-injection", "api/store.py", "def find(conn, name):\n    cursor = conn.cursor()",
     "    cursor.execute(\"SELECT id FROM items WHERE name = '\" + name + \"'\")",
     "    return cursor.fetchall()\n", 41, 0.97, CheckOutcome::kAgrees,
     "puts a value into the text of an SQL statement"},
    {"command-injection", "web/thumbs.js", "export function thumb(file, done) {",
     "  exec(`convert ${file} -resize 100x100 out.png`, done);", "}", 12, 0.91,
     CheckOutcome::kAgrees, "calls exec with a value that is not constant"},
    {"hardcoded-secret", "config/settings.php", "<?php", "$smtp_password = 'c0******';",
     "$smtp_host = 'mail';", 3, 0.88, CheckOutcome::kAgrees,
     "gives a credential's name a literal of 12 characters"},
    {"weak-hash", "auth/Login.java", "  byte[] digest(String text) {",
     "    return MessageDigest.getInstance(\"MD5\").digest(text.getBytes());", "  }", 88, 0.83,
     CheckOutcome::kSilent, "nothing known"},
    {"weak-random", "auth/Login.java", "", "    int code = new Random().nextInt(10000);", "", 120,
     0.52, CheckOutcome::kSilent, "nothing known"},
    {"path-traversal", "api/files.py", "", "    return open('/etc/motd').read()", "", 9, 0.71,
     CheckOutcome::kContradicts, "constant argument only"},
    {"xss", "web/page.php", "", "<h1><?= $title ?></h1>", "", 14, 0.9, CheckOutcome::kAgrees,
     "writes a value into the page"},
};

Finding FindingOf(const Sample& s) {
  const RuleInfo rule = DescribeFamily({.family = s.family});
  RuleInfo known;
  for (const RuleInfo& r : KnownFamilies()) known = r.family == s.family ? r : known;
  Finding f{.family = s.family,
            .cwe = known.cwe,
            .severity = known.severity,
            .message = rule.sentence,
            .confidence = s.confidence};
  f.evidence = s.outcome == CheckOutcome::kAgrees ? Evidence::kConfirmed
               : s.confidence > 0.6               ? Evidence::kScored
                                                  : Evidence::kClaimed;
  std::string quote = s.line;
  quote.erase(0, quote.find_first_not_of(' '));
  f.place = {.path = s.path,
             .start = s.number,
             .end = s.number,
             .byte_begin = 900,
             .byte_end = 900 + quote.size(),
             .quote = quote};
  f.log = {
      {"model", CheckOutcome::kAgrees, "0.9 for " + f.family},
      {"quote", CheckOutcome::kAgrees, "found at bytes 900-960"},
      {"score", f.evidence == Evidence::kClaimed ? CheckOutcome::kSilent : CheckOutcome::kAgrees,
       "passes 0.60"},
      {"sink", s.outcome, s.said}};
  const CorpusFile context =
      MakeFile({"", "", std::string(s.before) + "\n" + s.line + "\n" + s.after});
  for (size_t i = 0; i < context.lines.size(); ++i) {
    f.context.push_back({.number = i + 1,
                         .text = std::string(context.Line(i)),
                         .marked = context.Line(i) == s.line});
  }
  size_t marked = 0;
  for (const CodeLine& line : f.context) marked = line.marked ? line.number : marked;
  for (CodeLine& line : f.context) line.number += s.number - marked;
  f.fingerprint = Fingerprint({.family = f.family, .path = f.place.path, .quote = f.place.quote});
  return f;
}

// What an audit of a small service could say: code of several languages, every state, a second
// place.
AuditReport OrdinaryReport() {
  AuditReport report = RandomReport(11, 0);
  report.root = "/srv/shop";
  report.model = "nano";
  report.skipped = {{"static/logo.png", "binary"}, {"package-lock.json", "generated"}};
  for (const Sample& sample : kSamples) report.findings.push_back(FindingOf(sample));
  report.findings[1].second = FindingPlace{
      .path = "web/thumbs.js", .start = 10, .end = 10, .quote = "const file = request.query.file;"};
  report.numbers.candidates = 7;
  report.numbers.confirmed = 4;
  report.numbers.rejected_by_check = 1;
  report.notes.push_back(
      {.place = "web/page.php:2", .text = "suppression does not hold: it gives no reason"});
  return report;
}

int WriteAll(const std::string& folder) {
  struct Named {
    const char* stem;
    AuditReport report;
  };
  Named named[] = {{"ordinary", OrdinaryReport()},
                   {"hostile", RandomReport(21, 60)},
                   {"empty", RandomReport(3, 0)},
                   {"partial", RandomReport(4, 9)}};
  named[3].report.partial = true;
  for (Named& n : named) {
    AuditOptions options;
    options.has_baseline = n.report.findings.size() > 20;
    Suppressions suppressions;
    for (size_t i = 0; i < n.report.findings.size(); i += 6) {
      const Finding& f = n.report.findings[i];
      if (options.has_baseline) options.baseline.insert(f.fingerprint);
      if (i + 1 < n.report.findings.size()) {
        const Finding& next = n.report.findings[i == 0 ? n.report.findings.size() - 1 : i + 1];
        suppressions.list.push_back({.path_glob = next.place.path,
                                     .rules = {"*"},
                                     .reason = "the title is a constant",
                                     .place = ".fathom.yaml:3"});
      }
    }
    Filter({.suppressions = suppressions, .options = options}, n.report);
    const auto written =
        WriteReports(n.report, {.folder = folder,
                                .stem = n.stem,
                                .render = {.exit_code = ExitCode(n.report, Severity::kHigh)}});
    if (!written) {
      std::fprintf(stderr, "%s\n", written.error().Text().c_str());
      return 1;
    }
    for (const std::string& path : *written) std::printf("%s\n", path.c_str());
    if (n.stem == std::string_view("ordinary"))
      std::fputs(RenderText(n.report, {.report_paths = *written}).c_str(), stdout);
  }
  return 0;
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: fathom_report_sample FOLDER\n");
    return 2;
  }
  return fathom::WriteAll(argv[1]);
}
