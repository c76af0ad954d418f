// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "tests/hostile_checkpoints/documents.h"

namespace fathom::hostile {
namespace {

const std::string kTokenizer = "tokenizer.json";

// The text of tokenizer.json with one thing replaced.
void Swap(const Base& base, const Emit& emit, const std::string& from,
          std::initializer_list<const char*> to, const std::string& mention) {
  for (const char* text : to) {
    emit({With(base.hf, kTokenizer, Replaced(base.hf.at(kTokenizer), from, text)), mention});
  }
}

void PatternIsUnknown(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"Regex\":\"",
       {"\"Regex\":\".", "\"Regex\":\"(a+)+$", "\"Regex\":\"x", "\"String\":\""}, "pattern");
}

void PretokenizerIsForeign(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"Sequence\"", {"\"Metaspace\"", "\"ByteLevel\"", "null", "1"},
       "pre_tokenizer");
  Swap(base, emit, "\"Isolated\"", {"\"Removed\"", "null"}, "pre_tokenizer");
  Swap(base, emit, "\"invert\":false", {"\"invert\":true", "\"invert\":1"}, "pre_tokenizer");
  Swap(base, emit, "\"use_regex\":false", {"\"use_regex\":true", "\"use_regexs\":false"},
       "pre_tokenizer");
  Swap(base, emit, "\"add_prefix_space\":false", {"\"add_prefix_space\":true"}, "pre_tokenizer");
  for (const char* text : {"[]", "{}", "null", "1"}) {
    Json json = *Json::Parse(base.hf.at(kTokenizer));
    json.Set("pre_tokenizer", *Json::Parse(text));
    emit({With(base.hf, kTokenizer, json.Dump()), "pre_tokenizer"});
  }
}

void TokenizerDoesMoreThanBytePairs(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"BPE\"", {"\"Unigram\"", "\"WordPiece\"", "1"}, "model.type");
  const std::pair<const char*, const char*> kModel[] = {{"dropout", "0.1"},
                                                        {"byte_fallback", "true"},
                                                        {"continuing_subword_prefix", "\"##\""},
                                                        {"end_of_word_suffix", "\"</w>\""},
                                                        {"dropout", "\"0\""}};
  for (const auto& [field, value] : kModel) {
    const std::string to = std::string("\"BPE\",\"") + field + "\":" + value;
    Swap(base, emit, "\"BPE\"", {to.c_str()}, field);
  }
  const std::pair<const char*, const char*> kAround[] = {
      {"normalizer", "{\"type\":\"NFKC\"}"},
      {"post_processor", "{\"type\":\"TemplateProcessing\"}"},
      {"decoder", "{\"type\":\"Metaspace\"}"}};
  for (const auto& [field, value] : kAround) {
    Json json = *Json::Parse(base.hf.at(kTokenizer));
    json.Set(field, *Json::Parse(value));
    emit({With(base.hf, kTokenizer, json.Dump()), field});
  }
}

void TokenIdsCollide(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"ab\":256", {"\"ab\":257", "\"ab\":65", "\"ab\":0"}, "belongs to");
  Swap(base, emit, "\"id\":261", {"\"id\":260", "\"id\":65", "\"id\":256"}, "id");
  Swap(base, emit, "\"ab\":256", {"\"ab\":256,\"ab\":270"}, "duplicate");
}

void TokenIdIsNoId(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"ab\":256",
       {"\"ab\":-1", "\"ab\":1.5", "\"ab\":\"256\"", "\"ab\":null", "\"ab\":[]", "\"ab\":1000000",
        "\"ab\":999999", "\"ab\":4294967552", "\"ab\":9223372036854775807",
        "\"ab\":18446744073709551615", "\"ab\":1e300"},
       "ab");
  Swap(base, emit, "\"id\":261",
       {"\"id\":-1", "\"id\":999999", "\"id\":1000000", "\"id\":9223372036854775807", "\"id\":null",
        "\"id\":\"261\""},
       "id");
}

void MoreTokensThanTheEmbeddingHasRows(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"id\":261", {"\"id\":264", "\"id\":300", "\"id\":60000"}, "rows");
}

void ByteHasNoToken(const Base& base, const Emit& emit) {
  for (const char* byte : {"\"A\":65", "\"z\":122", "\"~\":126"}) {
    const std::string text = byte, id = text.substr(4);
    const std::string moved = "\"AA\":" + id;
    Swap(base, emit, text, {moved.c_str()}, "byte");
    Swap(base, emit, text + ",", {""}, "byte");
  }
}

void TokenIsNotSpelledInBytes(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"ab\":256",
       {"\"a b\":256", "\"\\u4e2d\":256", "\"a\\n\":256", "\"\":256", "\"\\u0000\":256",
        "\"\\ud800\":256"},
       kTokenizer);
}

void MergeIsNoPair(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"a b\"",
       {"\"ab\"", "\"a  b\"", "\" a b\"", "\"a b \"", "\"\"", "\" \"", "[\"a\"]",
        "[\"a\",\"b\",\"c\"]", "1", "null", "[1,2]", "{}"},
       "merge");
}

void MergeNamesNoPiece(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"a b\"",
       {"\"a bb\"", "\"q w\"", "\"abcd abcd\"", "\"a \\u4e2d\"", "\"<begin_of_document> a\"",
        "\"ab b\""},
       "merge");
}

void MergeStandsTwice(const Base& base, const Emit& emit) {
  Swap(base, emit, "\"a b\"", {"\"a b\",\"a b\""}, "merge");
}

void WordsAreTakenThatMergingNeverGives(const Base& base, const Emit& emit) {
  const std::string text =
      Replaced(base.hf.at(kTokenizer), "\"BPE\"", "\"BPE\",\"ignore_merges\":true");
  emit({With(base.hf, kTokenizer, Replaced(text, "\"abcd\":258", "\"zq\":258")), "merge"});
}

void ControlTokenLies(const Base& base, const Emit& emit) {
  const std::string content = "\"content\":\"<end_of_sentence>\"";
  Swap(base, emit, content,
       {"\"content\":\"<beginning_of_sentence>\"", "\"content\":\"\"", "\"content\":1",
        "\"contents\":\"x\"", "\"content\":null"},
       "token");
  for (const char* flag : {"lstrip", "rstrip", "single_word"}) {
    const std::string to = content + ",\"" + flag + "\":true";
    Swap(base, emit, content, {to.c_str()}, flag);
  }
  for (const char* text : {"{}", "1", "[1]", "[null]", "[[]]", "\"x\""}) {
    Json json = *Json::Parse(base.hf.at(kTokenizer));
    json.Set("added_tokens", *Json::Parse(text));
    emit({With(base.hf, kTokenizer, json.Dump()), "added_tokens"});
  }
}

void NamedTokenIsNoControlToken(const Base& base, const Emit& emit) {
  for (const char* field : {"bos_token", "eos_token"}) {
    for (const char* value :
         {"\"a\"", "\"\"", "1", "[]", "{\"content\":\"<nothing>\"}", "{\"content\":1}"}) {
      emit(
          {With(base.hf, "tokenizer_config.json", std::string("{\"") + field + "\":" + value + "}"),
           field});
    }
  }
  for (const char* text : {"{", "[[[[", "{\"a\":1,\"a\":2}"}) {
    emit({With(base.hf, "tokenizer_config.json", text), "tokenizer_config.json"});
  }
}

void TokenizerIsMalformed(const Base& base, const Emit& emit) {
  const std::string& text = base.hf.at(kTokenizer);
  for (const std::string& lie :
       {std::string(), std::string("{}"), std::string("[]"), std::string("null"), text + "x",
        text.substr(1), text.substr(0, text.size() / 2), std::string(1'000'000, '['),
        std::string("\xFF"), text + std::string(1, '\0'),
        Replaced(text, "\"model\":{", "\"model\":{},\"x\":{"),
        Replaced(text, "\"merges\":[", "\"merges\":{},\"x\":["),
        Replaced(text, "\"vocab\":{", "\"vocab\":[],\"x\":{"),
        Replaced(text, "\"merges\":[", "\"merge\":[")}) {
    emit({With(base.hf, kTokenizer, lie), kTokenizer});
  }
}

void TokenizerCountsAreHuge(const Base& base, const Emit& emit) {
  std::string zeros = "{\"a\":[0";
  for (size_t i = 0; i < 8'000'000; ++i) zeros += ",0";
  emit({With(base.hf, kTokenizer, zeros + "]}"), kTokenizer});
  std::string nested = "{\"a\":[[]";
  for (size_t i = 0; i < 4'000'000; ++i) nested += ",[]";
  emit({With(base.hf, kTokenizer, nested + "]}"), kTokenizer});
  emit({With(base.hf, kTokenizer, std::string((64u << 20) + 1, ' ')), kTokenizer});
}

template <typename Change>
void Tell(const Base& base, const Emit& emit, const std::string& mention, const Change& change) {
  GgufDocument document = TakeApartGguf(base.gguf);
  change(document);
  emit({AsGguf(base, document), mention});
}

// One text of a list of the GGUF becomes `text`.
void TextBecomes(const Base& base, const Emit& emit, const std::string& key, size_t at,
                 const std::string& text, const std::string& mention) {
  Tell(base, emit, mention, [&](GgufDocument& document) {
    auto texts = TextsOf(document.Find(key));
    texts[at] = text;
    document.Find(key).payload = GgufTexts(texts);
  });
}

void GgufTokenizerIsForeign(const Base& base, const Emit& emit) {
  for (const char* name : {"llama", "", "bert", "GPT2"}) {
    Tell(base, emit, "tokenizer.ggml.model", [&](GgufDocument& document) {
      document.Find("tokenizer.ggml.model").payload = GgufText(name);
    });
  }
  for (const char* name : {"m2", "nano-2", "(a+)+$"}) {
    Tell(base, emit, "fathom.tokenizer.pattern", [&](GgufDocument& document) {
      document.Find("fathom.tokenizer.pattern").payload = GgufText(name);
    });
  }
  Tell(base, emit, "tokenizer.ggml.pre", [](GgufDocument& document) {
    document.Drop("fathom.tokenizer.pattern");
    document.Find("tokenizer.ggml.pre").payload = GgufText("llama-bpe");
  });
}

void GgufTokenizerListIsMissing(const Base& base, const Emit& emit) {
  for (const char* key :
       {"tokenizer.ggml.tokens", "tokenizer.ggml.merges", "tokenizer.ggml.token_type"}) {
    Tell(base, emit, "tokenizer.ggml", [&](GgufDocument& document) { document.Drop(key); });
    Tell(base, emit, "tokenizer.ggml", [&](GgufDocument& document) {
      document.Find(key) = {key, 4, GgufNumber(264u), {}};
    });
    Tell(base, emit, "tokenizer.ggml", [&](GgufDocument& document) {
      document.Find(key).payload = GgufNumber(6u) + GgufNumber(uint64_t{1}) + GgufNumber(1.0f);
    });
  }
}

void GgufTokenTypesAreWrong(const Base& base, const Emit& emit) {
  const std::string key = "tokenizer.ggml.token_type";
  for (const uint64_t count : {0, 1, 263, 265}) {
    Tell(base, emit, "token_type", [&](GgufDocument& document) {
      std::string payload = GgufNumber(5u) + GgufNumber(count);
      for (uint64_t i = 0; i < count; ++i) payload += GgufNumber(1);
      document.Find(key).payload = payload;
    });
  }
  for (const int32_t type : {0, -1, 7, 255, INT32_MIN}) {
    for (const size_t at : {size_t{0}, size_t{260}, size_t{263}}) {
      Tell(base, emit, key, [&](GgufDocument& document) {
        document.Find(key).payload.replace(12 + 4 * at, 4, GgufNumber(type));
      });
    }
  }
  // A byte that calls itself a control token leaves the byte without one.
  Tell(base, emit, "byte", [&](GgufDocument& document) {
    document.Find(key).payload.replace(12 + 4 * 65, 4, GgufNumber(3));
  });
}

void GgufPieceLies(const Base& base, const Emit& emit) {
  const std::string key = "tokenizer.ggml.tokens";
  for (const char* text : {"a b", "\xE4\xB8\xAD", "\n", "\xFF", "\xC0\xAF"}) {
    TextBecomes(base, emit, key, 256, text, "token 256");
  }
  TextBecomes(base, emit, key, 65, "B", kGguf);
  TextBecomes(base, emit, key, 256, "abc", kGguf);
  TextBecomes(base, emit, key, 256, "", kGguf);
  TextBecomes(base, emit, key, 260, "", kGguf);
  TextBecomes(base, emit, key, 261, "<begin_of_document>", kGguf);
}

void GgufMergeLies(const Base& base, const Emit& emit) {
  const std::string key = "tokenizer.ggml.merges";
  for (const char* text :
       {"ab", "a  b", "", " ", "a zz", "q w", "<begin_of_document> a", "b c d"}) {
    for (const size_t at : {0, 3}) TextBecomes(base, emit, key, at, text, "merge");
  }
  TextBecomes(base, emit, key, 1, "a b", "merge");
}

void GgufTokensAreMany(const Base& base, const Emit& emit) {
  for (const uint64_t count : {uint64_t{1'000'000}, uint64_t{1'000'001}, uint64_t{300'000}}) {
    Tell(base, emit, kGguf, [&](GgufDocument& document) {
      std::string texts = GgufNumber(8u) + GgufNumber(count) + std::string(8 * count, '\0');
      std::string types = GgufNumber(0u) + GgufNumber(count) + std::string(count, '\1');
      document.Find("tokenizer.ggml.tokens").payload = texts;
      document.Find("tokenizer.ggml.token_type").payload = types;
    });
  }
}

void GgufNamedTokenIsOutside(const Base& base, const Emit& emit) {
  for (const char* key : {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.bos_token_id"}) {
    for (const uint32_t id : {264u, 100'000u, 0x80000000u, ~0u}) {
      Tell(base, emit, key, [&](GgufDocument& document) {
        if (std::string(key).find("bos") != std::string::npos)
          document.keys.push_back({key, 4, "", {}});
        document.Find(key) = {key, 4, GgufNumber(id), {}};
      });
    }
    Tell(base, emit, key, [&](GgufDocument& document) {
      if (std::string(key).find("bos") != std::string::npos)
        document.keys.push_back({key, 4, "", {}});
      document.Find(key) = {key, 8, GgufText("<end_of_sentence>"), {}};
    });
  }
}

constexpr Lie kLies[] = {
    {"pattern_is_unknown", PatternIsUnknown},
    {"pretokenizer_is_foreign", PretokenizerIsForeign},
    {"tokenizer_does_more_than_byte_pairs", TokenizerDoesMoreThanBytePairs},
    {"token_ids_collide", TokenIdsCollide},
    {"token_id_is_no_id", TokenIdIsNoId},
    {"more_tokens_than_the_embedding_has_rows", MoreTokensThanTheEmbeddingHasRows},
    {"byte_has_no_token", ByteHasNoToken},
    {"token_is_not_spelled_in_bytes", TokenIsNotSpelledInBytes},
    {"merge_is_no_pair", MergeIsNoPair},
    {"merge_names_no_piece", MergeNamesNoPiece},
    {"merge_stands_twice", MergeStandsTwice},
    {"words_are_taken_that_merging_never_gives", WordsAreTakenThatMergingNeverGives},
    {"control_token_lies", ControlTokenLies},
    {"named_token_is_no_control_token", NamedTokenIsNoControlToken},
    {"tokenizer_is_malformed", TokenizerIsMalformed},
    {"tokenizer_counts_are_huge", TokenizerCountsAreHuge},
    {"gguf_tokenizer_is_foreign", GgufTokenizerIsForeign},
    {"gguf_tokenizer_list_is_missing", GgufTokenizerListIsMissing},
    {"gguf_token_types_are_wrong", GgufTokenTypesAreWrong},
    {"gguf_piece_lies", GgufPieceLies},
    {"gguf_merge_lies", GgufMergeLies},
    {"gguf_tokens_are_many", GgufTokensAreMany},
    {"gguf_named_token_is_outside", GgufNamedTokenIsOutside},
};

}  // namespace

std::span<const Lie> VocabulariesThatDoNotMerge() {
  return kLies;
}

}  // namespace fathom::hostile
