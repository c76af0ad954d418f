// SPDX-License-Identifier: Apache-2.0
// What models/nano/recipe teaches of the tools is what they are: the lines that define them and
// what they return, as models/nano/recipe/calling holds both. Its calling_test.py holds the recipe
// to it.
#include "tools/test_support.h"

namespace fathom {
namespace {

constexpr const char* kFolder = FATHOM_SOURCE_DIR "/models/nano/recipe/calling/";

std::string Recipe(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(kFolder + name, std::ios::binary).rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

TEST(Recipe, OffersTheToolsInTheirOwnWords) {
  std::istringstream lines(Recipe("product_tools.jsonl"));
  Registry registry = BuiltinRegistry();
  ASSERT_TRUE(registry.Add(HttpGetTool()).ok());
  size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const Json known = ParsedJson(line);
    const auto found = registry.Find(known.Find("name")->as_string());
    ASSERT_TRUE(found.ok()) << line;
    const Tool* tool = *found;
    Json is = Json::EmptyObject();
    is.Set("name", tool->spec.name);
    is.Set("description", tool->spec.description);
    is.Set("parameters", tool->spec.parameters);
    EXPECT_EQ(is.Dump(-1, true), line);
  }
  EXPECT_EQ(count, registry.Specs().size());
}

TEST(Recipe, ShowsResultsAsTheToolsWriteThem) {
  const Json forms = ParsedJson(Recipe("product_forms.json"));
  TestWorkspace folder;
  for (const auto& [path, text] : forms.Find("files")->as_object())
    folder.Write(path, text.as_string());
  TestSession session(folder);
  for (const Json& call : forms.Find("calls")->as_array()) {
    std::string known = call.Find("result")->as_string();
    if (const size_t at = known.find("{root}"); at != std::string::npos)
      known.replace(at, 6, folder.path());
    session.approver = nullptr;
    if (call.Find("unattended") == nullptr) session.Approve();
    const Outcome is = session.Call(call.Find("name")->as_string(), *call.Find("arguments"));
    EXPECT_EQ(is.result.text, known) << call.Dump(-1, true);
  }
}

}  // namespace
}  // namespace fathom
