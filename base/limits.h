// SPDX-License-Identifier: Apache-2.0
// Every limit of the program, in one place, with its reason.
#pragma once

#include <cstddef>

namespace fathom {

inline constexpr size_t operator""_KiB(unsigned long long n) {
  return n << 10;
}
inline constexpr size_t operator""_MiB(unsigned long long n) {
  return n << 20;
}
inline constexpr size_t operator""_GiB(unsigned long long n) {
  return n << 30;
}

// Parsers. One depth for JSON, YAML and schemas: recursion on input is the commonest remote crash.
inline constexpr size_t kParseDepthMax = 64;
inline constexpr size_t kSchemaDepthMax = 512;  // $ref can lead in circles
inline constexpr size_t kSchemaStepsMax =
    10'000'000;                                   // anyOf of $refs multiplies; a second at most
inline constexpr size_t kJsonBytesMax = 256_MiB;  // a session export of a 1M-token corpus fits
inline constexpr size_t kYamlBytesMax = 1_MiB;
inline constexpr size_t kConfigJsonBytesMax = 1_MiB;      // a checkpoint's config.json is a few KiB
inline constexpr size_t kTokenizerJsonBytesMax = 64_MiB;  // M1's own is about 10 MiB

// Checkpoints (safetensors and GGUF).
inline constexpr size_t kSafetensorsHeaderBytesMax = 8_MiB;  // M1's largest needs about 1.2 MB
inline constexpr size_t kTensorCountMax = 100'000;           // M1 has 8,243
inline constexpr size_t kTensorNameBytesMax = 256;
inline constexpr size_t kTensorRankMax = 8;
inline constexpr size_t kShardCountMax = 10'000;  // M1 has 413
inline constexpr size_t kGgufKeyCountMax = 10'000;
inline constexpr size_t kGgufStringBytesMax = 1_MiB;
inline constexpr size_t kVocabularyMax = 1'000'000;

// Tokenizer and chat.
inline constexpr size_t kToolCallBytesMax = 4_MiB;  // one call's arguments; 1 MB has been seen
inline constexpr size_t kToolCallsMax = 256;

// Tools.
inline constexpr size_t kToolOutputBytesMax = 64_KiB;  // a tenth of a small model's window at most
inline constexpr int kToolSecondsMax = 60;
inline constexpr int kToolSecondsLongest = 3'600;    // what a tool may ask for itself
inline constexpr size_t kToolFileBytesMax = 16_MiB;  // one file read, written or patched
inline constexpr size_t kToolNameBytesMax = 64;      // as the OpenAI API has it
inline constexpr size_t kTaintSourcesMax = 64;       // kept for people; taint itself has no limit
inline constexpr size_t kPolicyRulesMax = 1'000;
inline constexpr size_t kSqlFileBytesMax = 256_MiB;  // read into memory as a whole
inline constexpr size_t kSqlTextBytesMax = 64_KiB;
inline constexpr size_t kSqlValueBytesMax = 1_MiB;

// Requests that we send (base/net).
inline constexpr size_t kUrlBytesMax = 8_KiB;
inline constexpr size_t kNetHeaderBytesMax = 64_KiB;  // of an answer
inline constexpr size_t kNetBodyBytesMax = 64_MiB;

// Grammars (constrained decoding).
inline constexpr int kGrammarDigitsMax = 15;       // a double tells numbers of 15 digits apart
inline constexpr int kGrammarMultipleMax = 1'000;  // an automaton has a state for each remainder
inline constexpr size_t kGrammarDfaStatesMax = 4'096;
inline constexpr size_t kGrammarWorkMax = 50'000'000;      // steps to make one automaton
inline constexpr size_t kGrammarExpressionsMax = 100'000;  // a schema of 1 MB needs about as many
inline constexpr size_t kGrammarTokenBytesMax = 256;       // M1's longest has 128
inline constexpr size_t kGrammarStackBytesMax = 256_MiB;   // of one generation
inline constexpr size_t kGrammarMaskCacheMax = 256;        // masks kept for each generation

// Corpus.
inline constexpr size_t kCorpusFileBytesMax = 8_MiB;  // larger files are skipped and listed
inline constexpr size_t kCorpusFilesMax = 500'000;
inline constexpr size_t kCorpusLineBytesMax = 64_KiB;  // longer: generated, the file is skipped
inline constexpr size_t kPathBytesMax = 4'096;

// Agent.
inline constexpr size_t kAgentParallelCallsMax = 8;  // of one reply, at the same time

// Chat in a terminal.
inline constexpr size_t kChatLineBytesMax = 4_MiB;  // one message; 1M tokens are 4 to 5 MB of text
inline constexpr size_t kChatHistoryLinesMax = 1'000;
inline constexpr size_t kChatHistoryBytesMax = 16_MiB;

inline constexpr size_t kDiskBytesKeptFree = 1_GiB;  // no model state is written beyond this

// Context: 1M is 2^20 tokens.
inline constexpr size_t kContextTokensMax = size_t{1} << 20;

// Server (apps/http).
inline constexpr size_t kHttpHeaderBytesMax = 16_KiB;  // long bearer tokens and cookies fit
inline constexpr size_t kHttpHeaderFieldsMax = 64;
inline constexpr size_t kHttpBodyBytesMax = 32_MiB;      // 1M tokens are 4 to 5 MB of text
inline constexpr size_t kHttpBodiesBytesMax = 256_MiB;   // of all requests together
inline constexpr size_t kHttpJsonValuesMax = 2'000'000;  // a Json value takes about 130 bytes
inline constexpr size_t kHttpBodyRateMin = 16_KiB;       // bytes a second, after the first minute
inline constexpr size_t kHttpConnectionsMax = 256;
inline constexpr size_t kHttpConnectionsPerAddressMax =
    32;  // loopback excepted: all users share it
inline constexpr size_t kHttpStreamBufferBytesMax = 256_KiB;  // one stream's events not yet sent
inline constexpr int kHttpSocketBufferBytes = 128 << 10;  // that the system keeps for a slow reader
inline constexpr size_t kHttpRunningMax = 8;              // generations that take turns
inline constexpr size_t kHttpQueuedMax = 128;
inline constexpr size_t kHttpEmbeddingInputsMax = 2'048;  // OpenAI's own
inline constexpr size_t kHttpStopStringsMax = 16;
inline constexpr size_t kHttpRunsMax = 200;              // kept; the oldest finished ones go first
inline constexpr size_t kHttpRunEventsBytesMax = 4_MiB;  // of one run
inline constexpr size_t kHttpStatesMax = 64;             // prefix states kept for conversations
inline constexpr size_t kHttpResponsesMax = 256;         // kept for previous_response_id

}  // namespace fathom
