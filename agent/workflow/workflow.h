// SPDX-License-Identifier: Apache-2.0
// Workflows: agent work written down as YAML, version 1, and checked before anything is spent.
//
//   version: 1
//   name: doc-qa
//   description: ...
//   model: nano                      # what --model means; the command line may name another
//   inputs:  {NAME: {type, description, default, enum}}
//   corpus: ${{ inputs.folder }}     # what ask and audit steps read
//   tools:   {workspace, policy, allow: [...], grants: [...]}
//   budgets: {tokens, thinking_tokens, dollars, seconds}
//   steps:
//     - id: answers
//       ask: {question: "${{ matrix.question }}"}      # or agent, tool, audit, approve, report
//       matrix: {question: "${{ inputs.questions }}"}
//       needs, if, fork, output, quarantine, budgets, corpus, continue_on_error, name
//
// Promises
//  * Check() is pure: it reads no file but the one given, asks no model, and tells every problem it
//    finds with its place, a code that never changes its meaning, and the nearest known name.
//  * A workflow without errors has only known names, no cycle, and values of the right types
//    wherever types are known before it runs.
//  * ${{ }} sees `inputs`, `steps` and, inside a matrix, `matrix` (agent/workflow/expression.h).
//    Places that reach outside (corpus, workspace, the file of a report) may name inputs only:
//    nothing that a model said decides what is read or where something is written.
// Running is agent/workflow/run.h.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/agent.h"
#include "agent/workflow/expression.h"
#include "base/json.h"
#include "base/profile.h"
#include "base/result.h"
#include "base/yaml.h"

namespace fathom {

enum class StepKind { kAgent, kTool, kAsk, kAudit, kApprove, kReport };
std::string_view StepKindName(StepKind kind);  // "agent", "tool", ...

struct WorkflowProblem {
  std::string code;  // "WF020": see kWorkflowCodes
  bool is_error = true;
  std::string file;
  int line = 0, column = 0;  // from 1; 0: the file cannot be read at all
  std::string message;
  std::string suggestion;  // the nearest known name, or how it is written; may be empty

  std::string_view Advice() const;  // what to do about it, by its code
  std::string Text() const;  // "file:line:col: WF020: message; did you mean x?", or the advice
};
Json WorkflowProblemJson(const WorkflowProblem& problem);

struct WorkflowCode {
  std::string_view code;
  std::string_view title;
  std::string_view advice;
};
// Every code there is.
extern const std::vector<WorkflowCode> kWorkflowCodes;

struct WorkflowInput {
  std::string name;
  std::string type = "string";  // string, integer, number, boolean, list (of strings), path
  std::string description;
  std::optional<Json> fallback;  // `default`; unset: the input must be given
  std::vector<Json> allowed;     // `enum`; empty: any
};

struct WorkflowStep {
  std::string id;
  std::string name;  // for people; empty: the id
  StepKind kind = StepKind::kReport;
  Json with;                         // the mapping of its kind, as written
  std::vector<std::string> needs;    // as written
  Json condition;                    // `if`: a boolean or a text with one ${{ }}; null: always
  Json matrix;                       // axis: list, or a text with one ${{ }}; null: no matrix
  std::string fork;                  // id of the step whose state it continues from
  std::string corpus;                // of this step; empty: the workflow's
  std::optional<Json> output;        // JSON Schema
  bool quarantine = false;           // no tools; what comes out is schema-bound and free of taint
  bool continue_on_error = false;    // its failure does not end the run
  AgentLimits budgets;               // of an agent step
  std::vector<std::string> follows;  // what it must come after: needs, fork and values it names
  ValueType type;                    // of its output, once (not of the whole matrix)
  std::string pointer;               // of the step in the document
};

struct WorkflowTools {
  std::string workspace;  // a text that may name inputs; empty: none
  std::string policy = "default";
  std::vector<std::string> allow;
  size_t grants = 0;  // how many; they are read from the document
};

struct Workflow {
  std::string name, description, model, corpus;
  std::vector<WorkflowInput> inputs;
  WorkflowTools tools;
  AgentLimits budgets;
  std::vector<WorkflowStep> steps;  // as written
  std::vector<size_t> order;        // of running: each after what it follows, else as written
  std::string file, text;
  std::string hash;  // SHA-256 of the text
  YamlDocument document;

  const WorkflowStep* Find(std::string_view id) const;
};

class Registry;

// What names may stand in a workflow. Empty lists: not known here, so not checked.
struct WorkflowFacts {
  const Registry* tools = nullptr;  // all there are
  std::vector<std::string> models;
  std::vector<std::string> policies;
  std::vector<std::string> rules;  // families of weaknesses
};
// Models and policies that are installed here, and the rules that are known.
WorkflowFacts InstalledWorkflowFacts(const Registry* tools);

struct CheckedWorkflow {
  std::optional<Workflow> workflow;  // set when there is no error
  std::vector<WorkflowProblem> problems;

  bool ok() const { return workflow.has_value(); }
  Error FirstError() const;  // for callers that need one
};
CheckedWorkflow CheckWorkflow(std::string text, const std::string& file,
                              const WorkflowFacts& facts);

// NAME.yaml in the user's workflows folder, then in configs/workflows of the program; or a file.
struct WorkflowPlace {
  std::string name;
  std::string path;
  bool is_shipped = false;
};
Result<std::vector<WorkflowPlace>> ListWorkflows();
Result<WorkflowPlace> FindWorkflow(const std::string& name_or_path);
// Reads and checks. An unreadable file is a problem too (WF001).
CheckedWorkflow LoadWorkflow(const WorkflowPlace& place, const WorkflowFacts& facts);

// Where a path that a workflow names leads, or why it may not go there; what is written need not
// exist yet. Empty: as it is named. A server lets nothing out of its folders.
enum class PathUse { kRead, kWrite };
using PathDoor = std::function<Result<std::string>(const std::string& path, PathUse use)>;

// Values for the inputs: given ones checked and brought to their types ("k=v" gives texts), the
// others from their defaults. kInvalid names the input, with a suggestion for an unknown one.
Result<Json> WorkflowInputs(const Workflow& workflow, const std::map<std::string, Json>& given,
                            const PathDoor& door = {});

// What the door says about workspace, corpora and report files: the first refusal.
Status CheckWorkflowPaths(const Workflow& workflow, const Json& inputs, const PathDoor& door);

// What a step can cost at most. Unset: not bounded before it runs; `why` says by what.
struct StepBound {
  std::string id;
  size_t instances = 1;  // of the matrix; an upper bound where it is made by the run
  std::optional<size_t> tokens;
  std::optional<double> dollars;
  std::string why;
};
struct WorkflowBound {
  std::vector<StepBound> steps;
  std::optional<size_t> tokens;  // of the whole run: the sum, or the budget where that is smaller
  std::optional<double> dollars;
};
// `inputs`: as far as they are known (WorkflowInputs), null: not at all.
WorkflowBound BoundWorkflow(const Workflow& workflow, const Profile& profile, const Json& inputs,
                            const PathDoor& door = {});
// Not more than is allowed; 0: anything. kLimit says how much it could be.
Status WithinBound(const WorkflowBound& bound, size_t tokens_max, double dollars_max);
Json WorkflowBoundJson(const WorkflowBound& bound);

struct WorkflowGraph {
  struct Node {
    std::string id, name, kind;
    std::string condition;  // as written; empty: always
    bool is_matrix = false, quarantine = false;
  };
  struct Edge {
    std::string from, to;
    std::string why;  // "needs", "value", "fork"
  };
  std::string name;
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};
WorkflowGraph GraphOf(const Workflow& workflow);
Json WorkflowGraphJson(const WorkflowGraph& graph);
std::string WorkflowMermaid(const WorkflowGraph& graph);
std::string WorkflowDot(const WorkflowGraph& graph);

// The published JSON Schema (configs/workflow.schema.json).
Result<std::string> WorkflowSchemaText();

}  // namespace fathom
