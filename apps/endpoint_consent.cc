// SPDX-License-Identifier: Apache-2.0
#include "apps/endpoint_consent.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "agent/event.h"
#include "apps/terminal_question.h"
#include "base/files.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/net.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr const char* kVariable = "FATHOM_CONSENT";

Result<Json> ReadAgreed(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return Json::EmptyObject();
  auto text = ReadFile(path, kConfigJsonBytesMax);
  if (!text) return text.error();
  auto json = Json::Parse(*text);
  if (!json) return Error{json.error().code, json.error().message, path};
  if (!json->is_object()) return Invalid("expected an object of origins and dates", path);
  return json;
}

std::string Question(const Profile& profile, const std::string& origin, bool sends_key) {
  std::string text = "\nThe model " + ForTerminal(profile.name) + " runs on " + origin +
                     ".\nConversations with it go there: your words, and what the tools read in "
                     "the workspace.\n";
  if (sends_key) text += "The key in " + ForTerminal(profile.remote.key_env) + " goes along.\n";
  if (origin.starts_with("http://"))
    text += "The connection is not encrypted: everyone on the way can read it.\n";
  return text + "Send them to " + origin + " from now on? [y/N] ";
}

}  // namespace

Status RequireConsent(const Profile& profile, bool sends_key) {
  auto places = UserPlaces();
  if (!places) return places.error();
  const auto ask = [](const std::string& question) {
    return AskAtTerminal(question).value_or(false);
  };
  return RequireConsent(profile, sends_key, places->config,
                        SomeoneIsThere() ? ConsentAsker(ask) : ConsentAsker());
}

Status RequireConsent(const Profile& profile, bool sends_key, const std::string& config_folder,
                      const ConsentAsker& ask) {
  auto origin = HttpOrigin(profile.endpoint);
  if (!origin) return origin.error();
  if (IsLoopbackUrl(profile.endpoint)) return OkStatus();
  const char* given = std::getenv(kVariable);
  if (given != nullptr && *origin == given) return OkStatus();
  const std::string path = config_folder + "/endpoints.json";
  auto agreed = ReadAgreed(path);
  if (!agreed) return agreed.error();
  if (agreed->Find(*origin) != nullptr) return OkStatus();
  if (!ask || !ask(Question(profile, *origin, sends_key))) {
    return Error{Code::kPolicyDenied,
                 "nothing is sent to " + *origin +
                     " without consent; give it at a terminal, once, or set " + kVariable + "=" +
                     *origin,
                 profile.source};
  }
  agreed->Set(*origin, TimeText(NowMs()));
  if (Status made = EnsurePrivateDir(config_folder); !made) return made;
  return AtomicWriteFile(path, agreed->Dump(2) + "\n");
}

}  // namespace fathom
