// SPDX-License-Identifier: Apache-2.0
// States of no model for tests of how states are kept: what a real one would compute from its
// tokens is drawn from a generator that the tokens seed.
#pragma once

#include <algorithm>
#include <cstring>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/check.h"
#include "engine/state_file.h"

namespace fathom::test {

inline const StateIdentity kMadeIdentity{"model", "build", "numerics"};
inline constexpr size_t kMadeHidden = 8, kMadeVocabulary = 100, kMadeCheckpointTokens = 512;

// A page of one layer has 32 KiB, a block 16 pages of both: 1,024 tokens.
inline StateShape MadeShape() {
  return {.lightning_layers = 2,
          .heads = 2,
          .head_dim = 16,
          .softmax_layers = 2,
          .kv = {KvType::kF32, 1, 64, 64}};
}

struct MadeState {
  std::vector<Token> tokens;
  std::vector<float> hidden;
  SequenceState state{MadeShape()};
  std::vector<SavedCheckpoint> checkpoints;

  Result<size_t> Write(const std::string& path) const {
    return WriteSharedState(path, kMadeIdentity, tokens, hidden, state, checkpoints);
  }
};

struct MadeFrom {
  size_t tokens = 0;
  size_t common = 0;  // so many are those of every other state
  unsigned seed = 1;  // of the tokens after them
};

inline MadeState Make(const MadeFrom& from) {
  const auto seed = [&](size_t end, unsigned kind) {
    return std::mt19937(static_cast<unsigned>(end * 16 + kind) ^
                        (end > from.common ? from.seed << 24 : 0));
  };
  const auto floats = [&](size_t count, size_t end, unsigned kind) {
    std::mt19937 random = seed(end, kind);
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(random()) * 0x1p-32f;
    return values;
  };
  MadeState made;
  const StateShape shape = MadeShape();
  for (size_t i = 0; i < from.tokens; ++i) {
    made.tokens.push_back(
        static_cast<Token>((i * 7 + (i < from.common ? 0 : from.seed)) % kMadeVocabulary));
  }
  made.hidden = floats(kMadeHidden, from.tokens, 1);
  CHECK(made.state.Reserve(from.tokens).ok());
  made.state.set_tokens(from.tokens);
  const auto lightning = floats(shape.lightning_floats(), from.tokens, 2);
  std::ranges::copy(lightning, made.state.lightning().begin());
  for (size_t layer = 0; layer < shape.softmax_layers; ++layer) {
    for (size_t page = 0; page < made.state.page_count(); ++page) {
      const size_t end = std::min(from.tokens, (page + 1) * shape.kv.page_tokens);
      const auto values =
          floats(KvPageBytes(shape.kv) / sizeof(float), end, static_cast<unsigned>(3 + layer));
      std::memcpy(made.state.Page(layer, page), values.data(), KvPageBytes(shape.kv));
    }
  }
  for (size_t at = kMadeCheckpointTokens; at < from.tokens; at += kMadeCheckpointTokens)
    made.checkpoints.push_back(
        {at, floats(kMadeHidden, at, 6), floats(shape.lightning_floats(), at, 7)});
  return made;
}

inline Result<SavedState> ReadMade(const std::string& path,
                                   std::optional<std::span<const Token>> prefix = std::nullopt) {
  return ReadStateFile(path, kMadeIdentity, MadeShape(), kMadeHidden, kMadeVocabulary, prefix);
}

// How what the file gives back differs from the state and its checkpoints; empty: not at all.
inline std::string Difference(const MadeState& made, const std::string& path) {
  const auto saved = ReadMade(path, made.tokens);
  if (!saved) return saved.error().Text();
  if (saved->tokens != made.tokens) return "tokens";
  if (saved->hidden != made.hidden) return "hidden row";
  if (!std::ranges::equal(saved->state.lightning(), made.state.lightning()))
    return "lightning states";
  for (size_t layer = 0; layer < MadeShape().softmax_layers; ++layer) {
    for (size_t page = 0; page < made.state.page_count(); ++page) {
      if (std::memcmp(saved->state.Page(layer, page), made.state.Page(layer, page),
                      KvPageBytes(MadeShape().kv)) != 0) {
        return "page " + std::to_string(page) + " of layer " + std::to_string(layer);
      }
    }
  }
  const auto same = [](const SavedCheckpoint& a, const SavedCheckpoint& b) {
    return a.position == b.position && a.hidden == b.hidden && a.lightning == b.lightning;
  };
  return std::ranges::equal(saved->checkpoints, made.checkpoints, same) ? "" : "checkpoints";
}

}  // namespace fathom::test
