// SPDX-License-Identifier: Apache-2.0
// A question answered from a corpus that was read, with checked citations.
#pragma once

#include <atomic>
#include <string>

#include "apps/http/context.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/result.h"

namespace fathom::http {

constexpr size_t kQuestionBytesMax = 64_KiB;

struct CorpusQuestion {
  std::string root;  // of the corpus
  std::string text;
  ReadingOptions reading;  // with its progress and cancel
  TextSink sink;           // provisional: what is not confirmed is taken back in the answer
};

struct CorpusAnswer {
  bool refused = false, withheld = false;
  std::string text;  // says so when refused
  Usage usage;
  Json json;  // as /api/ask gives it
};
Result<CorpusAnswer> AnswerFromCorpus(Context& context, CorpusQuestion question);

}  // namespace fathom::http
