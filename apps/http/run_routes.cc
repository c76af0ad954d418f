// SPDX-License-Identifier: Apache-2.0
#include "apps/http/run_routes.h"

#include <algorithm>
#include <charconv>

#include "apps/http/corpora.h"
#include "apps/http/corpus_answer.h"
#include "apps/http/openai_common.h"

namespace fathom::http {
namespace {

constexpr int64_t kLimitMax = int64_t{1} << 40;

Result<Json> RunIngest(Context& context, const std::string& path, Run& run) {
  auto reading = OpenReading(context.engine, context.catalog, path, ReadingFor(context, run));
  if (!reading) return reading.error();
  CountReading(context, *reading);
  if (reading->cancelled) return Error{Code::kCancelled, "stopped"};
  auto entries = ListCorpora(context.catalog);
  if (!entries) return entries.error();
  for (const CorpusEntry& entry : *entries) {
    if (entry.root != reading->corpus.root) continue;
    Json event = Json::EmptyObject();
    event.Set("corpus", CorpusJson(entry));
    run.Emit("corpus", std::move(event));
    return CorpusJson(entry);
  }
  return Error{Code::kNotFound, "the corpus was read and not kept"};
}

Result<Json> RunAsk(Context& context, const std::string& root, const std::string& question,
                    Run& run) {
  auto answer = AnswerFromCorpus(context, {.root = root,
                                           .text = question,
                                           .reading = ReadingFor(context, run),
                                           .sink = [&run](const TextDelta& delta) {
                                             Json event = Json::EmptyObject();
                                             event.Set("text", delta.text);
                                             event.Set("thinking", delta.thinking);
                                             run.Emit("delta", std::move(event));
                                             return true;
                                           }});
  if (!answer) return answer.error();
  Json event = Json::EmptyObject();
  event.Set("answer", answer->json);
  run.Emit("answer", std::move(event));
  return std::move(answer->json);
}

void Ingest(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  const std::string asked = fields.Text("path");
  const bool stream = fields.Flag("stream", false);
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  auto path = PathBeneath(context.roots, asked);
  if (!path) return exchange.Fail(FromError(path.error()));
  AnswerWithRun(
      exchange,
      context.runs.Start(
          {.kind = "ingest",
           .title = *path,
           .client = exchange.request().peer,
           .tokens = context.profile.window_tokens(),
           .work = [&context, path = *path](Run& run) { return RunIngest(context, path, run); }}),
      stream);
}

void AskCorpus(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  const std::string name = fields.Text("corpus"), question = fields.Text("question");
  const bool stream = fields.Flag("stream", false);
  if (question.empty() || question.size() > kQuestionBytesMax)
    fields.Fail("question", "must be a text of at most 64 KiB");
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  auto corpus = FindCorpus(context.catalog, name);
  if (!corpus) return exchange.Fail(FromError(corpus.error()));
  Json about = Json::EmptyObject();
  about.Set("corpus", name);
  AnswerWithRun(
      exchange,
      context.runs.Start({.kind = "ask",
                          .title = question.substr(0, 200),
                          .client = exchange.request().peer,
                          .tokens = context.profile.window_tokens(),
                          .about = std::move(about),
                          .work = [&context, root = corpus->root, question](
                                      Run& run) { return RunAsk(context, root, question, run); }}),
      stream);
}

void ListRuns(Exchange& exchange, Context& context) {
  Json list = Json::EmptyArray();
  for (const auto& run : context.runs.List()) list.Push(run->Describe());
  Json json = Json::EmptyObject();
  json.Set("runs", std::move(list));
  exchange.Send(JsonResponse(json));
}

void FollowRun(Exchange& exchange, Run& run, size_t last) {
  Run::Reader reader(run, last);
  exchange.Follow(reader.wake(), [&](std::string* out) { return reader.Read(out); });
}

void StreamEvents(Exchange& exchange, Run& run) {
  const Request& request = exchange.request();
  std::string after(request.Get("last-event-id"));
  if (after.empty()) after = request.Query("after");
  size_t last = 0;
  const auto [end, error] = std::from_chars(after.data(), after.data() + after.size(), last);
  if (!after.empty() && (error != std::errc() || end != after.data() + after.size())) {
    return exchange.Fail({.message = "'Last-Event-ID' must be the number of an event"});
  }
  FollowRun(exchange, run, last);
}

using RunHandler = std::function<void(Exchange&, const std::shared_ptr<Run>&)>;
Handler WithRun(Context& context, RunHandler handler) {
  return [&context, handler](Exchange& exchange, const PathValues& values) {
    const auto run = context.runs.Find(values.at("run"));
    if (!run) {
      return exchange.Fail({.status = 404,
                            .message = "there is no such run; /api/runs lists them",
                            .code = "not_found"});
    }
    handler(exchange, run);
  };
}

}  // namespace

ReadingOptions ReadingFor(Context& context, Run& run) {
  ReadingOptions options = context.reading;
  options.cancel = run.cancel();
  options.progress = [&run](const ReadingProgress& progress) {
    run.Progress(progress.stage, progress.tokens_total > 0 ? progress.tokens_done : progress.files,
                 progress.tokens_total);
  };
  return options;
}

AgentLimits ReadLimits(Fields& fields) {
  AgentLimits limits;
  const auto count = [&](std::string_view key, std::optional<size_t>& limit) {
    if (fields.Get(key) != nullptr)
      limit = static_cast<size_t>(fields.Int(key, 0, {.min = 0, .max = kLimitMax}));
  };
  const auto number = [&](std::string_view key, std::optional<double>& limit) {
    if (fields.Get(key) != nullptr) limit = fields.Number(key, 0, {.min = 0, .max = 1e6});
  };
  count("tokens_max", limits.tokens);
  count("thinking_max", limits.thinking_tokens);
  number("dollars_max", limits.dollars);
  number("seconds_max", limits.seconds);
  return limits;
}

size_t QueryNumber(const Request& request, std::string_view name, const QueryRange& range) {
  const std::string text = request.Query(name);
  size_t value = range.fallback;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::min(value, range.most)
                                                                  : range.fallback;
}

void CountReading(Context& context, const Reading& reading) {
  const ReadingUsage& usage = reading.usage;
  context.metrics.CountGeneration(
      {.operation = "read",
       .usage = {.prompt = usage.prefilled + usage.restored,
                 .cached = usage.restored,
                 .seconds = usage.read_seconds + usage.restore_seconds}});
}

void AnswerWithRun(Exchange& exchange, const std::shared_ptr<Run>& run, bool stream) {
  if (!run) {
    return exchange.Fail({.status = 429,
                          .message = "the queue is full; try again in a few seconds",
                          .code = "rate_limit_exceeded",
                          .retry_after_s = 5});
  }
  if (!stream) return exchange.Send(JsonResponse(run->Describe(), 202));
  FollowRun(exchange, *run, 0);
}

void AddRunRoutes(Router& router, Context& context) {
  router.Add("POST", "/api/corpora",
             [&](Exchange& exchange, const PathValues&) { Ingest(exchange, context); });
  router.Add("POST", "/api/ask",
             [&](Exchange& exchange, const PathValues&) { AskCorpus(exchange, context); });
  router.Add("GET", "/api/runs",
             [&](Exchange& exchange, const PathValues&) { ListRuns(exchange, context); });
  router.Add("GET", "/api/runs/{run}",
             WithRun(context, [](Exchange& exchange, const std::shared_ptr<Run>& run) {
               exchange.Send(JsonResponse(run->Describe()));
             }));
  router.Add("GET", "/api/runs/{run}/events",
             WithRun(context, [](Exchange& exchange, const std::shared_ptr<Run>& run) {
               StreamEvents(exchange, *run);
             }));
  router.Add("POST", "/api/runs/{run}/cancel",
             WithRun(context, [](Exchange& exchange, const std::shared_ptr<Run>& run) {
               *run->cancel() = true;
               exchange.Send(JsonResponse(run->Describe()));
             }));
}

}  // namespace fathom::http
