// SPDX-License-Identifier: Apache-2.0
#include "apps/agent_setup.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>

#include "apps/terminal_question.h"
#include "base/files.h"
#include "base/terminal_text.h"
#include "tools/execute.h"

namespace fathom {
namespace {

constexpr auto kMcpPatience = std::chrono::seconds(30);  // until all servers have named their tools

// A person at the terminal sees the call as its exact bytes and says yes or no.
bool AskForCall(const ApprovalRequest& request) {
  return AskAtTerminal("\n" + request.text + ForTerminal(request.decision.reason) +
                       "\nRun it? [y/N] ")
      .value_or(false);
}

}  // namespace

void AddAgentOptions(CLI::App& command, AgentFlags& flags) {
  command.add_option("-w,--workspace", flags.workspace, "Folder that the tools work in");
  command.add_option("--tools", flags.tools, "Tools to offer, comma separated (all of them)");
  command.add_option("--mcp", flags.mcp,
                     "MCP servers whose approved tools are offered (mcp.json of the user)");
  command.add_option("--policy", flags.policy, "Policy: a name in configs/policies, or a file")
      ->capture_default_str();
  command.add_option("--system", flags.system, "System text of a new session");
  command.add_flag("--yes-read", flags.yes_read, "Reading is approved beforehand");
  command.add_flag("--jsonl", flags.jsonl, "Events on stdout, one JSON object a line");
  command.add_flag("--show-thinking", flags.show_thinking, "Show the thinking, dim, on stderr");
  command.add_option_function<size_t>(
      "--thinking",
      [&flags](const size_t& tokens) {
        flags.thinking_tokens = tokens;
        flags.has_thinking_tokens = true;
      },
      "Thinking tokens of one reply (the profile's)");
  const auto limit = [&command](const char* name, auto& target, const char* help) {
    using Value = typename std::decay_t<decltype(target)>::value_type;
    command.add_option_function<Value>(
        name, [&target](const Value& value) { target = value; }, help);
  };
  limit("--steps-max", flags.limits.steps, "Pause after so many queries in a turn");
  limit("--tokens-max", flags.limits.tokens, "... so many computed tokens");
  limit("--thinking-max", flags.limits.thinking_tokens, "... so many thinking tokens");
  limit("--dollars-max", flags.limits.dollars, "... so many dollars");
  limit("--seconds-max", flags.limits.seconds, "... so many seconds");
}

Result<std::unique_ptr<AgentSetup>> AgentSetup::Open(const Common& common,
                                                     const AgentFlags& flags) {
  std::unique_ptr<AgentSetup> setup(new AgentSetup());
  setup->flags_ = flags;
  setup->keep_ = !common.no_keep;
  auto places = UserPlaces();
  if (!places) return places.error();
  auto store = SessionStore::Open(places->data, places->cache);
  if (!store) return store.error();
  setup->store_ = std::move(*store);
  Common with = common;
  if (!flags.session.empty()) {
    auto info = setup->store_->Find(flags.session);
    if (!info) return info.error();
    if (!info->model.empty()) with.model = info->model;
    if (setup->flags_.workspace.empty()) setup->flags_.workspace = info->workspace;
    if (setup->flags_.tools.empty()) setup->flags_.tools = info->tools;
  }
  setup->model_name_ = with.model;
  if (auto tools = setup->OpenTools(flags); !tools) return tools.error();
  auto chosen = OpenChatModel(with);
  if (!chosen) return chosen.error();
  setup->model_ = std::move(*chosen);
  if (auto session = setup->OpenSession(flags); !session) return session.error();
  return setup;
}

Status AgentSetup::OpenTools(const AgentFlags& flags) {
  if (flags_.workspace.empty()) return OkStatus();
  if (auto opened = OpenMcp(flags); !opened) return opened;
  auto box = OpenToolbox({.workspace = flags_.workspace,
                          .tools = flags_.tools,
                          .policy = flags.policy,
                          .grant_reading = flags.yes_read,
                          .mcp = mcp_.get(),
                          .of_session = flags.tools.empty()});
  if (!box) return box.error();
  box_ = std::move(*box);
  flags_.workspace = box_->workspace->path;
  return OkStatus();
}

Status AgentSetup::OpenMcp(const AgentFlags& flags) {
  auto places = UserPlaces();
  if (!places) return places.error();
  auto servers = ReadMcpServers(flags.mcp.empty() ? places->config + "/mcp.json" : flags.mcp);
  if (!servers && servers.error().code == Code::kNotFound && flags.mcp.empty()) return OkStatus();
  if (!servers) return servers.error();
  auto pins = McpPins::Load(places->state + "/mcp-pins.json");
  if (!pins) return pins.error();
  const McpWait wait{std::chrono::steady_clock::now() + kMcpPatience, Interrupted()};
  mcp_ = std::make_unique<McpToolbox>(McpToolbox::Open(*servers, *pins, wait));
  for (const std::string& note : mcp_->notes())
    std::fprintf(stderr, "fathom: %s\n", ForTerminal(note).c_str());
  return OkStatus();
}

Status AgentSetup::OpenSession(const AgentFlags& flags) {
  if (flags.session.empty()) {
    const std::string& system = flags.system.empty() ? std::string() : flags.system;
    if (!system.empty()) state_.messages.push_back({.role = Role::kSystem, .content = system});
    return OkStatus();
  }
  auto info = store_->Find(flags.session);
  if (!info) return info.error();
  if (Status held = Hold(info->id); !held) return held;
  auto loaded = store_->Load(info->id);
  if (!loaded) return loaded.error();
  state_ = std::move(loaded->state);
  open_run_ = loaded->run;
  if (!loaded->state_path || !model_.chat->can().snapshot) return OkStatus();
  auto restored = model_.chat->RestoreState(state_.conversation, *loaded->state_path);
  // A state that is gone, damaged or of another build is computed again from the messages.
  if (!restored)
    std::fprintf(stderr, "fathom: the saved state is not used: %s\n",
                 ForTerminal(restored.error().Text()).c_str());
  restored_tokens_ = restored ? *restored : 0;
  return OkStatus();
}

Status AgentSetup::CreateSession() {
  auto id = store_->Create(
      {.model = model_name_, .workspace = flags_.workspace, .tools = box_ ? box_->names() : ""});
  if (!id) return id.error();
  state_.conversation = *id;
  return Hold(*id);
}

Status AgentSetup::Hold(const std::string& session) {
  auto held = store_->Hold(session);
  if (!held) return held.error();
  hold_ = std::move(*held);
  return OkStatus();
}

ChatRequest AgentSetup::CurrentRequest() const {
  ChatRequest request{.conversation = state_.conversation, .messages = state_.messages};
  for (const ToolSpec* spec : tools())
    request.tools.push_back({spec->name, spec->description, spec->parameters});
  return request;
}

Result<AgentSetup::Turn> AgentSetup::RunTurn(const std::string& words, const EventSink& events,
                                             const std::optional<Further>& further) {
  Turn turn{.run = words.empty() && !open_run_.empty() ? open_run_ : NewId("r-")};
  if (state_.conversation.empty()) {
    if (auto created = CreateSession(); !created) return created.error();
  }
  if (!words.empty()) {
    state_.usage = {};
    state_.last_event = 0;
    state_.messages.push_back({.role = Role::kUser, .content = words});
    auto begun = store_->Begin(session(), state_, turn.run);
    if (!begun) return begun.error();
    turn.turn = *begun;
  } else {
    auto info = store_->Find(session());
    if (!info) return info.error();
    turn.turn = info->turns;
  }
  AgentOptions options{.run = turn.run, .limits = flags_.limits, .events = events};
  if (flags_.has_thinking_tokens) options.thinking_tokens_max = flags_.thinking_tokens;
  if (further) {
    options.thinks_further_of = further->session;
    options.thinking_tokens_max = further->thinking_tokens;
  }
  if (box_) {
    options.tools = {&box_->registry, &box_->policy, &box_->grants, box_->workspace.get(), {}};
    if (SomeoneIsThere()) options.tools.approver = AskForCall;
  }
  options.record = [&](const AgentRecord& record) { return store_->Record(session(), record); };
  options.cancel = Interrupted();
  auto outcome = RunAgent(*model_.chat, state_, options);
  open_run_ = outcome && outcome->stop == AgentStop::kDone ? "" : turn.run;
  if (!outcome) return outcome.error();
  turn.outcome = std::move(*outcome);
  return turn;
}

Result<std::string> AgentSetup::Fork(size_t turn) {
  if (session().empty()) return Invalid("there is no turn to fork from yet");
  auto fork = store_->Fork(session(), turn);
  if (!fork) return fork.error();
  if (Status held = Hold(*fork); !held) return held.error();
  auto loaded = store_->Load(*fork);
  if (!loaded) return loaded.error();
  if (auto forked = model_.chat->ForkState(session(), *fork); !forked) return forked.error();
  if (loaded->state.messages.empty()) {  // the system text is stored with the first turn
    for (const Message& message : state_.messages) {
      if (message.role == Role::kSystem) loaded->state.messages.push_back(message);
    }
  }
  state_ = std::move(loaded->state);
  open_run_ = loaded->run;
  return fork;
}

void AgentSetup::KeepState() {
  if (session().empty() || !keep_ || !model_.chat->can().snapshot) return;
  auto kept = store_->KeepState(session(), *model_.chat, CurrentRequest());
  if (!kept && kept.error().code != Code::kNotFound)
    std::fprintf(stderr, "fathom: the model's state is not kept: %s\n",
                 ForTerminal(kept.error().Text()).c_str());
}

int ExitCodeOf(AgentStop stop) {
  switch (stop) {
    case AgentStop::kDone:
      return kExitDone;
    case AgentStop::kLimit:
      return kExitBudget;
    case AgentStop::kStuck:
      return kExitNegative;
    case AgentStop::kCancelled:
      return kExitInterrupted;
  }
  return kExitBackend;
}

}  // namespace fathom
