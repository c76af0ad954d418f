// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <random>

#include "base/limits.h"

namespace fathom {
namespace {

std::string ErrorText(std::string_view text) {
  const auto parsed = Json::Parse(text);
  return parsed.ok() ? "accepted: " + parsed->Dump() : parsed.error().Text();
}

TEST(Json, DumpReadsBackAsTheSameValue) {
  for (const char* text : {"null", "true", "-0.5", "[]", "{}", "[1,2.5,\"x\",null,{\"a\":[{}]}]",
                           "9223372036854775807", "\"\\u0000\\n\\\"\\\\\xC3\xA9\"", "1e-7",
                           "123456789.123", "{\"b\":1,\"a\":2}"}) {
    const auto value = Json::Parse(text);
    ASSERT_TRUE(value.ok()) << text << ": " << value.error().Text();
    for (const std::string& written :
         {value->Dump(), value->Dump(2), value->Dump(-1, true), value->Dump(0)}) {
      const auto again = Json::Parse(written);
      ASSERT_TRUE(again.ok()) << written;
      EXPECT_EQ(*again, *value) << written;
      EXPECT_EQ(again->Dump(), value->Dump());
    }
  }
}

TEST(Json, RandomDoublesReadBackBitEqual) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 20'000; ++i) {
    const uint64_t bits = random();
    double value;
    std::memcpy(&value, &bits, sizeof(value));
    if (!std::isfinite(value)) continue;
    const auto again = Json::Parse(Json(value).Dump());
    ASSERT_TRUE(again.ok() && again->type() == Json::Type::kDouble) << Json(value).Dump();
    EXPECT_EQ(again->as_double(), value) << Json(value).Dump();
  }
}

// What Python's json.dumps prints for the same values.
TEST(Json, NumbersAndSeparatorsLookAsPythonWritesThem) {
  EXPECT_EQ(Json(1.0).Dump(), "1.0");
  EXPECT_EQ(Json(100000.0).Dump(), "100000.0");
  EXPECT_EQ(Json(1e16).Dump(), "1e+16");
  EXPECT_EQ(Json(0.0001).Dump(), "0.0001");
  EXPECT_EQ(Json(0.00001).Dump(), "1e-05");
  EXPECT_EQ(Json(-0.0).Dump(), "-0.0");
  EXPECT_EQ(Json(std::numeric_limits<double>::infinity()).Dump(), "null");
  const auto value = Json::Parse("{\"a\":[1,{}],\"b\":[]}");
  EXPECT_EQ(value->Dump(-1, true), "{\"a\": [1, {}], \"b\": []}");
  EXPECT_EQ(value->Dump(), "{\"a\":[1,{}],\"b\":[]}");
  EXPECT_EQ(value->Dump(2), "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

TEST(Json, ErrorsSayLineAndColumn) {
  EXPECT_EQ(ErrorText("{\"a\":1,\n \"a\":2}").substr(0, 25), "2:4: duplicate key \"a\"");
  EXPECT_EQ(ErrorText("[1,\n2,,]").substr(0, 4), "2:3:");
  EXPECT_EQ(ErrorText("[1e400]").substr(0, 4), "1:7:");
  EXPECT_NE(ErrorText("[NaN]").find("1:"), std::string::npos);
  EXPECT_EQ(ErrorText("1 2").substr(0, 4), "1:3:");
  EXPECT_EQ(ErrorText("[\"\xFF\"]").substr(0, 4), "1:3:");
  EXPECT_NE(ErrorText("").find("1:1"), std::string::npos);
}

TEST(Json, DuplicateKeysAreFoundInSmallAndLargeObjects) {
  for (const int count : {1, 2, 15, 16, 17, 40, 5000}) {
    std::string text = "{";
    for (int i = 0; i < count; ++i) text += "\"k" + std::to_string(i) + "\":0,";
    EXPECT_TRUE(Json::Parse(text + "\"new\":0}").ok()) << count;
    for (const int again : {0, count / 2, count - 1}) {
      EXPECT_FALSE(Json::Parse(text + "\"k" + std::to_string(again) + "\":0}").ok()) << count;
    }
  }
  EXPECT_FALSE(Json::Parse("{\"a\":1,\"\\u0061\":2}").ok()) << "escapes are the same key";
}

TEST(Json, DepthIsLimitedWithoutRecursion) {
  const auto nested = [](size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(Json::Parse(nested(kParseDepthMax)).ok());
  EXPECT_EQ(Json::Parse(nested(kParseDepthMax + 1)).error().code, Code::kLimit);
  EXPECT_EQ(Json::Parse(std::string(5'000'000, '[')).error().code, Code::kLimit);
  std::string objects;
  for (int i = 0; i < 1'000'000; ++i) objects += "{\"\":";
  EXPECT_EQ(Json::Parse(objects).error().code, Code::kLimit);
  EXPECT_EQ(Json::Parse("[1,2,3]", {.bytes_max = 6}).error().code, Code::kLimit);
}

TEST(Json, NumbersCompareByValueAndObjectsWithoutOrder) {
  EXPECT_EQ(Json(1), Json(1.0));
  EXPECT_FALSE(Json(int64_t{9007199254740993}) == Json(9007199254740992.0));
  EXPECT_FALSE(Json(true) == Json(1));
  EXPECT_EQ(*Json::Parse("{\"a\":1,\"b\":[2]}"), *Json::Parse("{\"b\":[2.0],\"a\":1}"));
  EXPECT_FALSE(*Json::Parse("{\"a\":1}") == *Json::Parse("{\"b\":1}"));
  EXPECT_FALSE(*Json::Parse("[1,2]") == *Json::Parse("[2,1]"));
}

TEST(Json, IntegersBeyondInt64BecomeDoubles) {
  EXPECT_EQ(Json::Parse("9223372036854775807")->as_int(), INT64_MAX);
  EXPECT_EQ(Json::Parse("-9223372036854775808")->as_int(), INT64_MIN);
  EXPECT_EQ(Json::Parse("9223372036854775808")->as_double(), 0x1p63);
  EXPECT_EQ(Json::Parse("100000000000000000000")->as_double(), 1e20);
}

TEST(Json, InvalidUtf8IsWrittenAsReplacementCharacters) {
  EXPECT_EQ(Json("a\xFFz").Dump(), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(Json("\xED\xA0\x80").Dump(), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

// nst/JSONTestSuite: y_ must be accepted, n_ refused; i_ is ours to choose, and the choice is
// printed.
TEST(Json, AgreesWithJsonTestSuite) {
  const char* data = std::getenv("FATHOM_DATA");
  const std::filesystem::path folder =
      std::filesystem::path(data ? data : "") / "json-test-suite" / "test_parsing";
  if (data == nullptr || !std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << "set FATHOM_DATA to a folder that holds json-test-suite";
  }
  size_t checked = 0;
  std::string accepted, refused;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    // Two files nest 500 and 100,000 deep on purpose: depth is our limit, not the format's.
    const auto parsed = Json::Parse(text, {.depth_max = 600});
    // RFC 8259 leaves duplicate keys open, the suite files them under y_; this program refuses
    // them.
    const bool duplicate = name.find("duplicated_key") != std::string::npos;
    if (name[0] == 'y') {
      EXPECT_EQ(parsed.ok(), !duplicate) << name;
    }
    if (name[0] == 'n') {
      EXPECT_FALSE(parsed.ok()) << name;
    }
    if (name[0] == 'i') (parsed.ok() ? accepted : refused) += " " + name;
    ++checked;
  }
  EXPECT_GT(checked, 300u);
  std::cout << checked << " files; free choice, accepted:" << accepted << "\nrefused:" << refused
            << "\n";
}

}  // namespace
}  // namespace fathom
