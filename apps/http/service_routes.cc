// SPDX-License-Identifier: Apache-2.0
// /health, /metrics, /openapi.json, /v1/models, and the dashboard's files.
#include <algorithm>

#include "apps/http/assets.h"
#include "apps/http/context.h"
#include "apps/http/embedded.h"
#include "base/limits.h"
#include "base/yaml.h"
#include "engine/tokenizer/tokenizer.h"

namespace fathom::http {
namespace {

Json ModelJson(const Context& context) {
  Json json = Json::EmptyObject();
  json.Set("id", context.profile.name);
  json.Set("object", "model");
  json.Set("created", context.started_unix);
  json.Set("owned_by", "fathom");
  json.Set("context_tokens_max", context.context_tokens_max());
  return json;
}

void Health(Exchange& exchange, const PathValues&) {
  Json json = Json::EmptyObject();
  json.Set("status", "ok");
  exchange.Send(JsonResponse(json));
}

void ListModels(Exchange& exchange, Context& context) {
  Json json = Json::EmptyObject();
  json.Set("object", "list");
  json.Set("data", Json(Json::Array{ModelJson(context)}));
  exchange.Send(JsonResponse(json));
}

void GetModel(Exchange& exchange, Context& context, const std::string& name) {
  if (name == context.profile.name) return exchange.Send(JsonResponse(ModelJson(context)));
  exchange.Fail({.status = 404,
                 .message = "this server runs '" + context.profile.name + "' only",
                 .param = "model",
                 .code = "model_not_found"});
}

void GetMetrics(Exchange& exchange, Context& context) {
  const auto load = context.admission.load();
  exchange.Send({.content_type = "text/plain; version=0.0.4; charset=utf-8",
                 .body = context.metrics.Text({.model = context.profile.name,
                                               .running = load.running,
                                               .queued = load.queued,
                                               .connections = context.connections(),
                                               .state_bytes = context.kept_state_bytes()})});
}

const Json& OpenApi() {
  static const Json kDocument = [] {
    auto document = ParseYaml(OpenApiYaml(), "openapi.yaml");
    CHECK_MESSAGE(document.ok(), document.error().Text());
    return std::move(document->value);
  }();
  return kDocument;
}

}  // namespace

size_t Context::context_tokens_max() const {
  size_t most = engine.info().context_tokens_max;
  if (profile.window_accepted_tokens > 0) most = std::min(most, profile.window_accepted_tokens);
  return std::min(most, kContextTokensMax);
}

void AddServiceRoutes(Router& router, Context& context) {
  router.Add("GET", "/health", Health);
  router.Add("GET", "/metrics",
             [&](Exchange& exchange, const PathValues&) { GetMetrics(exchange, context); });
  router.Add("GET", "/openapi.json",
             [](Exchange& exchange, const PathValues&) { exchange.Send(JsonResponse(OpenApi())); });
  router.Add("GET", "/v1/models",
             [&](Exchange& exchange, const PathValues&) { ListModels(exchange, context); });
  router.Add("GET", "/v1/models/{model}", [&](Exchange& exchange, const PathValues& values) {
    GetModel(exchange, context, values.at("model"));
  });
  router.SetFallback([](Exchange& exchange, const PathValues&) { ServeAsset(exchange); });
}

}  // namespace fathom::http
