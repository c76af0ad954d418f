// SPDX-License-Identifier: Apache-2.0
// A workflow's run for people: one line a step on stderr, its reports on stdout.
#pragma once

#include "agent/workflow/run.h"
#include "apps/progress.h"

namespace fathom {

class WorkflowPrinter {
 public:
  struct Options {
    bool jsonl = false;  // events on stdout instead
    bool quiet = false;
  };
  explicit WorkflowPrinter(const Options& options);

  void Show(const Event& event);
  // The live line goes, so that a question can be asked.
  void Clear() { line_.Done(); }

 private:
  void Note(const std::string& text);
  void ShowDelta(const Event& event);

  Options options_;
  bool colour_;
  ProgressLine line_;
};

// What `workflow show` and `workflow check` print of a workflow.
void PrintBound(const WorkflowBound& bound);

}  // namespace fathom
