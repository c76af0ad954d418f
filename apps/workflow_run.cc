// SPDX-License-Identifier: Apache-2.0
#include "apps/workflow_run.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "apps/terminal_question.h"
#include "apps/toolbox.h"
#include "apps/workflow_printer.h"
#include "apps/workflow_world.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

struct Flags {
  std::string target;  // a workflow, or a run
  std::vector<std::string> inputs;
  std::string from, with;
  std::vector<std::string> approve, refuse, again, skip;
  AgentLimits budgets;
  double bound_dollars = 0;
  size_t bound_tokens = 0;
  bool jsonl = false;
};

std::map<std::string, WorkflowDecision> DecisionsOf(const Flags& flags) {
  std::map<std::string, WorkflowDecision> decisions;
  const std::pair<const std::vector<std::string>*, WorkflowDecision> lists[] = {
      {&flags.approve, WorkflowDecision::kApprove},
      {&flags.refuse, WorkflowDecision::kRefuse},
      {&flags.again, WorkflowDecision::kAgain},
      {&flags.skip, WorkflowDecision::kSkip}};
  for (const auto& [steps, decision] : lists) {
    for (const std::string& step : *steps) decisions[step] = decision;
  }
  return decisions;
}

std::optional<bool> AskForStep(const WorkflowQuestion& question, WorkflowPrinter& printer) {
  printer.Clear();
  const bool is_tool = question.kind == WorkflowQuestion::Kind::kTool;
  return AskAtTerminal(
      "\n[" + ForTerminal(question.step) + "] " +
      (is_tool ? question.text : ForTerminal(question.text, {.keep_newlines = true})) +
      ForTerminal(question.reason) + (is_tool ? "\nRun it? [y/N] " : "\nYes? [y/N] "));
}

int ExitCodeOf(const std::string& state) {
  if (state == "done") return kExitDone;
  if (state == "negative") return kExitNegative;
  if (state == "paused") return kExitBudget;
  return state == "cancelled" ? kExitInterrupted : kExitBackend;
}

void PrintOutcome(const Common& common, const WorkflowOutcome& outcome) {
  for (const std::string& report : outcome.reports) {
    const std::string text = ForTerminal(report, {.keep_newlines = true});
    std::printf("%s%s", text.c_str(), text.ends_with('\n') ? "" : "\n");
  }
  std::fflush(stdout);
  if (outcome.state == "done" || (common.quiet && outcome.state == "negative")) return;
  std::fprintf(stderr, "fathom: %s%s%s\n", outcome.state.c_str(),
               outcome.reason.empty() ? "" : ": ",
               ForTerminal(outcome.reason, {.keep_newlines = true}).c_str());
  if (outcome.state != "negative")
    std::fprintf(stderr, "fathom: go on with: fathom workflow resume %s\n", outcome.run.c_str());
}

int Carry(const Common& common, const Flags& flags, WorkflowPlaces& places,
          const std::string& run) {
  WorkflowPrinter printer({.jsonl = flags.jsonl, .quiet = common.quiet});
  WorkflowRunOptions options{.budgets = flags.budgets,
                             .decisions = DecisionsOf(flags),
                             .events = [&](const Event& event) { printer.Show(event); },
                             .cancel = Interrupted()};
  if (SomeoneIsThere())
    options.approver = [&](const WorkflowQuestion& q) { return AskForStep(q, printer); };
  auto outcome = RunWorkflow(places.runs(), run, places.world(), options);
  printer.Clear();
  if (!outcome) return Fail(outcome.error());
  if (common.json && !flags.jsonl) {
    auto record = places.runs().Load(run);
    if (!record) return Fail(record.error());
    Json json = WorkflowRunJson(record->info);
    Json steps = Json::EmptyArray(), reports = Json::EmptyArray();
    for (const WorkflowStepRecord& step : record->steps) steps.Push(WorkflowStepRecordJson(step));
    for (const std::string& report : outcome->reports) reports.Push(report);
    json.Set("steps", std::move(steps));
    json.Set("reports", std::move(reports));
    std::printf("%s\n", json.Dump().c_str());
  } else if (!flags.jsonl) {
    PrintOutcome(common, *outcome);
  }
  return ExitCodeOf(outcome->state);
}

int RunNew(const Common& common, const Flags& flags) {
  auto place = FindWorkflow(flags.target);
  if (!place) return Fail(place.error());
  Registry tools;
  if (auto added = AddWorkflowTools(tools); !added) return Fail(added.error());
  CheckedWorkflow checked = LoadWorkflow(*place, InstalledWorkflowFacts(&tools));
  for (const WorkflowProblem& problem : checked.problems) {
    if (problem.is_error)
      std::fprintf(stderr, "%s\n", ForTerminal(problem.Text(), {.keep_newlines = true}).c_str());
  }
  if (!checked.ok()) return kExitUsage;
  const Workflow& workflow = *checked.workflow;
  const std::string model = ModelOf(common, workflow);
  auto places = WorkflowPlaces::Open(common, model);
  if (!places) return Fail(places.error());
  auto given = ParseInputs(flags.inputs);
  if (!given) return Fail(given.error());
  if (flags.from.empty() != flags.with.empty())
    return Fail(Invalid("--from STEP and --with RUN go together"));
  if (!flags.with.empty()) {
    // Inputs are that run's, but for those that are given.
    auto with = (*places)->runs().Load(flags.with);
    if (!with) return Fail(with.error());
    for (const auto& [name, value] : with->info.inputs.as_object()) given->emplace(name, value);
  }
  auto inputs = WorkflowInputs(workflow, *given);
  if (!inputs) return Fail(inputs.error());
  // The bound is looked at before anything is opened.
  if (flags.bound_tokens > 0 || flags.bound_dollars > 0) {
    const WorkflowBound bound = BoundWorkflow(workflow, (*places)->profile(), *inputs);
    auto within = WithinBound(bound, flags.bound_tokens, flags.bound_dollars);
    if (!within) return Fail(within.error());
  }
  auto run = CreateWorkflowRun((*places)->runs(), {.workflow = workflow,
                                                   .inputs = std::move(*inputs),
                                                   .model = model,
                                                   .with_run = flags.with,
                                                   .from_step = flags.from});
  if (!run) return Fail(run.error());
  return Carry(common, flags, **places, *run);
}

int Resume(const Common& common, const Flags& flags) {
  auto places = WorkflowPlaces::Open(common, common.model);
  if (!places) return Fail(places.error());
  auto record = (*places)->runs().Load(flags.target);
  if (!record) return Fail(record.error());
  // A run goes on with the model it began with.
  if (record->info.model != common.model) {
    places = WorkflowPlaces::Open(common, record->info.model);
    if (!places) return Fail(places.error());
  }
  return Carry(common, flags, **places, record->info.id);
}

int Runs(const Common& common, const Flags& flags) {
  constexpr size_t kShown = 50;
  auto places = WorkflowPlaces::Open(common, common.model);
  if (!places) return Fail(places.error());
  if (!flags.target.empty()) {
    auto record = (*places)->runs().Load(flags.target);
    if (!record) return Fail(record.error());
    Json json = WorkflowRunJson(record->info);
    Json steps = Json::EmptyArray();
    for (const WorkflowStepRecord& step : record->steps) {
      steps.Push(WorkflowStepRecordJson(step));
      if (!common.json)
        std::printf("%-18s %3zu  %-8s %s\n", step.step.c_str(), step.instance, step.state.c_str(),
                    ForTerminal(step.error.substr(0, 80)).c_str());
    }
    json.Set("steps", std::move(steps));
    if (common.json) std::printf("%s\n", json.Dump().c_str());
    return kExitDone;
  }
  auto runs = (*places)->runs().List(kShown);
  if (!runs) return Fail(runs.error());
  Json list = Json::EmptyArray();
  for (const WorkflowRunInfo& info : *runs) {
    list.Push(WorkflowRunJson(info));
    if (!common.json)
      std::printf("%s  %s  %-10s %-18s %s\n", info.id.c_str(), TimeText(info.created_ms).c_str(),
                  info.state.c_str(), ForTerminal(info.workflow).c_str(),
                  ForTerminal(info.reason.substr(0, 60)).c_str());
  }
  if (common.json) std::printf("%s\n", list.Dump().c_str());
  return kExitDone;
}

void AddCarryOptions(CLI::App& command, Flags& flags) {
  command.add_flag("--jsonl", flags.jsonl, "Events on stdout, one JSON object a line");
  command.add_option("--approve", flags.approve, "Step that waits for a person: yes");
  command.add_option("--refuse", flags.refuse, "Step that waits for a person: no");
  command.add_option("--again", flags.again, "Step that was cut off: run it again");
  command.add_option("--skip", flags.skip, "Step that was cut off: go on without it");
  const auto limit = [&command](const char* name, auto& target, const char* help) {
    using Value = typename std::decay_t<decltype(target)>::value_type;
    command.add_option_function<Value>(
        name, [&target](const Value& value) { target = value; }, help);
  };
  limit("--tokens-max", flags.budgets.tokens, "Pause after so many computed tokens");
  limit("--thinking-max", flags.budgets.thinking_tokens, "... so many thinking tokens");
  limit("--dollars-max", flags.budgets.dollars, "... so many dollars");
  limit("--seconds-max", flags.budgets.seconds, "... so many seconds");
}

}  // namespace

Result<std::map<std::string, Json>> ParseInputs(const std::vector<std::string>& given) {
  std::map<std::string, Json> inputs;
  for (const std::string& one : given) {
    const size_t equals = one.find('=');
    if (equals == std::string::npos || equals == 0)
      return Invalid("--input takes NAME=VALUE, found " + one);
    const std::string name = one.substr(0, equals);
    const Json value(one.substr(equals + 1));
    const auto [at, is_new] = inputs.emplace(name, value);
    if (is_new) continue;
    if (!at->second.is_array()) at->second = Json(Json::Array{at->second});
    at->second.Push(value);
  }
  return inputs;
}

std::string ModelOf(const Common& common, const Workflow& workflow) {
  for (const Setting& setting : common.settings) {
    const bool by_hand = setting.origin.starts_with("command line");
    if (setting.key == "model" && by_hand) return common.model;
  }
  return workflow.model.empty() ? common.model : workflow.model;
}

void AddWorkflowStart(CLI::App& parent, Common& common, Run& run) {
  auto flags = std::make_shared<Flags>();
  CLI::App* start = parent.add_subcommand("run", "Run a workflow from its beginning");
  start->add_option("workflow", flags->target, "A name, or a file")->required();
  start->add_option("--input", flags->inputs, "NAME=VALUE; several of one name are a list");
  start->add_option("--from", flags->from, "Begin at this step; what was before it: from --with");
  start->add_option("--with", flags->with, "Run whose steps before --from are taken over");
  start->add_option("--bound-tokens", flags->bound_tokens,
                    "Do not start when it could cost more tokens");
  start->add_option("--bound-dollars", flags->bound_dollars,
                    "Do not start when it could cost more dollars");
  AddCarryOptions(*start, *flags);
  start->callback(
      [&common, &run, flags] { run = [&common, flags] { return RunNew(common, *flags); }; });
}

void AddWorkflowRun(CLI::App& workflow, Common& common, Run& run) {
  AddWorkflowStart(workflow, common, run);
  auto flags = std::make_shared<Flags>();
  CLI::App* resume = workflow.add_subcommand("resume", "Go on with a run that was cut or paused");
  resume->add_option("run", flags->target, "Its id, or the beginning of it")->required();
  AddCarryOptions(*resume, *flags);
  resume->callback(
      [&common, &run, flags] { run = [&common, flags] { return Resume(common, *flags); }; });
  CLI::App* runs = workflow.add_subcommand("runs", "Runs that are kept, or the steps of one");
  runs->add_option("run", flags->target, "Its id, or the beginning of it");
  runs->callback(
      [&common, &run, flags] { run = [&common, flags] { return Runs(common, *flags); }; });
}

}  // namespace fathom
