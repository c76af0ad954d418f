// SPDX-License-Identifier: Apache-2.0
// The small valid checkpoint all lies start from: two layers, one of each kind, two experts, a
// vocabulary of the bytes, four merges and three control tokens.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/synthetic_checkpoint.h"
#include "engine/tokenizer/pretokenizer.h"
#include "engine/tokenizer/tokenizer_parts.h"
#include "tests/hostile_checkpoints/lie.h"

namespace fathom::hostile {
namespace {

namespace fs = std::filesystem;

constexpr int kVocabulary = 264;

Json Config() {
  Json config = Json::EmptyObject();
  config.Set("model_type", "minimax_m1");
  config.Set("hidden_act", "silu");
  config.Set("vocab_size", kVocabulary);
  config.Set("hidden_size", 32);
  config.Set("intermediate_size", 32);
  config.Set("num_hidden_layers", 2);
  config.Set("num_attention_heads", 2);
  config.Set("num_key_value_heads", 1);
  config.Set("head_dim", 32);
  config.Set("num_local_experts", 2);
  config.Set("num_experts_per_tok", 1);
  config.Set("attn_type_list", Json(Json::Array{0, 1}));
  config.Set("rotary_dim", 16);
  config.Set("rope_theta", 10'000'000);
  config.Set("rms_norm_eps", 1e-5);
  config.Set("max_position_embeddings", 4'096);
  for (const char* block : {"full_attention", "linear_attention", "mlp"}) {
    config.Set(std::string("layernorm_") + block + "_alpha", 1.5);
    config.Set(std::string("layernorm_") + block + "_beta", 1.0);
  }
  config.Set("postnorm", true);
  config.Set("eos_token_id", 262);
  return config;
}

// The bytes, "ab", "abc", "abcd", "  ", then control tokens.
std::string TokenizerJson() {
  Json vocabulary = Json::EmptyObject();
  for (int byte = 0; byte < 256; ++byte) {
    vocabulary.Set(SymbolsOfBytes(std::string(1, static_cast<char>(byte))), byte);
  }
  Json merges = Json::EmptyArray();
  int id = 256;
  for (const auto& [left, right] : {std::pair{"a", "b"}, {"ab", "c"}, {"abc", "d"}, {" ", " "}}) {
    const std::string spelled[] = {SymbolsOfBytes(left), SymbolsOfBytes(right)};
    vocabulary.Set(spelled[0] + spelled[1], id++);
    merges.Push(spelled[0] + " " + spelled[1]);
  }
  Json added = Json::EmptyArray();
  for (const char* text : {"<begin_of_document>", "<beginning_of_sentence>", "<end_of_sentence>"}) {
    Json token = Json::EmptyObject();
    token.Set("id", id++);
    token.Set("content", text);
    added.Push(std::move(token));
  }
  const auto steps = Json::Parse(
      R"([{"type": "Split", "pattern": {"Regex": ""}, "behavior": "Isolated", "invert": false},
          {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}])");
  Json split = steps->as_array()[0];
  Json pattern = Json::EmptyObject();
  pattern.Set("Regex", std::string(PatternText(Pretokenizer::kM1)));
  split.Set("pattern", std::move(pattern));
  Json pretokenizer = Json::EmptyObject();
  pretokenizer.Set("type", "Sequence");
  pretokenizer.Set("pretokenizers", Json(Json::Array{split, steps->as_array()[1]}));
  Json model = Json::EmptyObject();
  model.Set("type", "BPE");
  model.Set("vocab", std::move(vocabulary));
  model.Set("merges", std::move(merges));
  Json json = Json::EmptyObject();
  json.Set("added_tokens", std::move(added));
  json.Set("pre_tokenizer", std::move(pretokenizer));
  json.Set("model", std::move(model));
  return json.Dump();
}

std::string Slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Files Collect(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files[entry.path().filename()] = Slurp(entry.path());
  }
  files["tokenizer.json"] = TokenizerJson();
  files["tokenizer_config.json"] = R"({"eos_token": "<end_of_sentence>"})";
  return files;
}

Files Convert(const fs::path& hf, const fs::path& target, DType type) {
  const auto bytes = ConvertCheckpoint(hf, target, type);
  CHECK_MESSAGE(bytes.ok(), bytes.ok() ? "" : bytes.error().Text());
  return {{kGguf, Slurp(target)}};
}

}  // namespace

Base MakeBase(bool slow) {
  const fs::path folder =
      fs::temp_directory_path() / ("fathom-hostile-base-" + std::to_string(::getpid()));
  Base base;
  base.slow = slow;
  for (const char* part : {"hf", "sharded"}) {
    fs::create_directories(folder / part);
    const size_t shards = std::string_view(part) == "sharded" ? 2 : 1;
    const auto status =
        WriteSyntheticCheckpoint(folder / part, Config(), {.seed = 7, .shards = shards});
    CHECK_MESSAGE(status.ok(), status.ok() ? "" : status.error().Text());
    (shards == 1 ? base.hf : base.sharded) = Collect(folder / part);
  }
  for (const char* name : {"tokenizer.json", "tokenizer_config.json"}) {
    std::ofstream(folder / "hf" / name, std::ios::binary) << base.hf[name];
  }
  base.gguf = Convert(folder / "hf", folder / "f32.gguf", DType::kF32);
  base.gguf_q8 = Convert(folder / "hf", folder / "q8.gguf", DType::kQ8_0);
  fs::remove_all(folder);
  return base;
}

}  // namespace fathom::hostile
