// SPDX-License-Identifier: Apache-2.0
// Limits on what a server that runs a model may send and how long it may be waited for.
#pragma once

#include "base/limits.h"

namespace fathom {

inline constexpr size_t kRemoteEventBytesMax = 4_MiB;    // a call of kToolCallBytesMax in one piece
inline constexpr size_t kRemoteTextBytesMax = 8_MiB;     // content and thinking: 2M tokens
inline constexpr size_t kRemoteStreamBytesMax = 64_MiB;  // 100,000 tokens of 600 bytes each
inline constexpr size_t kRemoteErrorBytesMax = 64_KiB;   // of an error's body; more is not read
inline constexpr size_t kRemoteMessageBytesMax = 300;    // of a server's words that are shown
inline constexpr size_t kRemoteIdBytesMax = 256;
inline constexpr int64_t kRemoteTokensMax = int64_t{1} << 40;  // a count beyond this is none
inline constexpr int kRemoteBackoffMsMax = 30'000;
inline constexpr int kRemoteRetryAfterMsMax =
    300'000;  // longer: the user is told, not kept waiting

}  // namespace fathom
