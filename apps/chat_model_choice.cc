// SPDX-License-Identifier: Apache-2.0
#include "apps/chat_model_choice.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "agent/embedded_chat_model.h"
#include "agent/remote_chat_model.h"
#include "apps/endpoint_consent.h"
#include "apps/progress.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

Result<ChosenChatModel> OpenRemote(const Profile& profile) {
  auto options = RemoteOptionsFor(profile);
  if (!options) return options.error();
  if (Status agreed = RequireConsent(profile, !options->key.empty()); !agreed)
    return agreed.error();
  auto chat = RemoteChatModel::Open(profile, *options);
  if (!chat) return chat.error();
  return ChosenChatModel{.chat = std::move(*chat)};
}

}  // namespace

Result<ChosenChatModel> OpenChatModel(const Common& common) {
  auto profile = ResolveModel(common.model);
  if (!profile) return profile.error();
  if (!profile->endpoint.empty()) return OpenRemote(*profile);
  auto model = LoadModel(common);
  if (!model) return model.error();
  ChosenChatModel chosen{.loaded = std::make_unique<LoadedModel>(std::move(*model))};
  auto chat = EmbeddedChatModel::Open(*chosen.loaded->engine, chosen.loaded->profile);
  if (!chat) return chat.error();
  chosen.chat = std::move(*chat);
  return chosen;
}

Status RemoteLimits::CheckUnused() const {
  if (!tokens_max && !dollars_max) return OkStatus();
  return Invalid(
      "--tokens-max and --dollars-max bound what a server is asked; this model runs here");
}

void AddRemoteLimits(CLI::App& command, RemoteLimits& limits) {
  command.add_option_function<size_t>(
      "--tokens-max", [&limits](const size_t& value) { limits.tokens_max = value; },
      "With a model on a server: stop before so many computed tokens are passed");
  command.add_option_function<double>(
      "--dollars-max", [&limits](const double& value) { limits.dollars_max = value; },
      "... before so many dollars are passed");
}

Result<std::unique_ptr<ChatCorpus>> OpenRemoteCorpus(ChatModel& model, const std::string& path,
                                                     const RemoteLimits& limits, bool quiet) {
  auto corpus = ChatCorpus::Open(model, path,
                                 {.tokens_max = limits.tokens_max,
                                  .dollars_max = limits.dollars_max,
                                  .cancel = Interrupted()});
  if (!corpus || quiet) return corpus;
  const Reading& reading = (*corpus)->reading();
  std::fprintf(stderr, "corpus: %s files, about %s tokens in %s window(s), sent to %s\n",
               Thousands(reading.corpus.files.size()).c_str(),
               Thousands(reading.pack.tokens).c_str(),
               Thousands(reading.pack.windows.size()).c_str(),
               ForTerminal(model.profile().endpoint).c_str());
  return corpus;
}

}  // namespace fathom
