// SPDX-License-Identifier: Apache-2.0
// What `fathom model eval` asks and how an answer is scored: one JSON object a line, one scorer a
// kind. Scores come from free-running output alone, decoded as the product decodes it: calls fit
// their tools, quotes stand in the files.
//
//   {"kind": "call", "set": S, "messages": [...], "tools": [...], "calls": [C...], "loose": bool}
//       C = {"name": N, "arguments": {KEY: [accepted values]}, "optional": [KEY...]}
//       Right: as many calls as C, each C met by one of them, in any order; no C: no call.
//       loose: text matches without regard to case, blanks and punctuation, as BFCL compares.
//   {"kind": "text", "set": S, "messages": [...], "tools": [...], "contains": [TEXT...],
//    "all": bool}
//       Right: no call, and one of the texts stands in the answer; with "all" each of them.
//   {"kind": "quote", "set": S, "files": [{"path", "text"}...], "asks": [{"question", "term",
//    "quote"}...]}
//       Right: the answer that begins with the term is the quote with its line number; without
//       "quote": it is refused.
//   {"kind": "audit", "set": S, "files": [...], "weak": [{"path", "line", "family"}...],
//    "open": [{"path", "line"}...]}
//       The verdicts of all lines at the profile's threshold; `open` ones count neither way.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "engine/chat/chat.h"
#include "rag/corpus.h"

namespace fathom {

struct ExpectedCall {
  std::string name;
  Json arguments;  // key -> array of accepted values
  std::vector<std::string> optional;
};

struct EvalAsk {
  std::string question, term, quote;
  bool refuse = false;
};

struct EvalLine {
  std::string path;
  int64_t line = 0;
  std::string family;
};

struct EvalItem {
  enum class Kind { kCall, kText, kQuote, kAudit };
  Kind kind = Kind::kCall;
  std::string set;
  std::vector<Message> messages;
  std::vector<ToolDefinition> tools;
  std::vector<ExpectedCall> calls;
  bool loose = false;
  std::vector<std::string> contains;
  bool contains_all = false;
  Corpus corpus;
  std::vector<EvalAsk> asks;
  std::vector<EvalLine> weak, open;
};

// Errors name file and line.
Result<std::vector<EvalItem>> ReadEvalItems(const std::string& path);

// Whether the calls are those expected.
bool CallsMatch(const EvalItem& item, const std::vector<ToolCall>& calls);

}  // namespace fathom
