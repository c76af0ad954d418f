// SPDX-License-Identifier: Apache-2.0
#include "apps/eval_items.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace fathom {
namespace {

Result<std::vector<EvalItem>> Read(const std::string& text) {
  const std::string path = testing::TempDir() + "eval_items_test.jsonl";
  std::ofstream(path) << text;
  auto items = ReadEvalItems(path);
  std::filesystem::remove(path);
  return items;
}

EvalItem Item(const std::string& calls, bool loose) {
  auto items = Read(
      R"({"kind": "call", "set": "s", "messages": [{"role": "user", "content": "x"}], "calls": )" +
      calls + R"(, "loose": )" + (loose ? "true" : "false") + "}\n");
  EXPECT_TRUE(items) << items.error().Text();
  return (*items)[0];
}

ToolCall Call(const std::string& name, const std::string& arguments) {
  return {.id = "", .name = name, .arguments = arguments};
}

constexpr const char* kTwo =
    R"([{"name": "a", "arguments": {"n": [1, 2], "s": ["New York", "NY"]}, "optional": ["s"]}, )"
    R"({"name": "b", "arguments": {}}])";

TEST(EvalItems, CallsMatchInAnyOrderAndNoOthers) {
  const EvalItem item = Item(kTwo, false);
  EXPECT_TRUE(CallsMatch(item, {Call("b", "{}"), Call("a", R"({"n": 2.0})")}));
  EXPECT_TRUE(CallsMatch(item, {Call("a", R"({"s": "NY", "n": 1})"), Call("b", "{}")}));
  EXPECT_FALSE(CallsMatch(item, {Call("a", R"({"n": 1})")})) << "one is missing";
  EXPECT_FALSE(CallsMatch(item, {Call("b", "{}"), Call("b", "{}")})) << "each is used once";
  EXPECT_FALSE(CallsMatch(item, {Call("b", "{}"), Call("a", R"({"n": 3})")}));
  EXPECT_FALSE(CallsMatch(item, {Call("b", "{}"), Call("a", R"({"s": "NY"})")})) << "n is required";
  EXPECT_FALSE(CallsMatch(item, {Call("b", R"({"z": 1})"), Call("a", R"({"n": 1})")}));
  EXPECT_FALSE(CallsMatch(item, {Call("b", "{}"), Call("a", R"({"n": "1"})")})) << "type counts";
}

TEST(EvalItems, LooseTextIgnoresCaseBlanksAndPunctuationOnly) {
  const std::string calls =
      R"([{"name": "a", "arguments": {"s": ["New York, NY"], "l": [["A b", "c"]]}}])";
  const ToolCall spelled = Call("a", R"({"s": "new york NY", "l": ["ab", "C"]})");
  EXPECT_TRUE(CallsMatch(Item(calls, true), {spelled}));
  EXPECT_FALSE(CallsMatch(Item(calls, false), {spelled}));
  EXPECT_FALSE(
      CallsMatch(Item(calls, true), {Call("a", R"({"s": "New York", "l": ["ab", "c"]})")}));
}

TEST(EvalItems, NestedAcceptedValuesAreListsOfTheirOwn) {
  const EvalItem item =
      Item(R"([{"name": "a", "arguments": {"o": [{"x": [1, 2], "y": ["", "k"]}]}}])", true);
  EXPECT_TRUE(CallsMatch(item, {Call("a", R"({"o": {"x": 2}})")}));
  EXPECT_TRUE(CallsMatch(item, {Call("a", R"({"o": {"x": 2, "y": "K"}})")}));
  EXPECT_FALSE(CallsMatch(item, {Call("a", R"({"o": {"y": "k"}})")}));
  EXPECT_FALSE(CallsMatch(item, {Call("a", R"({"o": {"x": 1, "z": 0}})")}));
}

TEST(EvalItems, NoExpectedCallMeansNoCall) {
  const EvalItem item = Item("[]", true);
  EXPECT_TRUE(CallsMatch(item, {}));
  EXPECT_FALSE(CallsMatch(item, {Call("a", "{}")}));
}

TEST(EvalItems, ErrorsNameTheLine) {
  const auto wrong = Read(
      "{\"kind\": \"quote\", \"set\": \"s\", \"files\": [], \"asks\": []}\n{\"kind\": \"song\", "
      "\"set\": \"s\"}\n");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().Text().find("jsonl:2"), std::string::npos) << wrong.error().Text();
  EXPECT_FALSE(Read(R"({"kind": "text", "set": "s", "messages": [], "contains": []})"));
}

}  // namespace
}  // namespace fathom
