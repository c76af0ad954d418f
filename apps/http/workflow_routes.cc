// SPDX-License-Identifier: Apache-2.0
// /api/workflows: the files that can be run, what a text of one means, and what it can cost at
// most; /api/workflow-runs: its runs, those of `fathom workflow run` too.
#include "agent/workflow/workflow.h"
#include "apps/http/context.h"
#include "apps/http/fields.h"
#include "apps/http/run_routes.h"
#include "base/files.h"
#include "base/limits.h"

namespace fathom::http {
namespace {

constexpr size_t kRunsListedMax = 500;

WorkflowFacts FactsOf(const Context& context) {
  return InstalledWorkflowFacts(&context.workflow_world.tools);
}

Json InputsJson(const Workflow& workflow) {
  Json list = Json::EmptyArray();
  for (const WorkflowInput& input : workflow.inputs) {
    Json json = Json::EmptyObject();
    json.Set("name", input.name);
    json.Set("type", input.type);
    json.Set("description", input.description);
    json.Set("default", input.fallback.value_or(Json()));
    json.Set("required", !input.fallback.has_value());
    if (!input.allowed.empty()) json.Set("enum", Json(Json::Array(input.allowed)));
    list.Push(std::move(json));
  }
  return list;
}

// What a checked text is: its problems and, when it has no error, what it would do and cost.
// `inputs`: what it would be given; null: nothing is known of that.
Json CheckedJson(const Context& context, const CheckedWorkflow& checked, const Json& inputs) {
  Json json = Json::EmptyObject();
  Json problems = Json::EmptyArray();
  for (const WorkflowProblem& problem : checked.problems)
    problems.Push(WorkflowProblemJson(problem));
  json.Set("ok", checked.ok());
  json.Set("problems", std::move(problems));
  if (!checked.ok()) return json;
  const Workflow& workflow = *checked.workflow;
  json.Set("description", workflow.description);
  json.Set("model", workflow.model);
  json.Set("inputs", InputsJson(workflow));
  json.Set("graph", WorkflowGraphJson(GraphOf(workflow)));
  const PathDoor& door = context.workflow_world.door;
  Json known;
  if (inputs.is_object()) {
    const Json::Object& members = inputs.as_object();
    auto values = WorkflowInputs(workflow, {members.begin(), members.end()}, door);
    Status usable = values ? CheckWorkflowPaths(workflow, *values, door) : values.error();
    json.Set("inputs_problem", usable ? Json() : Json(usable.error().message));
    if (usable) known = std::move(*values);
  }
  json.Set("bound", WorkflowBoundJson(BoundWorkflow(workflow, context.profile, known, door)));
  return json;
}

Json PlaceJson(const WorkflowPlace& place) {
  Json json = Json::EmptyObject();
  json.Set("name", place.name);
  json.Set("shipped", place.is_shipped);
  return json;
}

// By its name alone: a path is none.
Result<WorkflowPlace> FindInstalled(const std::string& name) {
  auto places = ListWorkflows();
  if (!places) return places.error();
  for (WorkflowPlace& place : *places) {
    if (place.name == name) return std::move(place);
  }
  return Error{Code::kNotFound, "there is no such workflow; /api/workflows lists them"};
}

void List(Exchange& exchange, Context& context) {
  auto places = ListWorkflows();
  if (!places) return exchange.Fail(FromError(places.error()));
  const WorkflowFacts facts = FactsOf(context);
  Json list = Json::EmptyArray();
  for (const WorkflowPlace& place : *places) {
    const CheckedWorkflow checked = LoadWorkflow(place, facts);
    Json json = PlaceJson(place);
    json.Set("ok", checked.ok());
    json.Set("description", checked.ok() ? checked.workflow->description : "");
    json.Set("model", checked.ok() ? checked.workflow->model : "");
    json.Set("steps", checked.ok() ? checked.workflow->steps.size() : size_t{0});
    list.Push(std::move(json));
  }
  Json json = Json::EmptyObject();
  json.Set("workflows", std::move(list));
  exchange.Send(JsonResponse(json));
}

void Get(Exchange& exchange, Context& context, const std::string& name) {
  auto place = FindInstalled(name);
  if (!place) return exchange.Fail(FromError(place.error()));
  auto text = ReadFile(place->path, kYamlBytesMax);
  if (!text) return exchange.Fail(FromError(text.error()));
  Json json = PlaceJson(*place);
  json.Set("yaml", *text);
  json.Set("checked",
           CheckedJson(context, CheckWorkflow(*text, name + ".yaml", FactsOf(context)), Json()));
  exchange.Send(JsonResponse(json));
}

// The workflow that a body names or holds.
Result<CheckedWorkflow> ReadWorkflow(Fields& fields, const Context& context) {
  const std::string name = fields.Text("workflow"), yaml = fields.Text("yaml");
  if (yaml.size() > kYamlBytesMax) fields.Fail("yaml", "is too long for a workflow");
  if (name.empty() == (fields.Get("yaml") == nullptr))
    fields.Fail("workflow", "or 'yaml' is needed: the name of one, or its text");
  if (fields.error()) return Invalid("");
  if (name.empty()) return CheckWorkflow(yaml, "workflow.yaml", FactsOf(context));
  auto place = FindInstalled(name);
  if (!place) return place.error();
  return LoadWorkflow(*place, FactsOf(context));
}

Json ReadInputs(Fields& fields) {
  const Json* inputs = fields.Get("inputs");
  if (inputs == nullptr) return {};
  if (!inputs->is_object()) fields.Fail("inputs", "must be an object");
  return *inputs;
}

void Check(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  auto checked = ReadWorkflow(fields, context);
  const Json inputs = ReadInputs(fields);
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  if (!checked) return exchange.Fail(FromError(checked.error()));
  exchange.Send(JsonResponse(CheckedJson(context, *checked, inputs)));
}

void Schema(Exchange& exchange, Context&) {
  auto text = WorkflowSchemaText();
  if (!text) return exchange.Fail(FromError(text.error()));
  exchange.Send({.content_type = "application/schema+json", .body = *text});
}

// ---- runs ----

Json WorkflowRunJson(const Context& context, const WorkflowRunInfo& info) {
  Json json = WorkflowRunJson(info);
  json.Set("id", info.id);
  const auto live = context.workflows.Live(info.id);
  json.Set("run", live ? live->Describe() : Json());
  json.Set("resumable", context.workflows.IsResumable(info));
  return json;
}

void ListRuns(Exchange& exchange, Context& context) {
  auto runs = context.workflow_runs.List(
      QueryNumber(exchange.request(), "limit", {.fallback = 100, .most = kRunsListedMax}));
  if (!runs) return exchange.Fail(FromError(runs.error()));
  Json list = Json::EmptyArray();
  for (const WorkflowRunInfo& info : *runs) list.Push(WorkflowRunJson(context, info));
  Json json = Json::EmptyObject();
  json.Set("workflow_runs", std::move(list));
  exchange.Send(JsonResponse(json));
}

void GetRun(Exchange& exchange, Context& context, const std::string& id) {
  // The live run before the record: what the record lacks comes behind its last event.
  auto record = context.workflow_runs.Load(id);
  if (!record) return exchange.Fail(FromError(record.error()));
  Json json = WorkflowRunJson(context, record->info);
  record = context.workflow_runs.Load(record->info.id);
  if (!record) return exchange.Fail(FromError(record.error()));
  Json steps = Json::EmptyArray();
  for (const WorkflowStepRecord& step : record->steps) steps.Push(WorkflowStepRecordJson(step));
  const CheckedWorkflow checked = CheckWorkflow(
      record->text, record->info.file, WorkflowFacts{.tools = &context.workflow_world.tools});
  json.Set("state", record->info.state);
  json.Set("reason", record->info.reason);
  json.Set("usage", UsageJson(record->info.usage));
  json.Set("steps", std::move(steps));
  json.Set("graph", checked.ok() ? WorkflowGraphJson(GraphOf(*checked.workflow)) : Json());
  json.Set("yaml", record->text);
  exchange.Send(JsonResponse(json));
}

// One model runs here. A workflow that asks for another runs with it where the request says so.
void CheckModel(Fields& fields, const Context& context, const Workflow& workflow) {
  const std::string given = fields.Text("model");
  const auto is_here = [&](const std::string& name) {
    return name == context.model_name || name == context.profile.name;
  };
  if (!given.empty() && !is_here(given))
    fields.Fail("model", "'" + context.model_name + "' is what runs here", "model_not_found");
  if (given.empty() && !workflow.model.empty() && !is_here(workflow.model)) {
    fields.Fail("model",
                "the workflow asks for '" + workflow.model + "', and '" + context.model_name +
                    "' runs here; name that as 'model' to run it all the same",
                "other_model");
  }
}

void StartRun(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  auto checked = ReadWorkflow(fields, context);
  const Json inputs = ReadInputs(fields);
  const std::string with = fields.Text("with"), from = fields.Text("from");
  if (with.empty() != from.empty()) fields.Fail("from", "and 'with' go together");
  const auto bound_tokens =
      static_cast<size_t>(fields.Int("bound_tokens", 0, {.min = 0, .max = int64_t{1} << 40}));
  const double bound_dollars = fields.Number("bound_dollars", 0, {.min = 0, .max = 1e6});
  const AgentLimits budgets = ReadLimits(fields);
  const bool stream = fields.Flag("stream", false);
  if (checked && !checked->ok())
    fields.Fail("workflow", checked->FirstError().Text(), "workflow_invalid");
  if (checked && checked->ok()) CheckModel(fields, context, *checked->workflow);
  fields.RefuseUnknown({"model"});
  if (fields.error()) return exchange.Fail(*fields.error());
  if (!checked) return exchange.Fail(FromError(checked.error()));
  std::map<std::string, Json> given;
  if (inputs.is_object()) given = {inputs.as_object().begin(), inputs.as_object().end()};
  auto run = context.workflows.Start({.workflow = *checked->workflow,
                                      .inputs = std::move(given),
                                      .with_run = with,
                                      .from_step = from,
                                      .bound_tokens = bound_tokens,
                                      .bound_dollars = bound_dollars,
                                      .budgets = budgets,
                                      .client = exchange.request().peer});
  if (!run) return exchange.Fail(FromError(run.error()));
  AnswerWithRun(exchange, *run, stream);
}

void ResumeRun(Exchange& exchange, Context& context, const std::string& id) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  const AgentLimits budgets = ReadLimits(fields);
  const bool stream = fields.Flag("stream", false);
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  auto run = context.workflows.Resume(id, budgets, exchange.request().peer);
  if (!run) return exchange.Fail(FromError(run.error()));
  AnswerWithRun(exchange, *run, stream);
}

void RemoveRun(Exchange& exchange, Context& context, const std::string& id) {
  if (auto removed = context.workflows.Remove(id); !removed)
    return exchange.Fail(FromError(removed.error()));
  Json json = Json::EmptyObject();
  json.Set("deleted", true);
  exchange.Send(JsonResponse(json));
}

}  // namespace

void AddWorkflowRoutes(Router& router, Context& context) {
  const auto add = [&](const char* method, const char* path, void (*handle)(Exchange&, Context&)) {
    router.Add(method, path, [&context, handle](Exchange& exchange, const PathValues&) {
      handle(exchange, context);
    });
  };
  add("GET", "/api/workflows", List);
  add("GET", "/api/workflows/schema", Schema);
  add("POST", "/api/workflows/check", Check);
  add("GET", "/api/workflow-runs", ListRuns);
  add("POST", "/api/workflow-runs", StartRun);
  const auto add_for = [&](const char* method, const char* path, const char* name,
                           void (*handle)(Exchange&, Context&, const std::string&)) {
    router.Add(method, path,
               [&context, handle, name](Exchange& exchange, const PathValues& values) {
                 handle(exchange, context, values.at(name));
               });
  };
  add_for("GET", "/api/workflows/{workflow}", "workflow", Get);
  add_for("GET", "/api/workflow-runs/{run}", "run", GetRun);
  add_for("DELETE", "/api/workflow-runs/{run}", "run", RemoveRun);
  add_for("POST", "/api/workflow-runs/{run}/resume", "run", ResumeRun);
}

}  // namespace fathom::http
