// SPDX-License-Identifier: Apache-2.0
#include "apps/chat_commands.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "apps/progress.h"
#include "apps/session_text.h"
#include "apps/terminal_width.h"
#include "base/did_you_mean.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr size_t kSessionsShown = 10;
constexpr size_t kBarColumnsMax = 64;

void Say(const std::string& text) {
  std::fputs(text.c_str(), stderr);
}

Result<SessionInfo> CurrentSession(ChatContext& chat) {
  if (chat.setup.session().empty()) return Invalid("nothing was said yet");
  return chat.setup.store().Find(chat.setup.session());
}

// From 1; 0: it is none.
size_t Number(const std::string& text) {
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

Result<size_t> TurnNumber(const std::string& text, size_t last) {
  if (text.empty()) return last;
  const size_t turn = Number(text);
  if (turn == 0 || turn > last)
    return Invalid("expected a turn from 1 to " + std::to_string(last) + ", found", text);
  return turn;
}

Result<ChatStep> Context(const std::string&, ChatContext& chat) {
  const ChatRequest request = chat.setup.CurrentRequest();
  ContextUse use{.window = chat.setup.model().profile().window_tokens()};
  if (!request.messages.empty() || !request.tools.empty()) {
    auto measured = chat.setup.model().MeasureContext(request);
    if (!measured) return measured.error();
    use = *measured;
  }
  Say(ContextText(use, chat.setup.model().profile().output_tokens_max, chat));
  return ChatStep{};
}

std::string CostLine(std::string_view label, const AgentUsage& usage, bool has_prices) {
  char text[160];
  std::snprintf(text, sizeof text, "  %-9.*s %9s %9s %9s %9s %8s", static_cast<int>(label.size()),
                label.data(), Thousands(usage.prefilled).c_str(), Thousands(usage.cached).c_str(),
                Thousands(usage.output).c_str(), Thousands(usage.thinking).c_str(),
                Duration(usage.seconds).c_str());
  std::string line = text;
  if (has_prices) {
    std::snprintf(text, sizeof text, "  $%.4f", usage.dollars);
    line += text;
  }
  return line + "\n";
}

Result<ChatStep> Cost(const std::string&, ChatContext& chat) {
  auto info = CurrentSession(chat);
  if (!info) return info.error();
  const auto& prices = chat.setup.model().profile().prices;
  const bool has_prices = prices.input > 0 || prices.output > 0;
  Say("  tokens         read    cached   written  thinking     time\n" +
      CostLine("last turn", chat.setup.state().usage, has_prices) +
      CostLine("session", info->usage, has_prices));
  if (!has_prices) Say("  runs on this machine: no price\n");
  return ChatStep{};
}

Result<ChatStep> Tools(const std::string&, ChatContext& chat) {
  const auto tools = chat.setup.tools();
  if (tools.empty()) Say("  no tools: start with --workspace DIR to offer them\n");
  for (const ToolSpec* tool : tools) {
    const std::string line = FitTo(ForTerminal(tool->name), 20, true) + " " +
                             FitTo(EffectName(tool->effect), 15, true) + " " +
                             OneLine(tool->description);
    Say("  " + FitTo(line, chat.columns - 2) + "\n");
  }
  return ChatStep{};
}

Result<ChatStep> Thinking(const std::string& argument, ChatContext& chat) {
  if (!argument.empty() && argument != "on" && argument != "off")
    return Invalid("expected on or off, found", argument);
  chat.show_thinking = argument.empty() ? !chat.show_thinking : argument == "on";
  Say(chat.show_thinking ? "  thinking is shown\n" : "  thinking is folded\n");
  if (!chat.setup.model().profile().thinking.supported)
    Say("  (" + ForTerminal(chat.setup.model().profile().name) + " does not think)\n");
  return ChatStep{};
}

Result<ChatStep> Sessions(const std::string& words, ChatContext& chat) {
  auto hits = chat.setup.store().List(words, kSessionsShown);
  if (!hits) return hits.error();
  if (hits->empty()) Say("  none\n");
  for (const SessionHit& hit : *hits) {
    const std::string line = hit.info.id.substr(0, 10) + "  " + ShortTime(hit.info.updated_ms) +
                             "  " + std::to_string(hit.info.turns) + " turns  " +
                             ForTerminal(hit.info.title);
    const bool is_this = hit.info.id == chat.setup.session();
    Say((is_this ? "* " : "  ") + FitTo(line, chat.columns - 2) + "\n");
  }
  if (!hits->empty()) Say("  /resume ID goes on with one of them\n");
  return ChatStep{};
}

Result<ChatStep> Resume(const std::string& id, ChatContext& chat) {
  if (id.empty()) return Invalid("/resume needs an id; /sessions shows them");
  auto info = chat.setup.store().Find(id);
  if (!info) return info.error();
  return ChatStep{.next = ChatNext::kOpen, .session = info->id};
}

Result<ChatStep> New(const std::string&, ChatContext&) {
  return ChatStep{.next = ChatNext::kOpen};
}

Result<ChatStep> Fork(const std::string& argument, ChatContext& chat) {
  auto info = CurrentSession(chat);
  if (!info) return info.error();
  auto turn = TurnNumber(argument, info->turns);
  if (!turn) return turn.error();
  auto fork = chat.setup.Fork(*turn);
  if (!fork) return fork.error();
  Say("  now in " + fork->substr(0, 10) + ", a fork with turns 1 to " + std::to_string(*turn) +
      "; " + info->id.substr(0, 10) + " stays as it was\n");
  return ChatStep{};
}

// An open turn goes on. One that has its answer is asked again in a fork, so that both answers
// stay.
Result<ChatStep> AskAgain(const SessionInfo& info, ChatContext& chat) {
  auto messages = chat.setup.store().Messages(info.id);
  if (!messages) return messages.error();
  const auto question =
      std::find_if(messages->begin(), messages->end(), [&](const SessionMessage& stored) {
        return stored.turn == info.turns && stored.message.role == Role::kUser;
      });
  if (question == messages->end()) return Invalid("the last turn has no question");
  auto fork = chat.setup.Fork(info.turns - 1);
  if (!fork) return fork.error();
  Say("  asked again in the fork " + fork->substr(0, 10) + "; " + info.id.substr(0, 10) +
      " keeps the first answer\n");
  return ChatStep{.next = ChatNext::kTurn, .words = question->message.content};
}

Result<ChatStep> Retry(const std::string&, ChatContext& chat) {
  auto info = CurrentSession(chat);
  if (!info) return info.error();
  if (chat.setup.has_open_turn()) return ChatStep{.next = ChatNext::kTurn};
  return AskAgain(*info, chat);
}

// The same, but thinking goes on where its budget closed it, if that state is still kept.
Result<ChatStep> Further(const std::string& argument, ChatContext& chat) {
  auto info = CurrentSession(chat);
  if (!info) return info.error();
  if (!chat.setup.model().profile().thinking.supported)
    return Invalid(ForTerminal(chat.setup.model().profile().name) + " does not think");
  const size_t spent = chat.setup.state().usage.thinking;
  if (chat.setup.has_open_turn() || spent == 0)
    return Invalid("the last turn has no thinking that could go on");
  const size_t tokens = argument.empty() ? 2 * spent : Number(argument);
  if (tokens <= spent) {
    return Invalid(
        "expected more thinking tokens than the last turn had, " + Thousands(spent) + "; found",
        argument);
  }
  auto step = AskAgain(*info, chat);
  if (step) step->further = {info->id, tokens};
  return step;
}

Result<ChatStep> Quit(const std::string&, ChatContext&) {
  return ChatStep{.next = ChatNext::kQuit};
}

Result<ChatStep> Help(const std::string&, ChatContext& chat);

struct Command {
  std::string_view name, argument, help;
  Result<ChatStep> (*run)(const std::string& argument, ChatContext& chat);
};
constexpr Command kCommands[] = {
    {"/help", "", "this list", Help},
    {"/context", "", "how full the context is, and with what", Context},
    {"/cost", "", "tokens, time and money of the last turn and the session", Cost},
    {"/tools", "", "what the model may call", Tools},
    {"/thinking", "[on|off]", "show the thinking, or fold it into one line", Thinking},
    {"/retry", "", "go on with a stopped turn, or ask again in a fork", Retry},
    {"/further", "[TOKENS]", "think on where the budget ended, twice as long or so long", Further},
    {"/fork", "[TURN]", "go on in a copy with the turns up to this one", Fork},
    {"/sessions", "[WORDS]", "the newest sessions, or those that hold the words", Sessions},
    {"/resume", "ID", "go on with another session", Resume},
    {"/new", "", "begin a new session", New},
    {"/quit", "", "end; Ctrl-D does the same", Quit},
};

Result<ChatStep> Help(const std::string&, ChatContext& chat) {
  for (const Command& command : kCommands) {
    const std::string usage = std::string(command.name) + " " + std::string(command.argument);
    Say("  " + FitTo(FitTo(usage, 20, true) + std::string(command.help), chat.columns - 2) + "\n");
  }
  Say("  A line that ends with \\ goes on. Ctrl-C stops a reply and drops a line.\n"
      "  A message that begins with / needs a blank before it.\n");
  return ChatStep{};
}

}  // namespace

bool IsChatCommand(std::string_view line) {
  return line.size() > 1 && line[0] == '/';
}

Result<ChatStep> RunChatCommand(std::string_view line, ChatContext& chat) {
  while (line.ends_with(' ')) line.remove_suffix(1);
  const size_t end = std::min(line.find(' '), line.size());
  const std::string_view name = line.substr(0, end);
  const size_t argument = std::min(line.find_first_not_of(' ', end), line.size());
  std::vector<std::string_view> names;
  for (const Command& command : kCommands) {
    if (command.name == name) return command.run(std::string(line.substr(argument)), chat);
    names.push_back(command.name);
  }
  const std::string near = DidYouMean(name, names);
  return Error{Code::kNotFound,
               "no such command; " + (near.empty() ? "/help lists them" : "did you mean " + near) +
                   (near.empty() ? "" : "?") + " (a blank before it sends it as a message)",
               std::string(name)};
}

std::vector<std::string> ChatCommandWords() {
  std::vector<std::string> words;
  for (const Command& command : kCommands) words.emplace_back(command.name);
  return words;
}

std::string ContextText(const ContextUse& use, size_t reply_tokens_max, const ChatContext& chat) {
  struct Part {
    std::string_view name, note;
    char letter;
    const char* style;
    size_t tokens;
  };
  const size_t used = use.system + use.tools + use.history;
  const size_t reply = std::min(reply_tokens_max, use.window - std::min(used, use.window));
  const Part parts[] = {
      {"system", "", 's', "\x1b[34m", use.system},
      {"tools", "", 't', "\x1b[35m", use.tools},
      {"history", "", 'h', "\x1b[32m", use.history},
      {"reply", "kept free for it", 'r', "\x1b[33m", reply},
      {"free", "", '.', "\x1b[2m", use.window - std::min(used + reply, use.window)},
  };
  const double window = std::max<double>(1, static_cast<double>(use.window));
  char line[160];
  std::snprintf(line, sizeof line, "  %s of %s tokens used (%.1f %%)%s\n  ",
                Thousands(used).c_str(), Thousands(use.window).c_str(), 100 * used / window,
                use.exact ? "" : ", estimated");
  std::string text = line;
  // A part that is there has a column, however small it is.
  const size_t bar = std::min(chat.columns - 4, kBarColumnsMax);
  size_t shown = 0;
  for (const Part& part : parts) {
    size_t columns = static_cast<size_t>(bar * (part.tokens / window) + 0.5);
    if (part.tokens > 0) columns = std::max<size_t>(columns, 1);
    columns = std::min(part.letter == '.' ? bar : columns, bar - shown);
    shown += columns;
    text += (chat.colour ? part.style : "") + std::string(columns, part.letter) +
            (chat.colour ? "\x1b[0m" : "");
  }
  text += "\n";
  for (const Part& part : parts) {
    std::snprintf(line, sizeof line, "  %c %-8.*s %9s  %5.1f %%  %.*s\n", part.letter,
                  static_cast<int>(part.name.size()), part.name.data(),
                  Thousands(part.tokens).c_str(), 100 * part.tokens / window,
                  static_cast<int>(part.note.size()), part.note.data());
    text += line;
  }
  return text;
}

}  // namespace fathom
