// SPDX-License-Identifier: Apache-2.0
// fathom chat: a conversation in the terminal, or one message a line through a pipe.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "apps/agent_setup.h"
#include "apps/chat_commands.h"
#include "apps/line_editor.h"
#include "apps/progress.h"
#include "apps/session_text.h"
#include "apps/terminal_width.h"
#include "apps/turn_printer.h"
#include "base/files.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

// The state is saved when the chat ends, and before it would cost so many tokens to lose it.
constexpr size_t kUnsavedTokensMax = 8'192;

struct ChatFlags {
  AgentFlags agent;  // agent.session: of --resume
  bool newest = false;
  std::string words;
};

// One session at a time, on one line editor.
class ChatLoop {
 public:
  ChatLoop(const Common& common, const ChatFlags& flags) : common_(common), flags_(flags) {}

  int Run() {
    if (auto opened = OpenEditor(); !opened) return Fail(opened.error());
    if (flags_.newest) {
      auto id = Newest();
      if (!id) return Fail(id.error());
      flags_.agent.session = *id;
    }
    if (auto opened = OpenSession(); !opened) return Fail(opened.error());
    int code = flags_.words.empty() ? kExitDone : Turn(flags_.words);
    while (GoesOn(code)) {
      auto line = editor_->Read();
      if (!line) {
        code = Fail(line.error());
        continue;
      }
      if (line->end == LineEditor::End::kEnd) break;
      ForgetInterrupt();
      if (line->end == LineEditor::End::kDropped || IsBlank(line->text)) continue;
      auto next = TakeLine(line->text);
      if (!next) break;
      code = *next;
    }
    Leave();
    if (is_terminal()) return ForgetInterrupt() ? kExitDone : kExitInterrupted;
    return code;
  }

 private:
  static bool IsBlank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
  }
  bool is_terminal() const { return editor_->is_terminal(); }
  bool says() const { return !common_.quiet && !flags_.agent.jsonl; }

  // A script ends with its first failure; a person sees it and goes on.
  bool GoesOn(int code) { return is_terminal() ? ForgetInterrupt() : code == kExitDone; }

  Status OpenEditor() {
    auto places = UserPlaces();
    if (!places) return places.error();
    if (auto made = EnsurePrivateDir(places->state); !made) return made.error();
    auto editor = LineEditor::Open({.prompt = "› ",
                                    .history_path = places->state + "/chat_history",
                                    .words = ChatCommandWords()});
    if (!editor) return editor.error();
    editor_ = std::move(*editor);
    return OkStatus();
  }

  Result<std::string> Newest() const {
    auto places = UserPlaces();
    if (!places) return places.error();
    auto store = SessionStore::Open(places->data, places->cache);
    if (!store) return store.error();
    auto hits = (*store)->List("", 1);
    if (!hits) return hits.error();
    if (hits->empty()) return Error{Code::kNotFound, "there is no session to continue yet"};
    return (*hits)[0].info.id;
  }

  Status OpenSession() {
    ProgressLine progress({.quiet = !says()});
    progress.Stage("loading the model " + common_.model);
    setup_.reset();
    unsaved_tokens_ = 0;
    auto setup = AgentSetup::Open(common_, flags_.agent);
    progress.Done();
    if (!setup) return setup.error();
    setup_ = std::move(*setup);
    context_ = std::make_unique<ChatContext>(
        ChatContext{.setup = *setup_,
                    .colour = StdoutTakesColour() && isatty(STDERR_FILENO),
                    .columns = std::min<size_t>(TerminalColumns(), 100),
                    .show_thinking = flags_.agent.show_thinking});
    if (says()) Greet();
    return OkStatus();
  }

  void Greet() {
    const Profile& profile = setup_->model().profile();
    if (is_terminal()) {
      const size_t tools = setup_->tools().size();
      const std::string title = ForTerminal(profile.title.empty() ? profile.name : profile.title);
      std::fprintf(stderr, "%s\n%s tokens of context · %s · /help lists commands\n",
                   FitTo(title, context_->columns).c_str(),
                   Thousands(profile.window_tokens()).c_str(),
                   tools == 0 ? "no tools" : (std::to_string(tools) + " tools").c_str());
    }
    if (!profile.converses) {
      std::fprintf(
          stderr,
          "This model does not converse. Ask about a folder: fathom ask PATH QUESTION;\n"
          "look for weaknesses in it: fathom audit PATH. --model names one to talk with.\n");
    }
    if (!setup_->session().empty()) TellResumed();
  }

  void TellResumed() {
    auto info = setup_->store().Find(setup_->session());
    if (!info) return;
    if (is_terminal()) ShowLastTurn(*info);
    auto use = setup_->model().MeasureContext(setup_->CurrentRequest());
    const size_t tokens = use ? use->system + use->tools + use->history : 0;
    const size_t restored = std::min(setup_->restored_tokens(), tokens);
    std::string text = "resumed " + info->id.substr(0, 10) + " (" + std::to_string(info->turns) +
                       (info->turns == 1 ? " turn): " : " turns): ") + Thousands(tokens) +
                       " tokens, of which " + Thousands(restored) +
                       " come from the saved state and are not read again";
    if (restored == 0) text = text.substr(0, text.find(", of which")) + ", no saved state is used";
    std::fprintf(stderr, "%s\n", text.c_str());
    if (setup_->has_open_turn())
      std::fprintf(stderr, "its last turn has no answer yet; /retry goes on with it\n");
  }

  void ShowLastTurn(const SessionInfo& info) const {
    auto turns = setup_->store().Turns(info.id);
    auto messages = setup_->store().Messages(info.id);
    if (!turns || !messages) return;
    std::fprintf(stderr, "%s\n",
                 ConversationText(
                     *turns, *messages,
                     {.colour = context_->colour, .turn = info.turns, .columns = context_->columns})
                     .c_str());
  }

  // The exit code so far; nothing: the chat ends.
  std::optional<int> TakeLine(const std::string& line) {
    if (!IsChatCommand(line)) return Turn(line);
    auto step = RunChatCommand(line, *context_);
    if (!step) return Fail(step.error());
    switch (step->next) {
      case ChatNext::kPrompt:
        return kExitDone;
      case ChatNext::kTurn:
        return Turn(step->words, step->further);
      case ChatNext::kOpen:
        return Change(step->session);
      case ChatNext::kQuit:
        return std::nullopt;
    }
    return kExitDone;
  }

  // To another session. Without it there is nothing to go on with.
  std::optional<int> Change(const std::string& session) {
    Leave();
    flags_.agent.session = session;
    if (auto opened = OpenSession(); !opened) {
      Fail(opened.error());
      return std::nullopt;
    }
    return kExitDone;
  }

  int Turn(const std::string& words, const std::optional<AgentSetup::Further>& further = {}) {
    TurnPrinter printer({.jsonl = flags_.agent.jsonl,
                         .stream_answer = true,
                         .show_thinking = context_->show_thinking,
                         .quiet = common_.quiet});
    auto turn = setup_->RunTurn(
        words, [&](const Event& event) { printer.Show(event); }, further);
    if (!turn) return Fail(turn.error());
    const AgentUsage& usage = setup_->state().usage;
    unsaved_tokens_ += usage.computed();
    if (unsaved_tokens_ > kUnsavedTokensMax) Keep();
    if (says()) TellTurn(turn->outcome, usage);
    return ExitCodeOf(turn->outcome.stop);
  }

  void TellTurn(const AgentOutcome& outcome, const AgentUsage& usage) const {
    if (outcome.stop != AgentStop::kDone) {
      std::fprintf(stderr, "%s (%s); /retry goes on with this turn\n",
                   std::string(AgentStopName(outcome.stop)).c_str(),
                   ForTerminal(outcome.reason).c_str());
    } else if (is_terminal()) {
      std::fprintf(stderr, "%s%s tokens read, %s already in the state, %s written, %s%s\n",
                   context_->colour ? "\x1b[2m" : "", Thousands(usage.prefilled).c_str(),
                   Thousands(usage.cached).c_str(), Thousands(usage.output).c_str(),
                   Duration(usage.seconds).c_str(), context_->colour ? "\x1b[0m" : "");
    }
  }

  void Keep() {
    setup_->KeepState();
    unsaved_tokens_ = 0;
  }

  void Leave() {
    if (!setup_ || setup_->session().empty()) return;
    if (unsaved_tokens_ > 0) Keep();
    if (says()) {
      std::fprintf(stderr, "session %s; go on with: fathom chat --resume %s\n",
                   setup_->session().c_str(), setup_->session().substr(0, 10).c_str());
    }
  }

  const Common& common_;
  ChatFlags flags_;
  std::unique_ptr<LineEditor> editor_;
  std::unique_ptr<AgentSetup> setup_;
  std::unique_ptr<ChatContext> context_;
  size_t unsaved_tokens_ = 0;
};

}  // namespace

void AddChat(CLI::App& app, Common& common, Run& run) {
  auto flags = std::make_shared<ChatFlags>();
  CLI::App* command = app.add_subcommand(
      "chat", "Talk with the model; sessions are kept and can be resumed. /help lists commands");
  command->add_option("words", flags->words, "The first message");
  CLI::Option* resume =
      command->add_option("--resume", flags->agent.session, "Go on with this session");
  command->add_flag("-c,--continue", flags->newest, "Go on with the newest session")
      ->excludes(resume);
  AddAgentOptions(*command, flags->agent);
  command->footer(
      "On a pipe every line is one message, answers alone are on stdout, and the first failure "
      "ends it.");
  command->callback([flags, &common, &run] {
    run = [flags, &common] { return ChatLoop(common, *flags).Run(); };
  });
}

void AddSessionsResume(CLI::App& sessions, Common& common, Run& run) {
  auto flags = std::make_shared<ChatFlags>();
  CLI::App* command = sessions.add_subcommand("resume", "Go on with a session, as chat --resume");
  command->add_option("id", flags->agent.session, "Its id, or the beginning of it")->required();
  command->add_option("words", flags->words, "The next message");
  AddAgentOptions(*command, flags->agent);
  command->callback([flags, &common, &run] {
    run = [flags, &common] { return ChatLoop(common, *flags).Run(); };
  });
}

}  // namespace fathom
