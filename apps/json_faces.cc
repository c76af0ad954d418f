// SPDX-License-Identifier: Apache-2.0
#include "apps/json_faces.h"

namespace fathom {

namespace {

// The passage a citation was read in.
Json FoundBy(const Citation& citation, const Answer& answer, const Corpus& corpus) {
  Json ways = Json::EmptyArray();
  for (const FoundPassage& found : answer.passages) {
    const Passage& passage = found.passage;
    if (corpus.files[passage.file].path != citation.path || citation.start <= passage.begin ||
        citation.start > passage.end)
      continue;
    if (found.by_words) ways.Push("words");
    if (found.by_vectors) ways.Push("vectors");
    break;
  }
  return ways;
}

Json NearestJson(const std::vector<NearLine>& lines, const Corpus& corpus) {
  Json json = Json::EmptyArray();
  for (const NearLine& near : lines) {
    const CorpusFile& file = corpus.files[near.file];
    json.Push(Json::Object{{"path", file.path},
                           {"line", size_t{near.line} + 1},
                           {"text", file.Line(near.line)},
                           {"coverage", near.coverage}});
  }
  return json;
}

}  // namespace

Json CitationJson(const Citation& citation, const Answer& answer, const Corpus& corpus) {
  Json json = Json::EmptyObject();
  json.Set("path", citation.path);
  json.Set("start", citation.start);
  json.Set("end", citation.end);
  json.Set("byte_start", citation.byte_start);
  json.Set("byte_end", citation.byte_end);
  json.Set("quote", citation.quote);
  json.Set("verdict", CitationVerdictName(citation.verdict));
  json.Set("via", answer.via == Via::kWindow ? "window" : "index");
  if (answer.via == Via::kIndex) json.Set("found_by", FoundBy(citation, answer, corpus));
  return json;
}

Json AnswerJson(const std::string& question, const Answer& answer, const Reading& reading) {
  Json json = Json::EmptyObject();
  json.Set("question", question);
  json.Set("asked", answer.asked);
  json.Set("answer", answer.refused ? Json() : Json(answer.text));
  json.Set("refused", answer.refused);
  json.Set("withheld", answer.withheld);
  json.Set("only_called", answer.only_called);
  json.Set("requoted", answer.requoted);
  Json citations = Json::EmptyArray(), dropped = Json::EmptyArray();
  for (const Citation& citation : answer.citations)
    citations.Push(CitationJson(citation, answer, reading.corpus));
  for (const Citation& citation : answer.dropped)
    dropped.Push(CitationJson(citation, answer, reading.corpus));
  json.Set("citations", std::move(citations));
  json.Set("dropped_citations", std::move(dropped));
  json.Set("nearest", NearestJson(answer.nearest, reading.corpus));
  json.Set("also", NearestJson(answer.also, reading.corpus));
  json.Set("also_count", answer.also_count);
  Json usage = Json::EmptyObject();
  usage.Set("prompt", answer.usage.prompt);
  usage.Set("cached", answer.usage.cached);
  usage.Set("prefilled", answer.usage.prefilled);
  usage.Set("corpus_prefilled", reading.usage.prefilled);
  usage.Set("corpus_reused", reading.usage.reused);
  usage.Set("thinking", answer.usage.thinking);
  usage.Set("output", answer.usage.output);
  usage.Set("seconds", answer.usage.seconds);
  json.Set("usage", std::move(usage));
  return json;
}

size_t StateBytes(const ModelInfo& info, size_t tokens) {
  const size_t lightning = static_cast<size_t>(info.layers - info.softmax_layers) * info.heads *
                           info.head_dim * info.head_dim * sizeof(float);
  return lightning +
         tokens * info.softmax_layers * 2 * info.kv_heads * info.head_dim * sizeof(float);
}

Json PlanJson(const Reading& reading, const PlanFacts& facts) {
  Json json = Json::EmptyObject();
  json.Set("root", reading.corpus.root);
  json.Set("files", reading.corpus.files.size());
  json.Set("lines", reading.corpus.lines);
  json.Set("bytes", reading.corpus.bytes);
  json.Set("tokens", reading.pack.tokens);
  json.Set("windows", reading.pack.windows.size());
  json.Set("window_tokens", facts.window_tokens);
  json.Set("overflow_files", reading.pack.Overflow().size());
  json.Set("state_bytes_estimate", StateBytes(facts.info, reading.pack.windows[0].tokens.size()));
  Json files = Json::EmptyArray();
  for (const FileTokens& file : reading.pack.files) {
    Json entry = Json::EmptyObject();
    entry.Set("path", reading.corpus.files[file.file].path);
    entry.Set("tokens", file.tokens);
    entry.Set("lines", reading.corpus.files[file.file].lines.size());
    entry.Set("window", file.window);
    entry.Set("changes", static_cast<size_t>(reading.corpus.files[file.file].changes));
    entry.Set("language", reading.corpus.files[file.file].language);
    files.Push(std::move(entry));
  }
  json.Set("per_file", std::move(files));
  Json skipped = Json::EmptyArray();
  for (const SkippedFile& file : reading.corpus.skipped) {
    Json entry = Json::EmptyObject();
    entry.Set("path", file.path);
    entry.Set("reason", file.reason);
    skipped.Push(std::move(entry));
  }
  json.Set("skipped", std::move(skipped));
  return json;
}

}  // namespace fathom
