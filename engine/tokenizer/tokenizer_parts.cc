// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizer/tokenizer_parts.h"

#include <array>
#include <unordered_map>

#include "base/files.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace fathom {
namespace {

constexpr size_t kSymbolEnd = 256 + 68;  // 188 bytes spell themselves, 68 follow at U+0100

// Printable Latin-1 characters spell themselves, the other bytes are U+0100 and up in numeric
// order.
std::array<char32_t, 256> MakeSymbols() {
  std::array<char32_t, 256> symbols{};
  char32_t next = 0x100;
  for (int byte = 0; byte < 256; ++byte) {
    const bool printable = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte != 0xAD);
    symbols[byte] = printable ? static_cast<char32_t>(byte) : next++;
  }
  return symbols;
}

const std::array<char32_t, 256>& Symbols() {
  static const std::array<char32_t, 256> symbols = MakeSymbols();
  return symbols;
}

const std::array<int, kSymbolEnd>& ByteOfSymbol() {
  static const std::array<int, kSymbolEnd> bytes = [] {
    std::array<int, kSymbolEnd> of{};
    of.fill(-1);
    for (int byte = 0; byte < 256; ++byte) of[Symbols()[byte]] = byte;
    return of;
  }();
  return bytes;
}

using IdOfSymbols = std::unordered_map<std::string_view, Token>;

Result<std::pair<Token, Token>> ParseMerge(std::string_view merge, const IdOfSymbols& ids) {
  const size_t blank = merge.find(' ');
  if (blank == std::string_view::npos || merge.find(' ', blank + 1) != std::string_view::npos) {
    return Invalid("expected two tokens with one blank between them");
  }
  Token parts[2];
  for (const int i : {0, 1}) {
    const std::string_view symbols = i == 0 ? merge.substr(0, blank) : merge.substr(blank + 1);
    const auto found = ids.find(symbols);
    if (found == ids.end())
      return Invalid("\"" + std::string(symbols.substr(0, 80)) + "\" is no token");
    parts[i] = found->second;
  }
  return std::pair(parts[0], parts[1]);
}

}  // namespace

std::optional<std::string> BytesOfSymbols(std::string_view symbols) {
  std::string bytes;
  for (size_t i = 0; i < symbols.size();) {
    const Utf8Character character = DecodeUtf8(symbols, i);
    if (!character.valid || character.code_point >= kSymbolEnd) return std::nullopt;
    const int byte = ByteOfSymbol()[character.code_point];
    if (byte < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(byte));
    i += character.length;
  }
  return bytes;
}

std::string SymbolsOfBytes(std::string_view bytes) {
  std::string symbols;
  for (const char c : bytes) AppendUtf8(Symbols()[static_cast<unsigned char>(c)], &symbols);
  return symbols;
}

Result<TokenizerParts> PartsFromSpelling(const SpelledVocabulary& spelled) {
  if (spelled.tokens.size() > kVocabularyMax || spelled.merges.size() > kVocabularyMax) {
    return Error{Code::kLimit, "more tokens or merges than " + std::to_string(kVocabularyMax)};
  }
  TokenizerParts parts{.pretokenizer = spelled.pretokenizer,
                       .control = spelled.control,
                       .bos = spelled.bos,
                       .eos = spelled.eos};
  std::vector<bool> is_control(spelled.tokens.size());
  for (const Token token : spelled.control) {
    if (token < 0 || static_cast<size_t>(token) >= is_control.size()) {
      return Invalid("control token " + std::to_string(token) + " is outside the vocabulary");
    }
    is_control[token] = true;
  }
  IdOfSymbols ids;
  ids.reserve(spelled.tokens.size());
  for (size_t id = 0; id < spelled.tokens.size(); ++id) {
    const std::string& symbols = spelled.tokens[id];
    if (is_control[id]) {
      parts.pieces.push_back(symbols);
      continue;
    }
    auto bytes = BytesOfSymbols(symbols);
    if (!bytes) {
      return Invalid("\"" + symbols.substr(0, 80) + "\" is not spelled in byte symbols",
                     "token " + std::to_string(id));
    }
    parts.pieces.push_back(std::move(*bytes));
    ids.emplace(symbols, static_cast<Token>(id));
  }
  parts.merges.reserve(spelled.merges.size());
  for (size_t rank = 0; rank < spelled.merges.size(); ++rank) {
    auto merge = ParseMerge(spelled.merges[rank], ids);
    if (!merge) return Invalid(merge.error().message, "merge " + std::to_string(rank));
    parts.merges.push_back(*merge);
  }
  return parts;
}

Result<TokenizerParts> RebuildM1Vocabulary(const std::string& merges_path) {
  auto text = ReadFile(merges_path, kTokenizerJsonBytesMax);
  if (!text) return text.error();
  SpelledVocabulary spelled;
  for (int byte = 0; byte < 256; ++byte) {
    spelled.tokens.push_back(SymbolsOfBytes(std::string(1, static_cast<char>(byte))));
  }
  for (size_t at = 0; at < text->size();) {
    size_t end = text->find('\n', at);
    if (end == std::string::npos) end = text->size();
    std::string line = text->substr(at, end - at);
    at = end + 1;
    if (line.empty() || line.starts_with("#version")) continue;
    const size_t blank = line.find(' ');
    if (blank == std::string::npos) {
      return Invalid("line \"" + line.substr(0, 80) + "\" is no merge", merges_path);
    }
    spelled.tokens.push_back(line.substr(0, blank) + line.substr(blank + 1));
    spelled.merges.push_back(std::move(line));
  }
  return PartsFromSpelling(spelled);
}

}  // namespace fathom
