// SPDX-License-Identifier: Apache-2.0
// What a device does for one token, recorded once and repeated for later ones: one launch in place
// of one a kernel.
//
// While it is recorded, nothing runs. Of the operators' arguments it keeps everything as it is but
// the token of Embed and the one position of Rope, KvWrite and SoftmaxAttention, which each
// repetition names anew. So it is good for as long as every buffer stays where it is and the
// position stays below RecordedKeysMax of the one it was made at.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "kernels/backend.h"

namespace fathom {

class Recording {
 public:
  // kUnavailable or kLimit when something that `work` does cannot be recorded.
  static Result<Recording> Make(const Backend& backend, const std::function<Status()>& work);
  Recording(Recording&& other) noexcept;
  Recording& operator=(Recording&& other) noexcept;
  ~Recording();

  Status Repeat(const Backend& backend, int32_t token, size_t position) const;

 private:
  explicit Recording(void* graph) : graph_(graph) {}
  void* graph_ = nullptr;  // cudaGraphExec_t
};

// How many keys a recording made at this position reads at most: the next power of two.
inline size_t RecordedKeysMax(size_t position) {
  return std::bit_ceil(std::max<size_t>(position + 1, 1024));
}

}  // namespace fathom
