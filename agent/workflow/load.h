// SPDX-License-Identifier: Apache-2.0
// A YAML document as a Workflow: shape, kinds and ranges. What names mean is check.cc.
#pragma once

#include "agent/workflow/shape.h"
#include "agent/workflow/workflow.h"

namespace fathom {

// What can be read; problems are told to `shape`.
Workflow ReadWorkflow(Shape& shape);

// A name of a workflow, an input, a step, an axis: [a-z][a-z0-9_-]*.
bool IsWorkflowName(std::string_view name);

}  // namespace fathom
