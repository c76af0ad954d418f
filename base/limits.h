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

// Corpus.
inline constexpr size_t kCorpusFileBytesMax = 8_MiB;  // larger files are skipped and listed
inline constexpr size_t kCorpusFilesMax = 500'000;
inline constexpr size_t kCorpusLineBytesMax = 64_KiB;  // longer: generated, the file is skipped
inline constexpr size_t kPathBytesMax = 4'096;

// Context: 1M is 2^20 tokens.
inline constexpr size_t kContextTokensMax = size_t{1} << 20;

}  // namespace fathom
