// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/checkpoint.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "base/limits.h"
#include "base/sha256.h"
#include "base/thread_pool.h"
#include "engine/checkpoint/gguf_model.h"
#include "engine/checkpoint/safetensors.h"

namespace fathom {
namespace {

bool IsFolder(const std::string& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

bool Exists(const std::string& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0;
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, std::max<size_t>(slash, 1));
}

// The one .gguf file of a folder.
Result<std::string> OnlyGguf(const std::string& folder) {
  std::string found;
  std::error_code failure;
  std::filesystem::directory_iterator entry(folder, failure), end;
  for (; !failure && entry != end; entry.increment(failure)) {
    const std::string name = entry->path().filename().string();
    if (!name.ends_with(".gguf")) continue;
    if (!found.empty()) return Invalid("holds several .gguf files: name one of them", folder);
    found = folder + "/" + name;
  }
  if (failure) return IoError("cannot list: " + failure.message(), folder);
  if (!found.empty()) return found;
  return Error{Code::kNotFound,
               "holds neither model.safetensors, model.safetensors.index.json nor a .gguf file",
               folder};
}

std::string HashOf(const std::vector<FileBytes>& files, int threads) {
  std::vector<std::string> hashes(files.size());
  ThreadPool pool(
      static_cast<int>(std::min<size_t>(files.size(), static_cast<size_t>(std::max(threads, 1)))));
  pool.For(files.size(), 1, [&](size_t begin, size_t end, int) {
    for (size_t i = begin; i < end; ++i) hashes[i] = Sha256Hex(files[i].bytes());
  });
  if (hashes.size() == 1) return hashes[0];
  std::sort(hashes.begin(), hashes.end());
  std::string list;
  for (const std::string& hash : hashes) list += hash + "\n";
  return Sha256Hex(list);
}

void CountParameters(Checkpoint& checkpoint) {
  const M1Config& c = checkpoint.config;
  const auto count = [](const StoredTensor& tensor) {
    size_t product = 1;
    for (const uint64_t size : tensor.shape) product *= size;
    return tensor.bytes.empty() ? 0 : product;
  };
  std::array<size_t, std::size(kAllDTypes)> bytes_of{};
  size_t all = 0, active = 0;
  for (const NamedParts& named : GgufOrder(checkpoint.weights, c)) {
    size_t parameters = 0;
    for (const StoredTensor* part : named.parts) {
      parameters += count(*part);
      bytes_of[static_cast<size_t>(part->type)] += part->bytes.size();
    }
    all += parameters;
    if (named.name == "token_embd.weight" || named.name == "output.weight") continue;
    const bool experts = named.name.ends_with("_exps.weight");
    active += experts ? parameters / static_cast<size_t>(c.experts) *
                            static_cast<size_t>(c.experts_per_token)
                      : parameters;
  }
  checkpoint.parameters = all;
  checkpoint.parameters_active = active;
  for (const size_t bytes : bytes_of) checkpoint.weights_bytes += bytes;
  checkpoint.commonest_type =
      static_cast<DType>(std::max_element(bytes_of.begin(), bytes_of.end()) - bytes_of.begin());
}

// One value that is not finite makes every later one not finite, without a word.
Status CheckFinite(const Checkpoint& checkpoint, const std::string& place, int threads) {
  std::vector<const StoredTensor*> parts;
  for (const NamedParts& named : GgufOrder(checkpoint.weights, checkpoint.config)) {
    parts.insert(parts.end(), named.parts.begin(), named.parts.end());
  }
  std::vector<std::optional<uint64_t>> found(parts.size());
  ThreadPool pool(std::max(threads, 1));
  pool.For(parts.size(), 1, [&](size_t begin, size_t end, int) {
    for (size_t i = begin; i < end; ++i) found[i] = FirstNotFinite(*parts[i]);
  });
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!found[i]) continue;
    return Invalid("tensor `" + parts[i]->name + "` is not finite at " +
                       (IsQuantized(parts[i]->type) ? "block " : "value ") +
                       std::to_string(*found[i]),
                   place);
  }
  return OkStatus();
}

Result<Checkpoint> Finish(Checkpoint checkpoint, const std::string& place, int threads) {
  if (auto status = CheckFinite(checkpoint, place, threads); !status) return status.error();
  checkpoint.sha256 = HashOf(checkpoint.files, threads);
  CountParameters(checkpoint);
  for (const FileBytes& file : checkpoint.files) {
    if (auto status = file.CheckUnchanged(); !status) return status.error();
  }
  return checkpoint;
}

Result<Checkpoint> LoadGgufFile(const std::string& path, int threads) {
  auto file = FileBytes::Load(path);
  if (!file) return file.error();
  auto gguf = ParseGguf(file->bytes(), path);
  if (!gguf) return gguf.error();
  Checkpoint checkpoint;
  auto config = ConfigFromGguf(*gguf, path);
  if (!config) return config.error();
  checkpoint.config = std::move(*config);
  // Before anything is made of the tokens: the embedding's rows lie in the file, a count may not.
  const GgufValue* tokens = gguf->Find("tokenizer.ggml.tokens");
  if (tokens != nullptr && tokens->is_array &&
      tokens->count > static_cast<uint64_t>(config->vocabulary)) {
    return Invalid("tokenizer.ggml.tokens has " + std::to_string(tokens->count) +
                       " entries, the embedding " + std::to_string(config->vocabulary) + " rows",
                   path);
  }
  auto tokenizer = TokenizerFromGguf(*gguf, path);
  if (!tokenizer) return tokenizer.error();
  checkpoint.tokenizer_parts = std::move(*tokenizer);
  auto weights = BindWeights(std::move(gguf->tensors), checkpoint.config, Spelling::kGguf, path);
  if (!weights) return weights.error();
  checkpoint.weights = std::move(*weights);
  checkpoint.files.push_back(std::move(*file));
  return Finish(std::move(checkpoint), path, threads);
}

// Shards of one folder: every tensor stands in the shard the index names, and nowhere else.
Result<std::vector<StoredTensor>> LoadShards(const std::string& folder,
                                             const std::string& index_path,
                                             std::vector<FileBytes>& files) {
  auto text = FileBytes::Load(index_path, kSafetensorsHeaderBytesMax);
  if (!text) return text.error();
  auto index = ParseShardIndex(text->text(), index_path);
  if (!index) return index.error();
  std::map<std::string, std::string> shard_of(index->tensors.begin(), index->tensors.end());
  std::vector<StoredTensor> all;
  for (const std::string& shard : index->shards) {
    const std::string path = folder + "/" + shard;
    auto file = FileBytes::Load(path);
    if (!file) return file.error();
    auto tensors = ParseSafetensors(file->bytes(), path);
    if (!tensors) return tensors.error();
    for (StoredTensor& tensor : *tensors) {
      const auto found = shard_of.find(tensor.name);
      if (found == shard_of.end() || found->second != shard) {
        return Invalid(
            "holds tensor `" + tensor.name + "`, which the index " +
                (found == shard_of.end() ? "does not name" : "places in " + found->second),
            path);
      }
      shard_of.erase(found);
      all.push_back(std::move(tensor));
    }
    files.push_back(std::move(*file));
  }
  if (!shard_of.empty()) {
    return Invalid(
        "tensor `" + shard_of.begin()->first + "` is missing from " + shard_of.begin()->second,
        index_path);
  }
  return all;
}

// config.json often leaves eos null; generation_config.json then says it.
Status FillEos(const std::string& folder, M1Config& config) {
  const std::string path = folder + "/generation_config.json";
  if (config.eos || !Exists(path)) return OkStatus();
  auto file = FileBytes::Load(path, kConfigJsonBytesMax);
  if (!file) return file.error();
  auto json = ParseCheckpointJson(file->text(), kConfigJsonBytesMax, path);
  if (!json) return json.error();
  const Json* eos = json->Find("eos_token_id");
  if (eos != nullptr && eos->is_array() && eos->size() > 0) eos = &eos->as_array()[0];
  if (eos == nullptr || eos->is_null()) return OkStatus();
  if (!eos->is_int() || eos->as_int() < 0 || eos->as_int() >= config.vocabulary) {
    return Invalid(
        "field `eos_token_id` must be a token id below " + std::to_string(config.vocabulary), path);
  }
  config.eos = static_cast<int>(eos->as_int());
  return OkStatus();
}

// `weights`: the single .safetensors file; empty for shards by index.
Result<Checkpoint> LoadHf(const std::string& folder, const std::string& weights_path, int threads) {
  const std::string config_path = folder + "/config.json";
  auto config_file = FileBytes::Load(config_path, kConfigJsonBytesMax);
  if (!config_file) return config_file.error();
  Checkpoint checkpoint;
  auto config = ParseHfConfig(config_file->text(), config_path);
  if (!config) return config.error();
  checkpoint.config = std::move(*config);
  if (auto status = FillEos(folder, checkpoint.config); !status) return status.error();
  const bool sharded = weights_path.ends_with(".index.json");
  std::vector<StoredTensor> tensors;
  if (sharded) {
    auto shards = LoadShards(folder, weights_path, checkpoint.files);
    if (!shards) return shards.error();
    tensors = std::move(*shards);
  } else {
    auto file = FileBytes::Load(weights_path);
    if (!file) return file.error();
    auto parsed = ParseSafetensors(file->bytes(), weights_path);
    if (!parsed) return parsed.error();
    tensors = std::move(*parsed);
    checkpoint.files.push_back(std::move(*file));
  }
  auto weights = BindWeights(std::move(tensors), checkpoint.config, Spelling::kHf, weights_path);
  if (!weights) return weights.error();
  checkpoint.weights = std::move(*weights);
  if (Exists(folder + "/tokenizer.json")) checkpoint.tokenizer_path = folder + "/tokenizer.json";
  return Finish(std::move(checkpoint), weights_path, threads);
}

}  // namespace

Result<Checkpoint> LoadCheckpoint(const std::string& path, int threads) {
  if (IsFolder(path)) {
    for (const char* name : {"/model.safetensors", "/model.safetensors.index.json"}) {
      if (Exists(path + name)) return LoadHf(path, path + name, threads);
    }
    auto gguf = OnlyGguf(path);
    if (!gguf) return gguf.error();
    return LoadGgufFile(*gguf, threads);
  }
  if (path.ends_with(".gguf")) return LoadGgufFile(path, threads);
  if (path.ends_with(".safetensors") || path.ends_with(".safetensors.index.json")) {
    return LoadHf(FolderOf(path), path, threads);
  }
  if (!Exists(path)) return Error{Code::kNotFound, "no such file or folder", path};
  return Invalid("is no checkpoint: expected a folder, a .gguf or a .safetensors file", path);
}

}  // namespace fathom
