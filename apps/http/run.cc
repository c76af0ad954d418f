// SPDX-License-Identifier: Apache-2.0
#include "apps/http/run.h"

#include <algorithm>
#include <ctime>

#include "base/limits.h"

namespace fathom::http {
namespace {

constexpr std::chrono::milliseconds kProgressEvery{100};

}  // namespace

std::string NowText() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  return {text, std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

Run::Run(std::string kind, std::string title)
    : id_("run-" + RandomId()),
      kind_(std::move(kind)),
      title_(std::move(title)),
      created_(NowText()) {
  Emit("queued");
}

void Run::EmitLocked(std::string_view type, Json data) {
  const bool is_small_talk = type == "delta" || type == "progress" || type == "candidate";
  if (is_small_talk && bytes_ > kHttpRunEventsBytesMax) return;
  const size_t id = events_.size() + 1;
  data.Set("id", id);
  data.Set("type", type);
  data.Set("seconds", std::chrono::duration<double>(Clock::now() - start_).count());
  events_.push_back("id: " + std::to_string(id) + "\nevent: " + std::string(type) +
                    "\ndata: " + data.Dump() + "\n\n");
  bytes_ += events_.back().size();
}

void Run::Emit(std::string_view type, Json data) {
  std::lock_guard lock(mutex_);
  EmitLocked(type, std::move(data));
}

void Run::Progress(std::string_view stage, size_t done, size_t total) {
  std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  if (stage == last_stage_ && now - last_progress_ < kProgressEvery && done != total) return;
  last_progress_ = now;
  last_stage_ = stage;
  Json data = Json::EmptyObject();
  data.Set("stage", stage);
  data.Set("done", done);
  data.Set("total", total);
  EmitLocked("progress", std::move(data));
}

void Run::Begin() {
  std::lock_guard lock(mutex_);
  state_ = "running";
  EmitLocked("started", Json::EmptyObject());
}

void Run::End(std::string_view state, Json result) {
  std::lock_guard lock(mutex_);
  state_ = state;
  result_ = std::move(result);
  Json data = Json::EmptyObject();
  data.Set("state", state);
  EmitLocked("done", std::move(data));
}

Json Run::Describe() const {
  std::lock_guard lock(mutex_);
  Json json = Json::EmptyObject();
  json.Set("id", id_);
  json.Set("kind", kind_);
  json.Set("title", title_);
  json.Set("state", state_);
  json.Set("created", created_);
  json.Set("last_event", events_.size());
  if (!result_.is_null()) json.Set("result", result_);
  return json;
}

bool Run::ended() const {
  std::lock_guard lock(mutex_);
  return state_ != "queued" && state_ != "running";
}

bool Run::Read(size_t* last, std::string* out) const {
  std::lock_guard lock(mutex_);
  for (; *last < events_.size() && out->size() < kHttpStreamBufferBytesMax; ++*last)
    *out += events_[*last];
  return *last < events_.size() || state_ == "queued" || state_ == "running";
}

void Runs::CancelAll() {
  for (const auto& run : List()) *run->cancel() = true;
}

std::shared_ptr<Run> Runs::Start(Task task) {
  auto run = std::make_shared<Run>(task.kind, task.title);
  const auto ticket = admission_.Submit(
      {.client = task.client, .tokens = task.tokens, .run = [run, work = std::move(task.work)] {
         run->Begin();
         if (run->cancel()->load()) return run->End("cancelled", Json());
         auto result = work(*run);
         if (result)
           return run->End(run->cancel()->load() ? "cancelled" : "done", std::move(*result));
         if (result.error().code == Code::kCancelled) return run->End("cancelled", Json());
         Json data = Json::EmptyObject();
         data.Set("error", FromError(result.error()).message);
         run->Emit("error", std::move(data));
         run->End("failed", Json());
       }});
  if (!ticket) return nullptr;
  std::lock_guard lock(mutex_);
  runs_.push_front(run);
  while (runs_.size() > kHttpRunsMax) {
    const auto oldest =
        std::find_if(runs_.rbegin(), runs_.rend(), [](const auto& each) { return each->ended(); });
    if (oldest == runs_.rend()) break;
    runs_.erase(std::next(oldest).base());
  }
  return run;
}

std::shared_ptr<Run> Runs::Find(const std::string& id) const {
  std::lock_guard lock(mutex_);
  for (const auto& run : runs_) {
    if (run->id() == id) return run;
  }
  return nullptr;
}

std::vector<std::shared_ptr<Run>> Runs::List() const {
  std::lock_guard lock(mutex_);
  return {runs_.begin(), runs_.end()};
}

}  // namespace fathom::http
