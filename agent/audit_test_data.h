// SPDX-License-Identifier: Apache-2.0
// Corpora and reports for the tests of the audit. Inside tests only.
#pragma once

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "agent/audit.h"

namespace fathom {

struct TestFile {
  std::string path, language, bytes;
};

inline CorpusFile MakeFile(const TestFile& file) {
  CorpusFile out{.path = file.path, .language = file.language, .bytes = file.bytes};
  uint32_t begin = 0;
  while (begin < out.bytes.size()) {
    uint32_t next = static_cast<uint32_t>(std::min(out.bytes.find('\n', begin), out.bytes.size()));
    uint32_t end = next;
    while (end > begin &&
           (out.bytes[end - 1] == ' ' || out.bytes[end - 1] == '\t' || out.bytes[end - 1] == '\r'))
      --end;
    out.lines.push_back({.begin = begin, .end = end});
    begin = next + 1;
  }
  return out;
}

// Findings of every state, with text that tries to break out of each format.
inline AuditReport RandomReport(uint64_t seed, size_t count) {
  std::mt19937_64 random(seed);
  const auto below = [&](size_t n) { return static_cast<size_t>(random() % n); };
  const std::vector<std::string> hostile = {"plain text",
                                            "</script><script>alert(1)</script>",
                                            "<img src=x onerror=alert(1)>",
                                            "\x1b[31mred\x1b[0m\x07",
                                            "::error file=x::injected",
                                            "a\r\n::warning::b",
                                            "\"quotes\" & 'more'",
                                            "\xff\xfe not utf-8",
                                            "\xe2\x80\xae reversed",
                                            "100% %0A",
                                            "]]>--><!--",
                                            "tab\there"};
  AuditReport report{.tool_version = "0.1.0",
                     .root = "/srv/some <root> & more",
                     .model = "test model",
                     .started = "2026-11-23T10:00:00Z",
                     .threshold = 0.6,
                     .threshold_confirmed = 0.4};
  report.numbers = {.files = 15,
                    .lines = 640,
                    .skipped = 2,
                    .tokens = 12'345,
                    .prefilled = 12'345,
                    .read_seconds = 3.1,
                    .state_bytes = 14'300'000,
                    .state_saved = true,
                    .windows = 1,
                    .windows_read = 1,
                    .candidates = count};
  report.rules = KnownFamilies();
  report.skipped = {{"logo.png", "binary"}, {hostile[below(hostile.size())], "too large"}};
  for (size_t i = 0; i < count; ++i) {
    const RuleInfo& rule = report.rules[below(report.rules.size())];
    const std::string text = hostile[below(hostile.size())];
    Finding f{.family = rule.family,
              .cwe = rule.cwe,
              .severity = static_cast<Severity>(below(4)),
              .message = rule.sentence,
              .confidence = static_cast<double>(below(101)) / 100,
              .evidence = static_cast<Evidence>(below(4))};
    const size_t line = 1 + below(400);
    f.place = {.path = "src/module " + std::to_string(below(9)) +
                       "/file,name:" + std::to_string(i) + ".py",
               .start = line,
               .end = line + below(3),
               .byte_begin = 10,
               .byte_end = 40,
               .quote = text};
    f.log = {{"model", CheckOutcome::kAgrees, "0.93 for " + rule.family},
             {"quote", CheckOutcome::kAgrees, "found"},
             {"sink", CheckOutcome::kSilent, text}};
    if (below(4) == 0)
      f.log.push_back({"argument", CheckOutcome::kContradicts, "constant argument only"});
    if (below(3) == 0)
      f.second = FindingPlace{.path = f.place.path, .start = 1, .end = 1, .quote = text};
    for (size_t at = line > 2 ? line - 2 : 1; at <= f.place.end + 2; ++at) {
      f.context.push_back(
          {.number = at, .text = "    " + text, .marked = at >= line && at <= f.place.end});
    }
    f.fingerprint = Fingerprint(
        {.family = f.family, .path = f.place.path, .quote = f.place.quote, .occurrence = i});
    report.findings.push_back(std::move(f));
  }
  return report;
}

}  // namespace fathom
