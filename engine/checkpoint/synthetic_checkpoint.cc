// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/synthetic_checkpoint.h"

#include <cmath>
#include <cstdio>

#include "base/atomic_file.h"

namespace fathom {
namespace {

using Shape = std::vector<uint64_t>;

// (name, shape) in the order of the reference.
std::vector<std::pair<std::string, Shape>> Shapes(const Json& config) {
  const auto number = [&](const char* key) {
    return static_cast<uint64_t>(config.Find(key)->as_int());
  };
  const uint64_t hidden = number("hidden_size"), dim = number("head_dim"),
                 ffn = number("intermediate_size");
  const uint64_t width = number("num_attention_heads") * dim,
                 kv = number("num_key_value_heads") * dim;
  const uint64_t rows = number("vocab_size"), experts = number("num_local_experts");
  std::vector<std::pair<std::string, Shape>> shapes = {
      {"model.embed_tokens.weight", {rows, hidden}}};
  const auto add = [&](std::string name, Shape shape) {
    shapes.emplace_back(name + ".weight", std::move(shape));
  };
  const Json::Array& kinds = config.Find("attn_type_list")->as_array();
  for (size_t i = 0; i < kinds.size(); ++i) {
    const std::string layer = "model.layers." + std::to_string(i) + ".";
    const std::string attention = layer + "self_attn.", moe = layer + "block_sparse_moe.";
    add(layer + "input_layernorm", {hidden});
    add(layer + "post_attention_layernorm", {hidden});
    if (kinds[i].as_int() == 0) {
      add(attention + "qkv_proj", {3 * width, hidden});
      add(attention + "output_gate", {width, hidden});
      add(attention + "norm", {width});
      add(attention + "out_proj", {hidden, width});
    } else {
      add(attention + "q_proj", {width, hidden});
      add(attention + "k_proj", {kv, hidden});
      add(attention + "v_proj", {kv, hidden});
      add(attention + "o_proj", {hidden, width});
    }
    add(moe + "gate", {experts, hidden});
    for (uint64_t e = 0; e < experts; ++e) {
      const std::string expert = moe + "experts." + std::to_string(e) + ".";
      add(expert + "w1", {ffn, hidden});
      add(expert + "w2", {hidden, ffn});
      add(expert + "w3", {ffn, hidden});
    }
  }
  add("model.norm", {hidden});
  add("lm_head", {rows, hidden});
  return shapes;
}

double Unit(uint64_t base, uint64_t index) {
  uint64_t z = base + (index + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  z ^= z >> 31;
  return static_cast<double>(z >> 11) * 0x1p-52 - 1;
}

std::vector<float> Values(uint64_t seed, const std::string& name, const Shape& shape) {
  uint64_t base = 0xcbf29ce484222325u;
  for (const char byte : name) base = (base ^ static_cast<uint8_t>(byte)) * 0x100000001b3u;
  base += seed * 0xd1342543de82ef95u;
  const bool norm = shape.size() == 1;
  double scale = norm ? 0.25 : std::sqrt(3.0 / static_cast<double>(shape.back()));
  if (name == "lm_head.weight") scale *= 2;
  if (name == "model.embed_tokens.weight") scale = 1;
  std::vector<float> values(shape[0] * (norm ? 1 : shape[1]));
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>((norm ? 1 : 0) + scale * Unit(base, i));
  }
  return values;
}

Status WriteText(const std::string& path, const std::string& text) {
  auto file = AtomicFile::Create(path, "synthetic");
  if (!file) return file.error();
  auto status = file->Write({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  return status ? file->Commit() : status;
}

}  // namespace

std::vector<SyntheticTensor> MakeSyntheticTensors(const Json& config, uint64_t seed) {
  std::vector<SyntheticTensor> tensors;
  for (auto& [name, shape] : Shapes(config))
    tensors.push_back({name, shape, Values(seed, name, shape)});
  return tensors;
}

std::string SafetensorsBytes(std::span<const SyntheticTensor> tensors, DType type) {
  Json header = Json::EmptyObject();
  std::string data;
  for (const SyntheticTensor& tensor : tensors) {
    const DType stored = tensor.name.ends_with("block_sparse_moe.gate.weight") ? DType::kF32 : type;
    const size_t begin = data.size();
    data.resize(begin + DTypeRowBytes(stored, tensor.values.size()));
    QuantizeRow(stored, tensor.values.data(), tensor.values.size(),
                reinterpret_cast<std::byte*>(data.data()) + begin);
    Json shape = Json::EmptyArray();
    for (const uint64_t size : tensor.shape) shape.Push(size);
    Json entry = Json::EmptyObject();
    entry.Set("dtype", stored == DType::kF32 ? "F32" : stored == DType::kF16 ? "F16" : "BF16");
    entry.Set("shape", std::move(shape));
    entry.Set("data_offsets", Json(Json::Array{begin, data.size()}));
    header.Set(tensor.name, std::move(entry));
  }
  std::string text = header.Dump();
  text.append((8 - text.size() % 8) % 8, ' ');
  const uint64_t length = text.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof(length)) + text + data;
}

Status WriteSyntheticCheckpoint(const std::string& folder, const Json& config,
                                const SyntheticOptions& options) {
  if (auto status = WriteText(folder + "/config.json", config.Dump(1)); !status) return status;
  const auto tensors = MakeSyntheticTensors(config, options.seed);
  const std::span<const SyntheticTensor> all(tensors);
  if (options.shards == 1)
    return WriteText(folder + "/model.safetensors", SafetensorsBytes(all, options.type));
  Json map = Json::EmptyObject();
  for (size_t i = 0; i < options.shards; ++i) {
    char name[64];
    std::snprintf(name, sizeof(name), "model-%05zu-of-%05zu.safetensors", i + 1, options.shards);
    const size_t begin = i * all.size() / options.shards,
                 end = (i + 1) * all.size() / options.shards;
    for (const auto& tensor : all.subspan(begin, end - begin)) map.Set(tensor.name, name);
    const auto bytes = SafetensorsBytes(all.subspan(begin, end - begin), options.type);
    if (auto status = WriteText(folder + "/" + name, bytes); !status) return status;
  }
  Json index = Json::EmptyObject();
  index.Set("weight_map", std::move(map));
  return WriteText(folder + "/model.safetensors.index.json", index.Dump());
}

}  // namespace fathom
