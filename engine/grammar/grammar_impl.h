// SPDX-License-Identifier: Apache-2.0
// What stands behind a GrammarVocabulary. Internal to engine/grammar.
#pragma once

#include "engine/grammar/grammar.h"
#include "engine/grammar/leaf_masks.h"

namespace fathom {

struct GrammarVocabulary::Impl {
  explicit Impl(const Tokenizer& t) : tokenizer(t), trie(t) {}
  const Tokenizer& tokenizer;
  grammar::TokenTrie trie;
  grammar::LeafMasks masks;
};

}  // namespace fathom
