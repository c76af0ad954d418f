// SPDX-License-Identifier: Apache-2.0
// Finding and reading workflows, their inputs, their problems in words.
#include "agent/workflow/workflow.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "agent/workflow/keys.h"
#include "agent/workflow/shape.h"
#include "base/files.h"
#include "base/limits.h"

namespace fathom {

const std::vector<WorkflowCode> kWorkflowCodes = {
    {"WF001", "the text is no YAML that can be read",
     "indent with spaces, close what was opened, one document a file"},
    {"WF002", "a key stands twice", "keep one of the two"},
    {"WF003", "anchors, aliases, tags and merge keys are not allowed",
     "write the value out where it is used"},
    {"WF004", "unknown key",
     "remove it, or write one of the keys that stand in `fathom workflow schema`"},
    {"WF005", "a key is missing", "add the key; `fathom workflow show doc-qa` has one of each"},
    {"WF006", "wrong type", "write a value of that type"},
    {"WF007", "out of range", "write a number in that range"},
    {"WF008", "none of the allowed values", "write one of the values named"},
    {"WF009", "another version of workflows", "write version: 1"},
    {"WF010", "no name", "begin with a small letter; then small letters, digits and - or _"},
    {"WF011", "two steps have one id", "give one of both another id"},
    {"WF012", "a step has no kind, or several",
     "give the step exactly one of agent, tool, ask, audit, approve, report"},
    {"WF013", "braces without quotes", "put quotes around the whole value"},
    {"WF014", "too many", "divide the work among several workflows"},
    {"WF020", "unknown step", "name the id of another step"},
    {"WF021", "the steps go in a circle",
     "take one of these names out of `needs`, or the value that leads back"},
    {"WF022", "unknown tool", "name a built-in tool, or one of an MCP server (`fathom mcp list`)"},
    {"WF023", "unknown name in an expression",
     "begin with inputs or steps; with matrix only in a step that has one"},
    {"WF024", "unknown field of a value", "name a field that the value has"},
    {"WF026", "unknown model, policy or rule", "name one of those that are installed"},
    {"WF027", "a step never runs", "make the condition depend on a value, or remove the step"},
    {"WF028", "an input is used nowhere (a warning)", "use it as ${{ inputs.NAME }}, or remove it"},
    {"WF030", "an expression cannot be read",
     "write names, numbers, 'text', operators and calls, closed as they were opened"},
    {"WF031", "types do not fit", "compare and pass values of one type"},
    {"WF032", "unknown function", "call one of the functions in docs/workflows.md"},
    {"WF033", "wrong number of values for a function", "give as many values as the function takes"},
    {"WF034", "no expression may stand here", "write the value itself"},
    {"WF036", "only inputs may be named here", "name an input: it is known before the run"},
    {"WF040", "a fork that cannot be",
     "continue an agent or ask step without matrix or quarantine, on the same corpus"},
    {"WF041", "a quarantine that would leak",
     "give the step no tools, no fork, and an output whose texts are enums"},
    {"WF042", "the output is no JSON Schema that can be used",
     "write a JSON Schema: type, properties, items, enum, required"},
    {"WF043", "arguments do not fit the tool", "write the arguments as the tool describes them"},
    {"WF044", "an empty matrix", "list one value at least, or take the matrix away"},
    {"WF045", "the tool is not allowed in this workflow",
     "add the tool to `tools: allow`, or use one that stands there"},
    {"WF046", "a folder or corpus is missing", "name it at the top or in the step"},
    {"WF047", "a key without meaning for this kind of step",
     "remove the key, or use a step of the kind that has it"},
    {"WF049", "a grant cannot be read",
     "name the tools, and the effects and paths that they are granted"},
};

namespace {

constexpr std::string_view kEnding = ".yaml";

void AddFolder(const std::string& folder, bool is_shipped, std::vector<WorkflowPlace>& places) {
  std::error_code error;
  std::vector<WorkflowPlace> here;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string file = entry.path().filename().string();
    if (!file.ends_with(kEnding)) continue;
    const std::string name = file.substr(0, file.size() - kEnding.size());
    const bool is_known = std::any_of(places.begin(), places.end(),
                                      [&](const WorkflowPlace& p) { return p.name == name; });
    if (!is_known) here.push_back({name, entry.path().string(), is_shipped});
  }
  std::sort(here.begin(), here.end(),
            [](const WorkflowPlace& a, const WorkflowPlace& b) { return a.name < b.name; });
  std::move(here.begin(), here.end(), std::back_inserter(places));
}

// A text from a command line as the input's type.
std::optional<Json> FromText(const std::string& text, const std::string& type) {
  if (type == "boolean") {
    if (text == "true" || text == "false") return Json(text == "true");
    return std::nullopt;
  }
  if (type == "list") return Json(Json::Array{Json(text)});
  if (type != "integer" && type != "number") return Json(text);
  auto value = Json::Parse(text);
  const bool fits = value && (type == "integer" ? value->is_int() : value->is_number());
  return fits ? std::optional<Json>(std::move(*value)) : std::nullopt;
}

std::optional<Json> OfType(const Json& value, const std::string& type) {
  if (value.is_string()) return FromText(value.as_string(), type);
  const bool fits = (type == "boolean" && value.is_bool()) ||
                    (type == "integer" && value.is_int()) ||
                    (type == "number" && value.is_number());
  if (fits) return value;
  if (type != "list" || !value.is_array()) return std::nullopt;
  for (const Json& item : value.as_array()) {
    if (!item.is_string()) return std::nullopt;
  }
  return value;
}

Result<Json> ValueOf(const WorkflowInput& input, const Json& given, const PathDoor& door) {
  auto value = OfType(given, input.type);
  if (!value)
    return Invalid("the input \"" + input.name + "\" is of the type " + input.type + ", found " +
                   given.Dump());
  if (!input.allowed.empty() &&
      std::find(input.allowed.begin(), input.allowed.end(), *value) == input.allowed.end()) {
    std::string one_of;
    for (const Json& allowed : input.allowed) one_of += " " + allowed.Dump();
    return Invalid("the input \"" + input.name + "\" is one of" + one_of + ", found " +
                   value->Dump());
  }
  if (input.type != "path") return *value;
  if (door) {
    auto real = door(value->as_string(), PathUse::kRead);
    if (!real) return real.error();
    return Json(*real);
  }
  std::error_code error;
  const std::filesystem::path path = std::filesystem::canonical(value->as_string(), error);
  if (error)
    return Error{Code::kNotFound, "the input \"" + input.name + "\": " + error.message(),
                 value->as_string()};
  return Json(path.string());
}

}  // namespace

std::string_view StepKindName(StepKind kind) {
  return workflow_keys::kKinds[static_cast<size_t>(kind)];
}

std::string WorkflowProblem::Text() const {
  std::string text = file;
  if (line > 0) text += ":" + std::to_string(line) + ":" + std::to_string(column);
  text += ": " + code + (is_error ? ": " : ": warning: ") + message;
  if (!suggestion.empty()) return text + "; did you mean " + suggestion + "?";
  return text + "; " + std::string(Advice());
}

std::string_view WorkflowProblem::Advice() const {
  const auto known = std::find_if(kWorkflowCodes.begin(), kWorkflowCodes.end(),
                                  [&](const WorkflowCode& one) { return one.code == code; });
  CHECK(known != kWorkflowCodes.end());
  return known->advice;
}

Json WorkflowProblemJson(const WorkflowProblem& problem) {
  return Json(Json::Object{{"code", problem.code},
                           {"severity", problem.is_error ? "error" : "warning"},
                           {"file", problem.file},
                           {"line", problem.line},
                           {"column", problem.column},
                           {"message", problem.message},
                           {"suggestion", problem.suggestion},
                           {"advice", problem.Advice()}});
}

const WorkflowStep* Workflow::Find(std::string_view id) const {
  for (const WorkflowStep& step : steps) {
    if (step.id == id) return &step;
  }
  return nullptr;
}

Result<std::vector<WorkflowPlace>> ListWorkflows() {
  std::vector<WorkflowPlace> places;
  auto user = UserPlaces();
  if (!user) return user.error();
  AddFolder(user->config + "/workflows", false, places);
  auto root = InstallRoot();
  if (!root) return root.error();
  AddFolder(*root + "/configs/workflows", true, places);
  return places;
}

Result<WorkflowPlace> FindWorkflow(const std::string& name_or_path) {
  const bool is_path =
      name_or_path.find('/') != std::string::npos || name_or_path.ends_with(kEnding);
  if (is_path)
    return WorkflowPlace{.name = std::filesystem::path(name_or_path).stem().string(),
                         .path = name_or_path};
  auto places = ListWorkflows();
  if (!places) return places.error();
  std::vector<std::string> names;
  for (const WorkflowPlace& place : *places) {
    if (place.name == name_or_path) return place;
    names.push_back(place.name);
  }
  const std::string near = Nearest(name_or_path, names);
  return Error{Code::kNotFound,
               "there is no workflow of this name" +
                   (near.empty() ? std::string("; fathom workflow list shows them")
                                 : ": did you mean \"" + near + "\"?"),
               name_or_path};
}

CheckedWorkflow LoadWorkflow(const WorkflowPlace& place, const WorkflowFacts& facts) {
  auto text = ReadFile(place.path, kYamlBytesMax);
  if (text) return CheckWorkflow(std::move(*text), place.path, facts);
  CheckedWorkflow checked;
  checked.problems.push_back(
      {.code = "WF001", .file = place.path, .message = text.error().message});
  return checked;
}

Result<Json> WorkflowInputs(const Workflow& workflow, const std::map<std::string, Json>& given,
                            const PathDoor& door) {
  std::vector<std::string> names;
  for (const WorkflowInput& input : workflow.inputs) names.push_back(input.name);
  for (const auto& [name, value] : given) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string near = Nearest(name, names);
    return Invalid("the workflow has no input \"" + name + "\"" +
                   (near.empty() ? std::string() : ": did you mean \"" + near + "\"?"));
  }
  Json values = Json::EmptyObject();
  for (const WorkflowInput& input : workflow.inputs) {
    const auto found = given.find(input.name);
    if (found == given.end() && !input.fallback) {
      return Invalid("the input \"" + input.name + "\" (" + input.type + ") is missing" +
                     (input.description.empty() ? "" : ": " + input.description));
    }
    auto value = ValueOf(input, found != given.end() ? found->second : *input.fallback, door);
    if (!value) return value.error();
    values.Set(input.name, std::move(*value));
  }
  return values;
}

Status CheckWorkflowPaths(const Workflow& workflow, const Json& inputs, const PathDoor& door) {
  const Json scope(Json::Object{{"inputs", inputs}});
  const auto check = [&](const Json& named, PathUse use) -> Status {
    auto path = RenderTree(named, scope);  // names inputs only, as the check saw
    if (!path) return path.error();
    const std::string text = ValueText(*path);
    if (text.empty()) return OkStatus();
    auto real = door(text, use);
    return real ? OkStatus() : Status(real.error());
  };
  for (const std::string* read : {&workflow.tools.workspace, &workflow.corpus}) {
    if (auto s = check(Json(*read), PathUse::kRead); !s) return s;
  }
  for (const WorkflowStep& step : workflow.steps) {
    if (auto s = check(Json(step.corpus), PathUse::kRead); !s) return s;
    const Json* file = step.kind == StepKind::kReport ? step.with.Find("file") : nullptr;
    if (file == nullptr) continue;
    if (auto s = check(*file, PathUse::kWrite); !s) return s;
  }
  return OkStatus();
}

Result<std::string> WorkflowSchemaText() {
  auto root = InstallRoot();
  if (!root) return root.error();
  return ReadFile(*root + "/configs/workflow.schema.json", kConfigJsonBytesMax);
}

}  // namespace fathom
