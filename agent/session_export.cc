// SPDX-License-Identifier: Apache-2.0
#include "agent/session_rows.h"
#include "engine/chat/openai_json.h"

namespace fathom {
namespace {

Json MessageJson(const SessionMessage& stored) {
  const Message& message = stored.message;
  Json json = Json::EmptyObject();
  json.Set("turn", stored.turn);
  json.Set("role", RoleName(message.role));
  json.Set("content", message.content);
  if (!stored.thinking.empty()) json.Set("thinking", stored.thinking);
  if (!message.name.empty()) json.Set("name", message.name);
  if (!message.tool_call_id.empty()) json.Set("tool_call_id", message.tool_call_id);
  if (!message.tool_calls.empty()) json.Set("tool_calls", ToolCallsToOpenAi(message.tool_calls));
  return json;
}

// A fence longer than any run of backticks in the text, so that nothing closes it early.
std::string Fenced(std::string_view text) {
  size_t longest = 2, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fence + "\n" + std::string(text) + (text.ends_with('\n') ? "" : "\n") + fence + "\n";
}

}  // namespace

Json SessionJson(const SessionInfo& info) {
  Json json = Json::EmptyObject();
  json.Set("id", info.id);
  json.Set("title", info.title);
  json.Set("model", info.model);
  json.Set("workspace", info.workspace);
  json.Set("tools", info.tools);
  json.Set("parent", info.parent.empty() ? Json() : Json(info.parent));
  if (!info.parent.empty()) json.Set("parent_turn", info.parent_turn);
  json.Set("created", TimeText(info.created_ms));
  json.Set("updated", TimeText(info.updated_ms));
  json.Set("turns", info.turns);
  json.Set("messages", info.messages);
  json.Set("turn_state", info.turn_state);
  json.Set("usage", UsageJson(info.usage));
  json.Set("state", info.state_bytes == 0 ? Json()
                                          : Json(Json::Object{{"turn", info.state_turn},
                                                              {"bytes", info.state_bytes}}));
  return json;
}

Result<Json> ExportSession(const SessionStore& store, const std::string& id) {
  auto info = store.Find(id);
  if (!info) return info.error();
  auto turns = store.Turns(info->id);
  if (!turns) return turns.error();
  auto messages = store.Messages(info->id);
  if (!messages) return messages.error();
  Json json = SessionJson(*info);
  Json turn_list = Json::EmptyArray(), message_list = Json::EmptyArray();
  for (const SessionTurn& turn : *turns) {
    Json item = Json::EmptyObject();
    item.Set("turn", turn.turn);
    item.Set("state", turn.state);
    item.Set("run", turn.run);
    item.Set("started", TimeText(turn.started_ms));
    item.Set("ended", turn.ended_ms ? Json(TimeText(turn.ended_ms)) : Json());
    item.Set("usage", UsageJson(turn.usage));
    turn_list.Push(std::move(item));
  }
  for (const SessionMessage& message : *messages) message_list.Push(MessageJson(message));
  json.Set("turn_list", std::move(turn_list));
  json.Set("message_list", std::move(message_list));
  return json;
}

Result<std::string> ExportSessionMarkdown(const SessionStore& store, const std::string& id) {
  auto info = store.Find(id);
  if (!info) return info.error();
  auto messages = store.Messages(info->id);
  if (!messages) return messages.error();
  std::string text = "# Session " + info->id + "\n\nModel " + info->model + ", " +
                     std::to_string(info->turns) + " turns, " + TimeText(info->created_ms) + "\n";
  size_t turn = 0;
  for (const SessionMessage& stored : *messages) {
    const Message& message = stored.message;
    if (stored.turn != turn) text += "\n## Turn " + std::to_string(turn = stored.turn) + "\n";
    text += "\n**" + std::string(RoleName(message.role)) +
            (message.name.empty() ? "" : " `" + message.name + "`") + "**\n\n";
    if (!stored.thinking.empty()) text += "Thinking:\n\n" + Fenced(stored.thinking) + "\n";
    if (!message.content.empty()) text += Fenced(message.content);
    for (const ToolCall& call : message.tool_calls)
      text += "\nCalls `" + call.name + "`:\n\n" + Fenced(call.arguments);
  }
  return text;
}

}  // namespace fathom
