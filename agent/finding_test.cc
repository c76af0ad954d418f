// SPDX-License-Identifier: Apache-2.0
#include "agent/finding.h"

#include <gtest/gtest.h>

#include <set>

namespace fathom {
namespace {

TEST(Fingerprint, DoesNotMoveWithSpacingButWithEverythingElse) {
  const FingerprintParts parts{
      .family = "xss", .path = "a.js", .quote = "x = y + z", .occurrence = 0};
  const std::string base = Fingerprint(parts);
  EXPECT_EQ(base.size(), 32u);
  EXPECT_EQ(base, Fingerprint(
                      {.family = "xss", .path = "a.js", .quote = "\tx  =  y+z", .occurrence = 0}));
  std::set<std::string> all = {base};
  all.insert(Fingerprint({.family = "xs", .path = "sa.js", .quote = "x = y + z", .occurrence = 0}));
  all.insert(Fingerprint({.family = "xss", .path = "b.js", .quote = "x = y + z", .occurrence = 0}));
  all.insert(Fingerprint({.family = "xss", .path = "a.js", .quote = "x = y + w", .occurrence = 0}));
  all.insert(Fingerprint({.family = "xss", .path = "a.js", .quote = "x = y + z", .occurrence = 1}));
  EXPECT_EQ(all.size(), 5u);
}

TEST(MaskSecrets, LeavesTwoCharactersOfEachValue) {
  struct Case {
    const char* line;
    const char* masked;
  };
  const Case cases[] = {
      {"PASSWORD = \"c0rrect-h0rse\"", "PASSWORD = \"c0******\""},
      {"  'password': 'hunter2',", "  'password': 'hu******',"},
      {"cfg[\"api_key\"] = \"abcdef\";", "cfg[\"api_key\"] = \"ab******\";"},
      {"password: hunter2hunter2", "password: hu******"},
      {"TOKEN=abcdefgh", "TOKEN=ab******"},
      {"x = \"a\\\"bcdef\" + y", "x = \"a\\******\" + y"},
      {"key = \"unclosed secret", "key = \"un******"},
  };
  for (const Case& c : cases) EXPECT_EQ(MaskSecrets(c.line), c.masked);
}

TEST(MaskSecrets, NeverShowsTheMiddleOfALongLiteral) {
  for (const char* line : {"a = 'x' + \"SECRETSECRET\"", "f(`SECRETSECRET`)", "k: SECRETSECRET",
                           "s = 'SECRETSECRET"}) {
    EXPECT_EQ(MaskSecrets(line).find("CRETSE"), std::string::npos) << MaskSecrets(line);
  }
}

TEST(Families, TheTwelveHaveWordsAndOthersGetSome) {
  const auto known = KnownFamilies();
  EXPECT_EQ(known.size(), 12u);
  for (const RuleInfo& rule : known) {
    EXPECT_FALSE(rule.description.empty() || rule.help.empty() || rule.sentence.empty())
        << rule.family;
    EXPECT_GT(rule.cwe, 0);
  }
  const RuleInfo other = DescribeFamily({.family = "race", .cwe = 362, .title = "Race condition"});
  EXPECT_NE(other.description.find("CWE-362"), std::string::npos);
  EXPECT_FALSE(other.sentence.empty());
  EXPECT_EQ(DescribeFamily({.family = "xss", .sentence = "Mine."}).sentence, "Mine.");
}

}  // namespace
}  // namespace fathom
