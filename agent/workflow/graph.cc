// SPDX-License-Identifier: Apache-2.0
// The steps as a graph: as data, as Mermaid and as Graphviz.
#include <algorithm>

#include "agent/workflow/workflow.h"

namespace fathom {
namespace {

std::string Label(const WorkflowGraph::Node& node) {
  std::string label = node.name.empty() ? node.id : node.name;
  label += " (" + node.kind;
  if (node.is_matrix) label += ", matrix";
  if (node.quarantine) label += ", quarantine";
  return label + ")";
}

// Mermaid reads entities inside quotes; a line break or a quote would end the label.
std::string MermaidText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const bool plain = c == ' ' || c == '-' || c == '_' || c == ',' || c == '(' || c == ')' ||
                       (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       static_cast<unsigned char>(c) >= 0x80;
    escaped +=
        plain ? std::string(1, c) : "#" + std::to_string(static_cast<unsigned char>(c)) + ";";
  }
  return escaped;
}

std::string DotText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c == '\n' || c == '\r' ? ' ' : c;
  }
  return "\"" + escaped + "\"";
}

// "-" is an operator in Mermaid, and "end" a word of its own.
std::string MermaidId(const std::string& id) {
  std::string safe = "s_" + id;
  std::replace(safe.begin(), safe.end(), '-', '.');
  return safe;
}

}  // namespace

WorkflowGraph GraphOf(const Workflow& workflow) {
  WorkflowGraph graph{.name = workflow.name};
  for (const WorkflowStep& step : workflow.steps) {
    const bool is_text = step.condition.is_string();
    graph.nodes.push_back({.id = step.id,
                           .name = step.name,
                           .kind = std::string(StepKindName(step.kind)),
                           .condition = is_text                    ? step.condition.as_string()
                                        : step.condition.is_bool() ? step.condition.Dump()
                                                                   : std::string(),
                           .is_matrix = !step.matrix.is_null(),
                           .quarantine = step.quarantine});
    for (const std::string& before : step.follows) {
      const bool needed =
          std::find(step.needs.begin(), step.needs.end(), before) != step.needs.end();
      graph.edges.push_back({.from = before,
                             .to = step.id,
                             .why = before == step.fork ? "fork"
                                    : needed            ? "needs"
                                                        : "value"});
    }
  }
  return graph;
}

Json WorkflowGraphJson(const WorkflowGraph& graph) {
  Json nodes = Json::EmptyArray(), edges = Json::EmptyArray();
  for (const WorkflowGraph::Node& node : graph.nodes) {
    nodes.Push(Json(Json::Object{{"id", node.id},
                                 {"name", node.name},
                                 {"kind", node.kind},
                                 {"if", node.condition.empty() ? Json() : Json(node.condition)},
                                 {"matrix", node.is_matrix},
                                 {"quarantine", node.quarantine}}));
  }
  for (const WorkflowGraph::Edge& edge : graph.edges)
    edges.Push(Json(Json::Object{{"from", edge.from}, {"to", edge.to}, {"why", edge.why}}));
  return Json(
      Json::Object{{"name", graph.name}, {"nodes", std::move(nodes)}, {"edges", std::move(edges)}});
}

std::string WorkflowMermaid(const WorkflowGraph& graph) {
  std::string text = "flowchart TD\n";
  for (const WorkflowGraph::Node& node : graph.nodes)
    text += "  " + MermaidId(node.id) + "[\"" + MermaidText(Label(node)) + "\"]\n";
  for (const WorkflowGraph::Edge& edge : graph.edges) {
    const std::string arrow = edge.why == "fork" ? " == fork ==> " : " --> ";
    text += "  " + MermaidId(edge.from) + arrow + MermaidId(edge.to) + "\n";
  }
  return text;
}

std::string WorkflowDot(const WorkflowGraph& graph) {
  std::string text = "digraph " + DotText(graph.name) + " {\n  node [shape=box];\n";
  for (const WorkflowGraph::Node& node : graph.nodes)
    text += "  " + DotText(node.id) + " [label=" + DotText(Label(node)) + "];\n";
  for (const WorkflowGraph::Edge& edge : graph.edges) {
    text += "  " + DotText(edge.from) + " -> " + DotText(edge.to) +
            (edge.why == "fork" ? " [style=bold, label=fork];\n" : ";\n");
  }
  return text + "}\n";
}

}  // namespace fathom
