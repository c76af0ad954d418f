// SPDX-License-Identifier: Apache-2.0
// tokenizer.json, as Hugging Face tokenizers writes it, and tokenizer_config.json.
#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "base/json.h"
#include "base/limits.h"
#include "engine/tokenizer/byte_pair_encoder.h"
#include "engine/tokenizer/pretokenizer.h"
#include "engine/tokenizer/tokenizer_parts.h"

namespace fathom {
namespace {

// A value costs about 120 bytes once parsed. M1's file has 600,000 or 800,000, as its merges are
// written.
constexpr size_t kTokenizerJsonValuesMax = 1'000'000;
constexpr size_t kIdsUnusedMax = 65'536;

// Commas and brackets bound the number of values before any is made.
Status CheckValueCount(std::string_view text) {
  const auto values = static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return c == ',' || c == '[' || c == '{'; }));
  if (values <= kTokenizerJsonValuesMax) return OkStatus();
  return Error{Code::kLimit, "holds about " + std::to_string(values) +
                                 " JSON values, more than the limit of " +
                                 std::to_string(kTokenizerJsonValuesMax)};
}

bool IsUnset(const Json* value) {
  return value == nullptr || value->is_null();
}
bool IsFalseOrUnset(const Json* value) {
  return IsUnset(value) || (value->is_bool() && !value->as_bool());
}
bool IsText(const Json* value, std::string_view text) {
  return value != nullptr && value->is_string() && value->as_string() == text;
}

std::string Shown(const Json* value) {
  return value == nullptr ? "nothing" : value->Dump().substr(0, 300);
}

Error Refused(std::string field, std::string expected, const Json* found) {
  return Invalid(std::move(field) + ": expected " + std::move(expected) + ", found " +
                 Shown(found));
}

// {"type": "Sequence", "pretokenizers": [Split by a known pattern, ByteLevel without its own]}
Result<Pretokenizer> ReadPretokenizer(const Json* json) {
  const Json* steps = json == nullptr ? nullptr : json->Find("pretokenizers");
  if (json == nullptr || !IsText(json->Find("type"), "Sequence") || steps == nullptr ||
      !steps->is_array() || steps->size() != 2) {
    return Refused("pre_tokenizer", "a Sequence of Split and ByteLevel", json);
  }
  const Json& split = steps->as_array()[0];
  const Json& bytes = steps->as_array()[1];
  if (!IsText(split.Find("type"), "Split") || !IsText(split.Find("behavior"), "Isolated") ||
      !IsFalseOrUnset(split.Find("invert"))) {
    return Refused("pre_tokenizer.pretokenizers[0]", "an isolated Split", &split);
  }
  if (!IsText(bytes.Find("type"), "ByteLevel") || !IsFalseOrUnset(bytes.Find("add_prefix_space")) ||
      bytes.Find("use_regex") == nullptr || !IsFalseOrUnset(bytes.Find("use_regex"))) {
    return Refused("pre_tokenizer.pretokenizers[1]", "ByteLevel with use_regex false", &bytes);
  }
  const Json* pattern = split.Find("pattern");
  const Json* regex = pattern == nullptr ? nullptr : pattern->Find("Regex");
  if (regex == nullptr || !regex->is_string()) {
    return Refused("pre_tokenizer.pretokenizers[0].pattern", "a Regex", pattern);
  }
  const auto known = RecognisePattern(regex->as_string());
  if (!known) {
    return Refused("pre_tokenizer.pretokenizers[0].pattern", "the pattern of M1 or nano", regex);
  }
  return *known;
}

Status CheckModel(const Json* model) {
  if (model == nullptr || !model->is_object()) return Refused("model", "an object", model);
  if (const Json* type = model->Find("type"); !IsUnset(type) && !IsText(type, "BPE")) {
    return Refused("model.type", "BPE", type);
  }
  for (const char* field : {"continuing_subword_prefix", "end_of_word_suffix"}) {
    const Json* value = model->Find(field);
    if (!IsUnset(value) && !IsText(value, "")) {
      return Refused(std::string("model.") + field, "null", value);
    }
  }
  const Json* dropout = model->Find("dropout");
  if (!IsUnset(dropout) && !(dropout->is_number() && dropout->as_double() == 0)) {
    return Refused("model.dropout", "null", dropout);
  }
  if (const Json* fallback = model->Find("byte_fallback"); !IsFalseOrUnset(fallback)) {
    return Refused("model.byte_fallback", "false", fallback);
  }
  return OkStatus();
}

// Ids that this many tokens can have: a file of few tokens must not claim room for a million.
size_t IdsEnd(const Json& model, const Json* added) {
  const Json* vocabulary = model.Find("vocab");
  const size_t tokens =
      (vocabulary != nullptr && vocabulary->is_object() ? vocabulary->size() : 0) +
      (added != nullptr && added->is_array() ? added->size() : 0);
  return std::min(kVocabularyMax, tokens + kIdsUnusedMax);
}

Status PlaceToken(const Json& id, std::string_view text, size_t ids_end,
                  std::vector<std::string>* tokens) {
  if (!id.is_int() || id.as_int() < 0 || id.as_int() >= static_cast<int64_t>(ids_end)) {
    return Refused("id of \"" + std::string(text.substr(0, 80)) + "\"",
                   "0 to " + std::to_string(ids_end - 1), &id);
  }
  const auto index = static_cast<size_t>(id.as_int());
  if (index >= tokens->size()) tokens->resize(index + 1);
  std::string& token = (*tokens)[index];
  if (!token.empty() && token != text) {
    return Invalid("id " + std::to_string(index) + " belongs to \"" + token.substr(0, 80) +
                   "\" and to \"" + std::string(text.substr(0, 80)) + "\"");
  }
  token = text;
  return OkStatus();
}

Status ReadVocabulary(const Json& model, size_t ids_end, std::vector<std::string>* tokens) {
  const Json* vocabulary = model.Find("vocab");
  if (vocabulary == nullptr || !vocabulary->is_object()) {
    return Invalid("model.vocab: expected an object");
  }
  for (const auto& [symbols, id] : vocabulary->as_object()) {
    if (symbols.empty()) return Invalid("model.vocab: a token without text");
    if (Status status = PlaceToken(id, symbols, ids_end, tokens); !status) return status;
  }
  return OkStatus();
}

Result<std::vector<std::string>> ReadMerges(const Json& model) {
  const Json* merges = model.Find("merges");
  if (merges == nullptr || !merges->is_array()) return Invalid("model.merges: expected an array");
  std::vector<std::string> lines;
  lines.reserve(merges->size());
  for (const Json& merge : merges->as_array()) {
    if (merge.is_string()) {
      lines.push_back(merge.as_string());
      continue;
    }
    if (!merge.is_array() || merge.size() != 2 || !merge.as_array()[0].is_string() ||
        !merge.as_array()[1].is_string()) {
      return Refused("model.merges[" + std::to_string(lines.size()) + "]", "two tokens", &merge);
    }
    lines.push_back(merge.as_array()[0].as_string() + " " + merge.as_array()[1].as_string());
  }
  return lines;
}

Result<std::vector<Token>> ReadAddedTokens(const Json* added, size_t ids_end,
                                           std::vector<std::string>* tokens) {
  std::vector<Token> control;
  if (IsUnset(added)) return control;
  if (!added->is_array()) return Refused("added_tokens", "an array", added);
  for (const Json& entry : added->as_array()) {
    const Json* content = entry.Find("content");
    const Json* id = entry.Find("id");
    if (content == nullptr || !content->is_string() || content->as_string().empty() ||
        id == nullptr) {
      return Refused("added_tokens", "objects with id and content", &entry);
    }
    for (const char* flag : {"single_word", "lstrip", "rstrip"}) {
      if (!IsFalseOrUnset(entry.Find(flag))) {
        return Refused(std::string("added_tokens: ") + flag, "false", &entry);
      }
    }
    Status status = PlaceToken(*id, content->as_string(), ids_end, tokens);
    if (!status) return status.error();
    control.push_back(static_cast<Token>(id->as_int()));
  }
  return control;
}

// bos_token and eos_token are a string, {"content": string} or null.
Result<std::optional<Token>> ReadNamedToken(const Json& config, const char* field,
                                            const SpelledVocabulary& spelled) {
  const Json* name = config.Find(field);
  if (name != nullptr && name->is_object()) name = name->Find("content");
  if (IsUnset(name)) return std::optional<Token>();
  if (name->is_string()) {
    for (const Token token : spelled.control) {
      if (spelled.tokens[token] == name->as_string()) return std::optional(token);
    }
  }
  return Refused(std::string("tokenizer_config.json: ") + field, "the text of an added token",
                 name);
}

Status CheckSurroundings(const Json& json) {
  if (!json.is_object()) return Invalid("expected an object");
  if (const Json* normalizer = json.Find("normalizer"); !IsUnset(normalizer)) {
    return Refused("normalizer", "null", normalizer);
  }
  for (const char* field : {"post_processor", "decoder"}) {
    const Json* value = json.Find(field);
    if (!IsUnset(value) && !IsText(value->Find("type"), "ByteLevel")) {
      return Refused(field, "null or ByteLevel", value);
    }
  }
  return OkStatus();
}

}  // namespace

Result<TokenizerParts> PartsFromTokenizerJson(std::string_view tokenizer_json,
                                              std::string_view tokenizer_config_json) {
  if (auto status = CheckValueCount(tokenizer_json); !status) return status.error();
  const auto json = Json::Parse(tokenizer_json, {.bytes_max = kTokenizerJsonBytesMax});
  if (!json) return json.error();
  if (Status status = CheckSurroundings(*json); !status) return status.error();
  const Json* model = json->Find("model");
  if (Status status = CheckModel(model); !status) return status.error();

  SpelledVocabulary spelled;
  auto pretokenizer = ReadPretokenizer(json->Find("pre_tokenizer"));
  if (!pretokenizer) return pretokenizer.error();
  spelled.pretokenizer = *pretokenizer;
  const size_t ids_end = IdsEnd(*model, json->Find("added_tokens"));
  if (Status status = ReadVocabulary(*model, ids_end, &spelled.tokens); !status)
    return status.error();
  auto merges = ReadMerges(*model);
  if (!merges) return merges.error();
  spelled.merges = std::move(*merges);
  auto control = ReadAddedTokens(json->Find("added_tokens"), ids_end, &spelled.tokens);
  if (!control) return control.error();
  spelled.control = std::move(*control);

  if (!tokenizer_config_json.empty()) {
    const auto config = Json::Parse(tokenizer_config_json, {.bytes_max = kConfigJsonBytesMax});
    if (!config) return Invalid("tokenizer_config.json: " + config.error().Text());
    auto bos = ReadNamedToken(*config, "bos_token", spelled);
    if (!bos) return bos.error();
    auto eos = ReadNamedToken(*config, "eos_token", spelled);
    if (!eos) return eos.error();
    spelled.bos = *bos;
    spelled.eos = *eos;
  }
  auto parts = PartsFromSpelling(spelled);
  if (!parts || IsFalseOrUnset(model->Find("ignore_merges"))) return parts;
  // Whole words before merging: the same thing exactly when merging reaches every token.
  const auto encoder = BytePairEncoder::Make(*parts);
  if (!encoder) return encoder.error();
  if (encoder->unreachable() >= 0) {
    return Invalid("model.ignore_merges is set, but merging never gives token " +
                   std::to_string(encoder->unreachable()));
  }
  return parts;
}

Result<std::unique_ptr<Tokenizer>> Tokenizer::Load(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path given(path);
  const fs::path file = fs::is_directory(given, ignored) ? given / "tokenizer.json" : given;
  const fs::path config = file.parent_path() / "tokenizer_config.json";
  auto text = ReadFile(file.string(), kTokenizerJsonBytesMax);
  if (!text) return text.error();
  std::string config_text;
  if (fs::exists(config, ignored)) {
    auto read = ReadFile(config.string(), kConfigJsonBytesMax);
    if (!read) return read.error();
    config_text = std::move(*read);
  }
  auto parts = PartsFromTokenizerJson(*text, config_text);
  if (!parts) return Error{parts.error().code, parts.error().Text(), file.string()};
  auto tokenizer = FromParts(std::move(*parts));
  if (!tokenizer) return Error{tokenizer.error().code, tokenizer.error().Text(), file.string()};
  return tokenizer;
}

}  // namespace fathom
