// SPDX-License-Identifier: Apache-2.0
// What the numbers in the frames of arrays and objects say. Internal to the matcher.
#pragma once

#include "engine/grammar/matcher.h"

namespace fathom::grammar {

enum ArrayPhase : uint32_t { kArrayOpened, kItemDone, kItemCommaDone, kArrayClosed };
enum ObjectPhase : uint32_t {
  kObjectOpened,
  kKeyDone,
  kColonDone,
  kValueDone,
  kMemberCommaDone,
  kObjectClosed,
};

inline uint32_t PhaseOf(const StackNode& frame) {
  return frame.a & 7;
}
inline uint32_t PropertyOf(const StackNode& frame) {
  return frame.a >> 3;
}

}  // namespace fathom::grammar
