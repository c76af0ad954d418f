// SPDX-License-Identifier: Apache-2.0
// NearestLines: the lines of a corpus that share most with a question, word for word. No answer: a
// place to look, for a reader who was told that the model has none.
#pragma once

#include <string_view>
#include <vector>

#include "rag/corpus.h"

namespace fathom {

struct NearLine {
  size_t file = 0;      // index into Corpus::files
  uint32_t line = 0;    // from 0
  double coverage = 0;  // share of the question's word weight found in the line, 0..1
};

// Best first, at most `count`. Rare words weigh more; a line with less than a third of the
// question's weight is not near. Takes time linear in the corpus.
std::vector<NearLine> NearestLines(const Corpus& corpus, std::string_view question, size_t count);

}  // namespace fathom
