// SPDX-License-Identifier: Apache-2.0
#include "agent/remote_request.h"

#include <algorithm>

#include "engine/chat/openai_json.h"

namespace fathom {
namespace {

Result<Json> MessageJson(const Message& message, size_t index) {
  if (message.role == Role::kTool && message.tool_call_id.empty())
    return Invalid("message " + std::to_string(index) + " is a tool's result without a call's id");
  return MessageToOpenAi(message);
}

Json ToolsJson(const std::vector<ToolDefinition>& tools) {
  Json list = Json::EmptyArray();
  for (const ToolDefinition& tool : tools) {
    Json parameters = tool.parameters;
    if (parameters.is_null()) parameters.Set("type", "object");
    Json function = Json::EmptyObject();
    function.Set("name", tool.name);
    function.Set("description", tool.description);
    function.Set("parameters", std::move(parameters));
    Json json = Json::EmptyObject();
    json.Set("type", "function");
    json.Set("function", std::move(function));
    list.Push(std::move(json));
  }
  return list;
}

Json ChoiceJson(const ChatRequest& request) {
  if (request.tool_choice == CallChoice::kNone) return "none";
  if (request.tool_choice == CallChoice::kAuto) return "auto";
  if (request.tool_name.empty()) return "required";
  Json function = Json::EmptyObject();
  function.Set("name", request.tool_name);
  Json json = Json::EmptyObject();
  json.Set("type", "function");
  json.Set("function", std::move(function));
  return json;
}

// What "strict" asks for: every object closed and all its properties required. Servers that know
// the word refuse other schemas with it; without it they may take the schema as a hint.
bool IsStrict(const Json& schema) {
  if (schema.is_array()) {
    const auto& items = schema.as_array();
    return std::all_of(items.begin(), items.end(), IsStrict);
  }
  if (!schema.is_object()) return true;
  if (const Json* properties = schema.Find("properties"); properties && properties->is_object()) {
    const Json* required = schema.Find("required");
    const Json* more = schema.Find("additionalProperties");
    if (!required || !required->is_array() || required->size() != properties->size()) return false;
    if (!more || !more->is_bool() || more->as_bool()) return false;
  }
  const auto& members = schema.as_object();
  return std::all_of(members.begin(), members.end(),
                     [](const Json::Member& member) { return IsStrict(member.second); });
}

Json SchemaJson(const Json& schema) {
  Json inner = Json::EmptyObject();
  inner.Set("name", "answer");
  inner.Set("schema", schema);
  inner.Set("strict", IsStrict(schema));
  Json json = Json::EmptyObject();
  json.Set("type", "json_schema");
  json.Set("json_schema", std::move(inner));
  return json;
}

void AddSampling(const ChatRequest& request, const Profile& profile, Json& body) {
  const auto& standard = profile.sampling;
  const SamplingOptions sampling =
      request.sampling.value_or(SamplingOptions{.temperature = standard.temperature,
                                                .top_k = static_cast<int>(standard.top_k),
                                                .top_p = standard.top_p,
                                                .min_p = standard.min_p});
  body.Set("temperature", sampling.temperature);
  if (sampling.top_p < 1) body.Set("top_p", sampling.top_p);
  // Not in OpenAI's own API: only sent where asked for.
  if (sampling.top_k > 0) body.Set("top_k", sampling.top_k);
  if (sampling.min_p > 0) body.Set("min_p", sampling.min_p);
  if (sampling.seed != 0) body.Set("seed", static_cast<int64_t>(sampling.seed & INT64_MAX));
}

}  // namespace

Result<Json> RemoteRequestBody(const ChatRequest& request, const Profile& profile,
                               const std::string& model) {
  Json messages = Json::EmptyArray();
  for (size_t i = 0; i < request.messages.size(); ++i) {
    auto message = MessageJson(request.messages[i], i);
    if (!message) return message;
    messages.Push(std::move(*message));
  }
  Json body = Json::EmptyObject();
  body.Set("model", model);
  if (!request.tools.empty()) body.Set("tools", ToolsJson(request.tools));
  body.Set("messages", std::move(messages));
  if (!request.tools.empty()) {
    body.Set("tool_choice", ChoiceJson(request));
    if (!request.parallel_calls) body.Set("parallel_tool_calls", false);
  }
  if (request.response_schema) body.Set("response_format", SchemaJson(*request.response_schema));
  AddSampling(request, profile, body);
  size_t most = request.output_tokens_max.value_or(profile.output_tokens_max);
  if (profile.thinking.supported) {
    most += std::min(request.thinking_tokens_max.value_or(profile.thinking.tokens_default),
                     profile.thinking.tokens_max);
  }
  body.Set("max_tokens", most);
  if (!request.stop.empty()) {
    Json stop = Json::EmptyArray();
    for (const std::string& text : request.stop) stop.Push(text);
    body.Set("stop", std::move(stop));
  }
  body.Set("stream", true);
  body.Set("stream_options", Json(Json::Object{{"include_usage", true}}));
  return body;
}

}  // namespace fathom
