// SPDX-License-Identifier: Apache-2.0
// What `chat` and `agent` share: the model, the tools with their policy, the session store, and one
// turn from the user's words to the committed answer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/agent.h"
#include "agent/session_store.h"
#include "apps/app.h"
#include "apps/chat_model_choice.h"
#include "apps/toolbox.h"
#include "tools/mcp/toolbox.h"

namespace fathom {

struct AgentFlags {
  std::string workspace;  // empty: no tools that need one
  std::string tools;      // comma separated; empty: all built-in ones and approved MCP ones
  std::string mcp;        // an mcpServers file; empty: mcp.json of the user, where there is one
  std::string policy = "default";
  std::string system;   // system text
  std::string session;  // id to continue
  bool yes_read = false;
  bool jsonl = false;
  bool show_thinking = false;
  size_t thinking_tokens = 0;
  bool has_thinking_tokens = false;
  AgentLimits limits;
};
void AddAgentOptions(CLI::App& command, AgentFlags& flags);

class AgentSetup {
 public:
  static Result<std::unique_ptr<AgentSetup>> Open(const Common& common, const AgentFlags& flags);

  ChatModel& model() { return *model_.chat; }
  SessionStore& store() { return *store_; }
  AgentState& state() { return state_; }
  const std::string& session() const { return state_.conversation; }
  std::vector<const ToolSpec*> tools() const {
    return box_ ? box_->registry.Specs() : std::vector<const ToolSpec*>();
  }
  ChatRequest CurrentRequest() const;  // the conversation as it stands
  // Whether the last turn has no answer yet; RunTurn without words goes on with it.
  bool has_open_turn() const { return !open_run_.empty(); }
  // Tokens of the saved state that the session continues from; 0: none was there.
  size_t restored_tokens() const { return restored_tokens_; }

  struct Turn {
    size_t turn = 0;
    std::string run;
    AgentOutcome outcome;
  };
  // Where a turn's first thinking goes on: from that of the same words in another session.
  struct Further {
    std::string session;
    size_t thinking_tokens = 0;
  };
  // A new turn with these words, or with none the open one goes on. Committed when it returns.
  Result<Turn> RunTurn(const std::string& words, const EventSink& events,
                       const std::optional<Further>& further = {});
  // Goes on in a fork of the session that has turns 1 to `turn` and the system text. Returns its
  // id.
  Result<std::string> Fork(size_t turn);
  // Keeps the model's state for the next process; what hinders it is told, not fatal.
  void KeepState();

 private:
  AgentSetup() = default;
  Status OpenTools(const AgentFlags& flags);
  Status OpenMcp(const AgentFlags& flags);
  Status OpenSession(const AgentFlags& flags);
  Status CreateSession();
  Status Hold(const std::string& session);

  AgentFlags flags_;
  std::string model_name_;
  bool keep_ = true;
  ChosenChatModel model_;
  std::unique_ptr<SessionStore> store_;
  std::unique_ptr<McpToolbox> mcp_;  // null: no servers
  std::unique_ptr<Toolbox> box_;     // null: no workspace
  AgentState state_;
  FileDescriptor hold_;  // of the session
  std::string open_run_;
  size_t restored_tokens_ = 0;
};

int ExitCodeOf(AgentStop stop);

}  // namespace fathom
