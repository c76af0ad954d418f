// SPDX-License-Identifier: Apache-2.0
#include "apps/http/approvals.h"

#include <algorithm>
#include <chrono>

#include "apps/http/message.h"
#include "apps/http/run.h"

namespace fathom::http {
namespace {

constexpr std::chrono::milliseconds kCancelSeenWithin{50};

}  // namespace

std::optional<bool> Approvals::Ask(const ApprovalQuestion& question,
                                   const std::atomic<bool>& cancel) {
  Waiting mine{.id = "approval-" + RandomId(), .created = NowText(), .question = question};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&mine);
  while (!mine.allowed && !cancel.load()) decided_.wait_for(lock, kCancelSeenWithin);
  std::erase(waiting_, &mine);
  return mine.allowed;
}

Json Approvals::ToJson(const Waiting& waiting) {
  const ApprovalQuestion& question = waiting.question;
  Json json = Json::EmptyObject();
  json.Set("id", waiting.id);
  json.Set("kind", question.kind);
  json.Set("run", question.run);
  json.Set("step", question.step.empty() ? Json() : Json(question.step));
  json.Set("tool", question.tool);
  json.Set("effect", question.effect);
  json.Set("arguments", question.text);
  json.Set("reason", question.reason);
  json.Set("state", !waiting.allowed ? "waiting" : *waiting.allowed ? "allowed" : "denied");
  json.Set("created", waiting.created);
  return json;
}

Json Approvals::List() const {
  std::lock_guard lock(mutex_);
  Json list = Json::EmptyArray();
  for (const Waiting* waiting : waiting_) {
    if (!waiting->allowed) list.Push(ToJson(*waiting));
  }
  return list;
}

std::optional<Json> Approvals::Decide(const std::string& id, bool allow) {
  std::lock_guard lock(mutex_);
  for (Waiting* waiting : waiting_) {
    if (waiting->id != id || waiting->allowed) continue;
    waiting->allowed = allow;
    decided_.notify_all();
    return ToJson(*waiting);
  }
  return std::nullopt;
}

}  // namespace fathom::http
