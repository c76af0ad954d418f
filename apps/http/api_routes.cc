// SPDX-License-Identifier: Apache-2.0
// /api: status, corpora, files, runs. Each is a thin face over what the command line uses.
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "apps/http/context.h"
#include "apps/http/corpora.h"
#include "apps/http/openai_common.h"
#include "apps/http/run_routes.h"
#include "apps/json_faces.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/rooted_dir.h"

namespace fathom::http {
namespace {

Json ModelJson(const Context& context) {
  const ModelInfo& info = context.engine.info();
  const Profile& profile = context.profile;
  Json json = Json::EmptyObject();
  json.Set("name", profile.name);
  json.Set("title", profile.title);
  json.Set("weights_type", info.weights_type);
  json.Set("sha256", info.sha256);
  json.Set("parameters", info.parameters);
  json.Set("parameters_active", info.parameters_active);
  json.Set("context_tokens_max", context.context_tokens_max());
  json.Set("window_tokens", profile.window_tokens());
  json.Set("price_input", profile.prices.input);
  json.Set("price_input_cached", profile.prices.input_cached);
  json.Set("price_output", profile.prices.output);
  return json;
}

// Bytes of this process in memory, as the kernel counts them.
size_t ResidentBytes() {
  auto text = ReadFile("/proc/self/statm", 4_KiB);
  size_t pages = 0;
  if (!text) return 0;
  const size_t second = text->find(' ') + 1;
  std::from_chars(text->data() + second, text->data() + text->size(), pages);
  return pages * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

Json MemoryJson(const Context& context) {
  size_t on_disk = 0;
  if (auto entries = ListCorpora(context.catalog)) {
    for (const CorpusEntry& entry : *entries) on_disk += entry.state_bytes;
  }
  Json json = Json::EmptyObject();
  json.Set("resident_bytes", ResidentBytes());
  json.Set("weights_bytes", context.engine.info().weights_bytes);
  json.Set("kept_state_bytes", context.kept_state_bytes());
  json.Set("disk_state_bytes", on_disk);
  return json;
}

Json PrefixJson(const Context& context) {
  const Prefixes prefixes = context.metrics.prefixes();
  Json recent = Json::EmptyArray();
  for (const PrefixLoss& loss : prefixes.recent) {
    recent.Push(Json(Json::Object{{"created", loss.created},
                                  {"operation", loss.operation},
                                  {"reason", loss.reason},
                                  {"tokens_again", loss.tokens_again}}));
  }
  Json json = Json::EmptyObject();
  json.Set("hits", static_cast<size_t>(prefixes.hits));
  json.Set("misses", static_cast<size_t>(prefixes.misses));
  json.Set("recent", std::move(recent));
  return json;
}

// At the profile's prices, which are zero for a model that runs here for nothing.
Json DollarsJson(const Context& context, const Totals& totals) {
  const Profile::Prices& prices = context.profile.prices;
  const auto cached = static_cast<double>(totals.cached_tokens);
  const double computed = static_cast<double>(totals.input_tokens) - cached;
  const double written = static_cast<double>(totals.output_tokens);
  Json json = Json::EmptyObject();
  json.Set(
      "spent",
      (computed * prices.input + cached * prices.input_cached + written * prices.output) / 1e6);
  json.Set("saved", cached * (prices.input - prices.input_cached) / 1e6);
  return json;
}

void GetStatus(Exchange& exchange, Context& context) {
  const auto load = context.admission.load();
  const Totals totals = context.metrics.totals();
  Json generations = Json::EmptyObject(), sums = Json::EmptyObject(), parts = Json::EmptyObject();
  generations.Set("running", load.running);
  generations.Set("queued", load.queued);
  generations.Set("running_max", context.admission.options().running_max);
  generations.Set("queued_max", context.admission.options().queued_max);
  sums.Set("requests", static_cast<size_t>(totals.requests));
  sums.Set("input_tokens", static_cast<size_t>(totals.input_tokens));
  sums.Set("cached_tokens", static_cast<size_t>(totals.cached_tokens));
  sums.Set("output_tokens", static_cast<size_t>(totals.output_tokens));
  for (const auto& [part, present] : context.parts) parts.Set(part, present);
  Json roots = Json::EmptyArray();
  for (const std::string& root : context.roots) roots.Push(root);
  Json json = Json::EmptyObject();
  json.Set("version", context.version);
  json.Set("model", ModelJson(context));
  json.Set("threads", context.engine.thread_count());
  json.Set(
      "uptime_seconds",
      std::chrono::duration<double>(std::chrono::steady_clock::now() - context.started).count());
  json.Set("generations", std::move(generations));
  json.Set("totals", std::move(sums));
  json.Set("dollars", DollarsJson(context, totals));
  json.Set("memory", MemoryJson(context));
  json.Set("prefix", PrefixJson(context));
  json.Set("parts", std::move(parts));
  json.Set("roots", std::move(roots));
  exchange.Send(JsonResponse(json));
}

void ListAll(Exchange& exchange, Context& context) {
  auto entries = ListCorpora(context.catalog);
  if (!entries) return exchange.Fail(FromError(entries.error()));
  Json list = Json::EmptyArray();
  for (const CorpusEntry& entry : *entries) list.Push(CorpusJson(entry));
  Json json = Json::EmptyObject();
  json.Set("corpora", std::move(list));
  exchange.Send(JsonResponse(json));
}

void SendPlan(Exchange& exchange, Context& context, const std::string& path) {
  exchange.Run({.client = exchange.request().peer, .run = [&, path](Channel& channel) {
                  ReadingOptions options = context.reading;
                  options.cancel = channel.cancelled();
                  auto plan = PlanReading(context.tokenizer(), path, options);
                  if (!plan) return channel.Fail(FromError(plan.error()));
                  channel.Respond(JsonResponse(
                      PlanJson(*plan, {.info = context.engine.info(),
                                       .window_tokens = context.reading.profile.window_tokens})));
                }});
}

void Plan(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  const std::string asked = fields.Text("path");
  fields.RefuseUnknown({"stream"});
  if (fields.error()) return exchange.Fail(*fields.error());
  auto path = PathBeneath(context.roots, asked);
  if (!path) return exchange.Fail(FromError(path.error()));
  SendPlan(exchange, context, *path);
}

void Delete(Exchange& exchange, Context& context, const CorpusEntry& entry) {
  auto freed = context.catalog.Purge(entry.root);
  if (!freed) return exchange.Fail(FromError(freed.error()));
  Json json = Json::EmptyObject();
  json.Set("freed_bytes", *freed);
  exchange.Send(JsonResponse(json));
}

void GetFile(Exchange& exchange, Context& context) {
  const Request& request = exchange.request();
  auto corpus = FindCorpus(context.catalog, request.Query("corpus"));
  if (!corpus) return exchange.Fail(FromError(corpus.error()));
  std::error_code error;
  const std::filesystem::path root(corpus->root);
  const bool is_file = std::filesystem::is_regular_file(root, error);
  auto dir = RootedDir::Open(is_file ? root.parent_path().string() : corpus->root);
  if (!dir)
    return exchange.Fail({.status = 404, .message = "the folder is gone", .code = "not_found"});
  const std::string path = is_file ? root.filename().string() : request.Query("path");
  auto has = context.corpus_paths.Has(*corpus, path);
  if (!has) return exchange.Fail(FromError(has.error()));
  auto bytes = dir->Read(path, kCorpusFileBytesMax);
  if (!*has || !bytes) {
    return exchange.Fail({.status = 404,
                          .message = "the corpus has no such file",
                          .param = "path",
                          .code = "not_found"});
  }
  const std::vector<LineSpan> lines = SplitLines(*bytes);
  const size_t middle =
      std::max<size_t>(1, QueryNumber(request, "line", {.fallback = 1, .most = lines.size()}));
  const size_t context_lines = QueryNumber(request, "context", {.fallback = 20, .most = 2'000});
  const size_t first = middle > context_lines ? middle - context_lines : 1;
  Json texts = Json::EmptyArray();
  for (size_t n = first; n <= std::min(lines.size(), middle + context_lines); ++n) {
    const LineSpan& line = lines[n - 1];
    texts.Push(std::string_view(*bytes).substr(line.begin, line.end - line.begin));
  }
  Json json = Json::EmptyObject();
  json.Set("corpus", corpus->name);
  json.Set("path", path);
  json.Set("first_line", first);
  json.Set("lines", std::move(texts));
  json.Set("line_count", lines.size());
  exchange.Send(JsonResponse(json));
}

// A handler for a corpus that exists.
using CorpusHandler = std::function<void(Exchange&, Context&, const CorpusEntry&)>;
Handler WithCorpus(Context& context, CorpusHandler handler) {
  return [&context, handler](Exchange& exchange, const PathValues& values) {
    auto entry = FindCorpus(context.catalog, values.at("corpus"));
    if (!entry) return exchange.Fail(FromError(entry.error()));
    handler(exchange, context, *entry);
  };
}

}  // namespace

void AddApiRoutes(Router& router, Context& context) {
  const auto add = [&](const char* method, const char* path, void (*handle)(Exchange&, Context&)) {
    router.Add(method, path, [&context, handle](Exchange& exchange, const PathValues&) {
      handle(exchange, context);
    });
  };
  add("GET", "/api/status", GetStatus);
  add("GET", "/api/corpora", ListAll);
  add("POST", "/api/corpora/plan", Plan);
  add("GET", "/api/files", GetFile);
  router.Add("GET", "/api/corpora/{corpus}",
             WithCorpus(context, [](Exchange& exchange, Context&, const CorpusEntry& entry) {
               exchange.Send(JsonResponse(CorpusJson(entry)));
             }));
  router.Add("DELETE", "/api/corpora/{corpus}", WithCorpus(context, Delete));
  router.Add("GET", "/api/corpora/{corpus}/tree",
             WithCorpus(context, [](Exchange& exchange, Context& all, const CorpusEntry& entry) {
               SendPlan(exchange, all, entry.root);
             }));
  AddRunRoutes(router, context);
  AddAuditRoutes(router, context);
  AddSessionRoutes(router, context);
  AddWorkflowRoutes(router, context);
}

}  // namespace fathom::http
