// SPDX-License-Identifier: Apache-2.0
// JSON that the command line prints and the server answers: one form for both.
#pragma once

#include "agent/ask.h"
#include "base/json.h"
#include "engine/engine.h"
#include "rag/reading.h"

namespace fathom {

Json AnswerJson(const std::string& question, const Answer& answer, const Reading& reading);
// With `found_by` ("words", "vectors") where the citation came through the overflow index.
Json CitationJson(const Citation& citation, const Answer& answer, const Corpus& corpus);

// Of a reading that was only planned, or done.
struct PlanFacts {
  const ModelInfo& info;
  size_t window_tokens = 0;
};
Json PlanJson(const Reading& reading, const PlanFacts& facts);

// Lightning states are constant; each token adds a KV row of every softmax layer (f32 keys and
// values at most).
size_t StateBytes(const ModelInfo& info, size_t tokens);

}  // namespace fathom
