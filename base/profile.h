// SPDX-License-Identifier: Apache-2.0
// Profile: what a model is and can, as configs/models/*.yaml says it. Nothing in the program asks
// for a model's name.
//
// Unknown keys, wrong types and values out of range are errors with file:line:col and a suggestion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fathom {

enum class Severity { kLow, kMedium, kHigh, kCritical };
std::string_view SeverityName(Severity severity);
std::optional<Severity> SeverityFromName(std::string_view name);

enum class ChatFormat { kNano, kM1 };  // models/nano/FORMAT.md; MiniMax-M1's own

// A token whose probability at a line's end is the verdict of that line.
struct VerdictFamily {
  std::string token;   // control token, e.g. "<r03>"
  std::string family;  // e.g. "sql-injection"; the rule id
  int64_t cwe = 0;
  Severity severity = Severity::kMedium;
  std::string title;     // one line for reports
  std::string sentence;  // what a finding says, one sentence
};

struct Verdicts {
  std::string ok_token;
  std::vector<VerdictFamily> families;
  double threshold = 1;            // probability from which a finding is shown
  double threshold_confirmed = 1;  // ... when an independent check agrees
};

struct Phrasing {
  std::string intent;   // "value", "definition", "use", "statement"
  std::string pattern;  // with one {term}
};

enum class SecondLook { kNone, kRefutation, kReadAgain };

struct Profile {
  std::string name;
  std::string title;
  std::string source;  // the file it came from

  // Exactly one of the two. `checkpoint` is absolute.
  std::string checkpoint;
  std::string endpoint;        // base URL of an OpenAI-compatible server
  std::string endpoint_model;  // the model's name there; empty: the only one it lists
  // How the endpoint is asked.
  struct Remote {
    std::string key_env;        // the environment variable that holds the key; empty: none is sent
    bool key_optional = false;  // without the variable no key is sent
    bool constrains = false;    // it holds replies to tool_choice and schemas while decoding
    bool reads_tags = false;    // it leaves <think> and <tool_calls> in the content
    int64_t attempts_max = 5;
    int64_t idle_seconds = 300;  // without a byte; a long prompt is read in silence
    int64_t total_seconds = 1'800;
    int64_t requests_per_minute = 0;  // 0: no limit of ours
  } remote;
  ChatFormat format = ChatFormat::kM1;

  size_t window_accepted_tokens = 0;
  size_t window_reliable_tokens = 0;
  // What a session may hold for a corpus: the smaller of both.
  size_t window_tokens() const;

  std::string system_text;    // the system turn of a session over a corpus
  std::string refusal_token;  // control token that says "not in the corpus"; empty: said in words
  // Of a question that some line may well answer (where a name is defined that a line may define,
  // or in prose one of which a phrase of the corpus leaves no word over): refused from this
  // probability of the refusal token on. 1: whenever that token is the likeliest, as others are.
  double refusal_min = 1;

  struct Sampling {
    double temperature = 0;
    int64_t top_k = 0;
    double top_p = 1;
    double min_p = 0;
  } sampling;
  size_t output_tokens_max = 1'024;

  struct Thinking {
    bool supported = false;
    size_t tokens_default = 0;
    size_t tokens_max = 0;
  } thinking;

  // US dollars per million tokens; 0 for a model that runs here.
  struct Prices {
    double input = 0;
    double input_cached = 0;
    double output = 0;
  } prices;

  bool converses = true;            // false: `chat` says first what the model is for instead
  std::vector<Phrasing> phrasings;  // empty: questions go to the model as they are
  bool force_term = false;          // the answer starts with the term asked for
  const Phrasing* FindPhrasing(std::string_view intent) const;
  // Of the functions that a request offers, those the model sees, about (agent/tools_shown.h); 0:
  // all.
  size_t tools_shown = 0;

  std::optional<Verdicts> verdicts;  // absent: the audit asks in a schema
  SecondLook second_look = SecondLook::kNone;
};

// Reads one profile file. A relative checkpoint is counted from `root`.
Result<Profile> ReadProfile(const std::string& path, const std::string& root);

// What --model means:
//   a name             NAME.yaml in the user's models folder, then in configs/models of the program
//   a path to .yaml    that file
//   any other path     a checkpoint; its profile is PATH.yaml (or profile.yaml in it, when it is a
//   folder), otherwise
//                      m1's with this checkpoint
//   http(s)://...      an endpoint with the profile "remote"; URL#MODEL names the model there
//   remote:MODEL       that model at OPENAI_BASE_URL, with the profile "remote"
Result<Profile> ResolveModel(const std::string& model);

inline constexpr std::string_view kDefaultModel = "nano";

}  // namespace fathom
