// SPDX-License-Identifier: Apache-2.0
// TermFinder: which identifier or phrase of a corpus a question asks about.
//
// A model whose profile says `force_term` answers best when the request names one term in a
// canonical phrasing and the answer starts with it. This finds the term: quoted text and
// identifiers as they are; otherwise the identifier (in code) or the phrase (in prose) whose words
// cover the question best, rare words counting more. When too little of the question occurs in the
// corpus, the term is the part that does not occur: the model is then expected to refuse. It looks
// at words only; what the corpus says about the term is the model's to read.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "rag/corpus.h"

namespace fathom {

enum class Intent { kValue, kDefinition, kUse, kStatement };
std::string_view IntentName(
    Intent intent);  // the profile's key: "value", "definition", "use", "statement"

struct Term {
  std::string text;      // as the corpus writes it when present, as the question writes it when not
  bool present = false;  // stands somewhere in the corpus
  bool named = false;    // the question quotes or spells it; otherwise its words were compared
  Intent intent = Intent::kDefinition;
  double coverage =
      0;  // share of the question's word weight that the term (or its line) covers, 0..1
};

class TermFinder {
 public:
  explicit TermFinder(const Corpus& corpus);
  ~TermFinder();

  Term Find(std::string_view question) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
