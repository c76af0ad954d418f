// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizer/tokenizer.h"

#include <algorithm>
#include <bit>
#include <map>

#include "base/limits.h"
#include "base/sha256.h"
#include "engine/tokenizer/byte_pair_encoder.h"
#include "engine/tokenizer/pretokenizer.h"

namespace fathom {
namespace {

constexpr size_t kCachedPieceBytesMax = 64;
constexpr size_t kCacheSlotsMax = size_t{1} << 16;
constexpr size_t kCacheFromBytes = 512;  // shorter texts repeat too little to pay for the table

// Where a piece stood before in the same text and what it became. Direct mapped, so it never grows;
// local to one Encode, so that encoding shares nothing between threads.
struct CachedPiece {
  size_t text_at = 0, tokens_at = 0;
  uint32_t bytes = 0, tokens = 0;  // bytes 0: empty slot
};

std::string Fingerprint(const TokenizerParts& parts) {
  std::string text = "fathom tokenizer 1\n";
  const auto number = [&](uint64_t value) {
    for (int i = 0; i < 8; ++i) text.push_back(static_cast<char>(value >> (8 * i)));
  };
  text += PatternText(parts.pretokenizer);
  number(parts.pieces.size());
  for (const std::string& piece : parts.pieces) {
    number(piece.size());
    text += piece;
  }
  number(parts.merges.size());
  for (const auto& [left, right] : parts.merges) {
    number(left);
    number(right);
  }
  number(parts.control.size());
  for (const Token token : parts.control) number(token);
  for (const std::optional<Token>& token : {parts.bos, parts.eos}) number(token.value_or(-1));
  return Sha256Hex(text);
}

bool InRange(Token token, const TokenizerParts& parts) {
  return token >= 0 && static_cast<size_t>(token) < parts.pieces.size();
}

}  // namespace

struct Tokenizer::Impl {
  TokenizerParts parts;
  std::optional<BytePairEncoder> encoder;
  std::vector<bool> is_control;                          // by id
  std::map<std::string, Token, std::less<>> control_of;  // text to id
  std::array<std::vector<Token>, 256> control_by_first;  // longest first
  std::string fingerprint;

  Status Index();
  void EncodeInto(std::string_view text, std::vector<Token>* out) const;
  Token ControlAt(std::string_view text, size_t offset) const;
};

Status Tokenizer::Impl::Index() {
  if (parts.pieces.size() > kVocabularyMax) {
    return Error{Code::kLimit, "a vocabulary of " + std::to_string(parts.pieces.size()) +
                                   " tokens is over the limit of " +
                                   std::to_string(kVocabularyMax)};
  }
  for (const auto& [name, token] : {std::pair{"bos", parts.bos}, std::pair{"eos", parts.eos}}) {
    if (token && !InRange(*token, parts)) {
      return Invalid(std::string(name) + " token " + std::to_string(*token) +
                     " is outside the vocabulary");
    }
  }
  is_control.resize(parts.pieces.size());
  for (const Token token : parts.control) {
    if (!InRange(token, parts)) {
      return Invalid("control token " + std::to_string(token) + " is outside the vocabulary");
    }
    const std::string& text = parts.pieces[token];
    if (text.empty()) return Invalid("control token " + std::to_string(token) + " has no text");
    if (!control_of.emplace(text, token).second) {
      return Invalid("two control tokens are \"" + text + "\"");
    }
    is_control[token] = true;
    control_by_first[static_cast<unsigned char>(text[0])].push_back(token);
  }
  for (std::vector<Token>& tokens : control_by_first) {
    std::sort(tokens.begin(), tokens.end(),
              [&](Token a, Token b) { return parts.pieces[a].size() > parts.pieces[b].size(); });
  }
  auto made = BytePairEncoder::Make(parts);
  if (!made) return made.error();
  encoder = std::move(*made);
  fingerprint = Fingerprint(parts);
  return OkStatus();
}

void Tokenizer::Impl::EncodeInto(std::string_view text, std::vector<Token>* out) const {
  std::vector<CachedPiece> cache;
  if (text.size() >= kCacheFromBytes) {
    cache.resize(std::bit_ceil(std::min(text.size() / 8, kCacheSlotsMax)));
  }
  for (size_t at = 0; at < text.size();) {
    const size_t end = PieceEnd(parts.pretokenizer, text, at);
    const std::string_view piece = text.substr(at, end - at);
    const uint64_t hash = BytePairEncoder::Hash(piece);
    if (const Token whole = encoder->WholePiece(piece, hash); whole >= 0) {
      out->push_back(whole);
    } else if (cache.empty() || piece.size() > kCachedPieceBytesMax) {
      encoder->Merge(piece, out);
    } else {
      CachedPiece& slot = cache[hash & (cache.size() - 1)];
      const size_t tokens_at = out->size();
      if (text.substr(slot.text_at, slot.bytes) == piece) {
        for (size_t i = 0; i < slot.tokens; ++i) out->push_back((*out)[slot.tokens_at + i]);
      } else {
        encoder->Merge(piece, out);
        slot = {at, tokens_at, static_cast<uint32_t>(piece.size()),
                static_cast<uint32_t>(out->size() - tokens_at)};
      }
    }
    at = end;
  }
}

Token Tokenizer::Impl::ControlAt(std::string_view text, size_t offset) const {
  for (const Token token : control_by_first[static_cast<unsigned char>(text[offset])]) {
    if (text.substr(offset).starts_with(parts.pieces[token])) return token;
  }
  return -1;
}

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::~Tokenizer() = default;

Result<std::unique_ptr<Tokenizer>> Tokenizer::FromParts(TokenizerParts parts) {
  auto impl = std::make_unique<Impl>();
  impl->parts = std::move(parts);
  if (Status status = impl->Index(); !status) return status.error();
  return std::unique_ptr<Tokenizer>(new Tokenizer(std::move(impl)));
}

size_t Tokenizer::vocabulary() const {
  return impl_->parts.pieces.size();
}
std::optional<Token> Tokenizer::bos() const {
  return impl_->parts.bos;
}
std::optional<Token> Tokenizer::eos() const {
  return impl_->parts.eos;
}
Pretokenizer Tokenizer::pretokenizer() const {
  return impl_->parts.pretokenizer;
}
const TokenizerParts& Tokenizer::parts() const {
  return impl_->parts;
}
const std::string& Tokenizer::fingerprint() const {
  return impl_->fingerprint;
}

std::vector<Token> Tokenizer::Encode(std::string_view bytes) const {
  std::vector<Token> tokens;
  tokens.reserve(bytes.size() / 3);
  impl_->EncodeInto(bytes, &tokens);
  return tokens;
}

std::vector<Token> Tokenizer::EncodeTrusted(std::string_view text) const {
  std::vector<Token> tokens;
  size_t plain_from = 0;
  for (size_t at = 0; at < text.size();) {
    const Token control = impl_->ControlAt(text, at);
    if (control < 0) {
      ++at;
      continue;
    }
    impl_->EncodeInto(text.substr(plain_from, at - plain_from), &tokens);
    tokens.push_back(control);
    at += impl_->parts.pieces[control].size();
    plain_from = at;
  }
  impl_->EncodeInto(text.substr(plain_from), &tokens);
  return tokens;
}

std::string Tokenizer::Decode(std::span<const Token> tokens, bool show_control) const {
  std::string bytes;
  for (const Token token : tokens) {
    if (show_control || !IsControl(token)) bytes += Piece(token);
  }
  return bytes;
}

std::string_view Tokenizer::Piece(Token token) const {
  CHECK(InRange(token, impl_->parts));
  return impl_->parts.pieces[token];
}

std::optional<Token> Tokenizer::Control(std::string_view text) const {
  const auto found = impl_->control_of.find(text);
  return found == impl_->control_of.end() ? std::nullopt : std::optional(found->second);
}

bool Tokenizer::IsControl(Token token) const {
  CHECK(InRange(token, impl_->parts));
  return impl_->is_control[token];
}

}  // namespace fathom
