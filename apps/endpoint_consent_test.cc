// SPDX-License-Identifier: Apache-2.0
#include "apps/endpoint_consent.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace fathom {
namespace {

class EndpointConsent : public testing::Test {
 protected:
  EndpointConsent() {
    std::string pattern = (std::filesystem::temp_directory_path() / "fathom-XXXXXX").string();
    folder_ = std::string(::mkdtemp(pattern.data())) + "/config";
    ::unsetenv("FATHOM_CONSENT");
  }
  ~EndpointConsent() override {
    std::filesystem::remove_all(std::filesystem::path(folder_).parent_path());
  }

  // "yes", "no", or "no (not asked)" and the like.
  std::string Require(const std::string& endpoint, std::optional<bool> answer,
                      bool sends_key = false) {
    Profile profile{.name = "there\x1b[2J", .endpoint = endpoint};
    profile.remote.key_env = "SOME_KEY";
    question_.clear();
    ConsentAsker ask;
    if (answer) {
      ask = [&](const std::string& question) {
        question_ = question;
        return *answer;
      };
    }
    const Status status = RequireConsent(profile, sends_key, folder_, ask);
    if (!status) {
      EXPECT_EQ(status.error().code, Code::kPolicyDenied) << status.error().Text();
    }
    return std::string(status.ok() ? "yes" : "no") + (question_.empty() ? "" : ", asked");
  }

  std::string folder_, question_;
};

TEST_F(EndpointConsent, IsAskedOnceForEachOriginAndNeverForThisMachine) {
  EXPECT_EQ(Require("https://api.example/v1", std::nullopt), "no");
  EXPECT_EQ(Require("https://api.example/v1", false), "no, asked");
  EXPECT_EQ(Require("https://api.example/v1", true), "yes, asked");
  EXPECT_EQ(Require("https://api.example/v2/other", std::nullopt), "yes");
  EXPECT_EQ(Require("https://api.example:8443/v1", std::nullopt), "no");
  EXPECT_EQ(Require("http://api.example/v1", std::nullopt), "no");
  EXPECT_EQ(Require("https://api.example.evil/v1", std::nullopt), "no");
  EXPECT_EQ(Require("https://other.example/v1", true), "yes, asked");
  EXPECT_EQ(Require("https://api.example/v1", std::nullopt), "yes");
  for (const char* here : {"http://127.0.0.1:8080/v1", "http://localhost/v1", "http://[::1]:80/v1"})
    EXPECT_EQ(Require(here, std::nullopt), "yes") << here;
  for (const char* elsewhere : {"http://127.0.0.1.example/v1", "http://localhost.example/v1",
                                "http://10.0.0.1/v1", "http://128.0.0.1/v1", "http://[::2]/v1"}) {
    EXPECT_EQ(Require(elsewhere, std::nullopt), "no") << elsewhere;
  }
}

TEST_F(EndpointConsent, TheQuestionNamesWhatGoesWhere) {
  Require("http://10.0.0.7:8000/v1", false, true);
  EXPECT_NE(question_.find("http://10.0.0.7:8000"), std::string::npos);
  EXPECT_NE(question_.find("SOME_KEY"), std::string::npos);
  EXPECT_NE(question_.find("not encrypted"), std::string::npos);
  EXPECT_EQ(question_.find('\x1b'), std::string::npos);
  Require("https://api.example/v1", false, false);
  EXPECT_EQ(question_.find("SOME_KEY"), std::string::npos);
  EXPECT_EQ(question_.find("not encrypted"), std::string::npos);
}

TEST_F(EndpointConsent, AProgramMayGiveItForOneOrigin) {
  ::setenv("FATHOM_CONSENT", "https://api.example:443", 1);
  EXPECT_EQ(Require("https://api.example/v1", std::nullopt), "yes");
  EXPECT_EQ(Require("https://other.example/v1", std::nullopt), "no");
  ::setenv("FATHOM_CONSENT", "yes", 1);
  EXPECT_EQ(Require("https://api.example/v1", std::nullopt), "no");
}

TEST_F(EndpointConsent, ADamagedRecordIsNoConsent) {
  std::filesystem::create_directories(folder_);
  std::ofstream(folder_ + "/endpoints.json") << "{\"https://api.example:443\": ";
  Profile profile{.endpoint = "https://api.example/v1"};
  const Status status = RequireConsent(profile, false, folder_, [](const auto&) { return true; });
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().Text().find("endpoints.json"), std::string::npos);
}

}  // namespace
}  // namespace fathom
