// SPDX-License-Identifier: Apache-2.0
#include "apps/turn_printer.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr size_t kShownBytesMax = 200;  // of a call's arguments and of its result

std::string Text(const Event& event, std::string_view key) {
  const Json* value = event.data.Find(key);
  return value && value->is_string() ? value->as_string() : std::string();
}

int64_t Count(const Json* object, std::string_view key) {
  const Json* value = object ? object->Find(key) : nullptr;
  return value && value->is_int() ? value->as_int() : 0;
}

std::string Short(const std::string& text) {
  const std::string line = ForTerminal(text.substr(0, kShownBytesMax));
  return text.size() > kShownBytesMax ? line + "…" : line;
}

}  // namespace

TurnPrinter::TurnPrinter(const Options& options)
    : options_(options), colour_(isatty(STDERR_FILENO) && !std::getenv("NO_COLOR")) {}

void TurnPrinter::Note(const std::string& text) {
  if (options_.quiet) return;
  if (in_answer_) std::fputs("\n", stdout);
  std::fflush(stdout);
  in_answer_ = false;
  std::fprintf(stderr, "%s%s%s\n", colour_ ? "\x1b[2m" : "", text.c_str(),
               colour_ ? "\x1b[0m" : "");
}

void TurnPrinter::ShowThinking(const std::string& text) {
  if (!options_.show_thinking || options_.quiet) return;
  std::fprintf(stderr, "%s%s%s", colour_ ? "\x1b[2m" : "",
               ForTerminal(text, {.keep_newlines = true}).c_str(), colour_ ? "\x1b[0m" : "");
  in_thinking_ = true;
}

void TurnPrinter::Show(const Event& event) {
  if (options_.jsonl) {
    std::printf("%s\n", EventJson(event).Dump().c_str());
    std::fflush(stdout);
    return;
  }
  if (event.type == "delta.thinking") ShowThinking(Text(event, "text"));
  if (event.type == "delta.content" && options_.stream_answer) {
    if (in_thinking_) std::fputs("\n", stderr);
    in_thinking_ = false;
    in_answer_ = true;
    std::fputs(ForTerminal(Text(event, "text"), {.keep_newlines = true}).c_str(), stdout);
    std::fflush(stdout);
  }
  if (event.type == "model.done") {
    const std::string closed =
        event.data.Find("thinking_closed") ? ", closed by its budget: /further thinks on" : "";
    const int64_t thinking = Count(event.data.Find("usage"), "thinking");
    if (in_thinking_) std::fputs("\n", stderr);
    in_thinking_ = false;
    if (thinking > thinking_before_)
      Note("thinking " + std::to_string(thinking - thinking_before_) + " tokens" + closed);
    thinking_before_ = thinking;
    if (const std::string miss = Text(event, "prefix_miss"); !miss.empty())
      Note("the kept state does not fit: " + ForTerminal(miss));
  }
  if (event.type == "call.started")
    Note("→ " + ForTerminal(Text(event, "name")) + " " + Short(Text(event, "arguments")));
  if (event.type == "call.done") {
    const std::string rule = Text(event, "rule");
    Note("← " + Text(event, "end") + (rule.empty() ? "" : " (rule " + ForTerminal(rule) + ")") +
         ": " + Short(Text(event, "text")));
  }
  if (event.type == "run.rewound")
    Note("stood still (" + Text(event, "reason") + "), went back: " + Short(Text(event, "note")));
  if (event.type == "run.paused") Note("paused: " + Text(event, "limit"));
  if (event.type == "run.done" && in_answer_) {
    std::fputs("\n", stdout);
    std::fflush(stdout);
    in_answer_ = false;
  }
}

}  // namespace fathom
