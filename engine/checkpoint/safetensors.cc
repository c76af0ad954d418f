// SPDX-License-Identifier: Apache-2.0
#include "engine/checkpoint/safetensors.h"

#include <algorithm>

#include "base/byte_reader.h"
#include "base/json.h"
#include "base/limits.h"
#include "engine/checkpoint/config.h"

namespace fathom {
namespace {

std::string Quoted(std::string_view name) {
  return "tensor `" + std::string(name) + "`";
}

Result<DType> ParseType(const Json::Member& tensor, const std::string& place) {
  const Json* type = tensor.second.Find("dtype");
  if (type == nullptr || !type->is_string()) {
    return Invalid(Quoted(tensor.first) + ": `dtype` must be a string", place);
  }
  if (type->as_string() == "F32") return DType::kF32;
  if (type->as_string() == "F16") return DType::kF16;
  if (type->as_string() == "BF16") return DType::kBF16;
  return Invalid(Quoted(tensor.first) + ": dtype " + type->Dump() +
                     " is not supported (F32, F16 and BF16 are)",
                 place);
}

Result<std::vector<uint64_t>> ParseNaturals(const Json::Member& tensor, const char* key,
                                            size_t count_max, const std::string& place) {
  const Json* list = tensor.second.Find(key);
  if (list == nullptr || !list->is_array() || list->size() > count_max) {
    return Invalid(Quoted(tensor.first) + ": `" + key + "` must be a list of at most " +
                       std::to_string(count_max) + " integers",
                   place);
  }
  std::vector<uint64_t> numbers;
  for (const Json& item : list->as_array()) {
    if (!item.is_int() || item.as_int() < 0) {
      return Invalid(Quoted(tensor.first) + ": `" + key +
                         "` may hold only integers from 0 to 2^63 - 1, found " + item.Dump(),
                     place);
    }
    numbers.push_back(static_cast<uint64_t>(item.as_int()));
  }
  return numbers;
}

struct Placed {
  StoredTensor tensor;
  uint64_t begin = 0, end = 0;  // within the data
};

Result<Placed> ParseTensor(const Json::Member& member, std::span<const uint8_t> data,
                           const std::string& place) {
  const auto& [name, fields] = member;
  if (name.empty() || name.size() > kTensorNameBytesMax) {
    return Invalid("a tensor name has " + std::to_string(name.size()) +
                       " bytes, allowed are 1 to " + std::to_string(kTensorNameBytesMax),
                   place);
  }
  if (!fields.is_object() || fields.size() != 3) {
    return Invalid(Quoted(name) + " must be an object of dtype, shape and data_offsets", place);
  }
  auto type = ParseType(member, place);
  if (!type) return type.error();
  auto shape = ParseNaturals(member, "shape", kTensorRankMax, place);
  if (!shape) return shape.error();
  auto offsets = ParseNaturals(member, "data_offsets", 2, place);
  if (!offsets) return offsets.error();
  if (offsets->size() != 2)
    return Invalid(Quoted(name) + ": `data_offsets` must hold two integers", place);
  const uint64_t begin = (*offsets)[0], end = (*offsets)[1];
  const std::string found =
      Quoted(name) + ": offsets [" + std::to_string(begin) + ", " + std::to_string(end) + ")";
  if (begin > end || end > data.size()) {
    return Invalid(found + " must be in order and within the " + std::to_string(data.size()) +
                       " bytes of data",
                   place);
  }
  const auto needed = StoredBytes(*type, *shape);
  if (!needed || *needed != end - begin) {
    return Invalid(found + " are " + std::to_string(end - begin) + " bytes, shape " +
                       ShapeText(*shape) + " " + DTypeName(*type) + " needs " +
                       (needed ? std::to_string(*needed) : "more than 2^64"),
                   place);
  }
  const uint64_t element = *type == DType::kF32 ? 4 : 2;
  if (begin % element != 0)
    return Invalid(found + " are not aligned to " + std::to_string(element) + " bytes", place);
  return Placed{{name, *type, std::move(*shape), data.subspan(begin, end - begin)}, begin, end};
}

Status CheckMetadata(const Json& metadata, const std::string& place) {
  if (!metadata.is_object()) return Invalid("`__metadata__` must be an object", place);
  for (const auto& [key, value] : metadata.as_object()) {
    if (!value.is_string()) return Invalid("`__metadata__`: `" + key + "` must be a string", place);
  }
  return OkStatus();
}

// The header text, once its length is believable and it looks like an object followed by spaces.
Result<std::string_view> HeaderText(ByteReader& reader, const std::string& place) {
  auto length = reader.Read<uint64_t>("the header length");
  if (!length) return Invalid(length.error().message, place);
  if (*length > kSafetensorsHeaderBytesMax || *length > reader.remaining()) {
    return Invalid("the header claims " + std::to_string(*length) + " bytes; the file has " +
                       std::to_string(reader.remaining()) + " left and the limit is " +
                       std::to_string(kSafetensorsHeaderBytesMax),
                   place);
  }
  auto bytes = reader.ReadSpan("the header", *length);
  if (!bytes) return Invalid(bytes.error().message, place);
  std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  if (text.empty() || text.front() != '{') return Invalid("the header must start with `{`", place);
  const size_t last = text.find_last_not_of(' ');
  if (text[last] != '}') return Invalid("the header must end with `}` and spaces only", place);
  return text.substr(0, last + 1);
}

bool IsShardName(std::string_view name) {
  return name.size() > 12 && name.size() <= 255 && name.front() != '.' &&
         name.ends_with(".safetensors") &&
         name.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos;
}

}  // namespace

Result<std::vector<StoredTensor>> ParseSafetensors(std::span<const uint8_t> file,
                                                   const std::string& place) {
  ByteReader reader(file);
  auto text = HeaderText(reader, place);
  if (!text) return text.error();
  auto header = ParseCheckpointJson(*text, kSafetensorsHeaderBytesMax, place);
  if (!header) return header.error();
  const auto data = file.subspan(reader.offset());
  std::vector<Placed> placed;
  for (const auto& member : header->as_object()) {
    if (member.first == "__metadata__") {
      if (auto status = CheckMetadata(member.second, place); !status) return status.error();
      continue;
    }
    if (placed.size() == kTensorCountMax) {
      return Invalid("has more than " + std::to_string(kTensorCountMax) + " tensors", place);
    }
    auto tensor = ParseTensor(member, data, place);
    if (!tensor) return tensor.error();
    placed.push_back(std::move(*tensor));
  }
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  uint64_t expected = 0;
  std::vector<StoredTensor> tensors;
  for (Placed& one : placed) {
    if (one.begin != expected) {
      return Invalid(Quoted(one.tensor.name) + " begins at " + std::to_string(one.begin) +
                         (one.begin < expected ? ", overlapping" : ", leaving a hole after") +
                         " the data up to " + std::to_string(expected),
                     place);
    }
    expected = one.end;
    tensors.push_back(std::move(one.tensor));
  }
  if (expected != data.size()) {
    return Invalid("the tensors end at " + std::to_string(expected) + ", the data at " +
                       std::to_string(data.size()),
                   place);
  }
  return tensors;
}

Result<ShardIndex> ParseShardIndex(std::string_view text, const std::string& place) {
  auto json = ParseCheckpointJson(text, kSafetensorsHeaderBytesMax, place);
  if (!json) return json.error();
  const Json* map = json->Find("weight_map");
  if (map == nullptr || !map->is_object() || map->size() == 0) {
    return Invalid("`weight_map` must be an object that names the shard of every tensor", place);
  }
  ShardIndex index;
  for (const auto& [name, shard] : map->as_object()) {
    if (!shard.is_string() || !IsShardName(shard.as_string())) {
      return Invalid("the shard of `" + name +
                         "` must be a file name ending in .safetensors, without a folder, found " +
                         shard.Dump().substr(0, 300),
                     place);
    }
    index.tensors.emplace_back(name, shard.as_string());
    index.shards.push_back(shard.as_string());
  }
  std::sort(index.tensors.begin(), index.tensors.end());
  std::sort(index.shards.begin(), index.shards.end());
  index.shards.erase(std::unique(index.shards.begin(), index.shards.end()), index.shards.end());
  if (index.shards.size() > kShardCountMax || index.tensors.size() > kTensorCountMax) {
    return Invalid("names " + std::to_string(index.shards.size()) + " shards and " +
                       std::to_string(index.tensors.size()) + " tensors, more than the limits of " +
                       std::to_string(kShardCountMax) + " and " + std::to_string(kTensorCountMax),
                   place);
  }
  return index;
}

}  // namespace fathom
