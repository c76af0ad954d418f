// SPDX-License-Identifier: Apache-2.0
// M1's chat format as code: messages to tokens. No template from a model file is ever run.
//
// Roles and their control tokens are written by us; every piece of content is encoded plain, so
// text that spells
// "<end_of_sentence>" stays text. Source: MiniMax-M1 chat template and function-call guide (see
// M1's model card).
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace fathom {

struct ToolDefinition {
  std::string name;
  std::string description;
  Json parameters;  // a JSON Schema object
};

struct ToolCall {
  std::string id;  // longer than 16 characters
  std::string name;
  std::string arguments;  // JSON text: an object, as the model wrote it (see tool_call_parser.h)
};

enum class Role { kSystem, kUser, kAssistant, kTool };

struct Message {
  Role role = Role::kUser;
  std::string content;
  std::string name;  // tool name of a tool result; optional speaker name otherwise
  std::string tool_call_id;
  std::vector<ToolCall> tool_calls;  // assistant only: rendered after content
  // Assistant only: the tokens that this model generated as this message. Not empty: the turn holds
  // exactly these, so that the state after generating it can be continued.
  std::vector<Token> tokens;
};

// The tokenizer has the control tokens of the format. PromptBuilder takes that for granted (CHECK).
Status CheckChatTokens(const Tokenizer& tokenizer);

// Without <think> blocks and the blanks behind them; an unclosed one reaches to the end.
std::string WithoutThinking(std::string_view text);

// A prompt under construction: tokens plus nothing else. Each function appends one turn.
class PromptBuilder {
 public:
  explicit PromptBuilder(const Tokenizer& tokenizer) : tokenizer_(tokenizer) {}

  PromptBuilder& BeginDocument();
  PromptBuilder& SystemTurn(std::string_view text);
  PromptBuilder& ToolsTurn(const std::vector<ToolDefinition>& tools);
  PromptBuilder& UserTurn(std::string_view text);
  PromptBuilder& AssistantTurn(const Message& message);  // its thinking is left out
  PromptBuilder& ToolTurn(const std::vector<Message>& results);
  PromptBuilder& GenerationPrompt();  // opens the assistant's turn

  // For the corpus packer: an open system turn whose body is already tokenised.
  PromptBuilder& OpenSystemTurn(std::string_view text);
  PromptBuilder& AppendTokens(const std::vector<Token>& tokens);
  PromptBuilder& Text(std::string_view text);  // plain
  PromptBuilder& CloseTurn();

  const std::vector<Token>& tokens() const { return tokens_; }
  std::vector<Token> Take() { return std::move(tokens_); }

 private:
  void Control(std::string_view name);
  PromptBuilder& OpenTurn(std::string_view header, std::string_view text);
  const Tokenizer& tokenizer_;
  std::vector<Token> tokens_;
};

// A prompt, and which part of it starts where.
struct RenderedChat {
  std::vector<Token> tokens;
  std::vector<size_t> message_starts;  // one per message; system messages begin at their one turn,
                                       // joined tool results at theirs
  size_t system_tokens = 0, tools_tokens = 0;
  size_t generation_start = 0;  // of the generation prompt
};
Result<RenderedChat> RenderChatParts(const Tokenizer& tokenizer,
                                     const std::vector<Message>& messages,
                                     const std::vector<ToolDefinition>& tools);

// OpenAI-shaped history to tokens: system texts joined, tool definitions, turns in order,
// consecutive tool results joined into one turn, thinking of earlier assistant turns left out,
// generation prompt at the end.
Result<std::vector<Token>> RenderChat(const Tokenizer& tokenizer,
                                      const std::vector<Message>& messages,
                                      const std::vector<ToolDefinition>& tools);

}  // namespace fathom
