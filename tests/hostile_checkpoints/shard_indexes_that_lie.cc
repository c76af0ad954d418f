// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "tests/hostile_checkpoints/documents.h"

namespace fathom::hostile {
namespace {

const std::string kFirst = "model-00001-of-00002.safetensors";
const std::string kSecond = "model-00002-of-00002.safetensors";

Json Index(const Base& base) {
  return *Json::Parse(base.sharded.at(kIndex));
}

Files WithIndex(const Base& base, const std::string& text) {
  return With(base.sharded, kIndex, text);
}

// The shard of one tensor becomes `value`.
void PlacedIn(const Base& base, const Emit& emit, Json value, const std::string& mention) {
  const Json whole = Index(base);
  for (const size_t at : Positions(base, whole.Find("weight_map")->size())) {
    Json index = whole;
    Json map = *whole.Find("weight_map");
    map.as_object()[at].second = value;
    index.Set("weight_map", map);
    emit({WithIndex(base, index.Dump()), mention.empty() ? map.as_object()[at].first : mention});
  }
}

void ShardIsMissing(const Base& base, const Emit& emit) {
  for (const std::string& shard : {kFirst, kSecond}) {
    Files files = base.sharded;
    files.erase(shard);
    emit({files, shard});
  }
  PlacedIn(base, emit, "model-00003-of-00002.safetensors", "model-00003-of-00002.safetensors");
}

void ShardNameHasAFolder(const Base& base, const Emit& emit) {
  for (const char* name : {"../model.safetensors", "/etc/shadow.safetensors", "a/b.safetensors",
                           "..\\model.safetensors", "./model-00001-of-00002.safetensors",
                           "a//////////b.safetensors", "model-00001-of-00002.safetensors/"}) {
    PlacedIn(base, emit, name, "");
  }
  PlacedIn(base, emit, std::string("m\0del-00001.safetensors", 23), "");
}

void ShardNameIsNoWeightsFile(const Base& base, const Emit& emit) {
  for (const char* name : {"", ".", "..", "config.json", ".safetensors", ".hidden.safetensors",
                           "model.safetensors.index.json", "pytorch_model.bin"}) {
    PlacedIn(base, emit, name, "");
  }
  PlacedIn(base, emit, std::string(300, 'n') + ".safetensors", "");
}

void ShardNameIsNoString(const Base& base, const Emit& emit) {
  for (const Json& value : {Json(1), Json(), Json(true), Json::EmptyArray(), Json::EmptyObject(),
                            Json(Json::Array{Json(kFirst)})}) {
    PlacedIn(base, emit, value, "");
  }
}

void TensorIsPlacedInAnotherShard(const Base& base, const Emit& emit) {
  const Json whole = Index(base);
  for (const size_t at : Positions(base, whole.Find("weight_map")->size())) {
    Json index = whole;
    Json map = *whole.Find("weight_map");
    auto& [name, shard] = map.as_object()[at];
    shard = shard == Json(kFirst) ? kSecond : kFirst;
    index.Set("weight_map", map);
    emit({WithIndex(base, index.Dump()), name});
  }
}

void TensorStandsInTwoShards(const Base& base, const Emit& emit) {
  Files files = base.sharded;
  files[kSecond] = files[kFirst];
  emit({files, kSecond});
  files = base.sharded;
  files[kSecond] = base.hf.at(kSafetensors);
  emit({files, kSecond});
  std::swap(files[kFirst], files[kSecond]);
  emit({files, kFirst});
}

void TensorIsNotInTheIndex(const Base& base, const Emit& emit) {
  const Json whole = Index(base);
  for (const size_t at : Positions(base, whole.Find("weight_map")->size())) {
    Json index = whole;
    Json map = *whole.Find("weight_map");
    const std::string name = map.as_object()[at].first;
    map.as_object().erase(map.as_object().begin() + static_cast<std::ptrdiff_t>(at));
    index.Set("weight_map", map);
    emit({WithIndex(base, index.Dump()), name});
  }
}

void TensorIsNotInItsShard(const Base& base, const Emit& emit) {
  for (const char* name : {"model.layers.9.input_layernorm.weight", "x", ""}) {
    Json index = Index(base);
    Json map = *index.Find("weight_map");
    map.Set(name, kSecond);
    index.Set("weight_map", map);
    emit({WithIndex(base, index.Dump()), kIndex});
  }
}

void WeightMapIsNoMap(const Base& base, const Emit& emit) {
  for (const char* text : {"{}", "[]", "1", "null", "{\"weight_map\": []}", "{\"weight_map\": {}}",
                           "{\"weight_map\": null}", "{\"weight_map\": \"x\"}",
                           "{\"weight_maps\": {\"a\": \"b.safetensors\"}}"}) {
    emit({WithIndex(base, text), "weight_map"});
  }
}

void IndexIsMalformed(const Base& base, const Emit& emit) {
  const std::string& text = base.sharded.at(kIndex);
  for (const std::string& lie :
       {std::string(), text + "x", text + text, "[" + text, text.substr(0, text.size() - 1),
        std::string(100'000, '['), std::string("\xFF") + text, text + std::string(1, '\0')}) {
    emit({WithIndex(base, lie), kIndex});
  }
}

void IndexNamesATensorTwice(const Base& base, const Emit& emit) {
  const std::string& text = base.sharded.at(kIndex);
  const std::string name = "\"model.norm.weight\": \"" + kFirst + "\", ";
  emit({WithIndex(base, Replaced(text, "\"weight_map\":{", "\"weight_map\":{" + name)),
        "duplicate"});
  emit({WithIndex(base, Replaced(text, "{", "{\"weight_map\": {}, ")), "duplicate"});
}

void IndexCountsAreHuge(const Base& base, const Emit& emit) {
  std::string shards = "{\"weight_map\": {", tensors = shards;
  for (size_t i = 0; i < 100'001; ++i) {
    const std::string name = (i ? ", \"t" : "\"t") + std::to_string(i) + "\": \"";
    tensors += name + kFirst + "\"";
    if (i < 10'001) shards += name + std::to_string(i) + "-of-10001.safetensors\"";
  }
  emit({WithIndex(base, tensors + "}}"), kIndex});
  emit({WithIndex(base, shards + "}}"), kIndex});
  emit({WithIndex(base, std::string((8u << 20) + 1, ' ')), kIndex});
}

constexpr Lie kLies[] = {
    {"shard_is_missing", ShardIsMissing},
    {"shard_name_has_a_folder", ShardNameHasAFolder},
    {"shard_name_is_no_weights_file", ShardNameIsNoWeightsFile},
    {"shard_name_is_no_string", ShardNameIsNoString},
    {"tensor_is_placed_in_another_shard", TensorIsPlacedInAnotherShard},
    {"tensor_stands_in_two_shards", TensorStandsInTwoShards},
    {"tensor_is_not_in_the_index", TensorIsNotInTheIndex},
    {"tensor_is_not_in_its_shard", TensorIsNotInItsShard},
    {"weight_map_is_no_map", WeightMapIsNoMap},
    {"index_is_malformed", IndexIsMalformed},
    {"index_names_a_tensor_twice", IndexNamesATensorTwice},
    {"index_counts_are_huge", IndexCountsAreHuge},
};

}  // namespace

std::span<const Lie> ShardIndexesThatLie() {
  return kLies;
}

}  // namespace fathom::hostile
