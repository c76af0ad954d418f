// SPDX-License-Identifier: Apache-2.0
// What YAML lets pass silently is an error with its place.
#include "base/yaml.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace fathom {
namespace {

Json Value(std::string_view text) {
  const auto document = ParseYaml(text, "t.yaml");
  EXPECT_TRUE(document) << document.error().Text();
  return document ? document->value : Json();
}

std::string ErrorOf(std::string_view text) {
  const auto document = ParseYaml(text, "t.yaml");
  return document ? "no error" : document.error().Text();
}

TEST(Yaml, PlainScalarsFollowYaml12) {
  const Json expected = *Json::Parse(
      R"({"a": "yes", "b": "on", "c": true, "d": null, "e": 12, "f": -1.5, "g": "12", "h": "1.2.3",
          "i": 31, "j": 10, "k": "inf", "l": "nan", "m": "0x", "n": "-", "o": null, "p": 1000.0,
          "q": "NO", "r": 8, "s": "2026-01-01", "t": 7, "u": "+"})");
  EXPECT_EQ(Value("a: yes\nb: on\nc: true\nd: ~\ne: 12\nf: -1.5\ng: \"12\"\nh: 1.2.3\ni: 0x1F\n"
                  "j: 010\nk: inf\nl: nan\nm: 0x\nn: '-'\no:\np: 1e3\nq: NO\nr: 0o10\n"
                  "s: 2026-01-01\nt: +7\nu: +\n")
                .Dump(),
            expected.Dump());
}

TEST(Yaml, NestedValuesKeepTheirShapeAndOrder) {
  EXPECT_EQ(
      Value("b: [1, {x: y}, []]\na:\n  - |\n    two\n    lines\n  - >-\n    folded\n    text\n"
            "e: {}\n")
          .Dump(),
      R"({"b":[1,{"x":"y"},[]],"a":["two\nlines\n","folded text"],"e":{}})");
  EXPECT_TRUE(Value("").is_null());
  EXPECT_TRUE(Value("# nothing\n").is_null());
}

TEST(Yaml, SilentMistakesAreErrorsAtTheirPlace) {
  const std::pair<const char*, const char*> cases[] = {
      {"a: 1\nb: 2\na: 3\n", "t.yaml:3:1: the key \"a\" stands already at line 1"},
      {"x:\n  a: 1\n  a: 1\n", "t.yaml:3:3: the key \"a\" stands already at line 2"},
      {"x: {{ y }}\n", "t.yaml:1:5: a mapping or list cannot be a key; write {{ ... }} in quotes"},
      {"x: &a 1\ny: *a\n", "anchors (&name) are not allowed"},
      {"x: &a\n  y: 1\n", "anchors (&name) are not allowed"},
      {"x: *a\n", "t.yaml:1:4: "},
      {"<<: {a: 1}\n", "merge keys (<<) are not allowed"},
      {"x: !!python/object 1\n", "tags ("},
      {"x: !env HOME\n", "tags ("},
      {"x: !!map {a: 1}\n", "tags ("},
      {"a: 1\n---\nb: 2\n", "t.yaml: holds more than one document"},
      {"? [a]\n: 1\n", "cannot be a key"},
      {": 1\n", "a key is missing"},
      {"x: .nan\n", "t.yaml:1:4: .nan is not a number"},
      {"x: -.inf\n", "is not a number"},
      {"x: 99999999999999999999\n", "does not fit into 64 bits"},
      {"x: 1e999\n", "out of range"},
      {"x: [1, 2\n", "t.yaml:"},
      {"\tx: 1\n", "t.yaml:1:"},
      {"x: \"\xff\"\n", "is not UTF-8"},
  };
  for (const auto& [text, message] : cases) {
    EXPECT_NE(ErrorOf(text).find(message), std::string::npos) << text << "\n" << ErrorOf(text);
  }
  EXPECT_NE(ErrorOf(std::string_view("a: 1\0b: 2", 9)).find("NUL"), std::string::npos);
}

TEST(Yaml, SizeAndDepthHaveLimits) {
  EXPECT_NE(ErrorOf(std::string(kYamlBytesMax + 1, ' ')).find("larger"), std::string::npos);
  const std::string fits = std::string(kParseDepthMax, '[') + std::string(kParseDepthMax, ']');
  EXPECT_TRUE(ParseYaml(fits, "t.yaml"));
  EXPECT_NE(ErrorOf("[" + fits + "]").find("deeper than 64"), std::string::npos);
  EXPECT_NE(ErrorOf(std::string(100'000, '[')), "no error");
  EXPECT_NE(ErrorOf(std::string(100'000, '{')), "no error");
  std::string blocks;
  for (int i = 0; i < 300; ++i) blocks += std::string(i, ' ') + "- \n";
  EXPECT_NE(ErrorOf(blocks), "no error");
}

TEST(YamlMap, ReadsFieldsAndNamesPlaces) {
  const auto document = ParseYaml(
      "name: x\nsize: 5\nlist: [a, b]\nsub:\n  a/b: {k: 1}\nrows:\n  - {k: 2}\n"
      "  - {k: 3, qqq: 1}\nflag: yes\n",
      "t.yaml");
  const auto map = YamlMap::At(*document);
  ASSERT_TRUE(map);
  std::string name = "default", absent = "default";
  EXPECT_TRUE(map->Read("name", &name));
  EXPECT_TRUE(map->Read("absent", &absent));
  EXPECT_EQ(name, "x");
  EXPECT_EQ(absent, "default");
  int64_t size = 0;
  EXPECT_TRUE(map->Read("size", &size, {1, 5}));
  EXPECT_EQ(map->Read("size", &size, {1, 4}).error().Text(),
            "t.yaml:2:7: \"size\": is 5, must be within 1 and 4");
  std::vector<std::string> list;
  EXPECT_TRUE(map->Read("list", &list));
  EXPECT_EQ(list.size(), 2u);
  bool flag = false;
  EXPECT_EQ(map->Read("flag", &flag).error().Text(), "t.yaml:9:7: \"flag\": must be true or false");
  EXPECT_EQ(map->Map("sub")->Map("a/b")->place(), "t.yaml:5:8");
  const auto rows = map->Maps("rows");
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_EQ((*rows)[1].OnlyKeys({"k"}).error().Text(), "t.yaml:8:12: unknown key \"qqq\"");
  EXPECT_EQ(map->OnlyKeys({"name", "sizes", "list", "sub", "rows", "flag"}).error().Text(),
            "t.yaml:2:1: unknown key \"size\": did you mean \"sizes\"?");
  EXPECT_FALSE(map->Require({"name", "other"}));
  EXPECT_FALSE(YamlMap::At(*document, "/list"));
}

}  // namespace
}  // namespace fathom
