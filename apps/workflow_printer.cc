// SPDX-License-Identifier: Apache-2.0
#include "apps/workflow_printer.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr size_t kShownBytesMax = 200;  // of a reason or an error

std::string Text(const Json& data, std::string_view key) {
  const Json* value = data.Find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

std::string Short(const std::string& text) {
  const std::string line = ForTerminal(text.substr(0, kShownBytesMax));
  return text.size() > kShownBytesMax ? line + "…" : line;
}

// "answers", or "answers[2] question=..." in a matrix.
std::string Place(const Json& data) {
  std::string place = ForTerminal(Text(data, "step"));
  const Json* instance = data.Find("instance");
  const Json* matrix = data.Find("matrix");
  const bool many = instance != nullptr && instance->is_int() && instance->as_int() > 0;
  const bool is_matrix = matrix != nullptr && matrix->is_object();
  if (many || is_matrix) place += "[" + instance->Dump() + "]";
  if (is_matrix) place += " " + Short(matrix->Dump(-1, true));
  return place;
}

}  // namespace

WorkflowPrinter::WorkflowPrinter(const Options& options)
    : options_(options),
      colour_(isatty(STDERR_FILENO) && !std::getenv("NO_COLOR")),
      line_({.quiet = options.quiet || options.jsonl}) {}

void WorkflowPrinter::Note(const std::string& text) {
  if (options_.quiet) return;
  line_.Done();
  std::fprintf(stderr, "%s%s%s\n", colour_ ? "\x1b[2m" : "", text.c_str(),
               colour_ ? "\x1b[0m" : "");
}

void WorkflowPrinter::ShowDelta(const Event& event) {
  if (event.type == "delta.progress") {
    const Json* done = event.data.Find("done");
    const Json* total = event.data.Find("total");
    const bool counts = total != nullptr && total->is_int() && total->as_int() > 0;
    line_.Stage(Text(event.data, "step") + ": " + Text(event.data, "stage") +
                (counts ? " " + Thousands(static_cast<size_t>(done->as_int())) + " of " +
                              Thousands(static_cast<size_t>(total->as_int())) + " tokens"
                        : ""));
  }
  const Json* inner = event.data.Find("event");
  if (event.type != "delta.step" || inner == nullptr) return;
  const Json* data = inner->Find("data");
  const std::string type = Text(*inner, "type");
  if (data == nullptr) return;
  if (type == "call.started")
    Note("    → " + ForTerminal(Text(*data, "name")) + " " + Short(Text(*data, "arguments")));
  if (type == "call.done") Note("    ← " + Text(*data, "end") + ": " + Short(Text(*data, "text")));
  if (type == "run.rewound") Note("    went back: " + Short(Text(*data, "reason")));
}

void WorkflowPrinter::Show(const Event& event) {
  if (options_.jsonl) {
    std::printf("%s\n", EventJson(event).Dump().c_str());
    std::fflush(stdout);
    return;
  }
  const Json& data = event.data;
  if (event.provisional()) return ShowDelta(event);
  if (event.type == "step.started") {
    const Json* again = data.Find("again");
    Note("  " + Place(data) + " (" + Text(data, "kind") + ")" +
         (again != nullptr && *again == Json(true) ? ", again" : ""));
  }
  if (event.type == "step.kept")
    Note("  " + Place(data) + ": taken over from " + Text(data, "run"));
  if (event.type == "step.failed")
    Note("  " + Place(data) + " failed: " + Short(Text(data, "error")));
  if (event.type == "step.skipped")
    Note("  " + Place(data) + " skipped: " + Short(Text(data, "reason")));
  if (event.type == "step.waiting") Note("  " + Place(data) + " waits for a person");
  if (event.type == "step.cut") Note("  " + Place(data) + ": " + Short(Text(data, "reason")));
  if (event.type == "workflow.started")
    Note("workflow " + ForTerminal(Text(data, "workflow")) + ", run " + event.run);
}

void PrintBound(const WorkflowBound& bound) {
  const auto tokens = [](const std::optional<size_t>& count) {
    return count ? Thousands(*count) : std::string("unknown");
  };
  const auto dollars = [](const std::optional<double>& sum) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", sum.value_or(0));
    return sum ? std::string(text) : std::string("unknown");
  };
  std::printf("%-20s %5s %15s %12s  %s\n", "at most", "times", "tokens", "dollars", "because of");
  for (const StepBound& step : bound.steps) {
    std::printf("%-20s %5zu %15s %12s  %s\n", step.id.c_str(), step.instances,
                tokens(step.tokens).c_str(), dollars(step.dollars).c_str(), step.why.c_str());
  }
  std::printf("%-20s %5s %15s %12s\n", "in all", "", tokens(bound.tokens).c_str(),
              dollars(bound.dollars).c_str());
}

}  // namespace fathom
