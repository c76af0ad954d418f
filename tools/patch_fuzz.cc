// SPDX-License-Identifier: Apache-2.0
// Any bytes as a patch, and the rest as the file: refused, or what comes out has every added line.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "tools/patch.h"

using namespace fathom;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const size_t border = std::min(all.find('\0'), all.size());
  const auto patches = ParsePatch(all.substr(0, border));
  if (!patches) return 0;
  for (const FilePatch& patch : *patches) {
    const auto after = ApplyFilePatch(patch, all.substr(std::min(border + 1, all.size())));
    if (!after) continue;
    for (const Hunk& hunk : patch.hunks) {
      for (const PatchLine& line : hunk.lines) {
        CHECK(line.kind != '+' || after->find(line.text) != std::string::npos);
      }
    }
  }
  return 0;
}
