// SPDX-License-Identifier: Apache-2.0
// fathom workflow: list, show, schema, init, check and graph need no model. Running them is
// workflow_run.cc.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "apps/app.h"
#include "apps/toolbox.h"
#include "apps/workflow_printer.h"
#include "apps/workflow_run.h"
#include "apps/workflow_world.h"
#include "base/files.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

struct Flags {
  std::string target;
  std::vector<std::string> inputs;
  bool mermaid = false, dot = false;
  size_t bound_tokens = 0;
  double bound_dollars = 0;
};

constexpr std::string_view kStarter = R"(# yaml-language-server: $schema=SCHEMA
# fathom workflow check FILE says what is wrong; fathom workflow run FILE runs it.
version: 1
name: NAME
description: Answers questions about a folder.
model: nano
corpus: ${{ inputs.folder }}

inputs:
  folder:
    type: path
    description: What is read
    default: .
  questions:
    type: list
    description: One answer each

steps:
  - id: answers
    matrix: {question: "${{ inputs.questions }}"}
    ask: {question: "${{ matrix.question }}"}
  - id: report
    report:
      text: "${{ join(steps.answers.output.*.text, ' / ') }}"
)";

struct Known {
  Registry tools;
  WorkflowFacts facts;
};
Result<std::unique_ptr<Known>> Facts() {
  auto known = std::make_unique<Known>();
  if (auto added = AddWorkflowTools(known->tools); !added) return added.error();
  known->facts = InstalledWorkflowFacts(&known->tools);
  return known;
}

int List(const Common& common) {
  auto places = ListWorkflows();
  if (!places) return Fail(places.error());
  auto known = Facts();
  if (!known) return Fail(known.error());
  Json list = Json::EmptyArray();
  for (const WorkflowPlace& place : *places) {
    const CheckedWorkflow checked = LoadWorkflow(place, (*known)->facts);
    const std::string about = checked.ok() ? checked.workflow->description : "does not pass check";
    const std::string model = checked.ok() ? checked.workflow->model : "";
    if (!common.json) {
      std::printf("%-18s %-6s %s\n", ForTerminal(place.name).c_str(), ForTerminal(model).c_str(),
                  ForTerminal(about).c_str());
    }
    list.Push(Json(Json::Object{{"name", place.name},
                                {"path", place.path},
                                {"shipped", place.is_shipped},
                                {"valid", checked.ok()},
                                {"model", model},
                                {"description", about}}));
  }
  if (common.json) std::printf("%s\n", list.Dump().c_str());
  return kExitDone;
}

// Problems as they are; 2 when one is an error.
int PrintProblems(const Common& common, const CheckedWorkflow& checked) {
  if (!common.json) {
    for (const WorkflowProblem& problem : checked.problems)
      std::fprintf(checked.ok() ? stderr : stdout, "%s\n",
                   ForTerminal(problem.Text(), {.keep_newlines = true}).c_str());
  }
  return checked.ok() ? kExitDone : kExitUsage;
}

struct Loaded {
  std::unique_ptr<Known> known;
  CheckedWorkflow checked;
};
Result<Loaded> Load(const std::string& target) {
  auto place = FindWorkflow(target);
  if (!place) return place.error();
  auto known = Facts();
  if (!known) return known.error();
  CheckedWorkflow checked = LoadWorkflow(*place, (*known)->facts);
  return Loaded{std::move(*known), std::move(checked)};
}

// Inputs as far as they are known: a bound then knows the corpus.
Json KnownInputs(const Workflow& workflow, const std::vector<std::string>& given) {
  auto parsed = ParseInputs(given);
  if (!parsed) return {};
  auto values = WorkflowInputs(workflow, *parsed);
  return values ? std::move(*values) : Json();
}

int Check(const Common& common, const Flags& flags) {
  auto loaded = Load(flags.target);
  if (!loaded) return Fail(loaded.error());
  const CheckedWorkflow& checked = loaded->checked;
  Json problems = Json::EmptyArray();
  for (const WorkflowProblem& problem : checked.problems)
    problems.Push(WorkflowProblemJson(problem));
  Json json(Json::Object{{"valid", checked.ok()}, {"problems", std::move(problems)}});
  int code = PrintProblems(common, checked);
  if (checked.ok()) {
    auto profile = ResolveModel(ModelOf(common, *checked.workflow));
    if (!profile) return Fail(profile.error());
    const WorkflowBound bound =
        BoundWorkflow(*checked.workflow, *profile, KnownInputs(*checked.workflow, flags.inputs));
    json.Set("name", checked.workflow->name);
    json.Set("model", profile->name);
    json.Set("bound", WorkflowBoundJson(bound));
    if (!common.json && !common.quiet) PrintBound(bound);
    const bool over_tokens =
        flags.bound_tokens > 0 && (!bound.tokens || *bound.tokens > flags.bound_tokens);
    const bool over_dollars =
        flags.bound_dollars > 0 && (!bound.dollars || *bound.dollars > flags.bound_dollars);
    if (over_tokens || over_dollars) code = kExitNegative;
    if (code == kExitNegative)
      std::fprintf(stderr, "fathom: the bound is above what was allowed, or not known\n");
  }
  if (common.json) std::printf("%s\n", json.Dump().c_str());
  return code;
}

int Show(const Common& common, const Flags& flags) {
  auto loaded = Load(flags.target);
  if (!loaded) return Fail(loaded.error());
  if (!loaded->checked.ok()) return PrintProblems(common, loaded->checked);
  const Workflow& workflow = *loaded->checked.workflow;
  if (common.json) {
    Json inputs = Json::EmptyArray();
    for (const WorkflowInput& input : workflow.inputs) {
      inputs.Push(Json(Json::Object{{"name", input.name},
                                    {"type", input.type},
                                    {"description", input.description},
                                    {"required", !input.fallback.has_value()},
                                    {"default", input.fallback.value_or(Json())}}));
    }
    Json json(Json::Object{{"name", workflow.name},
                           {"description", workflow.description},
                           {"model", workflow.model},
                           {"file", workflow.file},
                           {"hash", workflow.hash},
                           {"inputs", std::move(inputs)},
                           {"graph", WorkflowGraphJson(GraphOf(workflow))}});
    std::printf("%s\n", json.Dump().c_str());
    return kExitDone;
  }
  std::printf("%s\n%s\n\ninputs\n", ForTerminal(workflow.name).c_str(),
              ForTerminal(workflow.description).c_str());
  for (const WorkflowInput& input : workflow.inputs) {
    std::printf("  %-14s %-8s %s%s\n", input.name.c_str(), input.type.c_str(),
                ForTerminal(input.description).c_str(),
                input.fallback ? (" (" + ForTerminal(input.fallback->Dump()) + ")").c_str() : "");
  }
  std::printf("\nsteps, in their order\n");
  for (const size_t index : workflow.order) {
    const WorkflowStep& step = workflow.steps[index];
    std::string after;
    for (const std::string& id : step.follows) after += (after.empty() ? " after " : ", ") + id;
    std::printf("  %-14s %-8s%s\n", step.id.c_str(), std::string(StepKindName(step.kind)).c_str(),
                after.c_str());
  }
  return kExitDone;
}

int Graph(const Common& common, const Flags& flags) {
  auto loaded = Load(flags.target);
  if (!loaded) return Fail(loaded.error());
  if (!loaded->checked.ok()) return PrintProblems(common, loaded->checked);
  const WorkflowGraph graph = GraphOf(*loaded->checked.workflow);
  if (common.json) {
    std::printf("%s\n", WorkflowGraphJson(graph).Dump().c_str());
  } else {
    std::printf("%s", (flags.dot ? WorkflowDot(graph) : WorkflowMermaid(graph)).c_str());
  }
  return kExitDone;
}

int Schema() {
  auto text = WorkflowSchemaText();
  if (!text) return Fail(text.error());
  std::printf("%s", text->c_str());
  return kExitDone;
}

void Replace(std::string& text, std::string_view what, const std::string& with) {
  const size_t at = text.find(what);
  if (at != std::string::npos) text.replace(at, what.size(), with);
}

// A starter beside which an editor finds the schema.
int Init(const Flags& flags) {
  const std::filesystem::path path =
      flags.target.ends_with(".yaml") ? flags.target : flags.target + ".yaml";
  const std::string name = path.stem().string();
  std::error_code error;
  if (std::filesystem::exists(path, error))
    return Fail(Invalid("is there already; nothing was written", path.string()));
  auto root = InstallRoot();
  if (!root) return Fail(root.error());
  std::string text(kStarter);
  Replace(text, "SCHEMA", *root + "/configs/workflow.schema.json");
  Replace(text, "NAME", name);
  auto known = Facts();
  if (!known) return Fail(known.error());
  const CheckedWorkflow checked = CheckWorkflow(text, path.string(), (*known)->facts);
  if (!checked.ok()) return Fail(checked.FirstError());
  if (auto written = AtomicWriteFile(path.string(), text, 0644); !written)
    return Fail(written.error());
  std::printf("%s\n", path.string().c_str());
  return kExitDone;
}

}  // namespace

void AddWorkflow(CLI::App& app, Common& common, Run& run) {
  auto flags = std::make_shared<Flags>();
  CLI::App* workflow =
      app.add_subcommand("workflow", "Agent work written down in YAML, checked before it runs");
  workflow->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, auto action) {
    CLI::App* command = workflow->add_subcommand(name, help);
    command->callback([&run, action] { run = action; });
    return command;
  };
  const auto with_target = [&](CLI::App* command) {
    command->add_option("workflow", flags->target, "A name, or a file")->required();
    return command;
  };
  add("list", "The workflows that are installed here", [&common] { return List(common); });
  with_target(
      add("show", "Inputs and steps of one", [&common, flags] { return Show(common, *flags); }));
  CLI::App* check = with_target(add("check", "Errors with their place, and the most it can cost",
                                    [&common, flags] { return Check(common, *flags); }));
  check->add_option("--input", flags->inputs, "NAME=VALUE, for a closer bound");
  check->add_option("--bound-tokens", flags->bound_tokens, "Exit 1 when it could cost more tokens");
  check->add_option("--bound-dollars", flags->bound_dollars,
                    "Exit 1 when it could cost more dollars");
  CLI::App* graph = with_target(
      add("graph", "Its steps as a graph", [&common, flags] { return Graph(common, *flags); }));
  graph->add_flag("--mermaid", flags->mermaid, "As Mermaid (when nothing else is asked)");
  graph->add_flag("--dot", flags->dot, "As Graphviz");
  add("schema", "The JSON Schema of workflow files", [] { return Schema(); });
  add("init", "Write a starter file", [flags] { return Init(*flags); })
      ->add_option("name", flags->target, "A name, or a file")
      ->required();
  AddWorkflowRun(*workflow, common, run);
  AddWorkflowStart(app, common, run);
}

}  // namespace fathom
