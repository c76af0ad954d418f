// SPDX-License-Identifier: Apache-2.0
// What a checkpoint may say, and how it may lie.
#include "engine/checkpoint/checkpoint.h"

#include <functional>

#include "base/limits.h"
#include "engine/checkpoint/gguf_model.h"
#include "engine/checkpoint/safetensors.h"
#include "engine/test_support.h"

namespace fathom::test {
namespace {

Json SmallConfig() {
  return LoadGolden("single").config;
}

// Refused as invalid, by a message that contains `names`.
template <typename T>
void ExpectRefused(const Result<T>& result, const std::string& names) {
  ASSERT_FALSE(result.ok()) << "accepted, should name " << names;
  EXPECT_EQ(result.error().code, Code::kInvalid) << result.error().Text();
  EXPECT_NE(result.error().Text().find(names), std::string::npos) << result.error().Text();
}

TEST(Config, EveryFieldIsReadFromTheFile) {
  const Golden golden = LoadGolden("odd");
  const M1Config config = Must(ParseHfConfig(golden.config.Dump(), "config.json"));
  EXPECT_EQ(config.layers, 5);
  EXPECT_EQ(config.hidden, 32);
  EXPECT_EQ(config.heads, 6);
  EXPECT_EQ(config.kv_heads, 3);
  EXPECT_EQ(config.head_dim, 16);
  EXPECT_EQ(config.rotary_dim, 16);
  EXPECT_EQ(config.experts, 5);
  EXPECT_EQ(config.experts_per_token, 3);
  EXPECT_EQ(config.expert_width, 32);
  EXPECT_EQ(config.vocabulary, 160);
  EXPECT_EQ(config.context_tokens_max, 4096u);
  EXPECT_EQ(config.is_softmax, (std::vector<bool>{true, false, false, true, false}));
  EXPECT_EQ(config.rope_theta, 10000.0f);
  EXPECT_EQ(config.rms_eps, 1e-3f);
  EXPECT_EQ(config.lightning_norm_eps, 1e-2f);
  EXPECT_EQ(config.softmax_alpha, 1.5f);
  EXPECT_EQ(config.softmax_beta, 0.75f);
  EXPECT_EQ(config.lightning_alpha, 1.25f);
  EXPECT_EQ(config.lightning_beta, 0.5f);
  EXPECT_EQ(config.mlp_alpha, 1.75f);
  EXPECT_EQ(config.mlp_beta, 0.875f);
  EXPECT_FALSE(config.eos.has_value());
}

TEST(Config, WhatIsNotComputedIsRefusedByName) {
  const std::vector<std::pair<const char*, Json>> changes = {
      {"shared_intermediate_size", 128},
      {"postnorm", false},
      {"sliding_window", 4096},
      {"tie_word_embeddings", true},
      {"rope_scaling", Json(Json::Object{{"type", "yarn"}})},
      {"quantization_config", Json(Json::Object{{"quant_method", "fp8"}})},
      {"attention_bias", true},
      {"mlp_bias", true},
      {"hidden_act", "gelu"},
      {"model_type", "llama"},
      {"use_qk_norm", true},
      {"layer_types", Json::EmptyArray()},
      {"num_hidden_layers", 0},
      {"num_hidden_layers", -1},
      {"num_hidden_layers", 1.5},
      {"num_hidden_layers", int64_t{1} << 40},
      {"num_hidden_layers", "1"},
      {"hidden_size", int64_t{1} << 32},
      {"vocab_size", 2'000'000},
      {"rotary_dim", -2},
      {"rms_norm_eps", -1.0},
      {"rope_theta", 0.0},
      {"rope_theta", "1e4"},
      {"attn_type_list", Json(Json::Array{0, 1})},
      {"attn_type_list", Json(Json::Array{2})},
      {"attn_type_list", 0},
      {"layernorm_mlp_alpha", Json()},
      {"eos_token_id", 96},
      {"eos_token_id", -1},
      {"max_position_embeddings", 0},
  };
  for (const auto& [key, value] : changes) {
    Json config = SmallConfig();
    config.Set(key, value);
    ExpectRefused(ParseHfConfig(config.Dump(), "config.json"), key);
  }
}

TEST(Config, AbsentSizesAreRefusedByName) {
  for (const char* key : {"hidden_size",
                          "num_hidden_layers",
                          "attn_type_list",
                          "num_attention_heads",
                          "num_key_value_heads",
                          "head_dim",
                          "rotary_dim",
                          "rope_theta",
                          "rms_norm_eps",
                          "layernorm_linear_attention_alpha",
                          "layernorm_linear_attention_beta",
                          "layernorm_full_attention_alpha",
                          "layernorm_full_attention_beta",
                          "layernorm_mlp_alpha",
                          "layernorm_mlp_beta",
                          "postnorm",
                          "num_local_experts",
                          "num_experts_per_tok",
                          "intermediate_size",
                          "vocab_size",
                          "max_position_embeddings"}) {
    Json config = SmallConfig();
    std::erase_if(config.as_object(),
                  [&](const Json::Member& member) { return member.first == key; });
    ExpectRefused(ParseHfConfig(config.Dump(), "config.json"), key);
  }
}

TEST(Config, RelationsBetweenFieldsHold) {
  const auto with = [](std::vector<std::pair<const char*, Json>> changes) {
    Json config = SmallConfig();
    for (const auto& [key, value] : changes) config.Set(key, value);
    return ParseHfConfig(config.Dump(), "config.json");
  };
  ExpectRefused(with({{"num_attention_heads", 3}, {"num_key_value_heads", 2}}), "multiple");
  ExpectRefused(with({{"num_key_value_heads", 4}}), "key-value heads");
  ExpectRefused(with({{"rotary_dim", 34}}), "rotary_dim");
  ExpectRefused(with({{"rotary_dim", 3}}), "rotary_dim");
  ExpectRefused(with({{"num_experts_per_tok", 3}}), "experts per token");
  ExpectRefused(ParseHfConfig("[]", "config.json"), "object");
  ExpectRefused(ParseHfConfig("", "config.json"), "config.json");
  ExpectRefused(ParseHfConfig("{\"a\":1,\"a\":2}", "config.json"), "config.json");
  ExpectRefused(ParseHfConfig(std::string(100'000, '['), "config.json"), "config.json");
}

// A safetensors file from header text and data.
std::string File(const std::string& header, const std::string& data) {
  const uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), 8) + header + data;
}

Result<std::vector<StoredTensor>> Parse(const std::string& file) {
  return ParseSafetensors({reinterpret_cast<const uint8_t*>(file.data()), file.size()}, "file");
}

std::string Entry(const std::string& name, const std::string& dtype, const std::string& shape,
                  const std::string& offsets) {
  return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape +
         ",\"data_offsets\":" + offsets + "}";
}

TEST(Safetensors, WholeFilesAreRead) {
  const std::string two =
      Entry("b", "BF16", "[2,3]", "[8,20]") + "," + Entry("a", "F32", "[2]", "[0,8]");
  const std::string data(20, '\1');
  for (const std::string& header : {"{" + two + "}", "{" + two + "}   ",
                                    "{ " + two + " ,\"__metadata__\":{\"format\":\"pt\"}}"}) {
    const auto tensors = Must(Parse(File(header, data)));
    ASSERT_EQ(tensors.size(), 2u);
    EXPECT_EQ(tensors[0].name, "a");
    EXPECT_EQ(tensors[1].shape, (std::vector<uint64_t>{2, 3}));
    EXPECT_EQ(tensors[1].type, DType::kBF16);
    EXPECT_EQ(tensors[1].bytes.size(), 12u);
  }
  EXPECT_TRUE(Must(Parse(File("{}", ""))).empty());
}

TEST(Safetensors, EveryLieIsRefused) {
  const std::string data(8, '\0');
  const auto one = [&](const std::string& dtype, const std::string& shape,
                       const std::string& offsets) {
    return File("{" + Entry("t", dtype, shape, offsets) + "}", data);
  };
  const std::string huge(8, '\xff');
  const std::vector<std::pair<std::string, std::string>> lies = {
      {"", "header length"},
      {"1234567", "header length"},
      {huge, "header claims"},
      {huge + "{}", "header claims"},
      {std::string("\x03\0\0\0\0\0\0\0", 8) + "{}", "header claims"},
      {File(" {}", ""), "start with"},
      {File("[]", ""), "start with"},
      {File("", ""), "start with"},
      {File("{}\n", ""), "end with"},
      {File("{}x", ""), "end with"},
      {File("{", ""), "end with"},
      {File("{} {}", ""), "file"},
      {File("{\"t\":}", ""), "file"},
      {File("{" + Entry("t", "F32", "[1]", "[0,4]") + "," + Entry("t", "F32", "[1]", "[4,8]") + "}",
            data),
       "file"},
      {File("{\"\xff\":1}", ""), "file"},
      {File("{\"t\":1}", ""), "must be an object"},
      {File("{\"t\":{\"dtype\":\"F32\",\"shape\":[2]}}", data), "must be an object"},
      {File("{\"\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", data),
       "name has 0 bytes"},
      {File("{" + Entry(std::string(257, 'n'), "F32", "[2]", "[0,8]") + "}", data),
       "name has 257 bytes"},
      {File("{\"t\":{\"dtype\":1,\"shape\":[2],\"data_offsets\":[0,8]}}", data), "dtype"},
      {one("F64", "[1]", "[0,8]"), "F64"},
      {one("I8", "[8]", "[0,8]"), "I8"},
      {one("f32", "[2]", "[0,8]"), "f32"},
      {one("F32", "[-2]", "[0,8]"), "shape"},
      {one("F32", "[2.0]", "[0,8]"), "shape"},
      {one("F32", "[\"2\"]", "[0,8]"), "shape"},
      {one("F32", "2", "[0,8]"), "shape"},
      {one("F32", "[1,1,1,1,1,1,1,1,2]", "[0,8]"), "shape"},
      {one("F32", "[18446744073709551616]", "[0,8]"), "shape"},
      {one("F32", "[3]", "[0,8]"), "8 bytes, shape [3] f32 needs 12"},
      {one("F32", "[4294967296,4294967296]", "[0,0]"), "needs more than 2^64"},
      {one("F32", "[4294967296,4294967296,0]", "[0,0]"), "needs more than 2^64"},
      {one("F32", "[4611686018427387904]", "[0,0]"), "needs more than 2^64"},
      {one("BF16", "[9223372036854775807]", "[0,8]"), "needs"},
      {one("F32", "[2]", "[8,0]"), "in order"},
      {one("F32", "[2]", "[0,9]"), "within the 8 bytes"},
      {one("F32", "[2]", "[0,9223372036854775807]"), "within the 8 bytes"},
      {one("F32", "[2]", "[-8,0]"), "data_offsets"},
      {one("F32", "[2]", "[0]"), "data_offsets"},
      {one("F32", "[2]", "[0,8,8]"), "data_offsets"},
      {one("F32", "[1]", "[0,4]"), "tensors end at 4, the data at 8"},
      {one("F32", "[1]", "[4,8]"), "hole"},
      {one("F32", "[1]", "[2,6]"), "aligned"},
      {File("{" + Entry("a", "F32", "[2]", "[0,8]") + "," + Entry("b", "F32", "[1]", "[4,8]") + "}",
            data),
       "overlap"},
      {File("{" + Entry("a", "F32", "[1]", "[0,4]") + "," + Entry("b", "F32", "[1]", "[0,4]") + "}",
            data),
       "overlap"},
      {File("{" + Entry("a", "F32", "[2]", "[0,8]") + ",\"__metadata__\":{\"a\":1}}", data),
       "__metadata__"},
      {File("{" + Entry("a", "F32", "[2]", "[0,8]") + ",\"__metadata__\":[]}", data),
       "__metadata__"},
      {File("{\"t\":" + std::string(200, '[') + std::string(200, ']') + "}", ""), "file"},
      {File("{\"t\":[" + std::string(1'000'000, ',') + "]}", ""), "JSON values"},
  };
  for (const auto& [file, names] : lies) {
    SCOPED_TRACE(file.substr(0, 120));
    ExpectRefused(Parse(file), names);
  }
}

// Flips every bit of a small header, and cuts at every length: refused, or a reading that stays
// inside the file.
TEST(Safetensors, NoFlippedBitOrCutEscapesTheFile) {
  const std::string file = File(
      "{" + Entry("a", "F32", "[2]", "[0,8]") + "," + Entry("b", "F16", "[2,2]", "[8,16]") + "}  ",
      std::string(16, '\7'));
  const auto walk = [](const std::string& bytes) {
    const auto tensors = Parse(bytes);
    if (!tensors) return;
    for (const StoredTensor& tensor : *tensors) (void)ToFloats(tensor);
  };
  for (size_t bit = 0; bit < file.size() * 8; ++bit) {
    std::string bytes = file;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    walk(bytes);
  }
  for (size_t size = 0; size < file.size(); ++size) ExpectRefused(Parse(file.substr(0, size)), "");
}

TEST(ShardIndex, ShardNamesStayInTheFolder) {
  const auto parse = [](const std::string& shard) {
    return ParseShardIndex("{\"weight_map\":{\"t\":\"" + shard + "\"}}", "index");
  };
  EXPECT_EQ(Must(parse("model-1.safetensors")).shards[0], "model-1.safetensors");
  for (const char* shard :
       {"../model.safetensors", "/etc/x.safetensors", "a/b.safetensors", "a\\\\b.safetensors", "",
        ".safetensors", "..", "model.bin", "x\\u0000.safetensors"}) {
    ExpectRefused(parse(shard), "shard of `t`");
  }
  ExpectRefused(ParseShardIndex("{\"weight_map\":{}}", "index"), "weight_map");
  ExpectRefused(ParseShardIndex("{\"weight_map\":{\"t\":1}}", "index"), "shard of `t`");
  ExpectRefused(ParseShardIndex("[]", "index"), "weight_map");
}

class FolderTest : public testing::Test {
 protected:
  void WriteTensors(const std::vector<SyntheticTensor>& tensors) {
    WriteText(folder_ / "model.safetensors", SafetensorsBytes(tensors));
  }
  Result<Checkpoint> Load() { return LoadCheckpoint(folder_.path()); }

  TempFolder folder_;
  const Json config_ = SmallConfig();
};

TEST_F(FolderTest, TensorsMustBeThoseOfTheArchitecture) {
  WriteText(folder_ / "config.json", config_.Dump());
  const auto tensors = MakeSyntheticTensors(config_, 1);
  for (size_t i = 0; i < tensors.size(); ++i) {
    auto missing = tensors;
    missing.erase(missing.begin() + static_cast<long>(i));
    WriteTensors(missing);
    ExpectRefused(Load(), "`" + tensors[i].name + "` is missing");
    auto transposed = tensors;
    if (transposed[i].shape.size() == 2 && transposed[i].shape[0] != transposed[i].shape[1]) {
      std::swap(transposed[i].shape[0], transposed[i].shape[1]);
      WriteTensors(transposed);
      ExpectRefused(Load(), "`" + tensors[i].name + "` has shape");
    }
  }
  auto extra = tensors;
  extra.push_back({"model.layers.0.block_sparse_moe.shared_mlp.w1.weight", {1}, {0.0f}});
  WriteTensors(extra);
  ExpectRefused(Load(), "shared_mlp");
  WriteTensors(tensors);
  EXPECT_TRUE(Load().ok());
}

TEST_F(FolderTest, ShardsMustAgreeWithTheirIndex) {
  Must(WriteSyntheticCheckpoint(folder_.path(), config_, {.shards = 2}));
  const std::string index_path = folder_ / "model.safetensors.index.json";
  const std::string index = ReadText(index_path);
  EXPECT_TRUE(Load().ok());
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string text = index;
    text.replace(text.find(from), from.size(), to);
    WriteText(index_path, text);
    return Load();
  };
  ExpectRefused(replaced("model.norm.weight", "model.norm.other"), "model.norm.weight");
  const std::string entry = "\"lm_head.weight\":\"model-00002-of-00002.safetensors\"";
  ASSERT_NE(index.find(entry), std::string::npos);
  ExpectRefused(replaced(entry, "\"lm_head.weight\":\"model-00001-of-00002.safetensors\""),
                "lm_head.weight");
  ExpectRefused(replaced(entry, entry + ",\"more\":\"model-00001-of-00002.safetensors\""),
                "`more` is missing");
  EXPECT_EQ(replaced(entry, entry + ",\"more\":\"model-3.safetensors\"").error().code,
            Code::kNotFound);
}

TEST_F(FolderTest, EosComesFromTheGenerationConfigWhenConfigIsSilent) {
  Must(WriteSyntheticCheckpoint(folder_.path(), config_));
  WriteText(folder_ / "generation_config.json", "{\"eos_token_id\":[17,18]}");
  EXPECT_EQ(Must(Load()).config.eos, 17);
  WriteText(folder_ / "generation_config.json", "{\"eos_token_id\":96}");
  ExpectRefused(Load(), "eos_token_id");
}

TEST_F(FolderTest, PathsThatAreNoCheckpointAreNamed) {
  EXPECT_EQ(LoadCheckpoint(folder_ / "absent.gguf").error().code, Code::kNotFound);
  EXPECT_EQ(Load().error().code, Code::kNotFound);
  WriteText(folder_ / "notes.txt", "hello");
  ExpectRefused(LoadCheckpoint(folder_ / "notes.txt"), "no checkpoint");
  WriteText(folder_ / "empty.gguf", "");
  ExpectRefused(LoadCheckpoint(folder_ / "empty.gguf"), "magic");
  std::filesystem::create_directory(folder_ / "folder.gguf");
  EXPECT_FALSE(LoadCheckpoint(folder_ / "folder.gguf").ok());
}

TEST_F(FolderTest, FolderOfOneGgufIsACheckpoint) {
  Must(WriteSyntheticCheckpoint(folder_.path(), config_));
  TempFolder other;
  Must(ConvertModel(folder_.path(), other / "a.gguf", "bf16"));
  EXPECT_EQ(Must(LoadCheckpoint(other.path())).commonest_type, DType::kBF16);
  Must(ConvertModel(folder_.path(), other / "b.gguf", "q8_0"));
  ExpectRefused(LoadCheckpoint(other.path()), "several");
  ExpectRefused(ConvertModel(folder_.path(), other / "c.gguf", "q5_k"), "q5_k");
}

class GgufTest : public FolderTest {
 protected:
  GgufTest() {
    Must(WriteSyntheticCheckpoint(folder_.path(), config_));
    Must(ConvertCheckpoint(folder_.path(), folder_ / "m.gguf", DType::kF32));
    bytes_ = ReadText(folder_ / "m.gguf");
  }

  Result<Checkpoint> LoadBytes(const std::string& bytes) {
    WriteText(folder_ / "lie.gguf", bytes);
    return LoadCheckpoint(folder_ / "lie.gguf");
  }

  // The file with `value` put at `offset` bytes past the end of the first `key`.
  template <typename T>
  std::string With(const std::string& key, T value, size_t offset) const {
    std::string bytes = bytes_;
    const size_t at = bytes.find(key);
    EXPECT_NE(at, std::string::npos) << key;
    std::memcpy(bytes.data() + at + key.size() + offset, &value, sizeof(value));
    return bytes;
  }

  std::string bytes_;
};

TEST_F(GgufTest, EveryLieIsRefused) {
  EXPECT_TRUE(LoadBytes(bytes_).ok());
  const std::string prefix = "minimax-01.";
  // After a key come its type (4 bytes) and value; after a tensor's name its rank, dimensions, type
  // and offset.
  const std::vector<std::pair<std::string, std::string>> lies = {
      {"GGUX" + bytes_.substr(4), "GGUF"},
      {bytes_.substr(0, 4) + std::string("\2\0\0\0", 4) + bytes_.substr(8), "version 2"},
      {bytes_.substr(0, 8) + std::string(8, '\xff') + bytes_.substr(16), "tensors"},
      {bytes_.substr(0, 16) + std::string(8, '\xff') + bytes_.substr(24), "keys"},
      {With("general.architecture", 'x', 12), "xinimax-01"},
      {With<uint32_t>("general.architecture", 99, 0), "value type 99"},
      {With<uint64_t>("general.architecture", ~uint64_t{0}, 4), "limit"},
      {With<uint32_t>("general.alignment", 33, 4), "general.alignment"},
      {With<uint32_t>("general.alignment", 0, 4), "general.alignment"},
      {With<uint32_t>(prefix + "block_count", 0, 4), "layers"},
      {With<uint32_t>(prefix + "block_count", 0xffffffff, 4), "block_count"},
      {With<uint32_t>(prefix + "block_count", 3, 4), "recurrent_layers"},
      {With<uint32_t>(prefix + "attention.head_count_kv", 3, 4), "key-value heads"},
      {With<uint32_t>(prefix + "attention.value_length", 64, 4), "value_length"},
      {With<float>(prefix + "residual_scale", NAN, 4), "residual_scale"},
      {With<uint32_t>(prefix + "rope.freq_base", 4, 0), "rope.freq_base"},
      {With<uint64_t>(prefix + "attention.recurrent_layers", ~uint64_t{0}, 8), "recurrent_layers"},
      {With<uint32_t>(prefix + "attention.recurrent_layers", 9, 4), "array of arrays"},
      {With<uint32_t>("output_norm.weight", 5, 0), "5 dimensions"},
      {With<uint32_t>("output_norm.weight", 0, 0), "0 dimensions"},
      {With<uint64_t>("output_norm.weight", uint64_t{1} << 62, 4), "cannot have the shape"},
      {With<uint64_t>("output_norm.weight", 0, 4), "cannot have the shape"},
      {With<uint64_t>("output_norm.weight", 31, 4), "output_norm.weight"},
      {With<uint32_t>("output_norm.weight", 13, 12), "ggml type 13"},
      {With<uint32_t>("output_norm.weight", 8, 12), "hole"},
      {With<uint64_t>("output_norm.weight", 1, 16), "alignment"},
      {With<uint64_t>("output_norm.weight", 0, 16), "overlap"},
      {With<uint64_t>("output_norm.weight", uint64_t{1} << 60, 16), "pass the end"},
      {bytes_.substr(0, bytes_.size() - 64), "pass the end"},
      {bytes_ + std::string(32, '\0'), "the data at"},
  };
  for (size_t i = 0; i < lies.size(); ++i) {
    SCOPED_TRACE("lie " + std::to_string(i));
    ExpectRefused(LoadBytes(lies[i].first), lies[i].second);
  }
  std::string renamed = bytes_;
  renamed.replace(renamed.find("ffn_norm.weight"), 8, "ffn_nory");
  ExpectRefused(LoadBytes(renamed), "ffn_norm.weight` is missing");
}

// A sample of single-bit flips and cuts over the header: no crash, and every cut is refused.
TEST_F(GgufTest, NoFlippedBitOrCutCrashes) {
  const size_t header = bytes_.find("output.weight") + 40;
  const auto parse = [](const std::string& bytes) {
    auto file = ParseGguf({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}, "flip");
    if (!file) return false;
    const auto config = ConfigFromGguf(*file, "flip");
    if (!config) return false;
    return BindWeights(std::move(file->tensors), *config, Spelling::kGguf, "flip").ok();
  };
  ASSERT_TRUE(parse(bytes_));
  for (size_t at = 0; at < header; ++at) {
    std::string bytes = bytes_;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
    (void)parse(bytes);
    EXPECT_FALSE(parse(bytes_.substr(0, at)));
  }
}

TEST_F(GgufTest, KeysThatWouldChangeTheArithmeticAreRefused) {
  const Checkpoint checkpoint = Must(LoadCheckpoint(folder_ / "m.gguf"));
  GgufFile file = Must(ParseGguf(checkpoint.files[0].bytes(), "m"));
  const uint32_t seven = 7;
  const GgufValue value{GgufType::kUint32, false, 1, {reinterpret_cast<const uint8_t*>(&seven), 4}};
  for (const char* key :
       {"minimax-01.expert_shared_count", "minimax-01.attention.sliding_window",
        "minimax-01.expert_gating_func", "minimax-01.rope.scaling.type", "split.count"}) {
    GgufFile changed = file;
    changed.metadata[key] = value;
    ExpectRefused(ConfigFromGguf(changed, "m"), key);
  }
  file.metadata["some.other.key"] = value;
  EXPECT_TRUE(ConfigFromGguf(file, "m").ok());
}

TEST(Convert, WhatGgufCannotSayIsRefused) {
  TempFolder folder;
  Must(WriteSyntheticCheckpoint(folder.path(), LoadGolden("odd").config));
  ExpectRefused(ConvertCheckpoint(folder.path(), folder / "x.gguf", DType::kF32), "alpha");
  Json config = SmallConfig();
  config.Set("layernorm_mlp_beta", 0.5);
  Must(WriteSyntheticCheckpoint(folder.path(), config));
  ExpectRefused(ConvertCheckpoint(folder.path(), folder / "x.gguf", DType::kF32), "beta");
  EXPECT_FALSE(std::filesystem::exists(folder / "x.gguf"));
}

// Tokenizer, epsilon and every number survive HF -> GGUF.
TEST(Convert, TokenizerAndConfigSurvive) {
  const std::string nano = std::string(FATHOM_SOURCE_DIR) + "/models/nano/tokenizer.json";
  const auto tokenizer = Must(Tokenizer::Load(nano));
  Json config = SmallConfig();
  config.Set("vocab_size", tokenizer->vocabulary());
  config.Set("lightning_norm_eps", 1e-5);
  TempFolder folder;
  Must(WriteSyntheticCheckpoint(folder.path(), config));
  for (const char* name : {"tokenizer.json", "tokenizer_config.json"}) {
    std::filesystem::copy_file(std::filesystem::path(nano).replace_filename(name), folder / name);
  }
  Must(ConvertCheckpoint(folder.path(), folder / "m.gguf", DType::kQ8_0));
  const auto engine =
      Must(Engine::Open({.checkpoint = folder / "m.gguf", .threads = 1, .device = "cpu"}));
  ASSERT_NE(engine->tokenizer(), nullptr);
  EXPECT_EQ(engine->tokenizer()->fingerprint(), tokenizer->fingerprint());
  EXPECT_EQ(engine->info().eos, tokenizer->eos());
  const Checkpoint before = Must(LoadCheckpoint(folder.path())),
                   after = Must(LoadCheckpoint(folder / "m.gguf"));
  EXPECT_EQ(DescribeNumerics(before.config), DescribeNumerics(after.config));
  EXPECT_EQ(before.parameters, after.parameters);
  EXPECT_EQ(before.parameters_active, after.parameters_active);
}

}  // namespace
}  // namespace fathom::test
