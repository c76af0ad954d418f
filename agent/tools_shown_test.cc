// SPDX-License-Identifier: Apache-2.0
#include "agent/tools_shown.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fathom {
namespace {

ToolDefinition Tool(const std::string& name, const std::string& description,
                    const std::string& parameters = R"({"type": "object", "properties": {}})") {
  auto schema = Json::Parse(parameters);
  EXPECT_TRUE(schema.ok());
  return {name, description, *schema};
}

const std::vector<ToolDefinition>& Tools() {
  static const std::vector<ToolDefinition> tools = {
      Tool("numbers.split_primes", "Writes a number as prime factors"),
      Tool("beamLoad", "What a beam carries",
           R"({"properties": {"length": {"type": "integer", "description": "in metres"}}})"),
      Tool("retry_build", "Runs a build again"),
      Tool("find_files", "Finds files by name"),
      Tool("triangle_area", "The area of a triangle",
           R"({"properties": {"base": {"type": "number"}, "height": {"type": "number"}}})"),
      Tool("convert_length", "From one unit to another",
           R"({"properties": {"to": {"type": "string", "enum": ["metres", "feet"]}}})")};
  return tools;
}

ChatRequest Asking(const std::string& text) {
  return {.messages = {{.role = Role::kUser, .content = text}},
          .tools = Tools(),
          .calls_at_once = true};
}

std::string Names(const std::vector<ToolDefinition>& tools) {
  std::string names;
  for (const ToolDefinition& tool : tools) names += (names.empty() ? "" : " ") + tool.name;
  return names;
}

TEST(ToolsShown, ThoseThatShareMostInTheOrderOfTheRequest) {
  EXPECT_EQ(Names(ToolsShown(Asking("Break 5,004 into prime factors"), 1)), "numbers.split_primes");
  EXPECT_EQ(Names(ToolsShown(Asking("The area of a triangle with base 3, height 4"), 1)),
            "triangle_area");
  EXPECT_EQ(Names(ToolsShown(Asking("What load does a beam of that length carry?"), 1)),
            "beamLoad");
}

TEST(ToolsShown, AsManyAsTheProfileSaysAndWhatSharesHalfOfTheFirst) {
  EXPECT_EQ(ToolsShown(Asking("Break 5,004 into prime factors"), 2).size(), 2u);
  const std::string both = Names(
      ToolsShown(Asking("Factors of the prime 7, then the area of a triangle with base 3"), 1));
  EXPECT_EQ(both, "numbers.split_primes triangle_area");
}

TEST(ToolsShown, AllWhereNoneSharesAWord) {
  EXPECT_EQ(ToolsShown(Asking("How is my nest egg doing?"), 2).size(), Tools().size());
  EXPECT_EQ(Names(ToolsShown(Asking("How many feet?"), 1)), "convert_length");
}

TEST(ToolsShown, AllOfAnAgentOfAResultOfARequiredCallAndWhereNothingIsSaid) {
  const ChatRequest asking = Asking("Break 5,004 into prime factors");
  EXPECT_EQ(ToolsShown(asking, 0).size(), Tools().size());
  ChatRequest request = asking;
  request.calls_at_once = false;
  EXPECT_EQ(ToolsShown(request, 2).size(), Tools().size());
  request = asking;
  request.tool_choice = CallChoice::kRequired;
  EXPECT_EQ(ToolsShown(request, 2).size(), Tools().size());
  request = asking;
  request.messages.push_back({.role = Role::kTool, .content = "2 * 2 * 3 * 3 * 139"});
  EXPECT_EQ(ToolsShown(request, 2).size(), Tools().size());
  request = asking;
  request.messages.clear();
  EXPECT_EQ(ToolsShown(request, 2).size(), Tools().size());
}

TEST(ToolsShown, AllOfALongRequest) {
  std::string text = "Break 5,004 into prime factors.";
  for (int i = 0; i < 100; ++i) text += " Some words.";
  EXPECT_EQ(ToolsShown(Asking(text), 2).size(), Tools().size());
}

TEST(ToolsShown, WhatTheConversationCalledStays) {
  ChatRequest request = Asking("Break 5,004 into prime factors");
  request.messages.insert(
      request.messages.begin(),
      {{.role = Role::kUser, .content = "again"},
       {.role = Role::kAssistant, .tool_calls = {{"call_0000000000000001", "retry_build", "{}"}}}});
  EXPECT_EQ(Names(ToolsShown(request, 1)), "numbers.split_primes retry_build");
}

TEST(ToolsShown, SchemasOfAnyShapeAreRead) {
  ChatRequest request = Asking("split it");
  request.tools.push_back({"split", "", Json()});
  for (const char* parameters : {"7", "[]", R"({"properties": 7})", R"({"properties": {"a": 7}})",
                                 R"({"properties": {"a": {"description": 7, "enum": 7}}})",
                                 R"({"properties": {"a": {"enum": [7, null]}}})"}) {
    request.tools.push_back(Tool("x", "", parameters));
  }
  EXPECT_EQ(Names(ToolsShown(request, 1)), "numbers.split_primes split");
}

}  // namespace
}  // namespace fathom
