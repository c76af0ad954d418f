// SPDX-License-Identifier: Apache-2.0
#include "tools/execute.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/terminal_text.h"
#include "base/utf8.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

Outcome NotRun(CallEnd end, std::string text) {
  Outcome outcome;
  outcome.end = end;
  // Our own words; what the model wrote in them it knows already.
  outcome.result = {.text = std::move(text), .is_error = true, .untrusted = false};
  return outcome;
}

Outcome Denied(CallEnd end, const Decision& decision, bool was_asked, std::string text) {
  Outcome outcome = NotRun(end, std::move(text));
  outcome.decision = decision;
  outcome.was_asked = was_asked;
  return outcome;
}

// At most bytes_max bytes with the note that says what is missing, at a character's border.
void CutText(size_t bytes_max, ToolResult* result) {
  std::string& text = result->text;
  if (text.size() <= bytes_max) return;
  size_t kept = bytes_max;
  kept -= Utf8PartialTail(std::string_view(text).substr(0, kept));
  const size_t dropped = text.size() - kept;
  text.resize(kept);
  text += "\n[cut here: " + std::to_string(dropped) + " more bytes]";
  result->is_cut = true;
}

ToolResult Run(const Tool& tool, const Json& arguments, const ExecuteInput& input,
               const DecideInput& question) {
  ToolContext context = input.context;
  context.deadline =
      std::min(context.deadline, Clock::now() + std::chrono::seconds(tool.spec.seconds_max));
  context.may_read = [&](std::string_view path) {
    return DecideRead(input.policy, question, path).verdict == Verdict::kAllow;
  };
  if (Status stopped = context.Stopped(); !stopped) return ToolResult::Failed(stopped.error());
  ToolResult result = tool.run(arguments, context);
  CutText(tool.spec.output_bytes_max, &result);
  return result;
}

}  // namespace

std::string_view CallEndName(CallEnd end) {
  constexpr std::array<std::string_view, 5> kNames = {"ran", "unknown_tool", "bad_arguments",
                                                      "denied", "refused"};
  return kNames[static_cast<size_t>(end)];
}

Outcome Execute(const ToolRequest& call, const ExecuteInput& input) {
  auto found = input.registry.Find(call.name);
  if (!found) return NotRun(CallEnd::kUnknownTool, found.error().Text());
  const Tool& tool = **found;
  if (Status good = input.registry.CheckArguments(tool, call.arguments); !good) {
    return NotRun(CallEnd::kBadArguments,
                  "the arguments of " + call.name + " do not fit: " + good.error().Text());
  }
  CHECK(input.context.workspace != nullptr);
  const DecideInput question{tool.spec, call.arguments, input.taint, input.grants,
                             input.context.workspace->protected_paths};
  const Decision decision = Decide(input.policy, question);
  const std::string why = decision.reason + " (rule " + decision.rule + ")";
  if (decision.verdict == Verdict::kDeny) {
    return Denied(CallEnd::kDenied, decision, false, "denied: " + why);
  }
  const bool must_ask = decision.verdict == Verdict::kAsk;
  if (must_ask && !input.approver) {
    return Denied(
        CallEnd::kDenied, decision, false,
        "denied: a person would have to approve this, and nobody is there to ask: " + why);
  }
  if (must_ask && !input.approver({tool.spec, decision, ApprovalText(tool.spec, call.arguments)})) {
    return Denied(CallEnd::kRefused, decision, true, "the user refused this call");
  }
  // While a person thought, another call may have read untrusted text.
  const Decision now = must_ask ? Decide(input.policy, question) : decision;
  if (now.verdict == Verdict::kDeny) {
    return Denied(CallEnd::kDenied, now, true,
                  "denied: " + now.reason + " (rule " + now.rule + ")");
  }
  Outcome outcome{.end = CallEnd::kRan, .decision = decision, .was_asked = must_ask};
  const auto start = Clock::now();
  outcome.result = Run(tool, call.arguments, input, question);
  outcome.run_ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  if (outcome.result.untrusted) input.taint.Add("tool " + tool.spec.name);
  return outcome;
}

std::string ApprovalText(const ToolSpec& spec, const Json& arguments) {
  std::string text = ForTerminal(spec.name) + " (" + std::string(EffectName(spec.effect)) + ")\n";
  if (!arguments.is_object()) return text + ForTerminal(arguments.Dump(-1, true)) + "\n";
  for (const auto& [name, value] : arguments.as_object()) {
    text += "  " + ForTerminal(Json(name).Dump());
    if (!value.is_string()) {
      // JSON escapes quotes, backslashes and controls itself.
      text += " = " + ForTerminal(value.Dump(-1, true)) + "\n";
      continue;
    }
    text += ":\n    | ";
    std::string line;
    for (const char c : value.as_string()) {
      if (c == '\n') {
        text += ForTerminal(line) + "\n    | ";
        line.clear();
        continue;
      }
      if (c == '\\') line += '\\';
      line += c;
    }
    text += ForTerminal(line) + "\n";
  }
  return text;
}

}  // namespace fathom
