// SPDX-License-Identifier: Apache-2.0
// Quotes of a corpus: what an answer is held to, and when it is the model's own.
#pragma once

#include <functional>
#include <string_view>

#include "engine/engine.h"
#include "engine/grammar/quotes.h"
#include "rag/corpus.h"
#include "rag/pack.h"

namespace fathom {

// The lines of a window as the model read them, with their numbers; of those that `keep` takes, if
// it is given.
using KeepLine = std::function<bool(const PackedLine&)>;
QuoteIndex LinesRead(const Corpus& corpus, const Window& window, const KeepLine& keep = {});

// Held to a line, any model writes one. It is an answer when the model itself chose the line: it
// went on from the term `begun` as the line does, and was overruled only later, where one place was
// left, and there in a minority of tokens. (Of line numbers any that is held is right.)
// `generated` was held by NewQuote() and notes what was overruled. `first_given`: its first token
// was taken in place of a refusal and need not be the model's.
bool IsOwnQuote(const Generated& generated, const Tokenizer& tokenizer, const QuoteIndex& lines,
                std::string_view begun, bool first_given = false);

}  // namespace fathom
