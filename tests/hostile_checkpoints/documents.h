// SPDX-License-Identifier: Apache-2.0
// Checkpoint files taken apart, so that a lie can change one thing and write the rest as it was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/hostile_checkpoints/lie.h"

namespace fathom::hostile {

template <typename T>
void Put(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

struct SafetensorsDocument {
  struct Entry {
    std::string name;  // as it stands between the quotes
    std::string dtype;
    std::string shape;  // JSON text
    std::string begin, end;
    std::string raw;  // when not empty: stands instead of the object
  };
  std::vector<Entry> entries;
  std::string data;
  std::optional<uint64_t> header_bytes;  // the length that is claimed, when it is not the true one
  std::string before, after;             // around the JSON
  std::string extra;                     // members before the tensors, each with its comma

  std::string Header() const;
  std::string Bytes() const;
};
SafetensorsDocument TakeApartSafetensors(const Base& base);

struct GgufDocument {
  struct Key {
    std::string name;
    uint32_t type = 0;
    std::string payload;  // of arrays: element type, count and elements
    std::optional<uint64_t> name_bytes;
  };
  struct Tensor {
    std::string name;
    std::vector<uint64_t> sizes;  // innermost first, as in the file
    uint32_t type = 0;
    uint64_t offset = 0;
    std::optional<uint32_t> rank;
    std::optional<uint64_t> name_bytes;
  };
  std::string magic = "GGUF";
  uint32_t version = 3;
  std::optional<uint64_t> tensor_count, key_count;  // when they are not the true ones
  std::vector<Key> keys;
  std::vector<Tensor> tensors;
  std::string data;

  Key& Find(const std::string& name);  // the key must be there
  void Drop(const std::string& name);
  std::string Bytes() const;
};
GgufDocument TakeApartGguf(const Files& gguf);

// Payloads of GGUF keys.
std::string GgufText(const std::string& text);
std::string GgufTexts(const std::vector<std::string>& texts);
template <typename T>
std::string GgufNumber(T value) {
  std::string bytes;
  Put(bytes, value);
  return bytes;
}
std::vector<std::string> TextsOf(const GgufDocument::Key& key);

// `document` as the only weights of a checkpoint.
inline Files AsHf(const Base& base, const SafetensorsDocument& document) {
  return With(base.hf, kSafetensors, document.Bytes());
}
inline Files AsGguf(const Base& base, const GgufDocument& document) {
  return With(base.gguf, kGguf, document.Bytes());
}

// config.json with one field replaced by JSON text; an empty text drops it.
Files WithConfigField(const Base& base, const std::string& field, const std::string& text);

// `text` with its only (or first) `from` replaced. CHECKs that it is there.
std::string Replaced(std::string text, const std::string& from, const std::string& to);

}  // namespace fathom::hostile
