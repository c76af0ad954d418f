// SPDX-License-Identifier: Apache-2.0
#include "base/json_schema.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include "base/limits.h"

namespace fathom {
namespace {

Json Read(std::string_view text) {
  const auto json = Json::Parse(text);
  CHECK_MESSAGE(json.ok(), text);
  return *json;
}

std::string Verdict(std::string_view schema, std::string_view value) {
  const auto compiled = JsonSchema::Compile(Read(schema));
  if (!compiled) return "refused: " + compiled.error().Text();
  const Status status = compiled->Check(Read(value));
  return status.ok() ? "fits" : status.error().Text();
}

constexpr const char* kTool = R"({
  "type": "object", "additionalProperties": false, "required": ["path"],
  "properties": {
    "path": {"type": "string", "minLength": 1, "pattern": "^[^/]"},
    "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}, "maxItems": 2},
    "mode": {"enum": ["r", "w"]}},
  "$defs": {"line": {"type": "integer", "minimum": 1}}})";

TEST(JsonSchema, ViolationsNamePlaceExpectedAndFound) {
  EXPECT_EQ(Verdict(kTool, R"({"path": "a/b", "lines": [1, 2.0], "mode": "r"})"), "fits");
  EXPECT_EQ(Verdict(kTool, "[]"), "expected object, found []");
  EXPECT_EQ(Verdict(kTool, "{}"), "required property \"path\" is missing");
  EXPECT_EQ(Verdict(kTool, R"({"path": 5})"), "/path: expected string, found 5");
  EXPECT_EQ(Verdict(kTool, R"({"path": "/etc"})"),
            "/path: expected text that matches \"^[^/]\", found \"/etc\"");
  EXPECT_EQ(Verdict(kTool, R"({"path": "a", "lines": [1, 0]})"),
            "/lines/1: expected at least 1, found 0");
  EXPECT_EQ(Verdict(kTool, R"({"path": "a", "lines": [1, 2, 3]})"),
            "/lines: expected maxItems 2, found 3");
  EXPECT_EQ(Verdict(kTool, R"({"path": "a", "mode": "x"})"),
            "/mode: expected one of [\"r\",\"w\"], found \"x\"");
  EXPECT_EQ(Verdict(kTool, R"({"path": "a", "a/b~": 1})"), "/a~1b~0: unknown property \"a/b~\"");
}

TEST(JsonSchema, WhatIsNotSupportedIsRefusedByName) {
  EXPECT_EQ(
      Verdict(R"({"properties": {"a": {"unevaluatedItems": false}}})", "1"),
      "refused: #/properties/a/unevaluatedItems: keyword \"unevaluatedItems\" is not supported");
  EXPECT_EQ(Verdict(R"({"requierd": ["a"]})", "1"),
            "refused: #/requierd: keyword \"requierd\" is not supported");
  for (const char* schema :
       {R"({"$ref": "http://localhost/x"})", R"({"$ref": "#/nowhere"})", R"({"$ref": "#name"})",
        R"x({"pattern": "(?=a)"})x", R"x({"pattern": "("})x", R"({"type": "int"})",
        R"({"type": 5})", R"({"minimum": "1"})", R"({"minLength": -1})", R"({"multipleOf": 0})",
        R"({"required": "a"})", R"({"enum": 5})", R"({"items": 5})", R"({"allOf": {}})",
        R"({"properties": []})", "5", R"({"$schema": "http://json-schema.org/draft-04/schema#"})",
        R"({"allOf": [{"$id": "x"}]})"}) {
    EXPECT_EQ(Verdict(schema, "1").substr(0, 8), "refused:") << schema;
  }
}

TEST(JsonSchema, SchemasThatRunInCirclesOrMultiplyStopAtALimit) {
  const auto code = [](std::string_view schema, std::string_view value) {
    const auto compiled = JsonSchema::Compile(Read(schema));
    CHECK_MESSAGE(compiled.ok(), schema);
    const Status status = compiled->Check(Read(value));
    return status.ok() ? "fits" : CodeName(status.error().code);
  };
  const std::string_view limit = CodeName(Code::kLimit);
  EXPECT_EQ(code(R"({"$ref": "#"})", "1"), limit);
  EXPECT_EQ(code(R"({"not": {"$ref": "#"}})", "1"), limit);
  EXPECT_EQ(code(R"({"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/b"}]},
                               "b": {"allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}},
                     "$ref": "#/$defs/a"})",
                 "1"),
            limit);
  EXPECT_EQ(code(R"({"properties": {"next": {"$ref": "#"}}, "additionalProperties": false})",
                 R"({"next": {"next": {"next": {}}}})"),
            "fits");
}

// Keywords that the official suite uses and this program refuses; all other tests must agree.
const std::set<std::string> kRefusedKeywords = {"$dynamicAnchor",
                                                "$dynamicRef",
                                                "$id",
                                                "$ref",
                                                "$schema",
                                                "dependencies",
                                                "pattern",
                                                "dependentRequired",
                                                "dependentSchemas",
                                                "unevaluatedItems",
                                                "unevaluatedProperties"};

// The keyword a refusal speaks of; "" for none that is listed.
std::string RefusedKeyword(const Error& error) {
  for (const std::string& keyword : kRefusedKeywords) {
    if (error.message.find("keyword \"" + keyword + "\"") == 0) return keyword;
    if (error.message.find(keyword) == 0) return keyword;  // $schema, pattern
  }
  return "";
}

struct SuiteCount {
  size_t agreed = 0;
  std::map<std::string, size_t> refused;
};

void RunGroup(const Json& group, JsonSchema::Dialect dialect, const std::string& name,
              SuiteCount* count) {
  const Json& tests = *group.Find("tests");
  const std::string title = name + ": " + group.Find("description")->as_string();
  const auto schema = JsonSchema::Compile(*group.Find("schema"), dialect);
  if (!schema) {
    const std::string keyword = RefusedKeyword(schema.error());
    EXPECT_NE(keyword, "") << title << ": " << schema.error().Text();
    count->refused[keyword] += tests.size();
    return;
  }
  for (const Json& test : tests.as_array()) {
    const Status status = schema->Check(*test.Find("data"));
    EXPECT_EQ(status.ok(), test.Find("valid")->as_bool())
        << title << ": " << test.Find("description")->as_string()
        << (status.ok() ? "" : ": " + status.error().Text());
    ++count->agreed;
  }
}

TEST(JsonSchema, AgreesWithTheOfficialSuite) {
  const char* data = std::getenv("FATHOM_DATA");
  const std::filesystem::path root =
      std::filesystem::path(data ? data : "") / "json-schema-test-suite" / "tests";
  if (data == nullptr || !std::filesystem::is_directory(root)) {
    GTEST_SKIP() << "set FATHOM_DATA to a folder that holds json-schema-test-suite";
  }
  for (const auto& [folder, dialect] : {std::pair{"draft2020-12", JsonSchema::Dialect::k2020},
                                        std::pair{"draft7", JsonSchema::Dialect::kDraft7}}) {
    SuiteCount count;
    for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
      if (entry.path().extension() != ".json") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const auto groups = Json::Parse(std::string(std::istreambuf_iterator<char>(file), {}));
      ASSERT_TRUE(groups.ok()) << entry.path();
      for (const Json& group : groups->as_array()) {
        RunGroup(group, dialect, folder + ("/" + entry.path().filename().string()), &count);
      }
    }
    EXPECT_GT(count.agreed, 500u);
    std::cout << folder << ": " << count.agreed << " tests agree; refused by keyword:";
    for (const auto& [keyword, tests] : count.refused) std::cout << " " << keyword << " " << tests;
    std::cout << "\n";
  }
}

}  // namespace
}  // namespace fathom
