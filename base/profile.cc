// SPDX-License-Identifier: Apache-2.0
#include "base/profile.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "base/files.h"
#include "base/limits.h"
#include "base/yaml.h"

namespace fathom {
namespace {

constexpr std::array<std::string_view, 4> kSeverityNames = {"low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 2> kFormatNames = {"nano", "m1"};
constexpr std::array<std::string_view, 3> kSecondLookNames = {"none", "refutation", "read_again"};
constexpr std::array<std::string_view, 4> kIntentNames = {"value", "definition", "use",
                                                          "statement"};
constexpr std::string_view kRemotePrefix = "remote:";
constexpr int64_t kTokensMax = static_cast<int64_t>(kContextTokensMax);
constexpr int64_t kToolsShownMax = 1'000;

Status ReadIdentity(const YamlMap& map, const std::string& root, Profile* profile);
Status ReadWindow(const YamlMap& map, Profile* profile);
Status ReadGeneration(const YamlMap& map, Profile* profile);
Status ReadPrices(const YamlMap& map, Profile* profile);
Status ReadRemote(const YamlMap& map, Profile* profile);
Result<Profile> EndpointProfile(const std::string& url, const std::string& root);
Status ReadPhrasings(const YamlMap& map, Profile* profile);
Status ReadVerdicts(const YamlMap& map, Profile* profile);
Result<VerdictFamily> ReadFamily(const YamlMap& map);
Status ReadTokens(const YamlMap& map, std::string_view key, int64_t min, size_t* out);
size_t IndexOf(std::span<const std::string_view> names, std::string_view name);
bool Exists(const std::string& path);
bool IsName(std::string_view text);
Result<std::string> FindNamed(const std::string& name, const std::string& root);

}  // namespace

std::string_view SeverityName(Severity severity) {
  return kSeverityNames[static_cast<size_t>(severity)];
}

std::optional<Severity> SeverityFromName(std::string_view name) {
  const size_t index = IndexOf(kSeverityNames, name);
  if (index == kSeverityNames.size()) return std::nullopt;
  return static_cast<Severity>(index);
}

size_t Profile::window_tokens() const {
  return std::min(window_accepted_tokens, window_reliable_tokens);
}

const Phrasing* Profile::FindPhrasing(std::string_view intent) const {
  for (const Phrasing& phrasing : phrasings) {
    if (phrasing.intent == intent) return &phrasing;
  }
  return nullptr;
}

Result<Profile> ReadProfile(const std::string& path, const std::string& root) {
  auto document = ReadYamlFile(path);
  if (!document) return document.error();
  auto map = YamlMap::At(*document);
  if (!map) return map.error();
  Profile profile;
  profile.source = path;
  if (auto known = map->OnlyKeys({"version",
                                  "name",
                                  "title",
                                  "checkpoint",
                                  "endpoint",
                                  "endpoint_model",
                                  "format",
                                  "window_accepted_tokens",
                                  "window_reliable_tokens",
                                  "system_text",
                                  "refusal_token",
                                  "refusal_min",
                                  "sampling",
                                  "output_tokens_max",
                                  "thinking",
                                  "prices",
                                  "remote",
                                  "converses",
                                  "phrasings",
                                  "force_term",
                                  "tools_shown",
                                  "verdicts",
                                  "second_look"});
      !known) {
    return known.error();
  }
  if (auto read = ReadIdentity(*map, root, &profile); !read) return read.error();
  if (auto read = ReadWindow(*map, &profile); !read) return read.error();
  if (auto read = ReadGeneration(*map, &profile); !read) return read.error();
  if (auto read = ReadPrices(*map, &profile); !read) return read.error();
  if (auto read = ReadRemote(*map, &profile); !read) return read.error();
  if (auto read = ReadPhrasings(*map, &profile); !read) return read.error();
  if (auto read = ReadVerdicts(*map, &profile); !read) return read.error();
  return profile;
}

Result<Profile> ResolveModel(const std::string& model) {
  auto root = InstallRoot();
  if (!root) return root.error();
  const bool is_url = model.starts_with("http://") || model.starts_with("https://");
  if (!is_url && IsName(model)) {
    auto path = FindNamed(model, *root);
    if (!path) return path.error();
    return ReadProfile(*path, *root);
  }
  if (model.ends_with(".yaml") || model.ends_with(".yml")) return ReadProfile(model, *root);
  if (is_url) return EndpointProfile(model, *root);
  if (model.starts_with(kRemotePrefix)) {
    const char* base = std::getenv("OPENAI_BASE_URL");
    if (base == nullptr || *base == '\0')
      return Invalid("needs OPENAI_BASE_URL, the address of the server that has the model", model);
    return EndpointProfile(base + ("#" + model.substr(kRemotePrefix.size())), *root);
  }
  struct stat status;
  if (::stat(model.c_str(), &status) != 0) {
    return Error{Code::kNotFound, "is no profile name, no file and no folder", model};
  }
  const std::string beside = S_ISDIR(status.st_mode) ? model + "/profile.yaml" : model + ".yaml";
  auto profile = Exists(beside) ? ReadProfile(beside, *root)
                                : ReadProfile(*root + "/configs/models/m1.yaml", *root);
  if (!profile) return profile;
  if (!Exists(beside)) profile->name = model;
  profile->checkpoint = model;
  profile->endpoint.clear();
  return profile;
}

namespace {

Status ReadIdentity(const YamlMap& map, const std::string& root, Profile* profile) {
  if (auto has = map.Require({"version", "name", "format"}); !has) return has;
  int64_t version = 0;
  if (auto read = map.Read("version", &version, {1, 1}); !read) return read;
  if (auto read = map.Read("name", &profile->name); !read) return read;
  if (auto read = map.Read("title", &profile->title); !read) return read;
  if (auto read = map.Read("checkpoint", &profile->checkpoint); !read) return read;
  if (auto read = map.Read("endpoint", &profile->endpoint); !read) return read;
  if (auto read = map.Read("endpoint_model", &profile->endpoint_model); !read) return read;
  if (profile->checkpoint.empty() == profile->endpoint.empty()) {
    return Invalid("needs \"checkpoint\" or \"endpoint\", and not both", map.place());
  }
  if (!profile->endpoint.empty() && !profile->endpoint.starts_with("https://") &&
      !profile->endpoint.starts_with("http://")) {
    return map.ErrorAt("endpoint", "must start with https:// or http://");
  }
  if (!profile->checkpoint.empty() && profile->checkpoint.front() != '/') {
    profile->checkpoint = root + "/" + profile->checkpoint;
  }
  std::string format;
  if (auto read = map.ReadOneOf("format", kFormatNames, &format); !read) return read;
  profile->format = static_cast<ChatFormat>(IndexOf(kFormatNames, format));
  if (auto read = map.Read("converses", &profile->converses); !read) return read;
  if (auto read = map.Read("system_text", &profile->system_text); !read) return read;
  if (auto read = map.Read("refusal_token", &profile->refusal_token); !read) return read;
  return map.Read("refusal_min", &profile->refusal_min, {0, 1});
}

Status ReadWindow(const YamlMap& map, Profile* profile) {
  if (auto has = map.Require({"window_accepted_tokens", "window_reliable_tokens"}); !has) {
    return has;
  }
  if (auto read = ReadTokens(map, "window_accepted_tokens", 1, &profile->window_accepted_tokens);
      !read) {
    return read;
  }
  return ReadTokens(map, "window_reliable_tokens", 1, &profile->window_reliable_tokens);
}

Status ReadGeneration(const YamlMap& map, Profile* profile) {
  if (auto read = ReadTokens(map, "output_tokens_max", 1, &profile->output_tokens_max); !read) {
    return read;
  }
  int64_t tools_shown = 0;
  if (auto s = map.Read("tools_shown", &tools_shown, {0, kToolsShownMax}); !s) return s;
  profile->tools_shown = static_cast<size_t>(tools_shown);
  if (map.Has("sampling")) {
    auto sampling = map.Map("sampling");
    if (!sampling) return sampling.error();
    auto& out = profile->sampling;
    if (auto s = sampling->OnlyKeys({"temperature", "top_k", "top_p", "min_p"}); !s) return s;
    if (auto s = sampling->Read("temperature", &out.temperature, {0, 10}); !s) return s;
    if (auto s = sampling->Read("top_k", &out.top_k, {0, kTokensMax}); !s) return s;
    if (auto s = sampling->Read("top_p", &out.top_p, {0, 1}); !s) return s;
    if (auto s = sampling->Read("min_p", &out.min_p, {0, 1}); !s) return s;
  }
  if (!map.Has("thinking")) return OkStatus();
  auto thinking = map.Map("thinking");
  if (!thinking) return thinking.error();
  auto& out = profile->thinking;
  if (auto s = thinking->OnlyKeys({"tokens_default", "tokens_max"}); !s) return s;
  if (auto s = thinking->Require({"tokens_default", "tokens_max"}); !s) return s;
  out.supported = true;
  if (auto s = ReadTokens(*thinking, "tokens_default", 0, &out.tokens_default); !s) return s;
  if (auto s = ReadTokens(*thinking, "tokens_max", 0, &out.tokens_max); !s) return s;
  if (out.tokens_default > out.tokens_max) {
    return thinking->ErrorAt("tokens_default", "is more than tokens_max");
  }
  return OkStatus();
}

Status ReadPrices(const YamlMap& map, Profile* profile) {
  if (!map.Has("prices")) return OkStatus();
  auto prices = map.Map("prices");
  if (!prices) return prices.error();
  auto& out = profile->prices;
  if (auto s = prices->OnlyKeys({"input", "input_cached", "output"}); !s) return s;
  if (auto s = prices->Read("input", &out.input, {0, 1e6}); !s) return s;
  if (auto s = prices->Read("input_cached", &out.input_cached, {0, 1e6}); !s) return s;
  return prices->Read("output", &out.output, {0, 1e6});
}

Status ReadRemote(const YamlMap& map, Profile* profile) {
  if (!map.Has("remote")) return OkStatus();
  if (profile->endpoint.empty()) return map.ErrorAt("remote", "belongs to an endpoint");
  auto remote = map.Map("remote");
  if (!remote) return remote.error();
  auto& out = profile->remote;
  if (auto s =
          remote->OnlyKeys({"key_env", "key_optional", "constrains", "reads_tags", "attempts_max",
                            "idle_seconds", "total_seconds", "requests_per_minute"});
      !s) {
    return s;
  }
  if (auto s = remote->Read("key_env", &out.key_env); !s) return s;
  if (auto s = remote->Read("key_optional", &out.key_optional); !s) return s;
  if (auto s = remote->Read("constrains", &out.constrains); !s) return s;
  if (auto s = remote->Read("reads_tags", &out.reads_tags); !s) return s;
  if (auto s = remote->Read("attempts_max", &out.attempts_max, {1, 20}); !s) return s;
  if (auto s = remote->Read("idle_seconds", &out.idle_seconds, {1, 86'400}); !s) return s;
  if (auto s = remote->Read("total_seconds", &out.total_seconds, {1, 86'400}); !s) return s;
  return remote->Read("requests_per_minute", &out.requests_per_minute, {0, 60'000});
}

Result<Profile> EndpointProfile(const std::string& url, const std::string& root) {
  auto profile = ReadProfile(root + "/configs/models/remote.yaml", root);
  if (!profile) return profile;
  const size_t hash = std::min(url.find('#'), url.size());
  profile->name = url;
  profile->endpoint = url.substr(0, hash);
  profile->endpoint_model = url.substr(std::min(hash + 1, url.size()));
  return profile;
}

Status ReadPhrasings(const YamlMap& map, Profile* profile) {
  if (auto read = map.Read("force_term", &profile->force_term); !read) return read;
  if (!map.Has("phrasings")) return OkStatus();
  auto phrasings = map.Map("phrasings");
  if (!phrasings) return phrasings.error();
  if (auto known = phrasings->OnlyKeys(kIntentNames); !known) return known;
  for (const std::string_view intent : kIntentNames) {
    if (!phrasings->Has(intent)) continue;
    Phrasing phrasing{std::string(intent), ""};
    if (auto read = phrasings->Read(intent, &phrasing.pattern); !read) return read;
    const size_t first = phrasing.pattern.find("{term}");
    if (first == std::string::npos || first != phrasing.pattern.rfind("{term}")) {
      return phrasings->ErrorAt(intent, "must contain {term} once");
    }
    profile->phrasings.push_back(std::move(phrasing));
  }
  return OkStatus();
}

Status ReadVerdicts(const YamlMap& map, Profile* profile) {
  std::string second_look = "none";
  if (auto read = map.ReadOneOf("second_look", kSecondLookNames, &second_look); !read) return read;
  profile->second_look = static_cast<SecondLook>(IndexOf(kSecondLookNames, second_look));
  if (!map.Has("verdicts")) return OkStatus();
  auto map_of = map.Map("verdicts");
  if (!map_of) return map_of.error();
  Verdicts verdicts;
  if (auto s = map_of->OnlyKeys({"ok_token", "threshold", "threshold_confirmed", "families"}); !s) {
    return s;
  }
  if (auto s = map_of->Require({"ok_token", "threshold", "families"}); !s) return s;
  if (auto s = map_of->Read("ok_token", &verdicts.ok_token); !s) return s;
  if (auto s = map_of->Read("threshold", &verdicts.threshold, {0, 1}); !s) return s;
  verdicts.threshold_confirmed = verdicts.threshold;
  if (auto s = map_of->Read("threshold_confirmed", &verdicts.threshold_confirmed,
                            {0, verdicts.threshold});
      !s) {
    return s;
  }
  auto families = map_of->Maps("families");
  if (!families) return families.error();
  std::set<std::string> tokens = {verdicts.ok_token}, names;
  for (const YamlMap& family_map : *families) {
    auto family = ReadFamily(family_map);
    if (!family) return family.error();
    if (!tokens.insert(family->token).second) {
      return family_map.ErrorAt("token", "stands twice");
    }
    if (!names.insert(family->family).second) return family_map.ErrorAt("family", "stands twice");
    verdicts.families.push_back(std::move(*family));
  }
  if (verdicts.families.empty()) return map_of->ErrorAt("families", "must not be empty");
  profile->verdicts = std::move(verdicts);
  return OkStatus();
}

Result<VerdictFamily> ReadFamily(const YamlMap& map) {
  VerdictFamily family;
  std::string severity;
  if (auto s = map.OnlyKeys({"token", "family", "cwe", "severity", "title", "sentence"}); !s) {
    return s.error();
  }
  if (auto s = map.Require({"token", "family", "cwe", "severity", "title", "sentence"}); !s) {
    return s.error();
  }
  if (auto s = map.Read("token", &family.token); !s) return s.error();
  if (auto s = map.Read("family", &family.family); !s) return s.error();
  if (auto s = map.Read("cwe", &family.cwe, {1, 99'999}); !s) return s.error();
  if (auto s = map.ReadOneOf("severity", kSeverityNames, &severity); !s) return s.error();
  if (auto s = map.Read("title", &family.title); !s) return s.error();
  if (auto s = map.Read("sentence", &family.sentence); !s) return s.error();
  if (!IsName(family.family)) return map.ErrorAt("family", "must match [a-z0-9_-]{1,64}");
  family.severity = *SeverityFromName(severity);
  return family;
}

Status ReadTokens(const YamlMap& map, std::string_view key, int64_t min, size_t* out) {
  int64_t tokens = static_cast<int64_t>(*out);
  if (auto read = map.Read(key, &tokens, {min, kTokensMax}); !read) return read;
  *out = static_cast<size_t>(tokens);
  return OkStatus();
}

size_t IndexOf(std::span<const std::string_view> names, std::string_view name) {
  return static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool Exists(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0;
}

bool IsName(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

Result<std::string> FindNamed(const std::string& name, const std::string& root) {
  if (auto places = UserPlaces()) {
    const std::string own = places->config + "/models/" + name + ".yaml";
    if (Exists(own)) return own;
  }
  const std::string shipped = root + "/configs/models/" + name + ".yaml";
  if (Exists(shipped)) return shipped;
  return Error{Code::kNotFound, "no model profile of this name in " + root + "/configs/models",
               name};
}

}  // namespace
}  // namespace fathom
