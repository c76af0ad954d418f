// SPDX-License-Identifier: Apache-2.0
#include "apps/http/corpus_answer.h"

#include "agent/ask.h"
#include "apps/json_faces.h"

namespace fathom::http {
namespace {

std::string TextOf(const Answer& answer, const Corpus& corpus) {
  if (answer.withheld)
    return "No confirmed answer: what the model said does not stand in the corpus.";
  if (!answer.refused) return answer.text;
  std::string text = answer.only_called
                         ? "No answer: it is called in the corpus and defined nowhere."
                         : "No answer: the model finds none in the corpus.";
  if (!answer.nearest.empty()) text += " Nearest to the question, not judged by the model:";
  if (!answer.also.empty()) text += " Lines that name it, not judged by the model:";
  for (const NearLine& near : answer.also.empty() ? answer.nearest : answer.also) {
    const CorpusFile& file = corpus.files[near.file];
    text.append("\n").append(file.path).append(":").append(std::to_string(near.line + 1));
    text.append(": ").append(file.Line(near.line));
  }
  return text;
}

}  // namespace

Result<CorpusAnswer> AnswerFromCorpus(Context& context, CorpusQuestion question) {
  const std::atomic<bool>* cancel = question.reading.cancel;
  const Deadline deadline = question.reading.deadline;
  question.reading.all_windows = false;
  auto reading = OpenReading(context.engine, context.catalog, question.root, question.reading);
  if (!reading) return reading.error();
  if (reading->cancelled) return Error{Code::kCancelled, "stopped"};
  auto asker = Asker::Open(context.engine, context.profile, context.catalog, *reading);
  if (!asker) return asker.error();
  auto answer = (*asker)->Ask({.question = question.text,
                               .cancel = cancel,
                               .deadline = deadline,
                               .sink = std::move(question.sink)});
  if (!answer) return answer.error();
  CorpusAnswer out{.refused = answer->refused,
                   .withheld = answer->withheld,
                   .text = TextOf(*answer, reading->corpus),
                   .usage = {.prompt = answer->usage.prompt,
                             .cached = answer->usage.cached,
                             .thinking = answer->usage.thinking,
                             .output = answer->usage.output,
                             .seconds = answer->usage.seconds},
                   .json = AnswerJson(question.text, *answer, *reading)};
  context.metrics.CountGeneration({.operation = "chat",
                                   .usage = out.usage,
                                   .citations = answer->citations.size(),
                                   .dropped_citations = answer->dropped.size()});
  return out;
}

}  // namespace fathom::http
