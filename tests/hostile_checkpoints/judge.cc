// SPDX-License-Identifier: Apache-2.0
#include "tests/hostile_checkpoints/judge.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/sha256.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/engine.h"
#include "tests/hostile_checkpoints/counted_memory.h"

namespace fathom::hostile {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kSecondsMax = 30;  // for one load; the slowest takes a fraction of a second
constexpr size_t kWrongShown = 40;

// For the handler of signals, which may only read what is already there.
char current_lie[128] = "none";

void SayWhichLie(int signal) {
  const auto say = [](const char* text) { (void)!::write(2, text, std::strlen(text)); };
  say(signal == SIGALRM ? "\nhang in lie " : "\ncrash in lie ");
  say(current_lie);
  say("\n");
  ::signal(signal, SIG_DFL);
  ::raise(signal == SIGALRM ? SIGABRT : signal);
}

std::string Structure(const Checkpoint& checkpoint) {
  std::string text;
  for (const NamedParts& named : GgufOrder(checkpoint.weights, checkpoint.config)) {
    for (const StoredTensor* part : named.parts) {
      text += named.name + " " + DTypeName(part->type) + ShapeText(part->shape) + " " +
              Sha256Hex(part->bytes) + "\n";
    }
  }
  return text;
}

// What opens must also run, or say why not.
std::string RunFewTokens(Engine& engine) {
  auto session = engine.NewSession({.context_tokens_max = 16, .chunk_tokens = 4});
  if (!session) return session.error().Text();
  const Token tokens[] = {1, 2, 3};
  if (auto status = session->Append(tokens); !status) return status.error().Text();
  const auto logits = session->Logits();
  return logits ? "" : logits.error().Text();
}

std::string PathOf(const std::string& folder, const Files& files) {
  return files.contains(kGguf) ? folder + "/" + kGguf : folder;
}

// The base whose tensors a lie's files resemble. A Q8_0 file is less than half as long as f32's.
const Files& Resembled(const Files& files, const Base& base) {
  if (!files.contains(kGguf)) return files.contains(kIndex) ? base.sharded : base.hf;
  const bool small = files.at(kGguf).size() < base.gguf.at(kGguf).size() / 2;
  return small ? base.gguf_q8 : base.gguf;
}

}  // namespace

Outcome LoadWithEngine(const std::string& path) {
  Outcome outcome;
  const auto start = std::chrono::steady_clock::now();
  const size_t before = LiveBytes();
  ResetPeakBytes();
  auto engine = Engine::Open({.checkpoint = path, .threads = 1});
  outcome.extra_bytes = PeakBytes() - before;
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
  outcome.microseconds = took.count();
  outcome.loaded = engine.ok();
  if (!engine) {
    outcome.error = engine.error().Text();
    return outcome;
  }
  (void)RunFewTokens(**engine);
  const auto checkpoint = LoadCheckpoint(path);
  if (checkpoint) outcome.structure = Structure(*checkpoint);
  return outcome;
}

std::optional<std::string> Judge(const Hostile& told, const Outcome& outcome,
                                 const std::string& base_structure, const std::string& folder) {
  if (outcome.extra_bytes > kExtraBytesMax) {
    return "took " + std::to_string(outcome.extra_bytes >> 20) +
           " MiB beside the files: " + outcome.error.substr(0, 200);
  }
  if (outcome.loaded) {
    if (!told.may_load) return "was loaded";
    if (outcome.structure == base_structure) return std::nullopt;
    return "was loaded with other tensors than the base";
  }
  if (outcome.error.find(folder) == std::string::npos)
    return "was refused without a place: " + outcome.error.substr(0, 300);
  if (outcome.error.find(told.mention) == std::string::npos) {
    return "was refused without naming `" + told.mention + "`: " + outcome.error.substr(0, 300);
  }
  return std::nullopt;
}

Trial::Trial(Loader loader, std::string name)
    : loader_(std::move(loader)),
      folder_(fs::temp_directory_path() / ("fathom-" + name + "-" + std::to_string(::getpid()))) {
  fs::create_directories(folder_);
  for (const int number : {SIGALRM, SIGABRT, SIGSEGV, SIGBUS, SIGFPE}) {
    ::signal(number, SayWhichLie);
  }
}

Trial::~Trial() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string Trial::Write(const Files& files) {
  for (const auto& [name, bytes] : on_disk_) {
    const auto now = files.find(name);
    if (now == files.end() || now->second != bytes) fs::remove_all(folder_ + "/" + name);
  }
  for (const auto& [name, bytes] : files) {
    const auto then = on_disk_.find(name);
    if (then != on_disk_.end() && then->second == bytes) continue;
    const std::string path = folder_ + "/" + name;
    if (name.ends_with('/')) {
      fs::create_directory(path);
    } else if (bytes == kFifo) {
      CHECK(::mkfifo(path.c_str(), 0600) == 0);
    } else {
      std::ofstream(path, std::ios::binary) << bytes;
    }
  }
  on_disk_ = files;
  return PathOf(folder_, files);
}

Outcome Trial::Load(const Files& files) {
  const std::string path = Write(files);
  ::alarm(kSecondsMax);
  Outcome outcome = loader_(path);
  ::alarm(0);
  return outcome;
}

void Trial::Tell(const Lie& lie, const Base& base) {
  std::strncpy(current_lie, lie.name, sizeof(current_lie) - 1);
  size_t telling = 0;
  lie.tell(base, [&](const Hostile& hostile) {
    std::string structure;
    if (hostile.may_load) {
      const Files& truth = Resembled(hostile.files, base);
      auto& known = structures_[&truth];
      if (known.empty()) known = Load(truth).structure;
      structure = known;
    }
    const Outcome outcome = Load(hostile.files);
    ++told;
    ++telling;
    ++(outcome.loaded ? loaded : refused);
    if (!outcome.loaded) microseconds.push_back(outcome.microseconds);
    if (outcome.extra_bytes > extra_bytes_most) {
      extra_bytes_most = outcome.extra_bytes;
      extra_bytes_by = lie.name;
    }
    const auto verdict = Judge(hostile, outcome, structure, folder_);
    if (!verdict) return;
    ++wrong_count;
    if (wrong.size() < kWrongShown)
      wrong.push_back(std::string(lie.name) + " #" + std::to_string(telling) + " " + *verdict);
  });
  std::strncpy(current_lie, "none", sizeof(current_lie) - 1);
}

}  // namespace fathom::hostile
