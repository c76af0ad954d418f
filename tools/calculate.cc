// SPDX-License-Identifier: Apache-2.0
// calculate: exact arithmetic, which language models are bad at.
#include "tools/builtin.h"
#include "tools/expression.h"

namespace fathom {
namespace {

ToolResult Run(const Json& arguments, const ToolContext&) {
  const auto value = Evaluate(TextArgument(arguments, "expression", ""));
  // The text comes from the model's own call and from no document.
  if (!value) return {.text = value.error().Text(), .is_error = true, .untrusted = false};
  return {.text = value->is_exact ? value->text : value->text + " (rounded to a double)",
          .untrusted = false};
}

}  // namespace

Tool CalculateTool() {
  ToolSpec spec;
  spec.name = "calculate";
  spec.description =
      "Evaluates an arithmetic expression exactly. Operators: + - * / % ^ and parentheses; "
      "comparisons < <= > >= == !=; functions abs ceil floor max min round sqrt cbrt exp ln log2 "
      "log10 sin cos tan asin acos atan; constants pi and e.";
  spec.parameters = *Json::Parse(R"({
    "type": "object", "additionalProperties": false, "required": ["expression"],
    "properties": {"expression": {"type": "string", "minLength": 1, "maxLength": 4096,
      "description": "for example (17.5 + 3) * 2^10"}}})");
  spec.effect = Effect::kPure;
  spec.output_bytes_max = 4_KiB;
  spec.seconds_max = 5;
  return {std::move(spec), Run};
}

}  // namespace fathom
