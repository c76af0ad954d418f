// SPDX-License-Identifier: Apache-2.0
#include "tests/hostile_checkpoints/documents.h"

#include <algorithm>

#include "base/byte_reader.h"
#include "base/json.h"

namespace fathom::hostile {
namespace {

constexpr uint64_t kAlignment = 32;

std::string_view Text(ByteReader& reader) {
  const auto span = *reader.ReadSpan("text", *reader.Read<uint64_t>("length"));
  return {reinterpret_cast<const char*>(span.data()), span.size()};
}

size_t FixedBytes(uint32_t type) {
  constexpr size_t kBytes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
  CHECK(type < std::size(kBytes));
  return kBytes[type];
}

// Reads over one value and returns its bytes.
std::string Payload(ByteReader& reader, const std::string& file, uint32_t type) {
  const size_t begin = reader.offset();
  uint64_t count = 1;
  if (type == 9) {
    type = *reader.Read<uint32_t>("element");
    count = *reader.Read<uint64_t>("count");
  }
  for (uint64_t i = 0; i < count; ++i) {
    if (type == 8) {
      Text(reader);
    } else {
      CHECK(reader.Skip("value", FixedBytes(type)).ok());
    }
  }
  return file.substr(begin, reader.offset() - begin);
}

}  // namespace

Files With(Files files, const std::string& name, std::string bytes) {
  files[name] = std::move(bytes);
  return files;
}

std::vector<size_t> Positions(const Base& base, size_t count) {
  std::vector<size_t> positions;
  for (size_t i = 0; i < count; ++i) {
    if (base.slow || i < 2 || i == count / 2 || i + 1 == count) positions.push_back(i);
  }
  return positions;
}

std::string SafetensorsDocument::Header() const {
  std::string json = "{" + extra;
  for (const Entry& entry : entries) {
    if (&entry != &entries.front()) json += ",";
    json += "\"" + entry.name + "\":";
    json += entry.raw.empty() ? "{\"dtype\":" + entry.dtype + ",\"shape\":" + entry.shape +
                                    ",\"data_offsets\":[" + entry.begin + "," + entry.end + "]}"
                              : entry.raw;
  }
  return before + json + "}" + after;
}

std::string SafetensorsDocument::Bytes() const {
  const std::string header = Header();
  std::string bytes;
  Put<uint64_t>(bytes, header_bytes.value_or(header.size()));
  return bytes + header + data;
}

SafetensorsDocument TakeApartSafetensors(const Base& base) {
  const std::string& file = base.hf.at(kSafetensors);
  ByteReader reader({reinterpret_cast<const uint8_t*>(file.data()), file.size()});
  const std::string header(Text(reader));
  SafetensorsDocument document;
  const auto json = Json::Parse(header);
  for (const auto& [name, fields] : json->as_object()) {
    const Json::Array& offsets = fields.Find("data_offsets")->as_array();
    document.entries.push_back({name, fields.Find("dtype")->Dump(), fields.Find("shape")->Dump(),
                                offsets[0].Dump(), offsets[1].Dump(), ""});
  }
  document.data = file.substr(reader.offset());
  return document;
}

GgufDocument::Key& GgufDocument::Find(const std::string& name) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
  CHECK_MESSAGE(found != keys.end(), name);
  return *found;
}

void GgufDocument::Drop(const std::string& name) {
  keys.erase(keys.begin() + (&Find(name) - keys.data()));
}

std::string GgufDocument::Bytes() const {
  std::string bytes = magic;
  Put(bytes, version);
  Put<uint64_t>(bytes, tensor_count.value_or(tensors.size()));
  Put<uint64_t>(bytes, key_count.value_or(keys.size()));
  for (const Key& key : keys) {
    Put<uint64_t>(bytes, key.name_bytes.value_or(key.name.size()));
    bytes += key.name;
    Put(bytes, key.type);
    bytes += key.payload;
  }
  for (const Tensor& tensor : tensors) {
    Put<uint64_t>(bytes, tensor.name_bytes.value_or(tensor.name.size()));
    bytes += tensor.name;
    Put(bytes, tensor.rank.value_or(static_cast<uint32_t>(tensor.sizes.size())));
    for (const uint64_t size : tensor.sizes) Put(bytes, size);
    Put(bytes, tensor.type);
    Put(bytes, tensor.offset);
  }
  bytes.append((kAlignment - bytes.size() % kAlignment) % kAlignment, '\0');
  return bytes + data;
}

GgufDocument TakeApartGguf(const Files& gguf) {
  const std::string& file = gguf.at(kGguf);
  ByteReader reader({reinterpret_cast<const uint8_t*>(file.data()), file.size()});
  CHECK(reader.Skip("magic and version", 8).ok());
  const auto tensors = *reader.Read<uint64_t>("tensors"), keys = *reader.Read<uint64_t>("keys");
  GgufDocument document;
  for (uint64_t i = 0; i < keys; ++i) {
    std::string name(Text(reader));
    const auto type = *reader.Read<uint32_t>("type");
    document.keys.push_back({std::move(name), type, Payload(reader, file, type), {}});
  }
  for (uint64_t i = 0; i < tensors; ++i) {
    GgufDocument::Tensor tensor{std::string(Text(reader))};
    tensor.sizes.resize(*reader.Read<uint32_t>("rank"));
    for (uint64_t& size : tensor.sizes) size = *reader.Read<uint64_t>("size");
    tensor.type = *reader.Read<uint32_t>("type");
    tensor.offset = *reader.Read<uint64_t>("offset");
    document.tensors.push_back(std::move(tensor));
  }
  document.data = file.substr((reader.offset() + kAlignment - 1) / kAlignment * kAlignment);
  CHECK(document.Bytes() == file);
  return document;
}

std::string GgufText(const std::string& text) {
  std::string bytes;
  Put<uint64_t>(bytes, text.size());
  return bytes + text;
}

std::string GgufTexts(const std::vector<std::string>& texts) {
  std::string bytes;
  Put<uint32_t>(bytes, 8);
  Put<uint64_t>(bytes, texts.size());
  for (const std::string& text : texts) bytes += GgufText(text);
  return bytes;
}

std::vector<std::string> TextsOf(const GgufDocument::Key& key) {
  ByteReader reader({reinterpret_cast<const uint8_t*>(key.payload.data()), key.payload.size()});
  CHECK(*reader.Read<uint32_t>("element") == 8);
  std::vector<std::string> texts(*reader.Read<uint64_t>("count"));
  for (std::string& text : texts) text = std::string(Text(reader));
  return texts;
}

Files WithConfigField(const Base& base, const std::string& field, const std::string& text) {
  const auto json = Json::Parse(base.hf.at("config.json"));
  std::string config;
  for (const auto& [name, value] : json->as_object()) {
    if (name == field) continue;
    config += (config.empty() ? "{" : ",") + Json(name).Dump() + ":" + value.Dump();
  }
  if (!text.empty()) config += ",\"" + field + "\":" + text;
  return With(base.hf, "config.json", config + "}");
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  CHECK_MESSAGE(at != std::string::npos, from);
  return text.replace(at, from.size(), to);
}

}  // namespace fathom::hostile
