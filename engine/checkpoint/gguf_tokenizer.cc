// SPDX-License-Identifier: Apache-2.0
// The tokenizer keys of GGUF. Pieces stand there in GPT-2's printable form: every byte is one code
// point, the 188 printable Latin-1 ones as themselves, the other 68 as U+0100 upward in byte order.
#include "base/limits.h"
#include "engine/checkpoint/gguf_model.h"
#include "engine/tokenizer/tokenizer_parts.h"

namespace fathom {
namespace {

constexpr int64_t kNormal = 1, kControl = 3, kByte = 6;  // ggml's: 1 to 6

Result<Pretokenizer> ReadPretokenizer(const GgufFile& file, const std::string& place) {
  const auto text = [&](const char* key) {
    const GgufValue* value = file.Find(key);
    return value && value->String() ? std::string(value->String()->substr(0, 80)) : std::string();
  };
  if (text("tokenizer.ggml.model") != "gpt2") {
    return Invalid(
        "tokenizer.ggml.model is `" + text("tokenizer.ggml.model") + "`, supported is `gpt2`",
        place);
  }
  const std::string pattern = text("fathom.tokenizer.pattern");
  if (pattern == "nano-1") return Pretokenizer::kNano;
  if (pattern == "m1") return Pretokenizer::kM1;
  if (!pattern.empty()) {
    return Invalid("fathom.tokenizer.pattern is `" + pattern + "`, supported are `m1` and `nano-1`",
                   place);
  }
  if (text("tokenizer.ggml.pre") == "minimax-m2") return Pretokenizer::kM1;
  return Invalid(
      "tokenizer.ggml.pre is `" + text("tokenizer.ggml.pre") + "`, supported is `minimax-m2`",
      place);
}

struct Lists {
  std::vector<std::string_view> tokens, merges;
  std::vector<int64_t> types;
};

Result<Lists> ReadLists(const GgufFile& file, const std::string& place) {
  const GgufValue* tokens = file.Find("tokenizer.ggml.tokens");
  const GgufValue* merges = file.Find("tokenizer.ggml.merges");
  const GgufValue* types = file.Find("tokenizer.ggml.token_type");
  for (const GgufValue* list : {tokens, merges, types}) {
    if (list == nullptr || !list->is_array || list->count > kVocabularyMax) {
      return Invalid("tokenizer.ggml.tokens, .merges and .token_type must be arrays of at most " +
                         std::to_string(kVocabularyMax) + " entries",
                     place);
    }
  }
  const auto token_texts = tokens->Strings(), merge_texts = merges->Strings();
  const auto type_numbers = types->Ints();
  if (!token_texts || !merge_texts || !type_numbers ||
      type_numbers->size() != token_texts->size()) {
    return Invalid(
        "tokenizer.ggml.tokens and .merges must hold strings, .token_type one integer for every "
        "token",
        place);
  }
  return Lists{*token_texts, *merge_texts, *type_numbers};
}

}  // namespace

Result<std::optional<TokenizerParts>> TokenizerFromGguf(const GgufFile& file,
                                                        const std::string& place) {
  if (file.Find("tokenizer.ggml.model") == nullptr) return std::optional<TokenizerParts>();
  auto pretokenizer = ReadPretokenizer(file, place);
  if (!pretokenizer) return pretokenizer.error();
  auto lists = ReadLists(file, place);
  if (!lists) return lists.error();
  SpelledVocabulary spelled;
  spelled.pretokenizer = *pretokenizer;
  spelled.tokens.assign(lists->tokens.begin(), lists->tokens.end());
  spelled.merges.assign(lists->merges.begin(), lists->merges.end());
  for (size_t id = 0; id < lists->types.size(); ++id) {
    if (lists->types[id] < kNormal || lists->types[id] > kByte) {
      return Invalid("tokenizer.ggml.token_type of token " + std::to_string(id) +
                         " must be from 1 to 6, found " + std::to_string(lists->types[id]),
                     place);
    }
    // Control, user-defined and unused slots alike: their text is literal, content never becomes
    // them.
    if (lists->types[id] != kNormal) spelled.control.push_back(static_cast<Token>(id));
  }
  const auto token = [&](const char* key) -> std::optional<Token> {
    const GgufValue* value = file.Find(key);
    const auto id = value ? value->Int() : std::nullopt;
    if (!id || *id < 0 || static_cast<size_t>(*id) >= spelled.tokens.size()) return std::nullopt;
    return static_cast<Token>(*id);
  };
  spelled.bos = token("tokenizer.ggml.bos_token_id");
  spelled.eos = token("tokenizer.ggml.eos_token_id");
  auto parts = PartsFromSpelling(spelled);
  if (!parts) return Error{parts.error().code, parts.error().Text(), place};
  return std::optional<TokenizerParts>(std::move(*parts));
}

void DescribeTokenizer(const TokenizerParts& parts, int vocabulary, GgufMetadata& metadata) {
  metadata.Add("tokenizer.ggml.model", std::string_view("gpt2"));
  metadata.Add("tokenizer.ggml.pre", std::string_view("minimax-m2"));
  metadata.Add("fathom.tokenizer.pattern",
               std::string_view(parts.pretokenizer == Pretokenizer::kNano ? "nano-1" : "m1"));
  std::vector<int32_t> types(static_cast<size_t>(vocabulary), kNormal);
  for (const Token id : parts.control) types[static_cast<size_t>(id)] = kControl;
  std::vector<std::string> texts;
  for (size_t id = 0; id < static_cast<size_t>(vocabulary); ++id) {
    if (id >= parts.pieces.size()) {
      // Rows beyond the vocabulary need a name of their own: readers refuse duplicates.
      texts.push_back("[UNUSED" + std::to_string(id) + "]");
      types[id] = kControl;
      continue;
    }
    texts.push_back(types[id] == kControl ? parts.pieces[id] : SymbolsOfBytes(parts.pieces[id]));
  }
  std::vector<std::string> merges;
  for (const auto& [left, right] : parts.merges) {
    merges.push_back(texts[static_cast<size_t>(left)] + " " + texts[static_cast<size_t>(right)]);
  }
  metadata.Add("tokenizer.ggml.tokens", texts);
  metadata.Add("tokenizer.ggml.token_type", types);
  metadata.Add("tokenizer.ggml.merges", merges);
  metadata.Add("tokenizer.ggml.add_bos_token", false);
  if (parts.bos) metadata.Add("tokenizer.ggml.bos_token_id", static_cast<uint32_t>(*parts.bos));
  if (parts.eos) metadata.Add("tokenizer.ggml.eos_token_id", static_cast<uint32_t>(*parts.eos));
}

}  // namespace fathom
