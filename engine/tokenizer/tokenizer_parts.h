// SPDX-License-Identifier: Apache-2.0
// Where a tokenizer's parts come from. Files spell bytes as GPT-2 did: each of the 256 bytes is one
// printable character, so that a token or merge is text without blanks.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tokenizer/tokenizer.h"

namespace fathom {

// nullopt if some character spells no byte.
std::optional<std::string> BytesOfSymbols(std::string_view symbols);
std::string SymbolsOfBytes(std::string_view bytes);

// A vocabulary as tokenizer.json and GGUF metadata give it.
struct SpelledVocabulary {
  Pretokenizer pretokenizer = Pretokenizer::kM1;
  std::vector<std::string>
      tokens;  // by id, in symbols; control tokens literally; "" where an id has none
  std::vector<std::string> merges;  // "left right", in rank order
  std::vector<Token> control;
  std::optional<Token> bos, eos;
};

// Refuses, by name: a token that is not in symbols, a merge that is not two known tokens.
Result<TokenizerParts> PartsFromSpelling(const SpelledVocabulary& spelled);

// From a tokenizer.json and, if not empty, the tokenizer_config.json beside it, both as text. Every
// added token is a control token, whether or not it calls itself special. What this engine does not
// do (another model, normaliser, pattern, dropout, a post-processor that adds tokens, ...) is
// refused by name.
Result<TokenizerParts> PartsFromTokenizerJson(std::string_view tokenizer_json,
                                              std::string_view tokenizer_config_json);

// M1's 200,000 ordinary tokens from its merges.txt alone: ids 0-255 are the bytes in numeric order,
// 256 + i is the result of merge i. The control tokens above them are only in a checkpoint's own
// tokenizer.json.
Result<TokenizerParts> RebuildM1Vocabulary(const std::string& merges_path);

}  // namespace fathom
