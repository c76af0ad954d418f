// SPDX-License-Identifier: Apache-2.0
// The order of a run, and what is committed when.
#include "agent/workflow/run.h"

#include <algorithm>
#include <set>

#include "agent/ask.h"
#include "agent/chat_corpus.h"
#include "agent/workflow/limits.h"
#include "agent/workflow/run_steps.h"
#include "base/crash_point.h"
#include "rag/reading.h"

namespace fathom {
namespace {

// Why a run ends before its last step.
struct Stop {
  std::string state;  // of the run
  std::string reason;
};
using MaybeStop = Result<std::optional<Stop>>;

bool IsEnd(const std::string& step_state) {
  return step_state == "done" || step_state == "failed" || step_state == "skipped";
}

class WorkflowRunner {
 public:
  WorkflowRunner(WorkflowRunStore& store, const WorkflowWorld& world,
                 const WorkflowRunOptions& options, WorkflowRunRecord record, Workflow workflow)
      : store_(store),
        world_(world),
        options_(options),
        record_(std::move(record)),
        workflow_(std::move(workflow)),
        next_event_(record_.info.last_event) {
    scope_.Set("inputs", record_.info.inputs);
    scope_.Set("steps", Json::EmptyObject());
  }

  Result<WorkflowOutcome> Run() {
    if (auto begun = Begin(); !begun) return begun.error();
    auto steps = StepRunner::Open(workflow_, record_.info.inputs, world_, options_);
    if (!steps) return End({"failed", steps.error().Text()});
    steps_ = std::move(*steps);
    for (const size_t index : workflow_.order) {
      auto stop = Step(workflow_.steps[index]);
      if (!stop) return stop.error();
      if (*stop) return End(**stop);
    }
    return End({is_negative_ ? "negative" : "done", ""});
  }

 private:
  Event NewEvent(std::string type, Json data) {
    return {.id = ++next_event_,
            .type = std::move(type),
            .run = record_.info.id,
            .time_ms = NowMs(),
            .data = std::move(data)};
  }
  void Tell(const std::vector<Event>& events) const {
    if (!options_.events) return;
    for (const Event& event : events) options_.events(event);
  }
  // Committed first, told then.
  Status Commit(WorkflowRunStore::Transition transition) {
    if (auto changed = store_.Change(record_.info.id, transition); !changed) return changed;
    for (const WorkflowStepRecord& step : transition.steps) Keep(step);
    Tell(transition.events);
    return OkStatus();
  }
  void Keep(const WorkflowStepRecord& step) {
    for (WorkflowStepRecord& kept : record_.steps) {
      if (kept.step != step.step || kept.instance != step.instance) continue;
      kept = step;
      return;
    }
    record_.steps.push_back(step);
  }

  Status Begin() {
    const bool resumed = record_.info.last_event > 0;
    WorkflowRunStore::Transition transition{.state = "open"};
    transition.events.push_back(
        NewEvent("workflow.started", Json(Json::Object{{"workflow", workflow_.name},
                                                       {"hash", record_.info.hash},
                                                       {"model", record_.info.model},
                                                       {"inputs", record_.info.inputs},
                                                       {"resumed", resumed}})));
    for (const WorkflowStepRecord& step : record_.steps) {
      if (resumed || step.kept_from.empty()) continue;
      transition.events.push_back(NewEvent(
          "step.kept",
          Json(Json::Object{
              {"step", step.step}, {"instance", step.instance}, {"run", step.kept_from}})));
    }
    return Commit(std::move(transition));
  }

  Result<WorkflowOutcome> End(const Stop& stop) {
    WorkflowOutcome outcome{
        .run = record_.info.id, .state = stop.state, .reason = stop.reason, .usage = Spent()};
    Json reports = Json::EmptyArray();
    for (const size_t index : workflow_.order) {
      const WorkflowStep& step = workflow_.steps[index];
      if (step.kind != StepKind::kReport) continue;
      for (const WorkflowStepRecord& record : record_.steps) {
        const Json* text = record.output.Find("text");
        if (record.step != step.id || record.state != "done" || text == nullptr) continue;
        reports.Push(*text);
        outcome.reports.push_back(text->as_string());
      }
    }
    const bool goes_on = stop.state == "paused" || stop.state == "cancelled";
    WorkflowRunStore::Transition transition{
        .state = stop.state, .reason = stop.reason, .crash_point = "run.ended"};
    Json data(Json::Object{{"state", stop.state}, {"reason", stop.reason}});
    if (!goes_on) data.Set("reports", std::move(reports));
    data.Set("usage", UsageJson(outcome.usage));
    transition.events.push_back(
        NewEvent(goes_on ? "workflow.paused" : "workflow.done", std::move(data)));
    if (auto committed = Commit(std::move(transition)); !committed) return committed.error();
    return outcome;
  }

  AgentUsage Spent() const {
    AgentUsage sum;
    for (const WorkflowStepRecord& step : record_.steps) {
      if (step.kept_from.empty()) sum = sum + step.usage;
    }
    return sum;
  }

  // ---- one step ----

  MaybeStop Step(const WorkflowStep& step) {
    const WorkflowStepRecord* first = record_.Find(step.id, 0);
    if (first != nullptr && first->state == "skipped") return Know(step, 0);
    for (const std::string& id : step.follows) {
      if (OutcomeOf(id) == "skipped") return Skip(step, "it needs " + id + ", which was skipped");
    }
    auto condition =
        step.condition.is_null() ? Result<Json>(Json(true)) : RenderTree(step.condition, scope_);
    if (!condition) return Fail(step, condition.error());
    if (first == nullptr && !(*condition == Json(true)))
      return Skip(step, "its condition is false");
    auto instances = InstancesOf(step);
    if (!instances) return Fail(step, instances.error());
    for (size_t i = 0; i < instances->size(); ++i) {
      auto stop = Instance(step, i, (*instances)[i]);
      if (!stop || *stop) return stop;
    }
    return Know(step, instances->size());
  }

  std::string OutcomeOf(const std::string& id) const {
    const Json* known = scope_.Find("steps")->Find(id);
    return known != nullptr ? known->Find("outcome")->as_string() : "";
  }

  // What later steps see of it.
  MaybeStop Know(const WorkflowStep& step, size_t instances) {
    Json outputs = Json::EmptyArray();
    std::string outcome = "done";
    for (size_t i = 0; i < std::max<size_t>(instances, 1); ++i) {
      const WorkflowStepRecord* record = record_.Find(step.id, i);
      if (record == nullptr) continue;
      if (record->state != "done") outcome = record->state;
      outputs.Push(record->output);
      is_negative_ |= record->state == "done" && IsNo(step, record->output);
    }
    if (step.matrix.is_null()) outputs = outputs.size() > 0 ? Json(outputs.as_array()[0]) : Json();
    Json steps = *scope_.Find("steps");
    steps.Set(step.id, Json(Json::Object{{"output", std::move(outputs)}, {"outcome", outcome}}));
    scope_.Set("steps", std::move(steps));
    return std::optional<Stop>();
  }

  static bool IsNo(const WorkflowStep& step, const Json& output) {
    const Json* verdict = output.Find("verdict");
    const Json* failed = output.Find("failed");
    return (step.kind == StepKind::kReport && verdict != nullptr && *verdict == Json(false)) ||
           (step.kind == StepKind::kAudit && failed != nullptr && *failed == Json(true));
  }

  MaybeStop Skip(const WorkflowStep& step, const std::string& why) {
    WorkflowStepRecord record{.step = step.id,
                              .state = "skipped",
                              .error = why,
                              .started_ms = NowMs(),
                              .ended_ms = NowMs()};
    auto committed =
        Commit({.steps = {record},
                .events = {NewEvent("step.skipped",
                                    Json(Json::Object{{"step", step.id}, {"reason", why}}))},
                .crash_point = "step.recorded"});
    if (!committed) return committed.error();
    return Know(step, 0);
  }

  MaybeStop Fail(const WorkflowStep& step, const Error& error) {
    return std::optional<Stop>(Stop{"failed", step.id + ": " + error.Text()});
  }

  // The values of each instance; one null without a matrix.
  Result<std::vector<Json>> InstancesOf(const WorkflowStep& step) const {
    std::vector<Json> instances = {step.matrix.is_null() ? Json() : Json::EmptyObject()};
    if (step.matrix.is_null()) return instances;
    for (const auto& [axis, values] : step.matrix.as_object()) {
      auto list = RenderTree(values, scope_);
      if (!list) return list.error();
      if (!list->is_array()) return Invalid("the matrix needs a list for \"" + axis + "\"");
      std::vector<Json> more;
      for (const Json& instance : instances) {
        for (const Json& value : list->as_array()) {
          more.push_back(instance);
          more.back().Set(axis, value);
          if (more.size() > kWorkflowInstancesMax)
            return Error{Code::kLimit, "the matrix has more than " +
                                           std::to_string(kWorkflowInstancesMax) + " instances"};
        }
      }
      instances = std::move(more);
    }
    return instances;
  }

  // ---- one instance ----

  MaybeStop Instance(const WorkflowStep& step, size_t index, const Json& matrix) {
    WorkflowStepRecord record{.step = step.id, .instance = index};
    bool again = false;
    if (const WorkflowStepRecord* known = record_.Find(step.id, index)) {
      const bool stands = known->state == "done" || known->state == "skipped" ||
                          (known->state == "failed" && step.continue_on_error);
      if (stands) return std::optional<Stop>();
      record = *known;
      again = known->state != "waiting";
      const bool is_cut = known->state == "running" || known->state == "cut";
      if (is_cut && steps_->HasEffects(step)) {
        auto decided = DecideCut(step, record);
        if (!decided || decided->has_value() || record.state == "skipped") return decided;
      }
    }
    if (options_.cancel != nullptr && options_.cancel->load())
      return std::optional<Stop>(Stop{"cancelled", "stopped by the user"});
    if (auto reached = BudgetReached()) return std::optional<Stop>(Stop{"paused", *reached});
    return Carry(step, std::move(record), matrix, again);
  }

  // Whether a step whose effect is not known runs again: as was said beforehand, or as a person
  // says. A stop: nobody is there.
  MaybeStop DecideCut(const WorkflowStep& step, WorkflowStepRecord& record) {
    const std::string text = "The step " + step.id + " was cut off while its tool " +
                             step.with.Find("name")->as_string() +
                             " ran; whether it took effect is not known. Run it again?";
    std::optional<bool> answer;
    const auto said = options_.decisions.find(step.id);
    if (said != options_.decisions.end()) {
      if (said->second == WorkflowDecision::kAgain) answer = true;
      if (said->second == WorkflowDecision::kSkip) answer = false;
    }
    if (!answer && options_.approver)
      answer = options_.approver({.kind = WorkflowQuestion::Kind::kCut,
                                  .step = step.id,
                                  .instance = record.instance,
                                  .text = text});
    if (answer && *answer) return std::optional<Stop>();
    record.state = answer ? "skipped" : "cut";
    record.error = answer ? "its effect is not known; not run again" : text;
    record.ended_ms = NowMs();
    Json data = PlaceOf(record);
    data.Set("reason", record.error);
    auto committed = Commit({.steps = {record},
                             .events = {NewEvent(answer ? "step.skipped" : "step.cut", data)},
                             .crash_point = "step.recorded"});
    if (!committed) return committed.error();
    if (answer) return std::optional<Stop>();
    return std::optional<Stop>(Stop{"paused", text});
  }

  static Json PlaceOf(const WorkflowStepRecord& record) {
    return Json(Json::Object{{"step", record.step}, {"instance", record.instance}});
  }

  const AgentLimits Budgets() const {
    AgentLimits budgets = workflow_.budgets;
    const AgentLimits& given = options_.budgets;
    if (given.tokens) budgets.tokens = given.tokens;
    if (given.thinking_tokens) budgets.thinking_tokens = given.thinking_tokens;
    if (given.dollars) budgets.dollars = given.dollars;
    if (given.seconds) budgets.seconds = given.seconds;
    return budgets;
  }

  std::optional<std::string> BudgetReached() const {
    const AgentLimits budgets = Budgets();
    const AgentUsage spent = Spent();
    const auto words = [](const char* what, const std::string& used, const std::string& allowed) {
      return std::string(what) + ": " + used + " spent, " + allowed + " allowed for the run";
    };
    if (budgets.tokens && spent.computed() >= *budgets.tokens)
      return words("tokens", std::to_string(spent.computed()), std::to_string(*budgets.tokens));
    if (budgets.thinking_tokens && spent.thinking >= *budgets.thinking_tokens)
      return words("thinking tokens", std::to_string(spent.thinking),
                   std::to_string(*budgets.thinking_tokens));
    if (budgets.dollars && *budgets.dollars > 0 && spent.dollars >= *budgets.dollars)
      return words("dollars", Json(spent.dollars).Dump(), Json(*budgets.dollars).Dump());
    if (budgets.seconds && spent.seconds >= *budgets.seconds)
      return words("seconds", Json(spent.seconds).Dump(), Json(*budgets.seconds).Dump());
    return std::nullopt;
  }

  // What this instance may spend in all, what it spent before included.
  AgentLimits Left(const WorkflowStepRecord& record) const {
    AgentLimits left = Budgets();
    const AgentUsage spent = Spent();
    const AgentUsage& own = record.usage;
    const auto minus = [](size_t allowed, size_t used) {
      return allowed > used ? allowed - used : 0;
    };
    if (left.tokens) left.tokens = minus(*left.tokens, spent.computed() - own.computed());
    if (left.thinking_tokens)
      left.thinking_tokens = minus(*left.thinking_tokens, spent.thinking - own.thinking);
    if (left.dollars) *left.dollars -= spent.dollars - own.dollars;
    if (left.seconds) *left.seconds -= spent.seconds - own.seconds;
    return left;
  }

  void SeedTaint(const WorkflowStep& step, WorkflowStepRecord& record) const {
    for (const WorkflowStepRecord& other : record_.steps) {
      const auto& follows = step.follows;
      if (std::find(follows.begin(), follows.end(), other.step) != follows.end())
        AddTaint(record.tainted_by, other.tainted_by);
    }
  }

  MaybeStop Carry(const WorkflowStep& step, WorkflowStepRecord record, const Json& matrix,
                  bool again) {
    record.matrix = matrix;
    record.state = "running";
    record.error.clear();
    record.started_ms = NowMs();
    SeedTaint(step, record);
    Json scope = scope_;
    if (!matrix.is_null()) scope.Set("matrix", matrix);
    StepCall call{.step = step,
                  .scope = scope,
                  .record = record,
                  .left = Left(record),
                  .run = record_.info.id};
    call.tell = [&](std::string type, Json data) {
      if (!options_.events) return;
      Json placed = PlaceOf(record);
      for (auto& [key, value] : data.as_object()) placed.Set(key, std::move(value));
      options_.events({.type = std::move(type),
                       .run = record_.info.id,
                       .time_ms = NowMs(),
                       .data = std::move(placed)});
    };
    if (auto prepared = steps_->Prepare(call, record_.Find(step.fork, 0)); !prepared)
      return Fail(step, prepared.error());
    Json data = PlaceOf(record);
    data.Set("kind", StepKindName(step.kind));
    data.Set("matrix", matrix);
    data.Set("again", again);
    auto started = Commit({.steps = {record},
                           .events = {NewEvent("step.started", std::move(data))},
                           .crash_point = "step.started"});
    if (!started) return started.error();
    const StepEnd end = steps_->Do(call);
    CrashPoint("step.ran");
    return Record(step, record, end);
  }

  MaybeStop Record(const WorkflowStep& step, WorkflowStepRecord& record, const StepEnd& end) {
    record.state = end.state;
    record.output = end.output;
    record.error = end.error;
    record.ended_ms = NowMs();
    Json data = PlaceOf(record);
    if (end.state == "done" || end.state == "failed") {
      Json sources = Json::EmptyArray();
      for (const std::string& source : record.tainted_by) sources.Push(source);
      data.Set("output", record.output);
      data.Set("tainted_by", std::move(sources));
      data.Set("usage", UsageJson(record.usage));
    }
    if (end.state == "waiting") data.Set("question", record.error);
    if (end.state == "paused" || end.state == "cut") data.Set("reason", record.error);
    if (end.state == "failed") data.Set("error", record.error);
    auto committed = Commit({.steps = {record},
                             .events = {NewEvent("step." + end.state, std::move(data))},
                             .crash_point = "step.recorded"});
    if (!committed) return committed.error();
    if (end.is_stopped) return std::optional<Stop>(Stop{"cancelled", record.error});
    if (end.state == "waiting")
      return std::optional<Stop>(Stop{"paused", step.id + " waits for a person: " + record.error});
    if (!IsEnd(end.state))
      return std::optional<Stop>(Stop{"paused", step.id + ": " + record.error});
    if (end.state == "failed" && !step.continue_on_error)
      return std::optional<Stop>(
          Stop{end.is_negative ? "negative" : "failed", step.id + ": " + record.error});
    return std::optional<Stop>();
  }

  WorkflowRunStore& store_;
  const WorkflowWorld& world_;
  const WorkflowRunOptions& options_;
  WorkflowRunRecord record_;
  Workflow workflow_;
  std::unique_ptr<StepRunner> steps_;
  Json scope_ = Json::EmptyObject();
  int64_t next_event_;
  bool is_negative_ = false;
};

// The step and all that follow it, at any distance.
std::set<std::string> From(const Workflow& workflow, const std::string& id) {
  std::set<std::string> later = {id};
  for (const size_t index : workflow.order) {
    const WorkflowStep& step = workflow.steps[index];
    for (const std::string& before : step.follows) {
      if (later.contains(before)) later.insert(step.id);
    }
  }
  return later;
}

}  // namespace

Result<std::string> CreateWorkflowRun(WorkflowRunStore& store, const NewWorkflowRun& run) {
  const Workflow& workflow = run.workflow;
  WorkflowRunRecord record{.info = {.workflow = workflow.name,
                                    .file = workflow.file,
                                    .hash = workflow.hash,
                                    .model = run.model,
                                    .from_run = run.with_run,
                                    .inputs = run.inputs},
                           .text = workflow.text};
  if (run.with_run.empty()) return store.Create(std::move(record));
  if (workflow.Find(run.from_step) == nullptr)
    return Error{Code::kNotFound, "the workflow has no such step", run.from_step};
  auto with = store.Load(run.with_run);
  if (!with) return with.error();
  record.info.from_run = with->info.id;
  const std::set<std::string> again = From(workflow, run.from_step);
  for (WorkflowStepRecord& step : with->steps) {
    if (workflow.Find(step.step) == nullptr || again.contains(step.step) || !IsEnd(step.state))
      continue;
    if (step.kept_from.empty()) step.kept_from = with->info.id;
    record.steps.push_back(std::move(step));
  }
  return store.Create(std::move(record));
}

Result<WorkflowOutcome> RunWorkflow(WorkflowRunStore& store, const std::string& run,
                                    const WorkflowWorld& world, const WorkflowRunOptions& options) {
  auto found = store.Load(run);
  if (!found) return found.error();
  auto lock = store.Lock(found->info.id);
  if (!lock) return lock.error();
  // Read again: another process may have carried it on before the lock was had.
  auto record = store.Load(found->info.id);
  if (!record) return record.error();
  const std::string& state = record->info.state;
  if (state == "done" || state == "negative")
    return Invalid("this run has ended (" + state + "); begin a new one", record->info.id);
  WorkflowFacts facts{.tools = &world.tools};
  CheckedWorkflow checked = CheckWorkflow(record->text, record->info.file, facts);
  if (!checked.ok()) return checked.FirstError();
  return WorkflowRunner(store, world, options, std::move(*record), std::move(*checked.workflow))
      .Run();
}

}  // namespace fathom
