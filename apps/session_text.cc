// SPDX-License-Identifier: Apache-2.0
#include "apps/session_text.h"

#include <ctime>

#include "apps/progress.h"
#include "apps/terminal_width.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr int64_t kHalfYearMs = int64_t{182} * 24 * 3600 * 1000;
constexpr size_t kOneLineBytesMax = 4'096;  // more than any terminal is wide

struct Styles {
  explicit Styles(const SessionTextOptions& options)
      : bold(options.colour ? "\x1b[1m" : ""),
        dim(options.colour ? "\x1b[2m" : ""),
        reset(options.colour ? "\x1b[0m" : "") {}
  std::string bold, dim, reset;
};

std::string Spent(const AgentUsage& usage) {
  std::string text = Thousands(usage.prompt) + " tokens read, " + Thousands(usage.cached) +
                     " of them already in the state; " + Thousands(usage.output) + " written";
  if (usage.dollars > 0) {
    char dollars[32];
    std::snprintf(dollars, sizeof dollars, "; $%.4f", usage.dollars);
    text += dollars;
  }
  return text;
}

std::string Indented(std::string_view text, std::string_view indent) {
  std::string lines(indent);
  for (const char c : text) {
    lines += c;
    if (c == '\n') lines += indent;
  }
  return lines + "\n";
}

std::string Quoted(std::string_view label, const std::string& text,
                   const SessionTextOptions& options) {
  if (options.full)
    return "  " + std::string(label) + "\n" +
           Indented(ForTerminal(text, {.keep_newlines = true}), "    ");
  const std::string line = std::string(label) + " " + OneLine(text);
  return "  " + FitTo(line, options.columns - 2) + "\n";
}

std::string MessageText(const SessionMessage& stored, const SessionTextOptions& options) {
  const Styles style(options);
  const Message& message = stored.message;
  const std::string safe = ForTerminal(message.content, {.keep_newlines = true});
  std::string text;
  if (options.full && !stored.thinking.empty())
    text += style.dim + Quoted("thinking", stored.thinking, options) + style.reset;
  switch (message.role) {
    case Role::kUser:
      return text + style.bold + Indented(safe, "> ") + style.reset;
    case Role::kSystem:
      return text + style.dim + Quoted("system:", message.content, options) + style.reset;
    case Role::kTool:
      return text + style.dim +
             Quoted("← " + ForTerminal(message.name) + ":", message.content, options) + style.reset;
    case Role::kAssistant:
      break;
  }
  if (!safe.empty()) text += safe + "\n";
  for (const ToolCall& call : message.tool_calls) {
    text +=
        style.dim + Quoted("→ " + ForTerminal(call.name), call.arguments, options) + style.reset;
  }
  return text;
}

std::string TurnLine(const SessionTurn& turn, const SessionTextOptions& options) {
  const Styles style(options);
  std::string line = "── turn " + std::to_string(turn.turn) + " · " + turn.state + " · " +
                     std::to_string(turn.usage.steps) +
                     (turn.usage.steps == 1 ? " step" : " steps");
  if (turn.usage.calls > 0) line += " · " + std::to_string(turn.usage.calls) + " calls";
  line += " · " + Duration(turn.usage.seconds) + " · " + ShortTime(turn.started_ms);
  return "\n" + style.dim + FitTo(line, options.columns) + style.reset + "\n";
}

}  // namespace

std::string SessionHeadText(const SessionInfo& info, const SessionTextOptions& options) {
  const Styles style(options);
  std::string text = style.bold + "Session " + info.id + style.reset + "\n";
  const auto add = [&](std::string_view label, const std::string& value) {
    if (value.empty()) return;
    const size_t room = options.columns - 13;
    text +=
        "  " + FitTo(label, 9, true) + "  " + (options.full ? value : FitTo(value, room)) + "\n";
  };
  add("title", ForTerminal(info.title));
  add("model", ForTerminal(info.model));
  add("workspace", ForTerminal(info.workspace));
  add("tools", ForTerminal(info.tools));
  if (!info.parent.empty()) {
    add("fork of", info.parent.substr(0, 10) + ", turns 1 to " + std::to_string(info.parent_turn));
  }
  add("times", "begun " + ShortTime(info.created_ms) + ", last used " + ShortTime(info.updated_ms));
  add("turns", std::to_string(info.turns) + ", " + std::to_string(info.messages) + " messages" +
                   (info.turn_state.empty() ? "" : "; the last is " + info.turn_state));
  add("spent", Spent(info.usage));
  add("state", info.state_bytes == 0 ? "none kept: going on reads all messages again"
                                     : Megabytes(info.state_bytes) + " on disk, of turn " +
                                           std::to_string(info.state_turn));
  return text;
}

std::string ConversationText(const std::vector<SessionTurn>& turns,
                             const std::vector<SessionMessage>& messages,
                             const SessionTextOptions& options) {
  std::string text;
  size_t shown_turn = 0;
  for (const SessionMessage& stored : messages) {
    if (options.turn != 0 && stored.turn != options.turn) continue;
    if (stored.turn != shown_turn && stored.turn >= 1 && stored.turn <= turns.size())
      text += TurnLine(turns[stored.turn - 1], options);
    shown_turn = stored.turn;
    text += MessageText(stored, options);
  }
  return text;
}

std::string ShortTime(int64_t time_ms) {
  const std::time_t seconds = time_ms / 1000;
  std::tm local{};
  localtime_r(&seconds, &local);
  const bool is_old = NowMs() - time_ms > kHalfYearMs || time_ms > NowMs() + kHalfYearMs;
  char text[32];
  std::strftime(text, sizeof text, is_old ? "%b %d  %Y" : "%b %d %H:%M", &local);
  return text;
}

std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text.substr(0, kOneLineBytesMax)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  return ForTerminal(line);
}

}  // namespace fathom
