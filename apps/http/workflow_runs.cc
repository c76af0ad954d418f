// SPDX-License-Identifier: Apache-2.0
#include "apps/http/workflow_runs.h"

#include <filesystem>

#include "apps/http/corpora.h"
#include "tools/registry.h"

namespace fathom::http {
namespace {

void Pass(const Event& event, Run& run) {
  Json place = Json::EmptyObject();
  if (event.type == "delta.progress") {
    const Json& data = event.data;
    place.Set("step", *data.Find("step"));
    place.Set("instance", *data.Find("instance"));
    return run.Progress(data.Find("stage")->as_string(),
                        static_cast<size_t>(data.Find("done")->as_int()),
                        static_cast<size_t>(data.Find("total")->as_int()), std::move(place));
  }
  place.Set("data", event.data);
  run.Emit(event.type, std::move(place));
}

Json OutcomeJson(const WorkflowOutcome& outcome) {
  Json reports = Json::EmptyArray();
  for (const std::string& report : outcome.reports) reports.Push(report);
  return Json(Json::Object{{"workflow_run", outcome.run},
                           {"state", outcome.state},
                           {"reason", outcome.reason},
                           {"reports", std::move(reports)},
                           {"usage", UsageJson(outcome.usage)}});
}

Usage Between(const AgentUsage& before, const AgentUsage& after) {
  const auto more = [](size_t earlier, size_t now) { return now > earlier ? now - earlier : 0; };
  return {.prompt = more(before.prompt, after.prompt),
          .cached = more(before.cached, after.cached),
          .thinking = more(before.thinking, after.thinking),
          .output = more(before.output, after.output),
          .seconds = std::max(0.0, after.seconds - before.seconds)};
}

bool HasEnded(const std::string& state) {
  return state == "done" || state == "negative";
}

Json BoundOf(const WorkflowRunRecord& record, const WorkflowWorld& world) {
  CheckedWorkflow checked =
      CheckWorkflow(record.text, record.info.file, WorkflowFacts{.tools = &world.tools});
  if (!checked.ok()) return {};
  return WorkflowBoundJson(
      BoundWorkflow(*checked.workflow, world.profile, record.info.inputs, world.door));
}

}  // namespace

Result<std::shared_ptr<Run>> WorkflowRuns::Start(const Asked& asked) {
  const Workflow& workflow = asked.workflow;
  const WorkflowWorld& world = parts_.world;
  std::map<std::string, Json> given = asked.inputs;
  if (!asked.with_run.empty()) {
    // Inputs are that run's, but for those that are given.
    auto with = parts_.store.Load(asked.with_run);
    if (!with) return with.error();
    for (const auto& [name, value] : with->info.inputs.as_object()) given.emplace(name, value);
  }
  auto inputs = WorkflowInputs(workflow, given, world.door);
  if (!inputs) return inputs.error();
  if (auto s = CheckWorkflowPaths(workflow, *inputs, world.door); !s) return s.error();
  const WorkflowBound bound = BoundWorkflow(workflow, world.profile, *inputs, world.door);
  if (auto s = WithinBound(bound, asked.bound_tokens, asked.bound_dollars); !s) return s.error();
  auto id = CreateWorkflowRun(parts_.store, {.workflow = workflow,
                                             .inputs = std::move(*inputs),
                                             .model = parts_.model,
                                             .with_run = asked.with_run,
                                             .from_step = asked.from_step});
  if (!id) return id.error();
  auto claim = std::make_shared<Claims::Claim>(running_, *id);
  CHECK(claim->holds());  // its id is new
  Json about(Json::Object{{"bound", WorkflowBoundJson(bound)}});
  auto run = Carry({.id = *id,
                    .title = workflow.name,
                    .client = asked.client,
                    .budgets = asked.budgets,
                    .about = std::move(about)},
                   std::move(claim));
  if (!run) (void)parts_.store.Remove(*id);  // if this fails it is listed as one to resume
  return run;
}

Result<std::shared_ptr<Run>> WorkflowRuns::Resume(const std::string& id, const AgentLimits& budgets,
                                                  const std::string& client) {
  auto record = parts_.store.Load(id);
  if (!record) return record.error();
  const WorkflowRunInfo& info = record->info;
  if (HasEnded(info.state))
    return Invalid("this run has ended (" + info.state + "); start a new one");
  if (info.model != parts_.model) {
    return Invalid("this run is one of '" + info.model + "', and '" + parts_.model + "' runs here");
  }
  auto claim = std::make_shared<Claims::Claim>(running_, info.id);
  if (!claim->holds())
    return Error{Code::kBusy, "this run is being carried out; /api/runs lists it"};
  if (auto free = parts_.store.Lock(info.id); !free) return free.error();
  Json about(Json::Object{{"bound", BoundOf(*record, parts_.world)}});
  return Carry({.id = info.id,
                .title = info.workflow,
                .client = client,
                .budgets = budgets,
                .before = info.usage,
                .about = std::move(about)},
               std::move(claim));
}

Status WorkflowRuns::Remove(const std::string& id) {
  auto record = parts_.store.Load(id);
  if (!record) return record.error();
  const Claims::Claim claim(running_, record->info.id);
  if (!claim.holds()) return Error{Code::kBusy, "this run is being carried out; stop it first"};
  auto lock = parts_.store.Lock(record->info.id);
  if (!lock) return lock.error();
  return parts_.store.Remove(record->info.id);
}

std::shared_ptr<Run> WorkflowRuns::Live(const std::string& id) const {
  for (const auto& run : parts_.runs.List()) {
    const Json* of = run->about().Find("workflow_run");
    if (of != nullptr && *of == Json(id) && !run->ended()) return run;
  }
  return nullptr;
}

bool WorkflowRuns::IsResumable(const WorkflowRunInfo& info) const {
  if (HasEnded(info.state) || info.model != parts_.model || Live(info.id)) return false;
  return info.state != "open" || parts_.store.Lock(info.id).ok();
}

std::shared_ptr<Run> WorkflowRuns::Carry(Job job, std::shared_ptr<Claims::Claim> claim) {
  Json about = std::move(job.about);
  about.Set("workflow_run", job.id);
  return parts_.runs.Start({.kind = "workflow",
                            .title = job.title,
                            .client = job.client,
                            .about = std::move(about),
                            .waits_for_people = true,
                            .work = [this, job, claim = std::move(claim)](Run& run) mutable {
                              auto result = Work(job, run);
                              claim.reset();  // before the run ends: it may be resumed
                              return result;
                            }});
}

Result<Json> WorkflowRuns::Work(const Job& job, Run& run) {
  WorkflowRunOptions options{
      .budgets = job.budgets,
      .approver = [&](const WorkflowQuestion& question) { return Ask(question, run); },
      .events = [&](const Event& event) { Pass(event, run); },
      .cancel = run.cancel()};
  auto outcome = RunWorkflow(parts_.store, job.id, parts_.world, options);
  if (!outcome) return outcome.error();
  parts_.metrics.CountGeneration(
      {.operation = "invoke_workflow", .usage = Between(job.before, outcome->usage)});
  if (outcome->state == "failed") return Invalid(outcome->reason);
  return OutcomeJson(*outcome);
}

std::optional<bool> WorkflowRuns::Ask(const WorkflowQuestion& question, Run& run) {
  using Kind = WorkflowQuestion::Kind;
  ApprovalQuestion approval{.run = run.id(),
                            .step = question.step,
                            .tool = question.tool,
                            .effect = question.effect,
                            .text = question.text,
                            .reason = question.reason};
  if (question.kind == Kind::kApprove) approval.kind = "approve";
  if (question.kind == Kind::kCut) approval.kind = "again";
  const Json place(Json::Object{{"step", question.step}, {"instance", question.instance}});
  Json data = place;
  data.Set("kind", approval.kind);
  data.Set("question", question.text);
  run.Emit("step.asked", Json(Json::Object{{"data", std::move(data)}}));
  const Run::Waiting waiting(run);
  const auto allowed = parts_.approvals.Ask(approval, *run.cancel());
  data = place;
  data.Set("allowed", allowed ? Json(*allowed) : Json());
  run.Emit("step.answered", Json(Json::Object{{"data", std::move(data)}}));
  return allowed;
}

PathDoor DoorTo(std::vector<std::string> roots) {
  return [roots = std::move(roots)](const std::string& path, PathUse use) -> Result<std::string> {
    if (use == PathUse::kRead) return PathBeneath(roots, path);
    const std::filesystem::path written(path);
    const std::string folder = written.parent_path().string();
    const std::string name = written.filename().string();
    if (name.empty() || name == "." || name == "..") return Invalid("names no file", path);
    auto real = PathBeneath(roots, folder.empty() ? "." : folder);
    if (!real) return real.error();
    const std::filesystem::path target = std::filesystem::path(*real) / name;
    for (const std::string& root : roots) {
      const std::string inside = target.lexically_relative(root).string();
      if (!inside.starts_with("..") && IsProtectedPath(inside, {}))
        return Error{Code::kPolicyDenied, "this file is never written by a workflow", path};
    }
    return target.string();
  };
}

}  // namespace fathom::http
