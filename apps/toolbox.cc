// SPDX-License-Identifier: Apache-2.0
#include "apps/toolbox.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "base/files.h"
#include "tools/builtin.h"

namespace fathom {
namespace {

std::vector<std::string> SplitNames(const std::string& list) {
  std::vector<std::string> names;
  std::stringstream stream(list);
  for (std::string name; std::getline(stream, name, ',');) {
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

Status AddTools(const Registry& all, std::vector<std::string> names, const ToolboxChoice& choice,
                Toolbox& box) {
  const Taint nothing_read;  // grants are given before anything is
  if (names.empty()) {
    for (const ToolSpec* spec : all.Specs()) names.push_back(spec->name);
  }
  for (const std::string& name : names) {
    auto tool = all.Find(name);
    const bool of_mcp = name.find("__") != std::string::npos;
    if (!tool && choice.of_session && of_mcp) continue;  // a note says so
    if (!tool) return tool.error();
    if (auto added = box.registry.Add(**tool); !added) return added;
    const Effect effect = (*tool)->spec.effect;
    if (choice.grant_reading && (effect == Effect::kPure || effect == Effect::kReadWorkspace)) {
      if (auto s = box.grants.Add(CallPattern::ForTool(name), nothing_read); !s) return s;
    }
  }
  return OkStatus();
}

}  // namespace

std::string Toolbox::names() const {
  std::string list;
  for (const ToolSpec* spec : registry.Specs()) list += (list.empty() ? "" : ",") + spec->name;
  return list;
}

Status AddWorkflowTools(Registry& registry) {
  if (auto added = AddBuiltinTools(&registry); !added) return added;
  return registry.Add(HttpGetTool());
}

Result<std::unique_ptr<Toolbox>> OpenToolbox(const ToolboxChoice& choice) {
  auto places = UserPlaces();
  if (!places) return places.error();
  auto root = InstallRoot();
  if (!root) return root.error();
  const bool is_path = choice.policy.find('/') != std::string::npos;
  const std::string policy_path =
      is_path ? choice.policy : *root + "/configs/policies/" + choice.policy + ".yaml";
  Registry all;
  if (auto added = AddBuiltinTools(&all); !added) return added.error();
  const std::vector<std::string> names = SplitNames(choice.tools);
  if (std::find(names.begin(), names.end(), "http_get") != names.end()) {
    if (auto added = all.Add(HttpGetTool()); !added) return added.error();
  }
  if (choice.mcp != nullptr) choice.mcp->AddTo(&all);
  auto box = std::make_unique<Toolbox>();
  // Rules of a policy may name any tool, so it is read against all of them.
  auto policy = ReadPolicy(policy_path, all);
  if (!policy) return policy.error();
  box->policy = std::move(*policy);
  auto workspace = Workspace::Open(choice.workspace, {places->config, policy_path});
  if (!workspace) return workspace.error();
  box->workspace = std::make_unique<Workspace>(std::move(*workspace));
  if (auto added = AddTools(all, names, choice, *box); !added) return added.error();
  return box;
}

}  // namespace fathom
