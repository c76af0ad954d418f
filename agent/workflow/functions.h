// SPDX-License-Identifier: Apache-2.0
// The functions of expressions: pure, total, few.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "agent/workflow/expression.h"

namespace fathom {

struct WorkflowFunction {
  std::string_view name;
  std::string_view usage;
  std::vector<std::vector<ValueType::Kind>> parameters;  // the kinds each takes; none: any
  std::function<ValueType(const std::vector<ValueType>&)> type;
  std::function<Result<Json>(const std::vector<Json>&)> value;
};

const WorkflowFunction* FindWorkflowFunction(std::string_view name);
std::span<const std::string_view> WorkflowFunctionNames();

// kLimit for a text beyond kWorkflowValueBytesMax.
Result<Json> LimitedText(std::string text);

}  // namespace fathom
