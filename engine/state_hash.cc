// SPDX-License-Identifier: Apache-2.0
#include "engine/state_hash.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

#include "base/check.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace fathom {
namespace {

using Piece = XXH128_canonical_t;

std::string Hex(const XXH128_hash_t& hash) {
  char text[33];
  std::snprintf(text, sizeof(text), "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text;
}

// XXH3-128 of the XXH3-128 of each piece, in order.
std::string TopOf(const std::vector<Piece>& pieces) {
  return Hex(XXH3_128bits(pieces.data(), pieces.size() * sizeof(Piece)));
}

// The same checksum of a payload that comes in parts.
class TreeHasher {
 public:
  TreeHasher() : state_(XXH3_createState()) {
    CHECK(state_ != nullptr);
    XXH3_128bits_reset(state_);
  }
  ~TreeHasher() { XXH3_freeState(state_); }
  TreeHasher(const TreeHasher&) = delete;
  TreeHasher& operator=(const TreeHasher&) = delete;

  void Update(ByteSpan bytes) {
    while (!bytes.empty()) {
      const size_t count = std::min(bytes.size(), kStatePieceBytes - filled_);
      XXH3_128bits_update(state_, bytes.data(), count);
      filled_ += count;
      if (filled_ == kStatePieceBytes) EndPiece();
      bytes = bytes.subspan(count);
    }
  }
  std::string Finish() {
    if (filled_ > 0) EndPiece();
    return TopOf(pieces_);
  }

 private:
  void EndPiece() {
    XXH128_canonicalFromHash(&pieces_.emplace_back(), XXH3_128bits_digest(state_));
    XXH3_128bits_reset(state_);
    filled_ = 0;
  }

  XXH3_state_t* state_;
  size_t filled_ = 0;
  std::vector<Piece> pieces_;
};

struct FreeHashState {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

}  // namespace

void InParallel(size_t count, const std::function<void(size_t, size_t)>& work) {
  const size_t wanted =
      std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kStateThreadsMax);
  const size_t threads = std::min(wanted, count);
  std::atomic<size_t> next{0};
  const auto run = [&](size_t thread) {
    for (size_t i = next++; i < count; i = next++) work(i, thread);
  };
  std::vector<std::jthread> others;
  for (size_t i = 1; i < threads; ++i) others.emplace_back(run, i);
  run(0);
}

std::string ContentHash(std::span<const ByteSpan> parts) {
  const std::unique_ptr<XXH3_state_t, FreeHashState> state(XXH3_createState());
  CHECK(state != nullptr);
  XXH3_128bits_reset(state.get());
  for (const ByteSpan part : parts) XXH3_128bits_update(state.get(), part.data(), part.size());
  return Hex(XXH3_128bits_digest(state.get()));
}

std::string TreeHash(std::span<const ByteSpan> parts) {
  TreeHasher hasher;
  for (const ByteSpan part : parts) hasher.Update(part);
  return hasher.Finish();
}

std::string TreeHash(ByteSpan whole) {
  std::vector<Piece> pieces((whole.size() + kStatePieceBytes - 1) / kStatePieceBytes);
  InParallel(pieces.size(), [&](size_t i, size_t) {
    const size_t begin = i * kStatePieceBytes,
                 count = std::min(kStatePieceBytes, whole.size() - begin);
    XXH128_canonicalFromHash(&pieces[i], XXH3_128bits(whole.data() + begin, count));
  });
  return TopOf(pieces);
}

}  // namespace fathom
