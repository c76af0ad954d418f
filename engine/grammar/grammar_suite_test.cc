// SPDX-License-Identifier: Apache-2.0
// Grammars against schemas that others wrote: the JSON Schema Test Suite (a value fits its schema
// exactly when the grammar has its canonical text) and the functions of BFCL (whatever is drawn
// fits).
#include <bit>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "base/json_schema.h"
#include "engine/grammar/grammar.h"
#include "engine/test_support.h"
#include "kernels/sample/sample.h"

namespace fathom {
namespace {

using test::Must;
using test::ReadText;

std::string Data(const std::string& name) {
  const char* data = std::getenv("FATHOM_DATA");
  return std::string(data ? data : "/nowhere") + "/" + name;
}

const Tokenizer& Nano() {
  static const auto tokenizer = Must(Tokenizer::Load(FATHOM_SOURCE_DIR "/models/nano"));
  return *tokenizer;
}

const GrammarVocabulary& Vocabulary() {
  static const GrammarVocabulary vocabulary(Nano());
  return vocabulary;
}

std::string KeywordOf(const Error& error) {
  const size_t from = error.message.find('"'), to = error.message.find('"', from + 1);
  if (error.message.starts_with("keyword \"")) return error.message.substr(from + 1, to - from - 1);
  return error.message.substr(0, 60);
}

// The names of a schema in the order in which a grammar writes them.
void Rank(const Json& schema, std::map<std::string, size_t>& ranks) {
  if (schema.is_array()) {
    for (const Json& item : schema.as_array()) Rank(item, ranks);
  }
  if (!schema.is_object()) return;
  const Json* properties = schema.Find("properties");
  for (size_t i = 0; properties != nullptr && i < properties->size(); ++i)
    ranks.try_emplace(properties->as_object()[i].first, ranks.size());
  if (const Json* required = schema.Find("required"); required != nullptr && required->is_array()) {
    std::set<std::string> sorted;
    for (const Json& name : required->as_array()) {
      if (name.is_string()) sorted.insert(name.as_string());
    }
    for (const std::string& name : sorted) ranks.try_emplace(name, ranks.size());
  }
  for (const auto& [name, value] : schema.as_object()) {
    Rank(value, ranks);
    for (size_t i = 0; name == "const" && value.is_object() && i < value.size(); ++i)
      ranks.try_emplace(value.as_object()[i].first, ranks.size());
  }
}

// Whole numbers without a point, members by rank. `exact` falls when a grammar cannot say it.
Json Canonical(const Json& value, const std::map<std::string, size_t>& ranks, bool& exact) {
  if (value.is_number()) {
    const double number = value.as_double();
    if (number != 0 && (std::fabs(number) >= 1e15 || std::fabs(number) < 1e-10)) exact = false;
    if (number == std::floor(number) && std::fabs(number) < 1e15)
      return Json(static_cast<int64_t>(number));
    return value;
  }
  if (value.is_array()) {
    Json out = Json::EmptyArray();
    for (const Json& item : value.as_array()) out.Push(Canonical(item, ranks, exact));
    return out;
  }
  if (!value.is_object()) return value;
  Json::Object members = value.as_object();
  const auto rank = [&](const std::string& name) {
    const auto at = ranks.find(name);
    return at == ranks.end() ? SIZE_MAX : at->second;
  };
  std::stable_sort(members.begin(), members.end(),
                   [&](const auto& a, const auto& b) { return rank(a.first) < rank(b.first); });
  for (auto& [name, member] : members) member = Canonical(member, ranks, exact);
  return Json(std::move(members));
}

struct Count {
  size_t agreed = 0, inexact = 0;
  std::map<std::string, size_t> refused;
};

void RunGroup(const Json& group, bool draft7, const std::string& file, Count& count) {
  Json schema = *group.Find("schema");
  if (draft7 && schema.is_object() && schema.Find("$schema") == nullptr)
    schema.Set("$schema", "http://json-schema.org/draft-07/schema#");
  const Json::Array& tests = group.Find("tests")->as_array();
  const auto grammar = Grammar::FromSchema(Vocabulary(), schema);
  // No value at all is an answer, and right when the suite accepts none.
  const bool empty = !grammar && grammar.error().message == "no finite value fits the schema";
  if (!grammar && !empty) {
    count.refused[KeywordOf(grammar.error())] += tests.size();
    return;
  }
  std::map<std::string, size_t> ranks;
  Rank(schema, ranks);
  for (const Json& test : tests) {
    bool exact = true;
    const std::string text = Canonical(*test.Find("data"), ranks, exact).Dump();
    const bool valid = test.Find("valid")->as_bool();
    if (!exact) {
      ++count.inexact;
      continue;
    }
    const bool accepted = !empty && grammar->Accepts(text);
    EXPECT_EQ(accepted, valid) << file << ": " << group.Find("description")->as_string() << ": "
                               << test.Find("description")->as_string() << "\n"
                               << text << "\n"
                               << schema.Dump();
    count.agreed += accepted == valid;
  }
}

TEST(JsonSchemaTestSuite, AValueFitsExactlyWhenItsCanonicalTextIsInTheGrammar) {
  const std::string root = Data("json-schema-test-suite/tests");
  if (!std::filesystem::is_directory(root))
    GTEST_SKIP() << "set FATHOM_DATA to a folder that holds json-schema-test-suite";
  for (const std::string folder : {"draft2020-12", "draft7"}) {
    Count count;
    for (const auto& entry : std::filesystem::directory_iterator(root + "/" + folder)) {
      if (entry.path().extension() != ".json") continue;
      const Json groups = Must(Json::Parse(ReadText(entry.path())));
      for (const Json& group : groups.as_array())
        RunGroup(group, folder == "draft7", entry.path().filename(), count);
    }
    EXPECT_GT(count.agreed, 200u);
    std::cout << folder << ": " << count.agreed << " tests agree, " << count.inexact
              << " hold numbers beyond a grammar's digits; refused by keyword:";
    for (const auto& [keyword, tests] : count.refused) std::cout << " " << keyword << " " << tests;
    std::cout << "\n";
  }
}

// BFCL writes Python's names of types.
Json Modern(Json schema) {
  if (schema.is_array()) {
    for (Json& item : schema.as_array()) item = Modern(std::move(item));
    return schema;
  }
  if (!schema.is_object()) return schema;
  const std::map<std::string, std::string> names = {
      {"dict", "object"}, {"float", "number"}, {"tuple", "array"}, {"any", ""}};
  Json::Object out;
  for (auto& [keyword, value] : schema.as_object()) {
    if (keyword == "type" && value.is_string()) {
      const auto name = names.find(value.as_string());
      if (name != names.end() && name->second.empty()) continue;
      out.emplace_back(keyword, name == names.end() ? value : Json(name->second));
    } else {
      out.emplace_back(keyword, Modern(std::move(value)));
    }
  }
  return Json(std::move(out));
}

// Every allowed token is as likely as any other; nothing when tokens_max is passed.
std::optional<std::string> Draw(Constraint& constraint, uint64_t seed, size_t tokens_max) {
  constraint.Reset();
  std::vector<uint64_t> allowed((Nano().vocabulary() + 63) / 64);
  std::string text;
  for (size_t i = 0; i < tokens_max; ++i) {
    Must(constraint.Mask(allowed));
    size_t count = constraint.IsComplete() ? 1 : 0;
    for (const uint64_t word : allowed) count += static_cast<size_t>(std::popcount(word));
    if (count == 0) {
      ADD_FAILURE() << "a dead end after " << text;
      return std::nullopt;
    }
    auto left = static_cast<size_t>(SampleUniform(seed, i) * static_cast<double>(count));
    size_t word = 0;
    for (; word < allowed.size(); ++word) {
      const auto here = static_cast<size_t>(std::popcount(allowed[word]));
      if (left < here) break;
      left -= here;
    }
    if (word == allowed.size()) return text;
    uint64_t bits = allowed[word];
    for (; left > 0; --left) bits &= bits - 1;
    const auto token = static_cast<Token>(word * 64 + static_cast<size_t>(std::countr_zero(bits)));
    if (!constraint.Accept(token)) {
      ADD_FAILURE() << "the mask allows what is not accepted after " << text;
      return std::nullopt;
    }
    text += Nano().Piece(token);
  }
  return std::nullopt;
}

TEST(Bfcl, WhateverIsDrawnFitsTheFunctionsParameters) {
  if (!std::filesystem::is_directory(Data("bfcl")))
    GTEST_SKIP() << "set FATHOM_DATA to a folder that holds bfcl";
  const char* draws_text = std::getenv("FATHOM_GRAMMAR_DRAWS");  // a function
  const uint64_t draws = draws_text == nullptr ? 1 : std::strtoull(draws_text, nullptr, 10);
  size_t functions = 0, finished = 0, cut = 0;
  std::map<std::string, size_t> refused;
  for (const char* name : {"simple_python", "multiple", "parallel", "parallel_multiple"}) {
    std::istringstream lines(ReadText(Data(std::string("bfcl/BFCL_v4_") + name + ".json")));
    for (std::string line; std::getline(lines, line) && functions < 1'000;) {
      const Json question = Must(Json::Parse(line));
      for (const Json& function : question.Find("function")->as_array()) {
        const Json parameters = Modern(*function.Find("parameters"));
        ++functions;
        const auto grammar =
            Grammar::FromSchema(Vocabulary(), parameters, {.closed_objects = true});
        if (!grammar) {
          ++refused[KeywordOf(grammar.error())];
          continue;
        }
        const JsonSchema schema = Must(JsonSchema::Compile(parameters));
        const auto constraint = grammar->NewConstraint();
        for (uint64_t draw = 0; draw < draws; ++draw) {
          const auto text = Draw(*constraint, functions * 1'000 + draw, 3'000);
          ++(text ? finished : cut);
          if (!text) continue;
          const auto value = Json::Parse(*text);
          ASSERT_TRUE(value) << *text << "\n" << value.error().Text();
          const Status status = schema.Check(*value);
          ASSERT_TRUE(status) << *text << "\n" << status.error().Text();
        }
      }
    }
  }
  EXPECT_GE(functions, 1'000u);
  EXPECT_GT(finished, functions * draws * 8 / 10);
  EXPECT_TRUE(refused.empty());
  std::cout << functions << " functions, " << finished << " draws fit, " << cut
            << " cut at 3000 tokens; functions refused by keyword:";
  for (const auto& [keyword, count] : refused) std::cout << " " << keyword << " " << count;
  std::cout << "\n";
}

}  // namespace
}  // namespace fathom
