// SPDX-License-Identifier: Apache-2.0
// fathom workflow run, resume, runs; fathom run is the first of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agent/workflow/workflow.h"
#include "apps/app.h"

namespace fathom {

// `run` beneath `parent`.
void AddWorkflowStart(CLI::App& parent, Common& common, Run& run);
// `run`, `resume` and `runs`.
void AddWorkflowRun(CLI::App& workflow, Common& common, Run& run);

// "name=value" each; a name given several times is a list.
Result<std::map<std::string, Json>> ParseInputs(const std::vector<std::string>& given);

// --model when it was given, else what the workflow says, else the settings.
std::string ModelOf(const Common& common, const Workflow& workflow);

}  // namespace fathom
