// SPDX-License-Identifier: Apache-2.0
#include "engine/chat/tool_call_parser.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <set>
#include <sstream>

#include "base/limits.h"
#include "base/utf8.h"
#include "engine/chat/parse_command.h"

namespace fathom {
namespace {

using Kind = ParseDelta::Kind;

// "content ## thinking ## name(arguments) name(arguments)"
std::string Shown(const ParsedMessage& message) {
  std::string out = message.content + " ## " + message.thinking + " ##";
  for (const ToolCall& call : message.calls) out += " " + call.name + "(" + call.arguments + ")";
  return out;
}

std::string Whole(std::string_view text, FinishReason reason = FinishReason::kEos) {
  return Shown(ParseWhole(text, reason));
}

std::string Trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

// A listener's view: deltas applied in order.
struct Listener {
  std::string content, thinking;
  std::vector<ToolCall> calls;
  std::vector<bool> dropped;

  void Apply(const std::vector<ParseDelta>& deltas) {
    for (const ParseDelta& delta : deltas) {
      EXPECT_TRUE(IsUtf8(delta.text));
      switch (delta.kind) {
        case Kind::kContent:
          content += delta.text;
          break;
        case Kind::kThinking:
          thinking += delta.text;
          break;
        case Kind::kCallBegin:
          EXPECT_EQ(delta.index, calls.size());
          EXPECT_GT(delta.id.size(), 16u);
          calls.push_back({delta.id, delta.text, ""});
          dropped.push_back(false);
          break;
        case Kind::kArguments:
          ASSERT_LT(delta.index, calls.size());
          EXPECT_FALSE(delta.text.empty());
          calls[delta.index].arguments += delta.text;
          break;
        case Kind::kCallDropped:
          ASSERT_LT(delta.index, calls.size());
          dropped[delta.index] = true;
          break;
        case Kind::kWasThinking:
          thinking = Trimmed(content);
          content.clear();
          break;
      }
    }
  }
};

void ExpectListenerHas(const ParsedMessage& message, const Listener& listener,
                       const std::string& text) {
  EXPECT_EQ(Trimmed(listener.content), Trimmed(message.content)) << text;
  EXPECT_EQ(listener.thinking, message.thinking) << text;
  std::vector<ToolCall> kept;
  for (size_t i = 0; i < listener.calls.size(); ++i) {
    if (!listener.dropped[i]) kept.push_back(listener.calls[i]);
  }
  ASSERT_EQ(kept.size(), message.calls.size()) << text;
  for (size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(kept[i].id, message.calls[i].id) << text;
    EXPECT_EQ(kept[i].name, message.calls[i].name) << text;
    EXPECT_EQ(kept[i].arguments, message.calls[i].arguments) << text;
  }
}

void ExpectSameInPieces(const std::string& text, const std::vector<size_t>& cuts,
                        FinishReason reason) {
  const StreamParserOptions options{.id_seed = 42};
  const ParsedMessage whole = ParseWhole(text, reason, options);
  StreamParser parser(options);
  Listener listener;
  size_t at = 0;
  for (const size_t cut : cuts) {
    listener.Apply(parser.Feed(std::string_view(text).substr(at, cut - at)));
    at = cut;
  }
  listener.Apply(parser.Feed(std::string_view(text).substr(at)));
  listener.Apply(parser.Finish(reason));
  ASSERT_EQ(Shown(parser.message()), Shown(whole)) << text;
  EXPECT_EQ(parser.message().rejected, whole.rejected) << text;
  for (size_t i = 0; i < whole.calls.size(); ++i) {
    EXPECT_EQ(parser.message().calls[i].id, whole.calls[i].id) << text;
  }
  ExpectListenerHas(parser.message(), listener, text);
}

// The deltas of each chunk, e.g. "c:text", "t:thinking", "0:name", "0+{\"a\"", "0-".
std::vector<std::string> Steps(const std::vector<std::string>& chunks) {
  StreamParser parser;
  std::vector<std::string> out;
  const auto show = [&](const std::vector<ParseDelta>& deltas) {
    std::string step;
    for (const ParseDelta& delta : deltas) {
      const std::string index = std::to_string(delta.index);
      if (!step.empty()) step += " | ";
      switch (delta.kind) {
        case Kind::kContent:
          step += "c:" + delta.text;
          break;
        case Kind::kThinking:
          step += "t:" + delta.text;
          break;
        case Kind::kCallBegin:
          step += index + ":" + delta.text;
          break;
        case Kind::kArguments:
          step += index + "+" + delta.text;
          break;
        case Kind::kCallDropped:
          step += index + "-";
          break;
        case Kind::kWasThinking:
          step += "was thinking";
          break;
      }
    }
    out.push_back(step);
  };
  for (const std::string& chunk : chunks) show(parser.Feed(chunk));
  show(parser.Finish(FinishReason::kEos));
  return out;
}

using Strings = std::vector<std::string>;

const std::string kWeather = R"({"name": "weather", "arguments": {"city": "Oslo", "days": 3}})";
const std::string kClock = R"({"name": "clock", "arguments": {"zone": "UTC"}})";
const std::string kWeatherCall = R"(weather({"city": "Oslo", "days": 3}))";
const std::string kClockCall = R"(clock({"zone": "UTC"}))";

std::string Block(const std::string& lines) {
  return "<tool_calls>\n" + lines + "\n</tool_calls>";
}

struct Case {
  std::string name;
  std::string output;
  std::string expected;  // as Shown()
  FinishReason reason = FinishReason::kEos;
};

std::vector<Case> PublishedCases() {
  const std::string thinking = "<think>Perhaps " + Block(kClock) + " first.</think>";
  return {
      {"1 prose", "Just prose. ", "Just prose.  ##  ##"},
      {"2 one line", Block(kWeather), " ##  ## " + kWeatherCall},
      {"3 two lines", Block(kWeather + "\n" + kClock),
       " ##  ## " + kWeatherCall + " " + kClockCall},
      {"4 prose before", "Let me look. " + Block(kWeather), "Let me look. ##  ## " + kWeatherCall},
      {"5 never closed", "<tool_calls>\n" + kWeather, " ##  ## " + kWeatherCall},
      {"6 inner block", thinking + "\n\nI look. " + Block(kWeather),
       "I look. ## Perhaps " + Block(kClock) + " first. ## " + kWeatherCall},
      {"8 bad line", Block(kWeather + "\n{invalid json}\n" + kClock),
       " ##  ## " + kWeatherCall + " " + kClockCall},
      {"8 unbalanced line",
       Block(kWeather + "\n{\"name\": \"x\", \"arguments\": {\"a\": 1}\n" + kClock),
       " ##  ## " + kWeatherCall + " " + kClockCall},
      {"8 open quote", Block(kWeather + "\n{\"name\": \"x, \"arguments\": {\n" + kClock),
       " ##  ## " + kWeatherCall + " " + kClockCall},
      {"9 no name", Block("{\"arguments\": {}}\n" + kClock), " ##  ## " + kClockCall},
      {"9 no arguments", Block("{\"name\": \"x\"}\n" + kClock), " ##  ## " + kClockCall},
      {"10 several lines", Block("{\n  \"name\": \"f\",\n  \"arguments\": {\n    \"a\": 1\n  }\n}"),
       " ##  ## f({\n    \"a\": 1\n  })"},
      {"11 several blocks", Block(kWeather) + "\nand\n" + Block(kClock) + " bye",
       "and\n bye ##  ## " + kWeatherCall + " " + kClockCall},
      {"12 no ASCII escapes",
       Block(R"({"name": "f", "arguments": {"c": "北京 \u00e9 \ud83d\ude00"}})"),
       " ##  ## f({\"c\": \"北京 é 😀\"})"},
      {"20 end tag alone", "</tool_calls>", " ##  ##"},
      {"20 text after", Block(kClock) + "\nHere are the results.",
       "Here are the results. ##  ## " + kClockCall},
      {"21 everything",
       "One. " + thinking + " Two.\n" + Block(kWeather + "\n" + kClock) + "\nThree.",
       "One.  Two.\n\nThree. ## Perhaps " + Block(kClock) + " first. ## " + kWeatherCall + " " +
           kClockCall},
      {"22 no arguments", "Before. " + Block("{\"name\": \"x\"}") + " After.",
       "Before.  After. ##  ##"},
  };
}

std::vector<Case> OurCases() {
  const FinishReason cut = FinishReason::kLength;
  return {
      {"braces in strings", Block(R"({"name": "f", "arguments": {"a": "}{]\"[", "b": "\\"}})"),
       R"( ##  ## f({"a": "}{]\"[", "b": "\\"}))"},
      {"tags in strings",
       Block(R"({"name": "f", "arguments": {"a": "</tool_calls> <tool_calls> <think>"}})") + " ok",
       R"(ok ##  ## f({"a": "</tool_calls> <tool_calls> <think>"}))"},
      {"arguments as a string",
       Block(R"({"name": "f", "arguments": "{\"a\": \"x\\n\\\"y\\\"\"}"})"),
       R"( ##  ## f({"a": "x\n\"y\""}))"},
      {"string that is no object", Block(R"({"name": "f", "arguments": "Oslo"})"), " ##  ##"},
      {"string cut short", Block(R"({"name": "f", "arguments": "{\"a\": 1"})"), " ##  ##"},
      {"array arguments",
       Block(R"({"name": "f", "arguments": [1]})"
             "\n" +
             kClock),
       " ##  ## " + kClockCall},
      {"null arguments", Block(R"({"name": "f", "arguments": null})"), " ##  ##"},
      {"number arguments", Block(R"({"name": "f", "arguments": 5})"), " ##  ##"},
      {"arguments first", Block(R"({"arguments": {"a": 1}, "name": "f"})"),
       R"( ##  ## f({"a": 1}))"},
      {"other keys", Block(R"({"id": {"name": "no"}, "name": "f", "arguments": {}, "x": [1]})"),
       " ##  ## f({})"},
      {"name of another type", Block(R"({"name": 5, "arguments": {}})"), " ##  ##"},
      {"empty name", Block(R"({"name": "", "arguments": {}})"), " ##  ##"},
      {"escaped name", Block(R"({"n\u0061me": "\u0066", "arguments": {}})"), " ##  ## f({})"},
      {"CRLF", "Hi\r\n<tool_calls>\r\n" + kWeather + "\r\n" + kClock + "\r\n</tool_calls>\r\n",
       "Hi ##  ## " + kWeatherCall + " " + kClockCall},
      {"no newlines", "<tool_calls>" + kWeather + kClock + "</tool_calls>",
       " ##  ## " + kWeatherCall + " " + kClockCall},
      {"array of calls", Block("[" + kWeather + ", " + kClock + "]"),
       " ##  ## " + kWeatherCall + " " + kClockCall},
      {"code fence", Block("```json\n" + kWeather + "\n```"), " ##  ## " + kWeatherCall},
      {"surplus braces", Block(kWeather + "}}\n" + kClock + "}"),
       " ##  ## " + kWeatherCall + " " + kClockCall},
      {"missing brace", Block(R"({"name": "f", "arguments": {"a": 1})"), " ##  ##"},
      {"block after the turn's end", "Done.<end_of_sentence>\n" + Block(kWeather), "Done. ##  ##"},
      {"turn's end in an argument",
       Block(R"({"name": "f", "arguments": {"a": "<end_of_sentence>"}})"),
       R"( ##  ## f({"a": "<end_of_sentence>"}))"},
      {"nested think",
       "<think>a<think>b " + Block(kClock) + "</think>c " + Block(kClock) + " d</think>e " +
           Block(kWeather),
       "e ## a<think>b " + Block(kClock) + "</think>c " + Block(kClock) + " d ## " + kWeatherCall},
      {"two think blocks", "<think>\na\n</think>\nx\n<think>\nb\n</think>\ny", "x\n\ny ## a\nb ##"},
      {"unclosed think, call at the end", "<think>\nI call it.\n" + Block(kWeather),
       " ## I call it. ## " + kWeatherCall},
      {"unclosed think, draft only", "<think>\nMaybe " + Block(kWeather) + " or not",
       " ## Maybe " + Block(kWeather) + " or not ##"},
      {"unclosed think, draft and call",
       "<think>Maybe " + Block(kClock) + " no.\n" + Block(kWeather) + "\n" + Block(kClock) + "\n",
       " ## Maybe " + Block(kClock) + " no. ## " + kWeatherCall + " " + kClockCall},
      {"unclosed think, cut off", "<think>\nMaybe " + Block(kWeather),
       " ## Maybe " + Block(kWeather) + " ##", cut},
      {"unclosed think, tag only", "<think>I need <tool_calls> here",
       " ## I need <tool_calls> here ##"},
      {"close without open", "Reasoning.\n</think>\n\nAnswer " + Block(kWeather),
       "Answer ## Reasoning. ## " + kWeatherCall},
      {"close without open takes calls back", "Plan " + Block(kClock) + "</think>Answer",
       "Answer ## Plan ##"},
      {"second stray close", "<think>a</think>b</think>c", "bc ## a ##"},
      {"unknown name", Block(R"({"name": "no_such_tool", "arguments": {}})"),
       " ##  ## no_such_tool({})"},
      {"1e400", Block(R"({"name": "f", "arguments": {"a": 1e400}})"), R"( ##  ## f({"a": 1e400}))"},
      {"duplicate argument keys", Block(R"({"name": "f", "arguments": {"a": 1, "a": 2}})"),
       R"( ##  ## f({"a": 1, "a": 2}))"},
      {"duplicate name", Block(R"({"name": "f", "name": "g", "arguments": {}})"), " ##  ##"},
      {"duplicate arguments", Block(R"({"name": "f", "arguments": {}, "arguments": {}})"),
       " ##  ##"},
      {"quote never closed",
       Block(R"({"name": "f", "arguments": {"a": "x)").substr(0, 51) + "</tool_calls> Done.",
       "Done. ##  ##"},
      {"cut in the arguments",
       "Hi <tool_calls>\n" + kWeather + "\n{\"name\": \"f\", \"arguments\": {\"a",
       "Hi ##  ## " + kWeatherCall, cut},
      {"prose about the tag", "Write <tool_calls> before the call.",
       "Write <tool_calls> before the call. ##  ##"},
      {"block of prose", "a " + Block("no call here") + " b", "a  b ##  ##"},
      {"empty block", "a " + Block("") + " b", "a  b ##  ##"},
      {"comparison", "if a <b and c<", "if a <b and c< ##  ##"},
      {"half a tag at the end", "see <tool_cal", "see <tool_cal ##  ##"},
      {"lone surrogate", Block(R"({"name": "f", "arguments": {"a": "\ud83d x \ude00\ud83d"}})"),
       R"( ##  ## f({"a": "\ud83d x \ude00\ud83d"}))"},
      {"escapes that must stay",
       Block(R"({"name": "f", "arguments": {"a": "\u0022\u005c\u000a\/"}})"),
       R"( ##  ## f({"a": "\u0022\u005c\u000a\/"}))"},
      {"invalid UTF-8", "a\xFFz", "a\xEF\xBF\xBDz ##  ##"},
      {"nothing", "", " ##  ##"},
      {"call after one that breaks",
       Block(R"({"name": "f", "arguments": {"a": \x}})"
             "\n" +
             kClock),
       " ##  ## " + kClockCall},
  };
}

TEST(ToolCallParser, PublishedCasesHold) {
  for (const Case& c : PublishedCases()) {
    EXPECT_EQ(Whole(c.output, c.reason), c.expected) << c.name;
  }
}

TEST(ToolCallParser, OurCasesHold) {
  for (const Case& c : OurCases()) EXPECT_EQ(Whole(c.output, c.reason), c.expected) << c.name;
}

TEST(ToolCallParser, AnySplitOfTheBytesGivesTheSameMessage) {
  std::vector<Case> cases = PublishedCases();
  for (Case& c : OurCases()) cases.push_back(std::move(c));
  std::mt19937 random(21);
  for (const Case& c : cases) {
    for (const FinishReason reason : {FinishReason::kEos, FinishReason::kLength}) {
      std::vector<size_t> every;
      for (size_t i = 1; i < c.output.size(); ++i) every.push_back(i);
      ExpectSameInPieces(c.output, every, reason);
      for (const size_t cut : every) ExpectSameInPieces(c.output, {cut}, reason);
      for (int round = 0; round < 20; ++round) {
        std::vector<size_t> cuts;
        for (const size_t cut : every) {
          if (random() % 7 == 0) cuts.push_back(cut);
        }
        ExpectSameInPieces(c.output, cuts, reason);
      }
    }
  }
}

// Random strings of the pieces at which the machine changes state.
TEST(ToolCallParser, AnySplitOfRandomOutputGivesTheSameMessage) {
  const Strings pieces = {"<think>",
                          "</think>",
                          "<tool_calls>",
                          "</tool_calls>",
                          "<end_of_sentence>",
                          "<",
                          "\n",
                          " ",
                          "text",
                          "{",
                          "}",
                          "\"",
                          "\\",
                          "\\u00e9",
                          "\\ud83d",
                          ":",
                          ",",
                          "\"name\"",
                          "\"arguments\"",
                          kClock,
                          kWeather,
                          "\xC3",
                          "\xA9",
                          "é",
                          "[",
                          "]",
                          "{\"name\": \"f\", \"arguments\": ",
                          "1e400",
                          "null",
                          "\r\n"};
  std::mt19937 random(8);
  for (int round = 0; round < 6000; ++round) {
    std::string text;
    for (size_t count = random() % 16; count > 0; --count) {
      // The end of the turn would hide most of the rest.
      const std::string& piece = pieces[random() % pieces.size()];
      if (piece != "<end_of_sentence>" || random() % 8 == 0) text += piece;
    }
    std::vector<size_t> every, some;
    for (size_t i = 1; i < text.size(); ++i) {
      every.push_back(i);
      if (random() % 4 == 0) some.push_back(i);
    }
    const FinishReason reason = round % 2 ? FinishReason::kEos : FinishReason::kLength;
    ExpectSameInPieces(text, every, reason);
    ExpectSameInPieces(text, some, reason);
    if (HasFatalFailure()) return;
  }
}

TEST(ToolCallParserStream, ProsePassesAndBeginningsOfTagsAreHeld) {
  EXPECT_EQ(Steps({"I will ", " help you "}), (Strings{"c:I will ", "c: help you ", ""}));  // 13
  EXPECT_EQ(Steps({"Hi <", "tool_calls>"}), (Strings{"c:Hi ", "", ""}));
  EXPECT_EQ(Steps({"a <", "b"}), (Strings{"c:a ", "c:<b", ""}));
  EXPECT_EQ(Steps({"Text", " content</tool_", "calls>"}),
            (Strings{"c:Text", "c: content", "", ""}));                       // 14
  EXPECT_EQ(Steps({"Checking.<tool_calls>"}), (Strings{"c:Checking.", ""}));  // 15
  EXPECT_EQ(Steps({"</tool_calls>", "done"}), (Strings{"", "c:done", ""}));   // 20
}

TEST(ToolCallParserStream, ThinkingPassesAsThinkingAndItsCallsNeverSurface) {
  EXPECT_EQ(Steps({"<think>a ", "<tool_calls>" + kClock + "</tool_calls>", " b", "</think>",
                   "\n<tool_calls>"}),
            (Strings{"t:a", "", "t: <tool_calls>" + kClock + "</tool_calls> b", "", "c:\n",
                     ""}));  // 16, 17
}

TEST(ToolCallParserStream, NameComesOnceAndArgumentsGrow) {
  EXPECT_EQ(Steps({"<tool_calls>\n{\"name\": \"wea", "ther\"",
                   ", \"arguments\": ", "{\"city\": \"Os", "lo\"", ", \"days\": 3}", "}}\n",
                   "{\"name\": \"clock\", \"arguments\": {}}", "\n</tool_calls>"}),
            (Strings{"", "", "", "0:weather | 0+{\"city\": \"Os", "0+lo\"", "0+, \"days\": 3}", "",
                     "1:clock | 1+{}", "", ""}));  // 18, 19
  EXPECT_EQ(Steps({"<tool_calls>{\"name\": \"f\", \"arguments\": {\"a\": ", "oops}}"}),
            (Strings{"0:f | 0+{\"a\": ", "0-", ""}));
  EXPECT_EQ(Steps({"<tool_calls>{\"name\": \"f\", \"arguments\": {\"a\": \"\xC3", "\xA9\"}}"}),
            (Strings{"0:f | 0+{\"a\": \"", "0+é\"}", ""}));
}

TEST(ToolCallParser, MegabyteArgumentsAndHostileOutputTakeLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  const std::string megabyte(1'000'000, 'x');
  const std::string call = R"({"name": "f", "arguments": {"a": ")" + megabyte + "\"}}";
  ASSERT_EQ(ParseWhole(Block(call)).calls.size(), 1u);
  EXPECT_EQ(ParseWhole(Block(call)).calls[0].arguments, R"({"a": ")" + megabyte + "\"}");
  const std::string long_call =
      R"({"name": "f", "arguments": {"a": ")" + std::string(5'000'000, 'x') + "\"}}";
  EXPECT_EQ(ParseWhole(Block(long_call + "\n" + kClock)).calls.size(), 1u) << "over the limit";
  for (const char* unit :
       {"<tool_calls>{\"</tool_calls>", "<tool_calls>{\"\\", "<think>", "<tool_calls>{",
        "{\"a\":", "<tool_calls>\n", "</think>", "<", "<tool_calls>{\":\"</tool_calls>"}) {
    std::string text = "<tool_calls>";
    while (text.size() < 400'000) text += unit;
    StreamParser parser;
    for (size_t at = 0; at < text.size(); at += 1000)
      parser.Feed(std::string_view(text).substr(at, 1000));
    parser.Finish(FinishReason::kEos);
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  EXPECT_LT(seconds, 10) << "quadratic work would take minutes";
}

TEST(ToolCallParser, AtMostTheLimitOfCalls) {
  std::string lines;
  for (size_t i = 0; i < kToolCallsMax + 5; ++i) lines += kClock + "\n";
  const ParsedMessage message = ParseWhole(Block(lines));
  EXPECT_EQ(message.calls.size(), kToolCallsMax);
  EXPECT_EQ(message.rejected, 5u);
}

TEST(ToolCallParser, IdsAreLongAndDifferent) {
  std::set<std::string> ids;
  for (int round = 0; round < 50; ++round) {
    for (const ToolCall& call : ParseWhole(Block(kClock + "\n" + kWeather)).calls) {
      EXPECT_GT(call.id.size(), 16u);
      EXPECT_TRUE(ids.insert(call.id).second);
    }
  }
  EXPECT_EQ(ids.size(), 100u);
}

TEST(ToolCallParser, ThinkingOpenedByThePromptIsThinking) {
  const ParsedMessage message =
      ParseWhole("plan\n</think>\nAnswer", FinishReason::kEos, {.starts_in_thinking = true});
  EXPECT_EQ(Shown(message), "Answer ## plan ##");
}

std::string HexOf(std::string_view bytes) {
  std::string hex;
  for (const char c : bytes) {
    hex.push_back("0123456789abcdef"[static_cast<unsigned char>(c) >> 4]);
    hex.push_back("0123456789abcdef"[c & 15]);
  }
  return hex;
}

TEST(ParseCommand, AnswersALineForALine) {
  Json request = Json::EmptyObject();
  request.Set("id", "x");
  Json chunks = Json::EmptyArray();
  for (const std::string& chunk :
       Strings{"<think>hm</think>caf\xC3", "\xA9 <tool_calls>", kClock}) {
    chunks.Push(HexOf(chunk));
  }
  request.Set("chunks_hex", chunks);
  request.Set("finish", "stop");
  request.Set("tools", *Json::Parse(R"([{"type": "function", "function": {"name": "clock"}}])"));
  std::istringstream in(request.Dump() + "\n\n{\"id\": 2, \"chunks_hex\": []}\n");
  std::ostringstream out, err;
  ASSERT_EQ(RunParseCommand({.events = true}, in, out, err), 0) << err.str();
  std::istringstream lines(out.str());
  std::string line;
  std::getline(lines, line);
  const auto answer = Json::Parse(line);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(*answer->Find("id"), Json("x"));
  EXPECT_EQ(*answer->Find("content"), Json("café"));
  EXPECT_EQ(*answer->Find("reasoning"), Json("hm"));
  const Json& call = answer->Find("calls")->as_array().at(0);
  EXPECT_EQ(*call.Find("name"), Json("clock"));
  EXPECT_EQ(*call.Find("arguments"), Json(R"({"zone": "UTC"})"));
  const Json::Array& steps = answer->Find("steps")->as_array();
  ASSERT_EQ(steps.size(), 4u);
  EXPECT_EQ(steps[0], *Json::Parse(R"({"reasoning": "hm", "content": "caf"})"));
  EXPECT_EQ(steps[1], *Json::Parse(R"({"content": "é "})"));
  EXPECT_EQ(*steps[2].Find("calls")->as_array().at(0).Find("arguments"),
            Json(R"({"zone": "UTC"})"));
  EXPECT_EQ(steps[3], Json::EmptyObject());
  std::getline(lines, line);
  EXPECT_EQ(line, R"({"id":2,"content":null,"reasoning":null,"calls":[],"steps":[{}]})");
}

TEST(ParseCommand, BadLinesAreNamed) {
  const auto error = [](const std::string& line) {
    std::istringstream in(line);
    std::ostringstream out, err;
    EXPECT_EQ(RunParseCommand({}, in, out, err), 2) << line;
    return err.str();
  };
  EXPECT_EQ(error("{}"), "line 1: chunks_hex: expected an array\n");
  EXPECT_NE(error("{\"chunks_hex\": [\"abc\"]}").find("two hex digits"), std::string::npos);
  EXPECT_NE(error("{\"chunks_hex\": [\"zz\"]}").find("two hex digits"), std::string::npos);
  EXPECT_NE(error("{\"chunks_hex\": [], \"finish\": \"x\"}").find("finish"), std::string::npos);
  EXPECT_NE(error("\n{").find("line 2: 1:"), std::string::npos);
}

}  // namespace
}  // namespace fathom
