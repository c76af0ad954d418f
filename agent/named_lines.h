// SPDX-License-Identifier: Apache-2.0
// NamedLines: where a question about a name in code is put. The lines that name it are known before
// the model is asked: those that look like its definition or like its uses, whichever is wanted,
// where there are some, else all. Which of them answers, and whether any does, is the model's to
// say.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rag/corpus.h"
#include "rag/name_lines.h"
#include "rag/overflow.h"
#include "rag/pack.h"
#include "rag/terms.h"

namespace fathom {

class NamedLines {
 public:
  // Of a term of prose, or one that stands nowhere: none.
  NamedLines(const Corpus& corpus, const Term& term);

  bool empty() const { return lines_.empty(); }
  // All of those that Has() look like what is asked for: a definition, or a use.
  bool may_answer() const { return may_answer_; }
  // Its definition is asked for, and all that the corpus does with it is to call it.
  bool only_called() const { return only_called_; }
  bool Has(const PackedLine& line) const { return places_.contains({line.file, line.line}); }
  // Every line of the corpus that names it was read in the window.
  bool AllStandIn(const Window& window) const;
  // What is around them, the likeliest first; for uses those first that do not look like the
  // definition.
  std::vector<FoundPassage> Passages() const;

 private:
  using Place = std::pair<uint32_t, uint32_t>;  // file, line

  const Corpus& corpus_;
  std::vector<NameLine> all_, lines_;
  std::set<Place> places_;
  bool may_answer_ = false, only_called_ = false;
};

}  // namespace fathom
