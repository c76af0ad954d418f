// SPDX-License-Identifier: Apache-2.0
// Limits of workflows, each with its reason. Those of the whole program are base/limits.h.
#pragma once

#include "base/limits.h"

namespace fathom {

inline constexpr size_t kWorkflowStepsMax = 200;  // a graph that a person can still read
inline constexpr size_t kWorkflowInputsMax = 64;
inline constexpr size_t kWorkflowInstancesMax = 256;  // of one step's matrix
inline constexpr size_t kWorkflowExpressionBytesMax = 4_KiB;
inline constexpr size_t kWorkflowExpressionDepthMax = 32;  // the parser recurses
inline constexpr size_t kWorkflowValueBytesMax = 4_MiB;    // a text made by an expression
inline constexpr size_t kWorkflowProblemsMax = 100;        // of one file, told at once
inline constexpr size_t kWorkflowNameBytesMax = 64;
inline constexpr size_t kWorkflowAgentSteps = 32;  // queries of an agent step that names no budget

}  // namespace fathom
