// SPDX-License-Identifier: Apache-2.0
// ByteReader: the one door for untrusted binary input. Reads little-endian values from a borrowed
// span; a read past the end is an error that names the offset, never undefined behaviour.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/result.h"

namespace fathom {

class ByteReader {
 public:
  explicit ByteReader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  size_t offset() const { return offset_; }
  size_t remaining() const { return bytes_.size() - offset_; }

  template <typename T>
  requires std::is_arithmetic_v<T> Result<T> Read(std::string_view what) {
    if (remaining() < sizeof(T)) return Short(what, sizeof(T));
    T value;
    std::memcpy(&value, bytes_.data() + offset_, sizeof(T));
    offset_ += sizeof(T);
    return value;
  }

  Result<std::span<const uint8_t>> ReadSpan(std::string_view what, uint64_t size) {
    if (size > remaining()) return Short(what, size);
    auto span = bytes_.subspan(offset_, static_cast<size_t>(size));
    offset_ += static_cast<size_t>(size);
    return span;
  }

  Status Skip(std::string_view what, uint64_t size) {
    auto span = ReadSpan(what, size);
    return span ? Status() : Status(span.error());
  }

 private:
  Error Short(std::string_view what, uint64_t size) const {
    return Invalid(std::string(what) + " needs " + std::to_string(size) + " bytes at offset " +
                   std::to_string(offset_) + ", but only " + std::to_string(remaining()) +
                   " are left");
  }

  std::span<const uint8_t> bytes_;
  size_t offset_ = 0;
};

}  // namespace fathom
