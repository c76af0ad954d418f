// SPDX-License-Identifier: Apache-2.0
// Our words for the weakness families. They describe; what counts as a weakness is the model's to
// say.
#include <array>

#include "agent/finding.h"

namespace fathom {
namespace {

struct FamilyWords {
  std::string_view family;
  int cwe;
  Severity severity;
  std::string_view title, sentence, description, help;
};

constexpr auto kFamilies = std::to_array<FamilyWords>({
    {"buffer-overflow", 120, Severity::kHigh, "Buffer overflow",
     "A copy into a fixed buffer is not bounded by the buffer's size.",
     "Data is copied into memory of fixed size without a check that it fits. What follows the "
     "buffer can be overwritten.",
     "Give the copy the size of the destination (snprintf, strlcpy, memcpy with a checked length) "
     "and refuse longer "
     "input."},
    {"command-injection", 78, Severity::kCritical, "OS command injection",
     "A command line is built from a value that may come from outside.",
     "A shell interprets text that contains a value from outside. Whoever controls the value can "
     "run other commands.",
     "Start the program with a list of arguments and without a shell; if a shell is needed, quote "
     "every value with the "
     "function made for it."},
    {"sql-injection", 89, Severity::kCritical, "SQL injection",
     "A value is written into the text of an SQL statement.",
     "An SQL statement is assembled from text and values. Whoever controls a value can change the "
     "statement.",
     "Pass values as bound parameters of a prepared statement; choose table and column names from "
     "a fixed list."},
    {"code-eval", 95, Severity::kCritical, "Evaluation of dynamic code",
     "Text that may come from outside is evaluated as code.",
     "A program evaluates text as source code. Whoever controls the text runs code in the process.",
     "Parse the data with a parser for its format, or look the wanted operation up in a fixed "
     "table."},
    {"hardcoded-secret", 798, Severity::kHigh, "Hard-coded credential",
     "A credential is written in the source.",
     "A password, key or token stands in the source, so that everyone who can read the code has it "
     "and it cannot be "
     "changed without a release.",
     "Read the credential from the environment or a secret store, and replace the one that was "
     "published."},
    {"weak-hash", 328, Severity::kMedium, "Weak hash",
     "A hash that is known to be broken protects a value.",
     "MD5 and SHA-1 do not resist collisions, and any fast hash is unfit for passwords.",
     "Use SHA-256 or better for integrity, and a password hash (Argon2, scrypt, bcrypt) for "
     "passwords."},
    {"path-traversal", 22, Severity::kHigh, "Path traversal",
     "A file path is built from a value that may leave the intended folder.",
     "A path contains a value from outside. With '..' or an absolute path other files can be "
     "reached.",
     "Resolve the path and check that it stays inside the intended folder, or accept only names "
     "from a list."},
    {"format-string", 134, Severity::kHigh, "Uncontrolled format string",
     "A format string is not a constant.",
     "A variable is used as the format of a printf-like function. Directives in it read and write "
     "memory.",
     "Use a constant format and pass the value as an argument: printf(\"%s\", value)."},
    {"weak-random", 338, Severity::kMedium, "Weak random numbers",
     "A value that must not be guessed comes from a predictable generator.",
     "General purpose random generators can be predicted from a few outputs or from the time they "
     "were seeded.",
     "Use the system's generator for tokens and keys: getrandom, secrets, crypto.randomBytes, "
     "SecureRandom, "
     "random_bytes."},
    {"unsafe-deserialize", 502, Severity::kHigh, "Unsafe deserialisation",
     "Data that may come from outside is deserialised into arbitrary objects.",
     "A deserialiser that can create any object runs code chosen by whoever wrote the data.",
     "Use a data-only format (JSON, a safe YAML loader) or allow a fixed list of classes."},
    {"xss", 79, Severity::kHigh, "Cross-site scripting",
     "A value is written into HTML without escaping.",
     "A value from outside becomes part of a page without escaping. It can contain script that "
     "runs for other users.",
     "Escape the value for the place where it stands, or write it as text instead of HTML."},
    {"insecure-tls", 295, Severity::kHigh, "Certificate check disabled",
     "The check of the server's certificate is turned off.",
     "Without the certificate check a connection can be intercepted by anyone on the way.",
     "Leave verification on; give a private certificate authority to the client as a file."},
});

RuleInfo RuleOf(const FamilyWords& words) {
  return {.family = std::string(words.family),
          .cwe = words.cwe,
          .title = std::string(words.title),
          .severity = words.severity,
          .description = std::string(words.description),
          .help = std::string(words.help),
          .sentence = std::string(words.sentence)};
}

void FillEmpty(std::string& field, const std::string& words) {
  if (field.empty()) field = words;
}

}  // namespace

std::vector<RuleInfo> KnownFamilies() {
  std::vector<RuleInfo> rules;
  for (const FamilyWords& words : kFamilies) rules.push_back(RuleOf(words));
  return rules;
}

RuleInfo DescribeFamily(RuleInfo rule) {
  RuleInfo words{.title = rule.family};
  for (const FamilyWords& known : kFamilies) {
    if (known.family == rule.family) words = RuleOf(known);
  }
  FillEmpty(rule.title, words.title);
  FillEmpty(rule.sentence, words.sentence.empty()
                               ? "The model names this line for " + rule.title + "."
                               : words.sentence);
  FillEmpty(rule.description, words.description.empty()
                                  ? rule.title + " (" + CweName(rule.cwe) + ")."
                                  : words.description);
  FillEmpty(rule.help,
            words.help.empty() ? "See the description of " + CweName(rule.cwe) + "." : words.help);
  return rule;
}

}  // namespace fathom
