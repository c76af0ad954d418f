// SPDX-License-Identifier: Apache-2.0
// Checksums of saved states, and the threads that compute them.
//
// XXH3-128: it finds damage, not an adversary. Who can write into the folder of the states can
// write a state.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace fathom {

using ByteSpan = std::span<const uint8_t>;

inline constexpr size_t kStateHashDigits = 32;
inline constexpr size_t kStatePieceBytes = size_t{4} << 20;  // what one thread takes at a time

inline constexpr size_t kStateThreadsMax = 8;  // beyond them memory is no faster

// Calls work(i, thread) for every i below count, on several threads when there is enough of it,
// each of which has a number below kStateThreadsMax. They are not the engine's: other sessions go
// on computing with those.
void InParallel(size_t count, const std::function<void(size_t, size_t)>& work);

// XXH3-128 of the parts as one stream.
std::string ContentHash(std::span<const ByteSpan> parts);
// XXH3-128 of the XXH3-128 of each piece of kStatePieceBytes, in order; what stands in one piece of
// memory is computed by several threads.
std::string TreeHash(std::span<const ByteSpan> parts);
std::string TreeHash(ByteSpan whole);

}  // namespace fathom
