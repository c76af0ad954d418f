// SPDX-License-Identifier: Apache-2.0
// What `fathom workflow` runs on: tools, stores, and a model that is opened when a step needs it.
#pragma once

#include <memory>
#include <string>

#include "agent/workflow/run.h"
#include "apps/app.h"
#include "tools/registry.h"

namespace fathom {

class WorkflowPlaces {
 public:
  // `model`: as --model takes it. Only its profile is read here.
  static Result<std::unique_ptr<WorkflowPlaces>> Open(const Common& common,
                                                      const std::string& model);

  const WorkflowWorld& world() const { return *world_; }
  WorkflowRunStore& runs() { return *runs_; }
  const Profile& profile() const { return profile_; }

 private:
  explicit WorkflowPlaces(const Common& common) : common_(common) {}
  Result<Engine*> OpenEngine();
  Result<ChatModel*> OpenChat();
  Result<Catalog*> OpenTheCatalog();

  Common common_;
  Profile profile_;
  Registry tools_;
  std::unique_ptr<WorkflowRunStore> runs_;
  std::unique_ptr<SessionStore> sessions_;
  std::unique_ptr<LoadedModel> loaded_;
  std::unique_ptr<ChatModel> chat_;
  std::unique_ptr<Catalog> catalog_;
  std::unique_ptr<WorkflowWorld> world_;
};

}  // namespace fathom
