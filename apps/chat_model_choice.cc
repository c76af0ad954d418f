// SPDX-License-Identifier: Apache-2.0
#include "apps/chat_model_choice.h"

#include "agent/embedded_chat_model.h"
#include "agent/remote_chat_model.h"
#include "apps/endpoint_consent.h"

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

}  // namespace fathom
