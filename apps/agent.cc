// SPDX-License-Identifier: Apache-2.0
// fathom agent TASK: one task to its end, with tools, then the answer.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "apps/agent_setup.h"
#include "apps/progress.h"
#include "apps/turn_printer.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

struct Flags {
  AgentFlags agent;
  std::string task;
};

int RunTask(const Common& common, const Flags& flags) {
  ProgressLine progress({.quiet = common.quiet || flags.agent.jsonl});
  progress.Stage("loading the model " + common.model);
  auto setup = AgentSetup::Open(common, flags.agent);
  progress.Done();
  if (!setup) return Fail(setup.error());
  if (flags.task.empty() && flags.agent.session.empty())
    return Fail(Invalid("no task; give one, or --session ID to go on with a paused one"));
  TurnPrinter printer({.jsonl = flags.agent.jsonl,
                       .show_thinking = flags.agent.show_thinking,
                       .quiet = common.quiet});
  Json calls = Json::EmptyArray();
  auto turn = (*setup)->RunTurn(flags.task, [&](const Event& event) {
    printer.Show(event);
    if (event.type == "call.done") calls.Push(event.data);
  });
  if (!turn) return Fail(turn.error());
  (*setup)->KeepState();
  const AgentOutcome& outcome = turn->outcome;
  if (common.json) {
    Json json = Json::EmptyObject();
    json.Set("session", (*setup)->session());
    json.Set("turn", turn->turn);
    json.Set("stop", AgentStopName(outcome.stop));
    json.Set("answer", outcome.stop == AgentStop::kDone ? Json(outcome.answer) : Json());
    json.Set("reason", outcome.reason);
    json.Set("calls", std::move(calls));
    json.Set("usage", UsageJson((*setup)->state().usage));
    std::printf("%s\n", json.Dump().c_str());
  } else if (!flags.agent.jsonl && outcome.stop == AgentStop::kDone) {
    std::printf("%s\n", ForTerminal(outcome.answer, {.keep_newlines = true}).c_str());
  }
  if (outcome.stop != AgentStop::kDone && !common.quiet) {
    std::fprintf(stderr, "fathom: %s (%s); go on with: fathom agent --session %s\n",
                 std::string(AgentStopName(outcome.stop)).c_str(), outcome.reason.c_str(),
                 (*setup)->session().c_str());
  }
  return ExitCodeOf(outcome.stop);
}

}  // namespace

void AddAgent(CLI::App& app, Common& common, Run& run) {
  auto flags = std::make_shared<Flags>();
  CLI::App* command = app.add_subcommand("agent", "Carry out one task with tools in a workspace");
  command->add_option("task", flags->task, "The task, in words");
  command->add_option("--session", flags->agent.session, "Go on with this session");
  AddAgentOptions(*command, flags->agent);
  command->callback(
      [&common, &run, flags] { run = [&common, flags] { return RunTask(common, *flags); }; });
}

}  // namespace fathom
