// SPDX-License-Identifier: Apache-2.0
// Byte-level BPE: bytes to token ids and back.
//
// Two pre-tokenizer patterns are known, M1's and nano's, recognised by their exact text after
// normalising escapes; any other is refused by name, because a regular expression from a file is
// never run. Encode() is total: any bytes, valid UTF-8 or not, give ids whose Decode() is the same
// bytes. It never emits a control token; EncodeTrusted() is the one way by which special strings
// become their ids, for templates of our own. Source: MiniMax-M1 tokenizer.json (o200k family);
// Sennrich et al. 2016 for BPE.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"

namespace fathom {

enum class Pretokenizer { kM1, kNano };

// What a tokenizer is made of, wherever it came from (tokenizer.json, GGUF metadata, a rebuilt
// vocabulary).
struct TokenizerParts {
  Pretokenizer pretokenizer = Pretokenizer::kM1;
  std::vector<std::string> pieces;  // id -> raw bytes (control tokens: their literal text)
  std::vector<std::pair<Token, Token>> merges;  // in rank order
  std::vector<Token> control;                   // ids of control tokens
  std::optional<Token> bos, eos;
};

class Tokenizer {
 public:
  // `path`: a tokenizer.json, or a folder that holds one (tokenizer_config.json beside it names bos
  // and eos).
  static Result<std::unique_ptr<Tokenizer>> Load(const std::string& path);
  static Result<std::unique_ptr<Tokenizer>> FromParts(TokenizerParts parts);
  ~Tokenizer();

  size_t vocabulary() const;
  std::optional<Token> bos() const;
  std::optional<Token> eos() const;
  Pretokenizer pretokenizer() const;
  const TokenizerParts& parts() const;

  std::vector<Token> Encode(std::string_view bytes) const;
  std::vector<Token> EncodeTrusted(std::string_view text) const;

  // Ids outside the vocabulary are an error of the caller (CHECK). Control tokens decode to nothing
  // unless asked for.
  std::string Decode(std::span<const Token> tokens, bool show_control = false) const;
  std::string_view Piece(Token token) const;

  // The id of a control token by its text, e.g. "<end_of_sentence>".
  std::optional<Token> Control(std::string_view text) const;
  bool IsControl(Token token) const;

  // A stable hash of vocabulary, merges, pattern and control tokens: 64 hex digits.
  const std::string& fingerprint() const;

 private:
  struct Impl;
  explicit Tokenizer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
