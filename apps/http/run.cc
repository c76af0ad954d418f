// SPDX-License-Identifier: Apache-2.0
#include "apps/http/run.h"

#include <algorithm>
#include <ctime>

#include "base/limits.h"

namespace fathom::http {
namespace {

constexpr std::chrono::milliseconds kProgressEvery{100};
constexpr size_t kWaitingRunsMax = 16;

}  // namespace

std::string NowText() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  return {text, std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

Run::Run(std::string kind, std::string title, Json about)
    : id_("run-" + RandomId()),
      kind_(std::move(kind)),
      title_(std::move(title)),
      created_(NowText()),
      about_(std::move(about)) {
  Emit("queued");
}

void Run::EmitLocked(std::string_view type, Json data) {
  const bool is_small_talk =
      type == "delta" || type.starts_with("delta.") || type == "progress" || type == "candidate";
  if (is_small_talk && bytes_ > kHttpRunEventsBytesMax) return;
  const size_t id = events_.size() + 1;
  data.Set("id", id);
  data.Set("type", type);
  data.Set("seconds", std::chrono::duration<double>(Clock::now() - start_).count());
  events_.push_back("id: " + std::to_string(id) + "\nevent: " + std::string(type) +
                    "\ndata: " + data.Dump() + "\n\n");
  bytes_ += events_.back().size();
  for (const Bell* reader : readers_) reader->Ring();
}

void Run::Emit(std::string_view type, Json data) {
  std::lock_guard lock(mutex_);
  EmitLocked(type, std::move(data));
}

void Run::Progress(std::string_view stage, size_t done, size_t total, Json place) {
  std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  if (stage == last_stage_ && now - last_progress_ < kProgressEvery && done != total) return;
  last_progress_ = now;
  last_stage_ = stage;
  place.Set("stage", stage);
  place.Set("done", done);
  place.Set("total", total);
  EmitLocked("progress", std::move(place));
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

void Run::SetState(std::string_view state) {
  std::lock_guard lock(mutex_);
  state_ = state;
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
  if (about_.is_object()) {
    for (const auto& [key, value] : about_.as_object()) json.Set(key, value);
  }
  if (!result_.is_null()) json.Set("result", result_);
  return json;
}

bool Run::ended() const {
  std::lock_guard lock(mutex_);
  return EndedLocked();
}

bool Run::EndedLocked() const {
  return state_ == "done" || state_ == "failed" || state_ == "cancelled";
}

Run::Reader::Reader(Run& run, size_t last) : run_(run), last_(last) {
  std::lock_guard lock(run_.mutex_);
  run_.readers_.insert(&bell_);
}

Run::Reader::~Reader() {
  std::lock_guard lock(run_.mutex_);
  run_.readers_.erase(&bell_);
}

bool Run::Reader::Read(std::string* out) {
  bell_.Silence();
  std::lock_guard lock(run_.mutex_);
  const auto& events = run_.events_;
  for (; last_ < events.size() && out->size() < kHttpStreamBufferBytesMax; ++last_)
    *out += events[last_];
  return last_ < events.size() || !run_.EndedLocked();
}

void Runs::Stop() {
  for (const auto& run : List()) *run->cancel() = true;
  std::unique_lock lock(mutex_);
  auto threads = std::move(threads_);
  threads_.clear();
  lock.unlock();
  for (auto& [run, thread] : threads) thread.join();
}

void Runs::Carry(const std::shared_ptr<Run>& run, const Work& work) {
  run->Begin();
  if (run->cancel()->load()) return run->End("cancelled", Json());
  auto result = work(*run);
  if (result) return run->End(run->cancel()->load() ? "cancelled" : "done", std::move(*result));
  if (result.error().code == Code::kCancelled) return run->End("cancelled", Json());
  Json data = Json::EmptyObject();
  data.Set("error", FromError(result.error()).message);
  run->Emit("error", std::move(data));
  run->End("failed", Json());
}

bool Runs::StartThread(const std::shared_ptr<Run>& run, Work work) {
  std::lock_guard lock(mutex_);
  for (auto at = threads_.begin(); at != threads_.end();) {
    if (!at->first->ended()) {
      ++at;
      continue;
    }
    at->second.join();
    at = threads_.erase(at);
  }
  if (threads_.size() >= kWaitingRunsMax) return false;
  threads_.emplace_back(run, std::thread([run, work = std::move(work)] { Carry(run, work); }));
  return true;
}

std::shared_ptr<Run> Runs::Start(Task task) {
  auto run = std::make_shared<Run>(task.kind, task.title, std::move(task.about));
  if (task.waits_for_people) {
    if (!StartThread(run, std::move(task.work))) return nullptr;
  } else {
    const auto ticket = admission_.Submit(
        {.client = task.client, .tokens = task.tokens, .run = [run, work = std::move(task.work)] {
           Carry(run, work);
         }});
    if (!ticket) return nullptr;
  }
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
