// SPDX-License-Identifier: Apache-2.0
// fathom bench state: what it costs to keep what was read. The prompt is read and saved as a corpus
// is, in blocks; a new process restores it and says which logits follow; another restores it,
// begins to save it anew and is killed before the rename; a third restores what is there then.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <span>

#include "apps/bench.h"
#include "apps/peer.h"
#include "apps/progress.h"
#include "base/files.h"
#include "base/json.h"
#include "base/sha256.h"
#include "engine/rewind.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kForkTokens = 1'024;
constexpr int kForkRepeats = 1'000;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Result<std::string> LogitsHash(Session& session) {
  auto logits = session.Logits();
  if (!logits) return logits.error();
  return Sha256Hex(
      {reinterpret_cast<const uint8_t*>(logits->data()), logits->size() * sizeof(float)});
}

Result<double> LeastForkSeconds(const Session& session) {
  double least = 1e9;
  for (int i = 0; i < kForkRepeats; ++i) {
    const auto start = Clock::now();
    auto fork = session.Fork();
    if (!fork) return fork.error();
    least = std::min(least, SecondsSince(start));
  }
  return least;
}

// A child's part: one JSON object on stdout.
int RunRestore(const Common& common, const StateBenchFlags& flags) {
  auto model = LoadModel(common);
  if (!model) return Fail(model.error());
  const auto start = Clock::now();
  auto session = model->engine->Restore(flags.restore, {.context_tokens_max = flags.tokens});
  const double seconds = SecondsSince(start);
  if (!session) return Fail(session.error());
  auto hash = LogitsHash(*session);
  if (!hash) return Fail(hash.error());
  if (flags.save_again) {
    if (auto saved = SaveWithCheckpoints(*session, flags.restore); !saved)
      return Fail(saved.error());
  }
  Json json = Json::EmptyObject();
  json.Set("seconds", seconds);
  json.Set("tokens", session->position());
  json.Set("recomputed", session->usage().prefilled);
  json.Set("logits_sha256", *hash);
  std::printf("%s\n", json.Dump().c_str());
  return kExitDone;
}

class StateBench {
 public:
  StateBench(const Common& common, const StateBenchFlags& flags, std::string path)
      : common_(common),
        flags_(flags),
        path_(std::move(path)),
        progress_({.quiet = common.quiet}) {}

  Result<Json> Run() {
    if (auto status = ReadAndSave(); !status) return status.error();
    progress_.Stage("restoring in a new process");
    if (auto status = Restored("restore"); !status) return status.error();
    progress_.Stage("killing a save");
    auto killed = Child(true);
    if (!killed) return killed.error();
    if (killed->signal != SIGKILL)
      return Error{Code::kInvalid, "the process that was to die while saving lived on"};
    if (auto status = Restored("restore_after_kill"); !status) return status.error();
    if (!flags_.peers) return std::move(json_);
    progress_.Stage("the same by llama.cpp");
    auto peer = RunLlamaState({.checkpoint = checkpoint_,
                               .tokens = flags_.tokens,
                               .threads = threads_,
                               .vocabulary = vocabulary_,
                               .path = path_ + ".llama"});
    if (!peer) return peer.error();
    json_.Set("peer", std::move(*peer));
    return std::move(json_);
  }

 private:
  Status ReadAndSave() {
    progress_.Stage("loading the model " + common_.model);
    auto model = LoadModel(common_);
    if (!model) return model.error();
    Engine& engine = *model->engine;
    checkpoint_ = model->profile.checkpoint;
    vocabulary_ = engine.info().vocabulary;
    threads_ = engine.thread_count();
    const auto tokens = BenchTokens(flags_.tokens, vocabulary_);
    auto session = engine.NewSession({.context_tokens_max = flags_.tokens});
    if (!session) return session.error();
    json_.Set("tokens", flags_.tokens);
    json_.Set("threads", threads_);
    const size_t first = std::min(kForkTokens, flags_.tokens);
    double read_seconds = 0;
    for (const auto part : {std::span(tokens).first(first), std::span(tokens).subspan(first)}) {
      progress_.Stage("reading " + Thousands(flags_.tokens) + " tokens");
      const auto start = Clock::now();
      if (auto status = session->Append(part, {.cancel = Interrupted()}); !status) return status;
      read_seconds += SecondsSince(start);
      auto fork_seconds = LeastForkSeconds(*session);
      if (!fork_seconds) return fork_seconds.error();
      json_.Set(part.data() == tokens.data() ? "fork_seconds_1k" : "fork_seconds", *fork_seconds);
    }
    json_.Set("read_seconds", read_seconds);
    auto hash = LogitsHash(*session);
    if (!hash) return hash.error();
    hash_ = *hash;
    const auto start = Clock::now();
    auto bytes = SaveWithCheckpoints(*session, path_);
    if (!bytes) return bytes.error();
    json_.Set("save_seconds", SecondsSince(start));
    json_.Set("bytes", *bytes);
    return OkStatus();
  }

  Result<ChildOutput> Child(bool killed) {
    std::vector<std::string> argv = {"env", "/proc/self/exe"};
    std::error_code error;
    argv[1] = std::filesystem::read_symlink("/proc/self/exe", error).string();
    if (error) return IoError(error.message(), "/proc/self/exe");
    if (killed) argv.insert(argv.begin() + 1, "FATHOM_CRASH_AT=state.before_rename");
    for (const std::string& argument :
         {std::string("bench"), std::string("state"), std::string("--model"), common_.model,
          std::string("--threads"), std::to_string(threads_), std::string("--device"),
          common_.device, std::string("--kv-type"), common_.kv_type, std::string("--tokens"),
          std::to_string(flags_.tokens), std::string("--restore"), path_}) {
      argv.push_back(argument);
    }
    if (killed) argv.push_back("--save-again");
    return RunChild(std::move(argv));
  }

  Status Restored(const char* what) {
    auto child = Child(false);
    if (!child) return child.error();
    auto json = Json::Parse(child->text);
    if (child->exit_status != kExitDone || !json)
      return Error{Code::kInvalid, "the process that restores failed", path_};
    const Json* hash = json->Find("logits_sha256");
    const Json* seconds = json->Find("seconds");
    if (hash == nullptr || !hash->is_string() || seconds == nullptr || !seconds->is_number())
      return Error{Code::kInvalid, "the process that restores printed no result", path_};
    json->Set("logits_equal", hash->as_string() == hash_);
    json->Set("ratio",
              json_.Find("read_seconds")->as_double() / std::max(seconds->as_double(), 1e-9));
    json_.Set(what, std::move(*json));
    return OkStatus();
  }

  const Common& common_;
  const StateBenchFlags& flags_;
  const std::string path_;
  ProgressLine progress_;
  std::string checkpoint_, hash_;
  int vocabulary_ = 0, threads_ = 0;
  Json json_ = Json::EmptyObject();
};

double Number(const Json& json, const char* key) {
  const Json* value = json.Find(key);
  return value != nullptr && value->is_number() ? value->as_double() : 0;
}

void PrintRestore(const char* who, const Json& json) {
  const Json* equal = json.Find("logits_equal");
  std::printf("%-34s %9.3f s  %8.0fx  %7.0f recomputed, what follows is %s\n", who,
              Number(json, "seconds"), Number(json, "ratio"), Number(json, "recomputed"),
              equal != nullptr && equal->is_bool() && equal->as_bool() ? "bit-equal" : "different");
}

void Print(const Json& json) {
  std::printf("%s tokens, %.0f threads, a state of %.1f MB\n",
              Thousands(static_cast<size_t>(Number(json, "tokens"))).c_str(),
              Number(json, "threads"), Number(json, "bytes") / 1e6);
  std::printf("%-34s %9.3f s\n%-34s %9.3f s\n", "read", Number(json, "read_seconds"), "saved",
              Number(json, "save_seconds"));
  PrintRestore("restored in a new process", *json.Find("restore"));
  PrintRestore("restored after a save was killed", *json.Find("restore_after_kill"));
  std::printf("%-34s %9.1f us at 1,024 tokens, %.1f us at all\n", "fork",
              1e6 * Number(json, "fork_seconds_1k"), 1e6 * Number(json, "fork_seconds"));
  const Json* peer = json.Find("peer");
  if (peer == nullptr) return;
  std::printf("%-34s %9.3f s\n%-34s %9.3f s, %.1f MB\n", "llama.cpp: read",
              Number(*peer, "read_seconds"), "llama.cpp: saved", Number(*peer, "save_seconds"),
              Number(*peer, "bytes") / 1e6);
  PrintRestore("llama.cpp: restored", *peer);
}

}  // namespace

int RunStateBench(const Common& common, const StateBenchFlags& flags) {
  if (!flags.restore.empty()) return RunRestore(common, flags);
  auto places = UserPlaces();
  if (!places) return Fail(places.error());
  const std::string bench = places->cache + "/bench",
                    folder = bench + "/" + std::to_string(::getpid());
  for (const std::string& made : {bench, folder}) {
    if (auto status = EnsurePrivateDir(made); !status) return Fail(status.error());
  }
  auto json = StateBench(common, flags, folder + "/corpus.state").Run();
  std::error_code error;
  std::filesystem::remove_all(folder, error);  // also what the killed save left
  if (!json) return Fail(json.error());
  if (common.json) {
    std::printf("%s\n", json->Dump().c_str());
  } else {
    Print(*json);
  }
  return kExitDone;
}

}  // namespace fathom
