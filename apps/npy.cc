// SPDX-License-Identifier: Apache-2.0
#include "apps/npy.h"

#include "base/files.h"

namespace fathom {

Status WriteNpy(const std::string& path, std::span<const float> values, size_t rows,
                size_t columns) {
  CHECK(values.size() == rows * columns);
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" +
                       std::to_string(rows) + ", " + std::to_string(columns) + "), }";
  // Magic, version, length and header together are a multiple of 64 bytes, the header ends with a
  // newline.
  constexpr size_t kFixed = 10;
  header.append(64 - (kFixed + header.size() + 1) % 64, ' ');
  header += '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  bytes += header;
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
  return AtomicWriteFile(path, bytes, 0644);
}

}  // namespace fathom
