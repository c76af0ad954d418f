// SPDX-License-Identifier: Apache-2.0
// Any bytes as an ignore file, and any path: an answer in bounded time.
#include <string_view>

#include "base/ignore_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t split = text.find('\0');
  const std::string_view path = split == std::string_view::npos ? "a/b.c" : text.substr(split + 1);
  const auto patterns = fathom::ParseIgnoreFile(text.substr(0, split));
  fathom::LastMatch(patterns, {.path = path, .is_directory = size % 2 == 0});
  return 0;
}
