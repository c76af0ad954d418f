// SPDX-License-Identifier: Apache-2.0
// Execute: the one place where a tool runs. Find, check arguments, decide, ask if need be, run, cut
// the output, record the taint.
//
// Promises
//  * Nothing runs that Decide() did not allow, or that it wanted asked and the approver did not
//    approve. Without an approver, what must be asked is denied.
//  * The approver sees every byte of the arguments, escaped so that two different calls never look
//    the same, and those very arguments run.
//  * The session is tainted before the caller sees the first untrusted byte.
//  * Whatever happens, the outcome has a text for the model that says what and what to do.
#pragma once

#include <functional>
#include <string>

#include "tools/policy.h"
#include "tools/registry.h"

namespace fathom {

struct ToolRequest {
  std::string name;
  Json arguments;
};

struct ApprovalRequest {
  const ToolSpec& spec;
  const Decision& decision;  // why it is asked
  std::string text;          // ApprovalText of the call
};
using Approver = std::function<bool(const ApprovalRequest& request)>;  // true: run it

enum class CallEnd {
  kRan,           // see result.is_error
  kUnknownTool,   // no such tool
  kBadArguments,  // the schema refused them
  kDenied,        // by policy, or nobody was there to ask
  kRefused,       // by the person asked
};
std::string_view CallEndName(CallEnd end);  // "ran", "unknown_tool", ...

struct Outcome {
  CallEnd end = CallEnd::kDenied;
  Decision decision;  // of what was decided: kDenied, kRefused, kRan
  bool was_asked = false;
  ToolResult result;
  double run_ms = 0;
};

struct ExecuteInput {
  const Registry& registry;
  const Policy& policy;
  const Grants& grants;
  Taint& taint;
  const ToolContext& context;
  const Approver& approver;  // empty: nobody to ask
};
Outcome Execute(const ToolRequest& call, const ExecuteInput& input);

// The call as a person must see it: tool, effect, and each argument with its exact bytes. Line
// breaks inside an argument start a new line with "| "; backslashes are doubled, and what a
// terminal may obey or hide is escaped.
std::string ApprovalText(const ToolSpec& spec, const Json& arguments);

}  // namespace fathom
