// SPDX-License-Identifier: Apache-2.0
#include "apps/app.h"

#include <malloc.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "agent/audit.h"
#include "apps/progress.h"
#include "base/files.h"
#include "base/terminal_text.h"
#include "base/yaml.h"
#include "engine/state_memory.h"

namespace fathom {
namespace {

std::atomic<bool> interrupted{false}, must_end{false};

termios terminal_at_start;
bool has_terminal = false;

void OnSignal(int signal) {
  if (signal != SIGINT) must_end = true;
  if (!interrupted.exchange(true)) return;
  // A line editor may have changed it. In the background it is another program's.
  if (has_terminal && tcgetpgrp(STDIN_FILENO) == getpgrp())
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal_at_start);
  _exit(kExitInterrupted);
}

struct KnownSetting {
  std::string_view key;
  std::string_view environment;
  std::string_view fallback;
};
constexpr KnownSetting kSettings[] = {
    {"model", "FATHOM_MODEL", kDefaultModel}, {"threads", "FATHOM_THREADS", "0"},
    {"device", "FATHOM_DEVICE", "auto"},      {"state_memory", "FATHOM_STATE_MEMORY", "0"},
    {"kv_type", "FATHOM_KV_TYPE", "auto"},    {"fail_on", "FATHOM_FAIL_ON", ""},
};

Status ApplyFile(const std::string& path, std::vector<Setting>& settings) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return {};
  auto document = ReadYamlFile(path);
  if (!document) return document.error();
  if (document->value.is_null()) return {};
  auto map = YamlMap::At(*document);
  if (!map) return map.error();
  // `suppress` belongs to the audit (agent/suppress.h), which checks it.
  if (auto status = map->OnlyKeys(
          {"model", "threads", "device", "state_memory", "kv_type", "fail_on", "suppress"});
      !status)
    return status;
  for (Setting& setting : settings) {
    const Json* value = map->Find(setting.key);
    if (!value) continue;
    if (!value->is_string() && !value->is_int())
      return map->ErrorAt(setting.key, "must be text or a whole number");
    setting.value = value->is_string() ? value->as_string() : std::to_string(value->as_int());
    setting.origin = document->PlaceOf(map->PointerOf(setting.key));
  }
  return {};
}

// Model states come and go between those that are kept. glibc raises its threshold for mapping with
// every one that is freed, and would soon put all of them into a heap that only grows.
void ReturnFreedStates() {
  mallopt(M_MMAP_THRESHOLD, 128 << 10);
}

}  // namespace

Result<std::vector<Setting>> LoadSettings() {
  std::vector<Setting> settings;
  for (const KnownSetting& known : kSettings) {
    settings.push_back({std::string(known.key), std::string(known.fallback), "default"});
  }
  auto places = UserPlaces();
  if (!places) return places.error();
  for (const std::string& path : {places->config + "/config.yaml", std::string(".fathom.yaml")}) {
    if (auto status = ApplyFile(path, settings); !status) return status.error();
  }
  for (size_t i = 0; i < settings.size(); ++i) {
    const char* value = std::getenv(std::string(kSettings[i].environment).c_str());
    if (!value || !*value) continue;
    settings[i].value = value;
    settings[i].origin = kSettings[i].environment;
  }
  return settings;
}

std::string SettingOr(const std::vector<Setting>& settings, std::string_view key,
                      std::string_view fallback) {
  for (const Setting& setting : settings) {
    if (setting.key == key && !setting.value.empty()) return setting.value;
  }
  return std::string(fallback);
}

const std::atomic<bool>* Interrupted() {
  return &interrupted;
}

void CatchInterrupts() {
  has_terminal = tcgetattr(STDIN_FILENO, &terminal_at_start) == 0;
  struct sigaction action {};
  action.sa_handler = OnSignal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  struct sigaction hangup {};
  sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);  // not under nohup
  signal(SIGPIPE, SIG_IGN);
}

bool ForgetInterrupt() {
  if (must_end) return false;
  interrupted = false;
  return true;
}

int Fail(const Error& error) {
  const std::string text = error.place == kStateMemoryPlace
                               ? error.message + "; --state-memory gives them more"
                               : error.Text();
  std::fprintf(stderr, "fathom: %s\n", ForTerminal(text, {.keep_newlines = true}).c_str());
  switch (error.code) {
    case Code::kInvalid:
    case Code::kNotFound:
    case Code::kLimit:
      return kExitUsage;
    case Code::kCancelled:
      return kExitInterrupted;
    default:
      return kExitBackend;
  }
}

bool StdoutTakesColour() {
  if (std::getenv("NO_COLOR")) return false;
  if (const char* force = std::getenv("FORCE_COLOR"); force && *force) return true;
  const char* term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) && !(term && std::string_view(term) == "dumb");
}

Result<LoadedModel> LoadModel(const Common& common, OperatorTimes* operator_times) {
  auto profile = ResolveModel(common.model);
  if (!profile) return profile.error();
  if (!profile->endpoint.empty()) {
    return Error{Code::kUnavailable,
                 "this command runs an embedded model; an endpoint is not supported here",
                 common.model};
  }
  ReturnFreedStates();
  auto engine = Engine::Open({.checkpoint = profile->checkpoint,
                              .threads = common.threads,
                              .device = common.device,
                              .state_bytes_max = common.state_bytes_max,
                              .kv_type = common.kv_type,
                              .operator_times = operator_times});
  if (!engine) return engine.error();
  if (!(*engine)->tokenizer()) {
    return Invalid(
        "the checkpoint has no tokenizer (tokenizer.json beside the weights, or GGUF keys)",
        profile->checkpoint);
  }
  return LoadedModel{.profile = std::move(*profile), .engine = std::move(*engine)};
}

Result<std::unique_ptr<Catalog>> OpenCatalog() {
  auto places = UserPlaces();
  if (!places) return places.error();
  return Catalog::Open(places->cache);
}

Result<ReadingOptions> ReadingOptionsFor(const Common& common, const LoadedModel& model) {
  ReadingOptions options{.profile = {.system_text = model.profile.system_text,
                                     .window_tokens = model.profile.window_tokens()},
                         .keep = !common.no_keep,
                         .cancel = Interrupted()};
  if (model.profile.verdicts) {
    auto tokens = VerdictTokens(model.profile, *model.engine->tokenizer());
    if (!tokens) return tokens.error();
    options.profile.verdict_tokens = std::move(*tokens);
  }
  return options;
}

}  // namespace fathom
