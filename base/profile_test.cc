// SPDX-License-Identifier: Apache-2.0
// The shipped profiles load, and what is wrong in a profile is named at its place.
#include "base/profile.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/files.h"

namespace fathom {
namespace {

namespace fs = std::filesystem;
const std::string kRoot = FATHOM_SOURCE_DIR;

class ProfileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/fathom_profile_XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    folder_ = name;
    ::setenv("FATHOM_HOME", name, 1);
    ::setenv("FATHOM_ROOT", kRoot.c_str(), 1);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string Put(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(folder_ + "/" + path).parent_path());
    std::ofstream(folder_ + "/" + path) << text;
    return folder_ + "/" + path;
  }
  std::string folder_;
};

constexpr const char* kSmall =
    "version: 1\nname: x\ncheckpoint: /w.gguf\nformat: m1\nwindow_accepted_tokens: 10\n"
    "window_reliable_tokens: 20\n";

TEST_F(ProfileTest, EveryShippedProfileLoads) {
  size_t count = 0;
  for (const auto& entry : fs::directory_iterator(kRoot + "/configs/models")) {
    const auto profile = ReadProfile(entry.path(), kRoot);
    ASSERT_TRUE(profile) << profile.error().Text();
    EXPECT_EQ(profile->name + ".yaml", entry.path().filename());
    EXPECT_FALSE(profile->system_text.empty());
    ++count;
  }
  EXPECT_GE(count, 2u);
}

// models/nano/FORMAT.md is the contract; a row changed there and not in the profile fails here.
TEST_F(ProfileTest, NanoAgreesWithItsFormatPage) {
  const Profile nano = *ResolveModel("nano");
  const std::string page = *ReadFile(kRoot + "/models/nano/FORMAT.md", 1'000'000);
  ASSERT_TRUE(nano.verdicts);
  EXPECT_EQ(nano.verdicts->families.size(), 12u);
  for (const VerdictFamily& family : nano.verdicts->families) {
    const std::string row =
        "| `" + family.token + "` | " + family.family + " | " + std::to_string(family.cwe) + " |";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
  EXPECT_EQ(nano.phrasings.size(), 4u);
  for (const Phrasing& phrasing : nano.phrasings) {
    EXPECT_NE(page.find("``" + phrasing.pattern + "``"), std::string::npos) << phrasing.pattern;
  }
  EXPECT_NE(page.find(nano.system_text), std::string::npos);
  EXPECT_NE(page.find("`" + nano.refusal_token + "`"), std::string::npos);
  EXPECT_TRUE(nano.force_term);
  EXPECT_EQ(nano.tools_shown, 2u);
  EXPECT_FALSE(nano.converses);
  EXPECT_EQ(nano.window_tokens(), 16'384u);
  EXPECT_EQ(nano.checkpoint, kRoot + "/models/nano/nano.gguf");
}

TEST_F(ProfileTest, MistakesAreNamedAtTheirPlace) {
  const std::string small = kSmall;
  const std::pair<std::string, const char*> cases[] = {
      {small + "treshold: 1\n", ":7:1: unknown key \"treshold\""},
      {small + "window_reliable_token: 1\n", "did you mean \"window_reliable_tokens\"?"},
      {small + "endpoint: https://x\n", "and not both"},
      {small + "remote: {key_env: X}\n", "belongs to an endpoint"},
      {small + "second_look: refutaton\n", "did you mean \"refutation\"?"},
      {small + "sampling: {temperature: -1}\n", ":7:25: \"temperature\": is -1"},
      {small + "converses: maybe\n", ":7:12: \"converses\": must be true or false"},
      {small + "tools_shown: -1\n", ":7:14: \"tools_shown\": is -1"},
      {small + "sampling: 3\n", ":7:11: must be a mapping"},
      {small + "thinking: {tokens_default: 2, tokens_max: 1}\n", "is more than tokens_max"},
      {small + "phrasings: {value: hello}\n", "must contain {term} once"},
      {small + "phrasings: {valu: \"{term}\"}\n", "did you mean \"value\"?"},
      {small + "verdicts: {ok_token: <ok>, threshold: 0.5, families: []}\n", "must not be empty"},
      {small +
           "verdicts: {ok_token: <ok>, threshold: 0.5, threshold_confirmed: 0.6, families: []}\n",
       "is 0.6"},
      {small + "verdicts: {ok_token: <a>, threshold: 1, families: [{token: <a>, family: f, cwe: 1, "
               "severity: low, title: t, sentence: s}]}\n",
       "\"token\": stands twice"},
      {"version: 2\nname: x\nformat: m1\n", "\"version\": is 2"},
      {"name: x\n", "the key \"version\" is missing"},
      {"- x\n", "must be a mapping"},
  };
  for (const auto& [text, message] : cases) {
    const auto profile = ReadProfile(Put("bad.yaml", text), kRoot);
    ASSERT_FALSE(profile) << text;
    EXPECT_NE(profile.error().Text().find(message), std::string::npos) << profile.error().Text();
  }
}

TEST_F(ProfileTest, ModelMayBeNamePathOrAddress) {
  Put("config/models/mine.yaml", kSmall);
  EXPECT_EQ(ResolveModel("mine")->checkpoint, "/w.gguf");
  EXPECT_EQ(ResolveModel("mine")->window_tokens(), 10u);
  EXPECT_EQ(ResolveModel("none").error().code, Code::kNotFound);
  EXPECT_EQ(ResolveModel("./none.gguf").error().code, Code::kNotFound);
  const std::string bare = Put("bare.gguf", "");
  EXPECT_EQ(ResolveModel(bare)->checkpoint, bare);
  EXPECT_EQ(ResolveModel(bare)->format, ChatFormat::kM1);
  Put("bare.gguf.yaml", std::string(kSmall) + "force_term: true\n");
  EXPECT_TRUE(ResolveModel(bare)->force_term);
  EXPECT_EQ(ResolveModel(bare)->checkpoint, bare);
  EXPECT_EQ(ResolveModel(folder_ + "/bare.gguf.yaml")->checkpoint, "/w.gguf");
  EXPECT_EQ(ResolveModel("http://127.0.0.1:8000/v1")->endpoint, "http://127.0.0.1:8000/v1");
  EXPECT_TRUE(ResolveModel("http://127.0.0.1:8000/v1")->checkpoint.empty());
  EXPECT_EQ(ResolveModel("http://127.0.0.1:8000/v1")->endpoint_model, "");
  EXPECT_EQ(ResolveModel("https://host/v1#org/model")->endpoint, "https://host/v1");
  EXPECT_EQ(ResolveModel("https://host/v1#org/model")->endpoint_model, "org/model");
  ::unsetenv("OPENAI_BASE_URL");
  EXPECT_NE(ResolveModel("remote:a/b").error().Text().find("OPENAI_BASE_URL"), std::string::npos);
  ::setenv("OPENAI_BASE_URL", "https://host/v1", 1);
  EXPECT_EQ(ResolveModel("remote:a/b")->endpoint, "https://host/v1");
  EXPECT_EQ(ResolveModel("remote:a/b")->endpoint_model, "a/b");
  EXPECT_EQ(ResolveModel("remote:a/b")->remote.key_env, "OPENAI_API_KEY");
}

}  // namespace
}  // namespace fathom
