// SPDX-License-Identifier: Apache-2.0
#include "tools/registry.h"

#include "tools/test_support.h"

namespace fathom {
namespace {

Tool Plain(const std::string& name) {
  return {{.name = name, .description = "d", .parameters = ParsedJson(R"({"type": "object"})")},
          [](const Json&, const ToolContext&) { return ToolResult{}; }};
}

TEST(Registry, AnUnknownNameIsAnsweredWithTheNearest) {
  const Registry registry = BuiltinRegistry();
  const auto near = registry.Find("reed_file");
  ASSERT_FALSE(near.ok());
  EXPECT_EQ(near.error().code, Code::kNotFound);
  EXPECT_NE(near.error().message.find("did you mean \"read_file\""), std::string::npos);
  const auto far = registry.Find("\x1b[2Jxyzzy");
  EXPECT_NE(far.error().message.find("there are: apply_patch"), std::string::npos);
  EXPECT_EQ(far.error().message.find('\x1b'), std::string::npos);
}

TEST(Registry, RefusesWhatCouldNotBeCalled) {
  Registry registry;
  EXPECT_TRUE(registry.Add(Plain("a-b_C9")).ok());
  EXPECT_FALSE(registry.Add(Plain("a-b_C9")).ok());
  for (const std::string& name : {std::string(), std::string("a b"), std::string("a/b"),
                                  std::string(65, 'a'), std::string("a\0b", 3)}) {
    EXPECT_FALSE(registry.Add(Plain(name)).ok()) << name;
  }
  Tool no_run = Plain("x");
  no_run.run = nullptr;
  EXPECT_FALSE(registry.Add(std::move(no_run)).ok());
  Tool bad_schema = Plain("x");
  bad_schema.spec.parameters = ParsedJson(R"({"type": "object", "colour": 1})");
  EXPECT_FALSE(registry.Add(std::move(bad_schema)).ok());
  Tool no_object = Plain("x");
  no_object.spec.parameters = ParsedJson(R"({"type": "string"})");
  EXPECT_FALSE(registry.Add(std::move(no_object)).ok());
  Tool endless = Plain("x");
  endless.spec.seconds_max = 1'000'000;
  EXPECT_FALSE(registry.Add(std::move(endless)).ok());
}

TEST(Registry, SaysExactlyWhichArgumentIsWrong) {
  const Registry registry = BuiltinRegistry();
  const Tool& tool = **registry.Find("read_file");
  EXPECT_TRUE(registry.CheckArguments(tool, ParsedJson(R"({"path": "a"})")).ok());
  const Status missing = registry.CheckArguments(tool, ParsedJson("{}"));
  EXPECT_NE(missing.error().Text().find("path"), std::string::npos) << missing.error().Text();
  const Status range =
      registry.CheckArguments(tool, ParsedJson(R"({"path": "a", "start_line": 0})"));
  EXPECT_NE(range.error().Text().find("/start_line"), std::string::npos) << range.error().Text();
  EXPECT_NE(range.error().Text().find("1"), std::string::npos);
  EXPECT_FALSE(registry.CheckArguments(tool, ParsedJson(R"({"path": "a", "pth": 1})")).ok());
  EXPECT_FALSE(registry.CheckArguments(tool, ParsedJson("[]")).ok());
}

// A field without a limit is how hostile arguments become large allocations.
void ExpectBounded(const Json& schema, const std::string& place) {
  const Json* type = schema.Find("type");
  ASSERT_NE(type, nullptr) << place;
  const std::string& name = type->as_string();
  if (name == "string") {
    EXPECT_TRUE(schema.Find("maxLength") || schema.Find("enum")) << place;
  } else if (name == "integer" || name == "number") {
    EXPECT_TRUE(schema.Find("minimum") && schema.Find("maximum")) << place;
  } else if (name == "array") {
    EXPECT_TRUE(schema.Find("maxItems")) << place;
    ExpectBounded(*schema.Find("items"), place + "[]");
  } else if (name == "object") {
    EXPECT_EQ(*schema.Find("additionalProperties"), Json(false)) << place;
    for (const auto& [key, value] : schema.Find("properties")->as_object()) {
      ExpectBounded(value, place + "/" + key);
    }
  }
}

TEST(Registry, EveryArgumentOfABuiltinHasALimitAndNothingElseIsTaken) {
  const Registry registry = BuiltinRegistry();
  EXPECT_GE(registry.Specs().size(), 3u);
  for (const ToolSpec* spec : registry.Specs()) {
    ExpectBounded(spec->parameters, spec->name);
    EXPECT_FALSE(spec->description.empty());
    const bool uses_files =
        spec->effect == Effect::kReadWorkspace || spec->effect == Effect::kWriteWorkspace;
    EXPECT_EQ(static_cast<bool>(spec->paths), uses_files || spec->effect == Effect::kRunSandboxed)
        << spec->name;
  }
}

TEST(Registry, EffectsHaveTheNamesOfTheDesign) {
  for (const Effect effect : {Effect::kPure, Effect::kReadWorkspace, Effect::kWriteWorkspace,
                              Effect::kRunSandboxed, Effect::kOutward}) {
    EXPECT_EQ(*EffectFromName(EffectName(effect)), effect);
  }
  EXPECT_NE(EffectFromName("read_worspace").error().message.find("read_workspace"),
            std::string::npos);
}

TEST(Workspace, KnowsWhichSettingsLieInside) {
  TestWorkspace folder, outside;
  folder.Write("conf/policy.yaml", "x");
  outside.Write("real.yaml", "x");
  std::filesystem::create_symlink(outside.At("real.yaml"), folder.At("link.yaml"));
  const Workspace workspace =
      folder.Open({folder.At("conf/policy.yaml"), folder.At("link.yaml"), outside.path(),
                   "/etc/fathom", folder.At("later/absent.yaml")});
  const auto has = [&](const std::string& path) {
    return std::find(workspace.protected_paths.begin(), workspace.protected_paths.end(), path) !=
           workspace.protected_paths.end();
  };
  EXPECT_TRUE(has("conf/policy.yaml"));
  EXPECT_TRUE(has("link.yaml"));
  EXPECT_TRUE(has("later/absent.yaml"));
  EXPECT_FALSE(has(""));
  const std::string parent = std::filesystem::path(folder.path()).parent_path();
  const Workspace within = folder.Open({parent});
  EXPECT_EQ(within.protected_paths.at(0), "");
}

}  // namespace
}  // namespace fathom
