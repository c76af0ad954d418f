// SPDX-License-Identifier: Apache-2.0
// A corpus in windows for a model that runs elsewhere: no tokenizer is at hand, so sizes are
// estimates on the high side, and each window is a text that goes with every question about it.
#pragma once

#include <string>
#include <vector>

#include "base/profile.h"
#include "rag/pack.h"

namespace fathom {

struct ChatPack {
  Pack pack;
  std::vector<std::string> texts;  // one for each window
};

// Files stay whole where they can; a line that alone exceeds a window stands in it as an empty one.
// kInvalid when the profile's window leaves no room for a corpus.
Result<ChatPack> PackForChat(const Profile& profile, const Corpus& corpus);

// An estimate that is to be high: of code and numbers.
size_t ChatTokensOf(size_t bytes);

}  // namespace fathom
