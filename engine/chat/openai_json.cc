// SPDX-License-Identifier: Apache-2.0
#include "engine/chat/openai_json.h"

#include <algorithm>

namespace fathom {
namespace {

std::string TextOr(const Json& object, std::string_view key, std::string_view otherwise) {
  const Json* value = object.Find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string(otherwise);
}

Result<std::string> ContentText(const Json* content, const std::string& place) {
  if (content == nullptr || content->is_null()) return std::string();
  if (content->is_string()) return content->as_string();
  if (!content->is_array()) return Invalid("expected a string or a list of parts", place);
  std::string text;
  for (const Json& part : content->as_array()) {
    const Json* part_text = part.Find("text");
    if (TextOr(part, "type", "") != "text" || part_text == nullptr || !part_text->is_string()) {
      return Invalid(
          "expected {\"type\": \"text\", \"text\": ...}, found " + part.Dump().substr(0, 200),
          place);
    }
    text += part_text->as_string();
  }
  return text;
}

Result<std::vector<ToolCall>> ToolCalls(const Json* calls, const std::string& place) {
  std::vector<ToolCall> out;
  if (calls == nullptr || calls->is_null()) return out;
  if (!calls->is_array()) return Invalid("expected an array", place);
  for (const Json& call : calls->as_array()) {
    const Json* function = call.Find("function");
    const std::string name = function == nullptr ? "" : TextOr(*function, "name", "");
    if (name.empty()) return Invalid("a call without function.name", place);
    const Json* arguments = function->Find("arguments");
    out.push_back({TextOr(call, "id", ""), name,
                   arguments == nullptr     ? "{}"
                   : arguments->is_string() ? arguments->as_string()
                                            : arguments->Dump(-1, true)});
  }
  return out;
}

// Gives the results that follow messages[assistant] the names and the order of its calls.
void OrderResults(std::vector<Message>* messages, size_t assistant) {
  const std::vector<ToolCall>& calls = (*messages)[assistant].tool_calls;
  const auto position = [&](const Message& result) {
    const auto found = std::find_if(calls.begin(), calls.end(), [&](const ToolCall& call) {
      return !call.id.empty() && call.id == result.tool_call_id;
    });
    return found - calls.begin();
  };
  const auto begin = messages->begin() + static_cast<ptrdiff_t>(assistant) + 1;
  const auto end = std::find_if(begin, messages->end(),
                                [](const Message& message) { return message.role != Role::kTool; });
  for (auto result = begin; result != end; ++result) {
    const auto call = static_cast<size_t>(position(*result));
    if (result->name.empty() && call < calls.size()) result->name = calls[call].name;
  }
  std::stable_sort(begin, end,
                   [&](const Message& a, const Message& b) { return position(a) < position(b); });
}

}  // namespace

std::string_view RoleName(Role role) {
  switch (role) {
    case Role::kSystem:
      return "system";
    case Role::kUser:
      return "user";
    case Role::kAssistant:
      return "assistant";
    case Role::kTool:
      return "tool";
  }
  return "";
}

Json ToolCallsToOpenAi(const std::vector<ToolCall>& calls) {
  Json list = Json::EmptyArray();
  for (const ToolCall& call : calls) {
    list.Push(Json(Json::Object{
        {"id", call.id},
        {"type", "function"},
        {"function", Json(Json::Object{{"name", call.name}, {"arguments", call.arguments}})}}));
  }
  return list;
}

Json MessageToOpenAi(const Message& message) {
  Json json = Json::EmptyObject();
  json.Set("role", RoleName(message.role));
  if (!message.tool_call_id.empty()) json.Set("tool_call_id", message.tool_call_id);
  const bool only_calls = message.content.empty() && !message.tool_calls.empty();
  json.Set("content", only_calls ? Json() : Json(message.content));
  if (!message.tool_calls.empty()) json.Set("tool_calls", ToolCallsToOpenAi(message.tool_calls));
  return json;
}

Result<std::vector<Message>> MessagesFromOpenAi(const Json& messages) {
  if (!messages.is_array()) return Invalid("messages: expected an array");
  std::vector<Message> out;
  for (const Json& json : messages.as_array()) {
    const std::string place = "messages[" + std::to_string(out.size()) + "]";
    const std::string role = TextOr(json, "role", "");
    Message message;
    if (role == "system" || role == "developer") {
      message.role = Role::kSystem;
    } else if (role == "assistant") {
      message.role = Role::kAssistant;
    } else if (role == "tool") {
      message.role = Role::kTool;
    } else if (role != "user") {
      return Invalid("expected system, user, assistant or tool, found \"" + role + "\"",
                     place + ".role");
    }
    auto content = ContentText(json.Find("content"), place + ".content");
    if (!content) return content.error();
    auto calls = ToolCalls(json.Find("tool_calls"), place + ".tool_calls");
    if (!calls) return calls.error();
    message.content = std::move(*content);
    message.tool_calls = std::move(*calls);
    message.name = TextOr(json, "name", "");
    message.tool_call_id = TextOr(json, "tool_call_id", "");
    out.push_back(std::move(message));
  }
  for (size_t i = 0; i < out.size(); ++i) {
    if (!out[i].tool_calls.empty()) OrderResults(&out, i);
  }
  return out;
}

Result<std::vector<ToolDefinition>> ToolsFromOpenAi(const Json& tools) {
  std::vector<ToolDefinition> out;
  if (tools.is_null()) return out;
  if (!tools.is_array()) return Invalid("tools: expected an array");
  for (const Json& tool : tools.as_array()) {
    const Json* function = tool.Find("function");
    if (function == nullptr) function = &tool;
    const std::string name = TextOr(*function, "name", "");
    if (name.empty())
      return Invalid("a tool without name", "tools[" + std::to_string(out.size()) + "]");
    const Json* parameters = function->Find("parameters");
    out.push_back(
        {name, TextOr(*function, "description", ""), parameters == nullptr ? Json() : *parameters});
  }
  return out;
}

}  // namespace fathom
