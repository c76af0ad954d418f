// SPDX-License-Identifier: Apache-2.0
#include "agent/tool_calls.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/limits.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

// "" is the whole workspace, and a folder stands for everything beneath it.
bool Overlap(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return a.empty() || (b.starts_with(a) && (b.size() == a.size() || b[a.size()] == '/'));
}

bool Meet(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& x) {
    return std::any_of(b.begin(), b.end(), [&](const std::string& y) { return Overlap(x, y); });
  });
}

CallReport Failed(std::string end, std::string text) {
  return {.text = std::move(text), .end = std::move(end), .is_error = true};
}

// A call that was read: its arguments and what it touches.
struct Planned {
  Json arguments;
  ToolPaths paths;
  bool runs = false;  // false: `report` is its answer already
  CallReport report;
};

Planned Plan(const ToolCall& call, const Registry& registry) {
  Planned planned;
  auto arguments = Json::Parse(call.arguments);
  if (!arguments || !arguments->is_object()) {
    planned.report =
        Failed("malformed",
               "the arguments of " + call.name + " must be one JSON object: " +
                   (arguments ? std::string("found another value") : arguments.error().Text()));
    return planned;
  }
  planned.arguments = std::move(*arguments);
  planned.runs = true;
  auto tool = registry.Find(call.name);
  if (tool && (*tool)->spec.paths && registry.CheckArguments(**tool, planned.arguments).ok())
    planned.paths = (*tool)->spec.paths(planned.arguments);
  return planned;
}

// Which calls have ended; a call waits for the earlier ones that it must not run beside.
class Turns {
 public:
  explicit Turns(size_t count) : ended_(count, false) {}
  void WaitFor(const std::vector<size_t>& earlier) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      return std::all_of(earlier.begin(), earlier.end(), [&](size_t i) { return ended_[i]; });
    });
  }
  void End(size_t index) {
    std::lock_guard lock(mutex_);
    ended_[index] = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<bool> ended_;
};

class CallRunner {
 public:
  CallRunner(const std::vector<ToolCall>& calls, const CarryOutInput& input)
      : calls_(calls), input_(input), turns_(calls.size()) {
    for (const ToolCall& call : calls) planned_.push_back(Plan(call, *input.tools.registry));
  }

  std::vector<CallReport> Run() {
    for (size_t begin = 0; begin < calls_.size(); begin += kAgentParallelCallsMax) {
      const size_t end = std::min(begin + kAgentParallelCallsMax, calls_.size());
      std::vector<std::jthread> threads;
      for (size_t i = begin + 1; i < end; ++i) threads.emplace_back([this, i] { RunOne(i); });
      RunOne(begin);
    }
    std::vector<CallReport> reports;
    for (Planned& planned : planned_) reports.push_back(std::move(planned.report));
    return reports;
  }

 private:
  void RunOne(size_t index) {
    std::vector<size_t> earlier;
    for (size_t i = 0; i < index; ++i) {
      if (PathsConflict(planned_[i].paths, planned_[index].paths)) earlier.push_back(i);
    }
    turns_.WaitFor(earlier);
    Planned& planned = planned_[index];
    if (planned.runs) planned.report = Carry(calls_[index], planned.arguments);
    {
      std::lock_guard lock(tell_);
      if (input_.done) input_.done(calls_[index], planned.report);
    }
    turns_.End(index);
  }

  CallReport Carry(const ToolCall& call, const Json& arguments) {
    if (input_.cancel && input_.cancel->load())
      return Failed("stopped", "not run: the user stopped the run");
    const ToolContext context{.workspace = input_.tools.workspace,
                              .cancelled = input_.cancel,
                              .deadline = input_.deadline};
    Approver approver;
    if (input_.tools.approver) {
      approver = [&](const ApprovalRequest& request) {
        std::lock_guard lock(ask_);  // a person is asked one thing at a time
        {
          std::lock_guard tell(tell_);
          if (input_.asked) input_.asked(call, request.text);
        }
        return input_.tools.approver(request);
      };
    }
    const Outcome outcome =
        Execute({call.name, arguments}, {*input_.tools.registry, *input_.tools.policy,
                                         *input_.tools.grants, input_.taint, context, approver});
    return {.text = outcome.result.text,
            .end = std::string(CallEndName(outcome.end)),
            .rule = outcome.decision.rule,
            .is_error = outcome.result.is_error,
            .was_asked = outcome.was_asked,
            .is_cut = outcome.result.is_cut,
            .seconds = outcome.run_ms / 1'000};
  }

  const std::vector<ToolCall>& calls_;
  const CarryOutInput& input_;
  std::vector<Planned> planned_;
  Turns turns_;
  std::mutex ask_, tell_;
};

}  // namespace

bool PathsConflict(const ToolPaths& a, const ToolPaths& b) {
  return Meet(a.writes, b.reads) || Meet(a.writes, b.writes) || Meet(a.reads, b.writes);
}

std::vector<CallReport> CarryOut(const std::vector<ToolCall>& calls, const CarryOutInput& input) {
  if (input.tools.registry) return CallRunner(calls, input).Run();
  std::vector<CallReport> reports;
  for (const ToolCall& call : calls) {
    reports.push_back(Failed("unknown_tool", "no tools are offered here: answer without calls"));
    if (input.done) input.done(call, reports.back());
  }
  return reports;
}

std::vector<ToolDefinition> DefinitionsOf(const Registry* registry) {
  std::vector<ToolDefinition> definitions;
  if (!registry) return definitions;
  for (const ToolSpec* spec : registry->Specs())
    definitions.push_back({spec->name, spec->description, spec->parameters});
  return definitions;
}

}  // namespace fathom
