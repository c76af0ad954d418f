// SPDX-License-Identifier: Apache-2.0
#include "apps/workflow_world.h"

#include "agent/embedded_chat_model.h"
#include "apps/chat_model_choice.h"
#include "apps/toolbox.h"
#include "base/files.h"

namespace fathom {

Result<std::unique_ptr<WorkflowPlaces>> WorkflowPlaces::Open(const Common& common,
                                                             const std::string& model) {
  std::unique_ptr<WorkflowPlaces> opened(new WorkflowPlaces(common));
  opened->common_.model = model;
  auto profile = ResolveModel(model);
  if (!profile) return profile.error();
  opened->profile_ = std::move(*profile);
  if (auto added = AddWorkflowTools(opened->tools_); !added) return added.error();
  auto places = UserPlaces();
  if (!places) return places.error();
  auto root = InstallRoot();
  if (!root) return root.error();
  auto runs = WorkflowRunStore::Open(places->data);
  if (!runs) return runs.error();
  opened->runs_ = std::move(*runs);
  auto sessions = SessionStore::Open(places->data, places->cache);
  if (!sessions) return sessions.error();
  opened->sessions_ = std::move(*sessions);
  WorkflowPlaces* self = opened.get();
  opened->world_ = std::unique_ptr<WorkflowWorld>(
      new WorkflowWorld{.profile = opened->profile_,
                        .chat = [self] { return self->OpenChat(); },
                        .catalog = [self] { return self->OpenTheCatalog(); },
                        .tools = opened->tools_,
                        .sessions = *opened->sessions_,
                        .policies = {places->config + "/policies", *root + "/configs/policies"},
                        .settings = {places->config},
                        .keep = !common.no_keep});
  if (opened->profile_.endpoint.empty())
    opened->world_->engine = [self] { return self->OpenEngine(); };
  return opened;
}

Result<Engine*> WorkflowPlaces::OpenEngine() {
  if (!loaded_) {
    auto model = LoadModel(common_);
    if (!model) return model.error();
    loaded_ = std::make_unique<LoadedModel>(std::move(*model));
  }
  return loaded_->engine.get();
}

Result<ChatModel*> WorkflowPlaces::OpenChat() {
  if (chat_) return chat_.get();
  if (!profile_.endpoint.empty()) {
    auto chosen = OpenChatModel(common_);
    if (!chosen) return chosen.error();
    chat_ = std::move(chosen->chat);
    return chat_.get();
  }
  auto engine = OpenEngine();
  if (!engine) return engine.error();
  auto chat = EmbeddedChatModel::Open(**engine, profile_);
  if (!chat) return chat.error();
  chat_ = std::move(*chat);
  return chat_.get();
}

Result<Catalog*> WorkflowPlaces::OpenTheCatalog() {
  if (!catalog_) {
    auto catalog = OpenCatalog();
    if (!catalog) return catalog.error();
    catalog_ = std::move(*catalog);
  }
  return catalog_.get();
}

}  // namespace fathom
