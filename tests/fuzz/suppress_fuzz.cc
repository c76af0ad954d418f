// SPDX-License-Identifier: Apache-2.0
// Any bytes as a source file with suppression comments, as .fathom.yaml, as a glob and as a
// baseline report: refused or understood, and no suppression without a reason holds.
#include <cstddef>
#include <cstdint>

#include "agent/suppress.h"
#include "base/check.h"

using namespace fathom;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const std::vector<std::string> families = {"sql-injection", "weak-hash", "xss"};
  Corpus corpus;
  corpus.files.push_back({"a.py", "python", std::string(text), SplitLines(text)});
  Suppressions suppressions = ReadInlineSuppressions(corpus, families);
  (void)ReadSuppressionFile(text, ".fathom.yaml", families, suppressions);
  for (const Suppression& suppression : suppressions.list) {
    CHECK(!suppression.reason.empty());
    (void)MatchesGlob(suppression.path_glob, "legacy/a.py");
  }
  const std::string_view glob = text.substr(0, text.find('\n'));
  if (glob.size() <= 256) (void)MatchesGlob(glob, text.substr(0, 256));
  (void)ReadBaseline(text);
  return 0;
}
