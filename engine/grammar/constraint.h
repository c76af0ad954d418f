// SPDX-License-Identifier: Apache-2.0
// Constraint: what the next token of one generation may be. GenerateOptions::constraint takes one;
// engine/grammar/grammar.h makes them.
//
// Promises
//  * A token whose bit Mask() set is taken by Accept(), and from then on the text can still be
//    finished: there are no dead ends as long as the single bytes are tokens that may be sampled.
//  * IsComplete() tells whether the text may end here. Generate() offers eos and the stop tokens
//    exactly then.
//  * A text can be finished within a budget of tokens: while TokensToEnd() is no more than what is
//    left, either AcceptWithin() takes what was sampled, or MaskToEnd() has tokens that it takes.
//    Beyond are keys of objects in which all short ones are taken, and values so deep that only
//    some of their forms fit.
//  * One owner, one generation: after it, Reset() or a new one.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"

namespace fathom {

class Constraint {
 public:
  virtual ~Constraint() = default;

  // allowed (ceil(vocabulary / 64)): bit t of word t / 64 is set when token t may come next and
  // cleared otherwise. Control tokens are never set.
  virtual Status Mask(std::span<uint64_t> allowed) = 0;

  // Takes the token as the next one. False, and nothing changed, when it may not come.
  virtual bool Accept(int32_t token) = 0;

  virtual bool IsComplete() const = 0;

  // Tokens that suffice to finish the text from here; 0 when it may end, SIZE_MAX when it cannot or
  // this constraint does not tell.
  virtual size_t TokensToEnd() const { return SIZE_MAX; }
  // As Accept(), but false, too, when more than `tokens_left` would be needed after it.
  virtual bool AcceptWithin(int32_t token, size_t /*tokens_left*/) { return Accept(token); }
  // As Mask(), of tokens each of which lowers TokensToEnd(). None when the text is complete.
  virtual Status MaskToEnd(std::span<uint64_t> allowed) { return Mask(allowed); }

  // Back to the beginning; what was cached stays.
  virtual void Reset() = 0;
};

}  // namespace fathom
