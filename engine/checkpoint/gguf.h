// SPDX-License-Identifier: Apache-2.0
// GGUF version 3, little-endian: the container. What keys and tensors mean is in gguf_model.h.
//
// Counts, string lengths, types, dimensions and offsets are all checked against the file's size
// before use; keys and tensor names are unique; tensors lie on the alignment, in the file, and do
// not overlap. Keys nobody asks for are skipped, whatever their value; tensors of a type this
// engine does not compute are refused by name. Source: the format's specification (ggml).
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_reader.h"
#include "engine/checkpoint/stored_tensor.h"

namespace fathom {

enum class GgufType : uint32_t {
  kUint8,
  kInt8,
  kUint16,
  kInt16,
  kUint32,
  kInt32,
  kFloat32,
  kBool,
  kString,
  kArray,
  kUint64,
  kInt64,
  kFloat64
};

// One metadata value, decoded on demand. Borrows the file.
struct GgufValue {
  GgufType type = GgufType::kUint8;  // of the value, or of the elements
  bool is_array = false;
  uint64_t count = 1;
  std::span<const uint8_t> bytes;  // as in the file; of strings with their lengths

  std::optional<int64_t> Int() const;   // any integer type, when it fits
  std::optional<double> Float() const;  // f32, f64
  std::optional<bool> Bool() const;
  std::optional<std::string_view> String() const;
  std::optional<std::vector<std::string_view>> Strings() const;
  std::optional<std::vector<int64_t>> Ints() const;  // of integers or bools
};

struct GgufFile {
  std::map<std::string, GgufValue, std::less<>> metadata;
  std::vector<StoredTensor> tensors;  // in order of their offsets

  const GgufValue* Find(std::string_view key) const;
};

Result<GgufFile> ParseGguf(std::span<const uint8_t> file, const std::string& place);

// ggml's numbers of the types this engine reads.
std::optional<DType> DTypeOfGgml(uint32_t number);
uint32_t GgmlOfDType(DType type);

inline constexpr uint32_t kGgufMagic = 0x46554747;  // "GGUF"
inline constexpr uint32_t kGgufVersion = 3;
inline constexpr uint64_t kGgufAlignment = 32;

}  // namespace fathom
