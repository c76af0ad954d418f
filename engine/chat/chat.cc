// SPDX-License-Identifier: Apache-2.0
#include "engine/chat/chat.h"

namespace fathom {
namespace {

constexpr std::string_view kDocument = "<begin_of_document>";
constexpr std::string_view kTurnBegin = "<beginning_of_sentence>";
constexpr std::string_view kTurnEnd = "<end_of_sentence>";

constexpr std::string_view kSystemHeader = "system ai_setting=assistant\n";
constexpr std::string_view kToolsHeader = "system tool_setting=tools\n";
constexpr std::string_view kUserHeader = "user name=user\n";
constexpr std::string_view kAssistantHeader = "ai name=assistant\n";
constexpr std::string_view kResultsHeader = "tool name=tools\n";

constexpr std::string_view kToolsIntroduction = "You are provided with these tools:\n<tools>\n";
constexpr std::string_view kToolsInstruction =
    "</tools>\n\n"
    "If you need to call tools, please respond with <tool_calls></tool_calls> XML tags, and "
    "provide "
    "tool-name and json-object of arguments, following the format below:\n"
    "<tool_calls>\n"
    "{\"name\": <tool-name>, \"arguments\": <args-json-object>}\n"
    "...\n"
    "</tool_calls>";

std::string Spaced(const Json& json) {
  return json.Dump(-1, true);
}

std::string ToolLine(const ToolDefinition& tool) {
  Json line = Json::EmptyObject();
  line.Set("name", tool.name);
  line.Set("description", tool.description);
  line.Set("parameters",
           tool.parameters.is_null()
               ? Json(Json::Object{{"type", "object"}, {"properties", Json::EmptyObject()}})
               : tool.parameters);
  return Spaced(line) + "\n";
}

std::string CallLine(const ToolCall& call) {
  // Arguments that this program does not read (1e400, say) stay visible as the text they were.
  const auto arguments = Json::Parse(call.arguments);
  Json line = Json::EmptyObject();
  line.Set("name", call.name);
  line.Set("arguments", arguments ? *arguments : Json(call.arguments));
  return Spaced(line) + "\n";
}

}  // namespace

std::string WithoutThinking(std::string_view text) {
  constexpr std::string_view kOpen = "<think>", kClose = "</think>";
  std::string out;
  size_t depth = 0;
  bool after_thinking = false;
  for (size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with(kOpen)) {
      ++depth;
      at += kOpen.size();
    } else if (depth > 0 && text.substr(at).starts_with(kClose)) {
      --depth;
      at += kClose.size();
      after_thinking = true;
    } else {
      const bool blank =
          text[at] == '\n' || text[at] == ' ' || text[at] == '\r' || text[at] == '\t';
      if (depth == 0 && !(after_thinking && blank)) {
        out.push_back(text[at]);
        after_thinking = false;
      }
      ++at;
    }
  }
  return out;
}

Status CheckChatTokens(const Tokenizer& tokenizer) {
  for (const std::string_view name : {kDocument, kTurnBegin, kTurnEnd}) {
    if (!tokenizer.Control(name)) {
      return Invalid("the tokenizer has no control token " + std::string(name) +
                     ", which the chat format needs");
    }
  }
  return OkStatus();
}

void PromptBuilder::Control(std::string_view name) {
  const auto token = tokenizer_.Control(name);
  CHECK_MESSAGE(token.has_value(), name);
  tokens_.push_back(*token);
}

PromptBuilder& PromptBuilder::Text(std::string_view text) {
  return AppendTokens(tokenizer_.Encode(text));
}

PromptBuilder& PromptBuilder::AppendTokens(const std::vector<Token>& tokens) {
  tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
  return *this;
}

PromptBuilder& PromptBuilder::BeginDocument() {
  Control(kDocument);
  return *this;
}

// Header and text are encoded as one, as the template's text is.
PromptBuilder& PromptBuilder::OpenTurn(std::string_view header, std::string_view text) {
  Control(kTurnBegin);
  return Text(std::string(header).append(text));
}

PromptBuilder& PromptBuilder::CloseTurn() {
  Control(kTurnEnd);
  return Text("\n");
}

PromptBuilder& PromptBuilder::OpenSystemTurn(std::string_view text) {
  return OpenTurn(kSystemHeader, text);
}

PromptBuilder& PromptBuilder::SystemTurn(std::string_view text) {
  return OpenSystemTurn(text).CloseTurn();
}

PromptBuilder& PromptBuilder::UserTurn(std::string_view text) {
  return OpenTurn(kUserHeader, text).CloseTurn();
}

PromptBuilder& PromptBuilder::GenerationPrompt() {
  return OpenTurn(kAssistantHeader, "");
}

PromptBuilder& PromptBuilder::ToolsTurn(const std::vector<ToolDefinition>& tools) {
  std::string text(kToolsIntroduction);
  for (const ToolDefinition& tool : tools) text += ToolLine(tool);
  text += kToolsInstruction;
  return OpenTurn(kToolsHeader, text).CloseTurn();
}

PromptBuilder& PromptBuilder::AssistantTurn(const Message& message) {
  if (!message.tokens.empty()) {
    return OpenTurn(kAssistantHeader, "").AppendTokens(message.tokens).CloseTurn();
  }
  std::string text = WithoutThinking(message.content);
  if (!message.tool_calls.empty()) {
    if (!text.empty() && text.back() != '\n') text += '\n';
    text += "<tool_calls>\n";
    for (const ToolCall& call : message.tool_calls) text += CallLine(call);
    text += "</tool_calls>";
  }
  return OpenTurn(kAssistantHeader, text).CloseTurn();
}

PromptBuilder& PromptBuilder::ToolTurn(const std::vector<Message>& results) {
  std::string text;
  for (const Message& result : results) {
    text += "tool name: " + result.name + "\ntool result: " + result.content + "\n\n";
  }
  return OpenTurn(kResultsHeader, text).CloseTurn();
}

Result<RenderedChat> RenderChatParts(const Tokenizer& tokenizer,
                                     const std::vector<Message>& messages,
                                     const std::vector<ToolDefinition>& tools) {
  if (Status status = CheckChatTokens(tokenizer); !status) return status.error();
  PromptBuilder prompt(tokenizer);
  RenderedChat rendered;
  prompt.BeginDocument();
  const size_t first_turn = prompt.tokens().size();
  std::string system;
  for (const Message& message : messages) {
    if (message.role == Role::kSystem) system += message.content;
  }
  if (!system.empty()) prompt.SystemTurn(system);
  rendered.system_tokens = prompt.tokens().size();
  if (!tools.empty()) prompt.ToolsTurn(tools);
  rendered.tools_tokens = prompt.tokens().size() - rendered.system_tokens;
  for (size_t i = 0; i < messages.size(); ++i) {
    const Message& message = messages[i];
    rendered.message_starts.push_back(message.role == Role::kSystem ? first_turn
                                                                    : prompt.tokens().size());
    if (message.role == Role::kUser) prompt.UserTurn(message.content);
    if (message.role == Role::kAssistant) prompt.AssistantTurn(message);
    if (message.role != Role::kTool) continue;
    std::vector<Message> results = {message};
    while (i + 1 < messages.size() && messages[i + 1].role == Role::kTool) {
      results.push_back(messages[++i]);
      rendered.message_starts.push_back(rendered.message_starts.back());
    }
    prompt.ToolTurn(results);
  }
  rendered.generation_start = prompt.tokens().size();
  rendered.tokens = prompt.GenerationPrompt().Take();
  return rendered;
}

Result<std::vector<Token>> RenderChat(const Tokenizer& tokenizer,
                                      const std::vector<Message>& messages,
                                      const std::vector<ToolDefinition>& tools) {
  auto rendered = RenderChatParts(tokenizer, messages, tools);
  if (!rendered) return rendered.error();
  return std::move(rendered->tokens);
}

}  // namespace fathom
