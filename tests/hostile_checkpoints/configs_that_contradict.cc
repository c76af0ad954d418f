// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "tests/hostile_checkpoints/documents.h"

namespace fathom::hostile {
namespace {

constexpr const char* kSizes[] = {"vocab_size",
                                  "hidden_size",
                                  "intermediate_size",
                                  "num_hidden_layers",
                                  "num_attention_heads",
                                  "num_key_value_heads",
                                  "head_dim",
                                  "num_local_experts",
                                  "num_experts_per_tok",
                                  "max_position_embeddings"};
constexpr const char* kScales[] = {"rope_theta",
                                   "rms_norm_eps",
                                   "layernorm_full_attention_alpha",
                                   "layernorm_full_attention_beta",
                                   "layernorm_linear_attention_alpha",
                                   "layernorm_linear_attention_beta",
                                   "layernorm_mlp_alpha",
                                   "layernorm_mlp_beta"};

template <typename Names>
void Takes(const Base& base, const Emit& emit, const Names& fields,
           std::initializer_list<const char*> texts) {
  for (const char* field : fields) {
    for (const char* text : texts) emit({WithConfigField(base, field, text), field});
  }
}

void Field(const Base& base, const Emit& emit, const char* field,
           std::initializer_list<const char*> texts, const std::string& mention = "") {
  for (const char* text : texts) {
    emit({WithConfigField(base, field, text), mention.empty() ? field : mention});
  }
}

void ConfigFieldIsMissing(const Base& base, const Emit& emit) {
  Takes(base, emit, kSizes, {""});
  Takes(base, emit, kScales, {""});
  for (const char* field : {"rotary_dim", "attn_type_list", "postnorm"}) {
    Field(base, emit, field, {""});
  }
}

void SizeIsNoInteger(const Base& base, const Emit& emit) {
  Takes(base, emit, kSizes, {"\"32\"", "null", "true", "[]", "[32]", "{}", "32.5", "3.2e1"});
  Field(base, emit, "rotary_dim", {"\"16\"", "null", "16.5", "[16]"});
}

void SizeIsZeroOrNegative(const Base& base, const Emit& emit) {
  Takes(base, emit, kSizes, {"0", "-1", "-32", "-2147483648", "-9223372036854775808"});
  Field(base, emit, "rotary_dim", {"-2", "-9223372036854775808"});
}

void SizeIsHuge(const Base& base, const Emit& emit) {
  Takes(base, emit, kSizes,
        {"1099511627777", "4294967296000000", "9223372036854775807", "18446744073709551615",
         "1e300", "99999999999999999999999999"});
}

void SizeIsAnothers(const Base& base, const Emit& emit) {
  // Believable alone; the weights have other shapes.
  for (const char* size : {"1", "16", "64", "4096"}) {
    for (const char* field : {"hidden_size", "intermediate_size"}) {
      emit({WithConfigField(base, field, size), "expected"});
    }
    emit({WithConfigField(base, "vocab_size", size), ""});
  }
  for (const char* size : {"8", "64", "1024"}) emit({WithConfigField(base, "head_dim", size), ""});
  for (const char* size : {"1", "4", "128"}) {
    emit({WithConfigField(base, "num_attention_heads", size), ""});
    emit({WithConfigField(base, "num_local_experts", size), ""});
  }
}

void LayersAreAnothers(const Base& base, const Emit& emit) {
  for (const int layers : {1, 3, 4'096}) {
    Base changed = base;
    changed.hf = WithConfigField(base, "num_hidden_layers", std::to_string(layers));
    std::string kinds = "[0";
    for (int i = 1; i < layers; ++i) kinds += ",1";
    emit({WithConfigField(changed, "attn_type_list", kinds + "]"), "model.layers."});
  }
}

void LayerKindsAreWrong(const Base& base, const Emit& emit) {
  Field(base, emit, "attn_type_list",
        {"[]", "[0]", "[0,1,0]", "[0,2]", "[0,-1]", "[0,1.5]", "[0,\"1\"]", "[0,null]", "[true,0]",
         "[[0,1]]", "\"01\"", "1", "null", "{\"0\":0,\"1\":1}"});
  // Of the right length and values, and not what the weights are.
  for (const char* kinds : {"[1,0]", "[0,0]", "[1,1]"}) {
    emit({WithConfigField(base, "attn_type_list", kinds), "self_attn"});
  }
}

void HeadsDoNotDivide(const Base& base, const Emit& emit) {
  Field(base, emit, "num_key_value_heads", {"3", "4", "4096"}, "key-value heads");
  Base changed = base;
  changed.hf = WithConfigField(base, "num_attention_heads", "3");
  emit({WithConfigField(changed, "num_key_value_heads", "2"), "key-value heads"});
  changed.hf = WithConfigField(base, "num_attention_heads", "4096");
  emit({WithConfigField(changed, "head_dim", "1048576"), "attention width"});
}

void RotaryIsOddOrTooWide(const Base& base, const Emit& emit) {
  Field(base, emit, "rotary_dim", {"1", "15", "17", "31", "34", "64", "1048576"});
}

void MoreExpertsPerTokenThanExperts(const Base& base, const Emit& emit) {
  Field(base, emit, "num_experts_per_tok", {"3", "4", "4096"}, "experts per token");
}

void ScaleIsNoNumber(const Base& base, const Emit& emit) {
  Takes(base, emit, kScales, {"\"1\"", "null", "true", "[]", "{}", "[1.0]"});
}

void ScaleIsNotFinite(const Base& base, const Emit& emit) {
  for (const char* field : kScales) {
    for (const char* text : {"NaN", "Infinity", "-Infinity", "1e400", "-1e400", "nan", "1e"}) {
      Json config = *Json::Parse(base.hf.at("config.json"));
      config.Set(field, "@");
      const std::string lie = Replaced(config.Dump(), "\"@\"", text);
      emit({With(base.hf, "config.json", lie), "config.json"});
    }
  }
}

void ScaleIsOutOfRange(const Base& base, const Emit& emit) {
  Takes(base, emit, kScales, {"1e39", "-1e39", "1e300"});
  Field(base, emit, "rope_theta", {"0", "-1", "1e-40"});
  Field(base, emit, "rms_norm_eps", {"-1e-5", "2"});
  Field(base, emit, "lightning_norm_eps", {"-1e-6", "2", "\"1e-6\"", "null"});
}

void TokenIdIsOutside(const Base& base, const Emit& emit) {
  for (const char* field : {"eos_token_id", "bos_token_id"}) {
    Field(base, emit, field,
          {"264", "-1", "9223372036854775807", "\"1\"", "1.5", "true", "[264]", "[[1]]", "{}"});
    Files files = base.hf;
    files = WithConfigField(base, "eos_token_id", "");
    files["generation_config.json"] = R"({"eos_token_id": 264})";
    emit({files, "eos_token_id"});
  }
}

void ArchitectureIsNotComputed(const Base& base, const Emit& emit) {
  const std::pair<const char*, const char*> kForeign[] = {
      {"model_type", "\"llama\""},
      {"model_type", "1"},
      {"hidden_act", "\"gelu\""},
      {"shared_intermediate_size", "32"},
      {"shared_intermediate_size", "[0,32]"},
      {"sliding_window", "4096"},
      {"tie_word_embeddings", "true"},
      {"rope_scaling", "{\"type\":\"yarn\",\"factor\":4}"},
      {"quantization_config", "{}"},
      {"attention_bias", "true"},
      {"mlp_bias", "true"},
      {"qkv_bias", "true"},
      {"use_qk_norm", "true"},
      {"layer_types", "[\"full_attention\"]"},
      {"postnorm", "false"},
      {"postnorm", "null"},
      {"postnorm", "1"},
      {"postnorm", "\"true\""}};
  for (const auto& [field, text] : kForeign) Field(base, emit, field, {text});
}

void ConfigIsMalformed(const Base& base, const Emit& emit) {
  const std::string& text = base.hf.at("config.json");
  for (const std::string& lie :
       {std::string(), std::string("[]"), std::string("null"), std::string("{}"), text + "x",
        text + text, text.substr(1), std::string(100'000, '['), text + std::string(1, '\0'),
        "\xFF" + text, std::string((1u << 20) + 1, ' ') + text,
        Replaced(text, "{", "{\"postnorm\": true,"), Replaced(text, "\"rotary_dim\"", "rotary_dim"),
        Replaced(text, "{", "{\"a\": " + std::string(1'000, '[') + ",")}) {
    emit({With(base.hf, "config.json", lie), "config.json"});
  }
  Files files = base.hf;
  files.erase("config.json");
  emit({files, "config.json"});
}

constexpr Lie kLies[] = {
    {"config_field_is_missing", ConfigFieldIsMissing},
    {"size_is_no_integer", SizeIsNoInteger},
    {"size_is_zero_or_negative", SizeIsZeroOrNegative},
    {"size_is_huge", SizeIsHuge},
    {"size_is_anothers", SizeIsAnothers},
    {"layers_are_anothers", LayersAreAnothers},
    {"layer_kinds_are_wrong", LayerKindsAreWrong},
    {"heads_do_not_divide", HeadsDoNotDivide},
    {"rotary_is_odd_or_too_wide", RotaryIsOddOrTooWide},
    {"more_experts_per_token_than_experts", MoreExpertsPerTokenThanExperts},
    {"scale_is_no_number", ScaleIsNoNumber},
    {"scale_is_not_finite", ScaleIsNotFinite},
    {"scale_is_out_of_range", ScaleIsOutOfRange},
    {"token_id_is_outside", TokenIdIsOutside},
    {"architecture_is_not_computed", ArchitectureIsNotComputed},
    {"config_is_malformed", ConfigIsMalformed},
};

}  // namespace

std::span<const Lie> ConfigsThatContradict() {
  return kLies;
}

}  // namespace fathom::hostile
