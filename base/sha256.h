// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4). OpenSSL does the work, inside base/sha256.cc only.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fathom {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  Sha256& Update(std::span<const uint8_t> bytes);
  Sha256& Update(std::string_view text);
  // 64 lower-case hex digits. The object is spent afterwards.
  std::string Hex();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::string Sha256Hex(std::span<const uint8_t> bytes);
std::string Sha256Hex(std::string_view text);

}  // namespace fathom
