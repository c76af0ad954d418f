// SPDX-License-Identifier: Apache-2.0
// /api/workflows: the files that can be run, what a text of one means, and what it can cost at
// most.
#include "agent/workflow/workflow.h"
#include "apps/http/context.h"
#include "apps/http/fields.h"
#include "base/files.h"
#include "base/limits.h"
#include "tools/builtin.h"

namespace fathom::http {
namespace {

// Every tool a workflow may name.
Result<Registry> AllTools() {
  Registry registry;
  if (auto added = AddBuiltinTools(&registry); !added) return added.error();
  if (auto added = registry.Add(HttpGetTool()); !added) return added.error();
  return registry;
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
Json CheckedJson(const Context& context, const CheckedWorkflow& checked) {
  Json json = Json::EmptyObject();
  Json problems = Json::EmptyArray();
  for (const WorkflowProblem& problem : checked.problems)
    problems.Push(WorkflowProblemJson(problem));
  json.Set("ok", checked.ok());
  json.Set("problems", std::move(problems));
  if (!checked.ok()) return json;
  const Workflow& workflow = *checked.workflow;
  json.Set("description", workflow.description);
  json.Set("inputs", InputsJson(workflow));
  json.Set("graph", WorkflowGraphJson(GraphOf(workflow)));
  json.Set("bound", WorkflowBoundJson(BoundWorkflow(workflow, context.profile, Json())));
  return json;
}

Json PlaceJson(const WorkflowPlace& place) {
  Json json = Json::EmptyObject();
  json.Set("name", place.name);
  json.Set("shipped", place.is_shipped);
  return json;
}

void List(Exchange& exchange, Context&) {
  auto places = ListWorkflows();
  if (!places) return exchange.Fail(FromError(places.error()));
  auto tools = AllTools();
  if (!tools) return exchange.Fail(FromError(tools.error()));
  const WorkflowFacts facts = InstalledWorkflowFacts(&*tools);
  Json list = Json::EmptyArray();
  for (const WorkflowPlace& place : *places) {
    const CheckedWorkflow checked = LoadWorkflow(place, facts);
    Json json = PlaceJson(place);
    json.Set("ok", checked.ok());
    json.Set("description", checked.ok() ? checked.workflow->description : "");
    json.Set("steps", checked.ok() ? checked.workflow->steps.size() : size_t{0});
    list.Push(std::move(json));
  }
  Json json = Json::EmptyObject();
  json.Set("workflows", std::move(list));
  exchange.Send(JsonResponse(json));
}

void Get(Exchange& exchange, Context& context, const std::string& name) {
  auto places = ListWorkflows();
  if (!places) return exchange.Fail(FromError(places.error()));
  auto tools = AllTools();
  if (!tools) return exchange.Fail(FromError(tools.error()));
  for (const WorkflowPlace& place : *places) {
    if (place.name != name) continue;
    auto text = ReadFile(place.path, kYamlBytesMax);
    if (!text) return exchange.Fail(FromError(text.error()));
    Json json = PlaceJson(place);
    json.Set("yaml", *text);
    json.Set("checked", CheckedJson(context, CheckWorkflow(*text, name + ".yaml",
                                                           InstalledWorkflowFacts(&*tools))));
    return exchange.Send(JsonResponse(json));
  }
  exchange.Fail({.status = 404,
                 .message = "there is no such workflow; /api/workflows lists them",
                 .code = "not_found"});
}

void Check(Exchange& exchange, Context& context) {
  Json body;
  if (auto error = ParseBody(exchange.request().body, &body)) return exchange.Fail(*error);
  Fields fields(body);
  const std::string yaml = fields.Text("yaml");
  if (yaml.size() > kYamlBytesMax) fields.Fail("yaml", "is too long for a workflow");
  fields.RefuseUnknown();
  if (fields.error()) return exchange.Fail(*fields.error());
  auto tools = AllTools();
  if (!tools) return exchange.Fail(FromError(tools.error()));
  exchange.Send(JsonResponse(
      CheckedJson(context, CheckWorkflow(yaml, "workflow.yaml", InstalledWorkflowFacts(&*tools)))));
}

void Schema(Exchange& exchange, Context&) {
  auto text = WorkflowSchemaText();
  if (!text) return exchange.Fail(FromError(text.error()));
  exchange.Send({.content_type = "application/schema+json", .body = *text});
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
  router.Add("GET", "/api/workflows/{workflow}",
             [&context](Exchange& exchange, const PathValues& values) {
               Get(exchange, context, values.at("workflow"));
             });
}

}  // namespace fathom::http
