// SPDX-License-Identifier: Apache-2.0
// For tests of tools: a workspace in a temporary folder, and calls through the one execution seam.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tools/builtin.h"
#include "tools/execute.h"

namespace fathom {

class TestWorkspace {
 public:
  TestWorkspace() {
    std::string pattern = ::testing::TempDir() + "fathom_tools_XXXXXX";
    CHECK(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TestWorkspace() { std::filesystem::remove_all(path_); }
  TestWorkspace(const TestWorkspace&) = delete;

  const std::string& path() const { return path_; }
  std::string At(const std::string& name) const { return path_ + "/" + name; }
  void Write(const std::string& name, std::string_view text) const {
    std::filesystem::create_directories(std::filesystem::path(At(name)).parent_path());
    std::ofstream(At(name), std::ios::binary) << text;
  }
  std::string Read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(At(name), std::ios::binary).rdbuf();
    return text.str();
  }
  bool Has(const std::string& name) const { return std::filesystem::exists(At(name)); }
  Workspace Open(const std::vector<std::string>& settings = {}) const {
    auto workspace = Workspace::Open(path_, settings);
    CHECK_MESSAGE(workspace.ok(), workspace ? "" : workspace.error().Text());
    return std::move(*workspace);
  }

 private:
  std::string path_;
};

inline Registry BuiltinRegistry() {
  Registry registry;
  const Status added = AddBuiltinTools(&registry);
  CHECK_MESSAGE(added.ok(), added ? "" : added.error().Text());
  return registry;
}

inline Policy ShippedPolicy(const std::string& name, const Registry& registry) {
  auto policy =
      ReadPolicy(std::string(FATHOM_SOURCE_DIR "/configs/policies/") + name + ".yaml", registry);
  CHECK_MESSAGE(policy.ok(), policy ? "" : policy.error().Text());
  return std::move(*policy);
}

inline Json ParsedJson(std::string_view text) {
  auto json = Json::Parse(text);
  CHECK_MESSAGE(json.ok(), json ? "" : json.error().Text());
  return std::move(*json);
}

// One session in a workspace: what a loop would hold.
struct TestSession {
  explicit TestSession(const TestWorkspace& folder, const std::string& policy_name = "default")
      : workspace(folder.Open()), policy(ShippedPolicy(policy_name, registry)) {
    context.workspace = &workspace;
  }
  Outcome Call(const std::string& name, const Json& arguments) {
    return Execute({name, arguments}, {registry, policy, grants, taint, context, approver});
  }
  Outcome Call(const std::string& name, const char* arguments) {
    return Call(name, ParsedJson(arguments));
  }
  void Approve() {
    approver = [this](const ApprovalRequest& request) {
      asked.push_back(request.text);
      return true;
    };
  }

  Registry registry = BuiltinRegistry();
  Workspace workspace;
  Policy policy;
  Grants grants;
  Taint taint;
  ToolContext context;
  Approver approver;
  std::vector<std::string> asked;
};

}  // namespace fathom
