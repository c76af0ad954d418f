// SPDX-License-Identifier: Apache-2.0
#include "apps/http/responses_items.h"

#include "apps/http/message.h"
#include "engine/chat/openai_json.h"

namespace fathom::http {
namespace {

constexpr size_t kShownBytesMax = 64;  // of a name that came from outside

std::string TextAt(const Json& object, std::string_view key) {
  const Json* value = object.Find(key);
  return value && value->is_string() ? value->as_string() : "";
}

std::string Shown(const std::string& name) {
  return "'" + name.substr(0, kShownBytesMax) + "'";
}

// A text, or parts that hold one.
Result<std::string> PartsText(const Json* parts, const std::string& place) {
  if (!parts || parts->is_null()) return std::string();
  if (parts->is_string()) return parts->as_string();
  if (!parts->is_array()) return Invalid(place + " must be a string or a list of parts");
  std::string text;
  for (const Json& part : parts->as_array()) {
    const std::string type = TextAt(part, "type");
    if (type == "refusal") {
      text += TextAt(part, "refusal");
      continue;
    }
    if (type != "input_text" && type != "output_text" && type != "text")
      return Invalid(place + " has a part of type " + Shown(type) + "; only text is read");
    text += TextAt(part, "text");
  }
  return text;
}

Json NewMessage(std::string_view role, Json content) {
  Json message = Json::EmptyObject();
  message.Set("role", role);
  message.Set("content", std::move(content));
  return message;
}

Json* LastAssistant(Json& messages) {
  if (messages.size() == 0) return nullptr;
  Json& last = messages.as_array().back();
  return TextAt(last, "role") == "assistant" ? &last : nullptr;
}

Status AddMessage(const Json& item, const std::string& place, Json* messages) {
  auto text = PartsText(item.Find("content"), place + ".content");
  if (!text) return text.error();
  const std::string role = TextAt(item, "role");
  Json* last = role == "assistant" ? LastAssistant(*messages) : nullptr;
  const bool fits = last && last->Find("tool_calls") && TextAt(*last, "content").empty();
  if (fits)
    last->Set("content", std::move(*text));
  else
    messages->Push(NewMessage(role, std::move(*text)));
  return OkStatus();
}

void AddCall(const Json& item, Json* messages) {
  Json* last = LastAssistant(*messages);
  if (!last) last = &messages->Push(NewMessage("assistant", Json()));
  Json calls = last->Find("tool_calls") ? *last->Find("tool_calls") : Json::EmptyArray();
  const ToolCall call{TextAt(item, "call_id"), TextAt(item, "name"), TextAt(item, "arguments")};
  calls.Push(ToolCallsToOpenAi({call}).as_array()[0]);
  last->Set("tool_calls", std::move(calls));
}

Status AddOutput(const Json& item, const std::string& place, Json* messages) {
  auto text = PartsText(item.Find("output"), place + ".output");
  if (!text) return text.error();
  Json message = NewMessage("tool", std::move(*text));
  message.Set("tool_call_id", TextAt(item, "call_id"));
  messages->Push(std::move(message));
  return OkStatus();
}

}  // namespace

Status AddItems(const Json& input, Json* messages, std::vector<std::string>* left_out) {
  if (input.is_string()) {
    messages->Push(NewMessage("user", input.as_string()));
    return OkStatus();
  }
  if (!input.is_array()) return Invalid("must be a string or a list of items");
  for (size_t i = 0; i < input.size(); ++i) {
    const Json& item = input.as_array()[i];
    const std::string place = "[" + std::to_string(i) + "]";
    const std::string type = item.Find("type") ? TextAt(item, "type") : "message";
    Status status = OkStatus();
    if (type == "message")
      status = AddMessage(item, place, messages);
    else if (type == "function_call")
      AddCall(item, messages);
    else if (type == "function_call_output")
      status = AddOutput(item, place, messages);
    else if (type != "reasoning")
      left_out->push_back("input" + place + " is of type " + Shown(type));
    if (!status) return status;
  }
  return OkStatus();
}

Json ListedItems(const Json& input) {
  const auto text_item = [](std::string_view role, const Json& text) {
    const Json part(
        Json::Object{{"type", role == "assistant" ? "output_text" : "input_text"}, {"text", text}});
    return Json(Json::Object{{"type", "message"}, {"role", role}, {"content", Json::Array{part}}});
  };
  Json::Array items;
  if (input.is_string()) items.push_back(text_item("user", input));
  if (input.is_array()) items = input.as_array();
  for (Json& item : items) {
    const Json* content = item.Find("content");
    const Json* role = item.Find("role");
    const Json* id = item.Find("id");
    const Json own_id = id != nullptr ? *id : Json("item_" + RandomId());
    if (item.Find("type") == nullptr) item.Set("type", "message");
    if (content != nullptr && content->is_string() && role != nullptr && role->is_string())
      item = text_item(role->as_string(), *content);
    item.Set("id", own_id);
  }
  return Json(std::move(items));
}

Json FunctionTools(const Json& tools, std::vector<std::string>* left_out) {
  Json functions = Json::EmptyArray();
  for (size_t i = 0; i < tools.size(); ++i) {
    const Json& tool = tools.as_array()[i];
    const std::string type = TextAt(tool, "type"), name = TextAt(tool, "name");
    if (type == "function")
      functions.Push(tool);
    else
      left_out->push_back("tools[" + std::to_string(i) + "] is of type " + Shown(type) +
                          (name.empty() ? "" : ", name " + Shown(name)));
  }
  return functions;
}

}  // namespace fathom::http
