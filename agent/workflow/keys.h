// SPDX-License-Identifier: Apache-2.0
// Every key of a workflow file. configs/workflow.schema.json has the same ones, and a test
// compares.
#pragma once

#include <array>
#include <string_view>

namespace fathom::workflow_keys {

inline constexpr std::array<std::string_view, 9> kTop = {
    "version", "name", "description", "model", "inputs", "corpus", "tools", "budgets", "steps"};
inline constexpr std::array<std::string_view, 3> kTopRequired = {"version", "name", "steps"};
inline constexpr std::array<std::string_view, 4> kInput = {"type", "description", "default",
                                                           "enum"};
inline constexpr std::array<std::string_view, 6> kInputTypes = {"string",  "integer", "number",
                                                                "boolean", "list",    "path"};
inline constexpr std::array<std::string_view, 4> kTools = {"workspace", "policy", "allow",
                                                           "grants"};
inline constexpr std::array<std::string_view, 4> kBudgets = {"tokens", "thinking_tokens", "dollars",
                                                             "seconds"};
inline constexpr std::array<std::string_view, 5> kStepBudgets = {
    "steps", "tokens", "thinking_tokens", "dollars", "seconds"};

// In the order of StepKind.
inline constexpr std::array<std::string_view, 6> kKinds = {"agent", "tool",    "ask",
                                                           "audit", "approve", "report"};
// What every step may have besides its kind.
inline constexpr std::array<std::string_view, 11> kStep = {
    "id",     "name",       "needs",   "if",     "matrix",           "fork",
    "output", "quarantine", "budgets", "corpus", "continue_on_error"};

inline constexpr std::array<std::string_view, 4> kAgent = {"prompt", "system", "tools",
                                                           "thinking_tokens"};
inline constexpr std::array<std::string_view, 1> kAgentRequired = {"prompt"};
inline constexpr std::array<std::string_view, 2> kTool = {"name", "arguments"};
inline constexpr std::array<std::string_view, 1> kToolRequired = {"name"};
inline constexpr std::array<std::string_view, 2> kAsk = {"question", "thinking_tokens"};
inline constexpr std::array<std::string_view, 1> kAskRequired = {"question"};
inline constexpr std::array<std::string_view, 2> kAudit = {"rules", "fail_on"};
inline constexpr std::array<std::string_view, 1> kApprove = {"message"};
inline constexpr std::array<std::string_view, 3> kReport = {"text", "file", "verdict"};
inline constexpr std::array<std::string_view, 1> kReportRequired = {"text"};
inline constexpr std::array<std::string_view, 4> kSeverities = {"low", "medium", "high",
                                                                "critical"};

}  // namespace fathom::workflow_keys
