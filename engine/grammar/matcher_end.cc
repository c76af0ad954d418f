// SPDX-License-Identifier: Apache-2.0
// How far a matcher's text is from its end, and the tokens that bring the end nearer.
#include <algorithm>

#include "engine/grammar/frames.h"
#include "engine/grammar/matcher.h"

namespace fathom::grammar {
namespace {

// Bytes from each state of the string automata to a finished character.
uint32_t BytesToBody(uint16_t state, bool key) {
  static const auto tables = [] {
    std::pair<std::vector<uint32_t>, std::vector<uint32_t>> both;
    for (const bool keys : {false, true}) {
      ByteDfa dfa = SharedAutomaton(keys ? kKeyDfa : kStringDfa);
      std::fill(dfa.accepting.begin(), dfa.accepting.end(), 0);
      dfa.accepting[kStringBody] = 1;
      (keys ? both.second : both.first) = Distances(dfa);
    }
    return both;
  }();
  return (key ? tables.second : tables.first)[state];
}

bool IsPlain(size_t byte) {
  return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
}

}  // namespace

// What comes after the frame's present part, up to the end of the text.
uint32_t Matcher::TokensAfter(uint32_t node) const {
  uint32_t sum = 0;
  for (; node != kNone; node = stacks_[node].parent) sum = Sum(sum, TokensOfFrame(stacks_[node]));
  return sum;
}

uint32_t Matcher::TokensOfFrame(const StackNode& frame) const {
  const Expr& entered = expr(frame.expr);
  const ShortestEnds& ends = *tokens_.ends;
  uint32_t sum = 0;
  switch (entered.kind) {
    case ExprKind::kSequence:
      for (size_t i = frame.a; i < entered.children.size(); ++i)
        sum = Sum(sum, ends.Of(entered.children[i]));
      return sum;
    case ExprKind::kRepeat:
      if (frame.a >= entered.least) return 0;
      return Times(entered.least - frame.a, ends.Of(entered.children[0]));
    case ExprKind::kArray:
      if (frame.a == kArrayClosed) return 0;
      if (frame.a != kItemCommaDone) return ends.OfItems(entered, frame.b);
      return Sum(
          ends.Of(frame.b < entered.children.size() ? entered.children[frame.b] : entered.rest),
          ends.OfItems(entered, frame.b + 1));
    case ExprKind::kObject:
      return TokensOfObject(frame, entered);
    default:
      CHECK(false);
  }
}

uint32_t Matcher::TokensOfObject(const StackNode& frame, const Expr& object) const {
  const ShortestEnds& ends = *tokens_.ends;
  const uint32_t property = PropertyOf(frame);
  uint32_t least = kNone;
  switch (PhaseOf(frame)) {
    case kObjectClosed:
      return 0;
    case kKeyDone:
      return Sum(1, ends.OfValue(object, property, frame.c));
    case kColonDone:
      return ends.OfValue(object, property, frame.c);
    case kMemberCommaDone:
      for (uint32_t next = property; next <= object.required_from[property]; ++next) {
        if (CanAdd(frame, object, next))
          least = std::min(least, ends.OfMember(object, next, frame.c));
      }
      return least;
    default:
      return ends.OfMembers(object, property, frame.c);
  }
}

// Of a leaf and all that follows it; kNone where the end goes by another leaf.
uint32_t Matcher::TokensFrom(const StackNode& leaf) const {
  const Expr& entered = expr(leaf.expr);
  const auto state = static_cast<uint16_t>(leaf.a);
  uint32_t own = kNone;
  switch (entered.kind) {
    case ExprKind::kLiteral:
      own = tokens_.ends->OfLiteral(leaf.expr, leaf.a);
      break;
    case ExprKind::kDfa:
      own = tokens_.ends->OfState(entered.dfa, state);
      if (own == 0) return kNone;
      break;
    case ExprKind::kString: {
      const bool begun = state != kStringStart && state != kStringBody;
      const uint32_t characters = leaf.b + begun;
      own = Sum(BytesToBody(state, false) + 1, entered.least - std::min(entered.least, characters));
      break;
    }
    case ExprKind::kKey:
      own = BytesToBody(state, true) + (state == kStringBody && IsFresh(leaf) ? 1 : 2);
      break;
    default:
      CHECK(false);
  }
  return Sum(own, TokensAfter(leaf.parent));
}

size_t Matcher::TokensToEnd() const {
  if (now_.complete) return 0;
  uint32_t least = kNone;
  for (const uint32_t leaf : now_.leaves) least = std::min(least, TokensFrom(stacks_[leaf]));
  return least == kNone ? SIZE_MAX : least;
}

bool Matcher::AcceptWithin(int32_t token, size_t tokens_left) {
  const Set before = now_;
  const size_t size = stacks_.size();
  if (!Accept(token)) return false;
  if (TokensToEnd() <= tokens_left) return true;
  now_ = before;
  stacks_.CutTo(size);
  return false;
}

Status Matcher::MaskToEnd(std::span<uint64_t> allowed) {
  std::fill(allowed.begin(), allowed.end(), 0);
  const size_t least = TokensToEnd();
  if (least == 0 || least == SIZE_MAX) return OkStatus();
  for (const uint32_t leaf : now_.leaves) {
    if (TokensFrom(stacks_[leaf]) == least) MaskLeafToEnd(stacks_[leaf], allowed);
  }
  return OkStatus();
}

// Whether a key that is taken is another's no more with this byte behind it.
bool Matcher::MakesFresh(StackNode key, uint8_t byte) {
  key.c = keys_.Longer(key.c, byte);
  return IsFresh(key);
}

void Matcher::MaskLeafToEnd(const StackNode& leaf, std::span<uint64_t> allowed) {
  const TokenTrie& trie = *tokens_.trie;
  const Expr& entered = expr(leaf.expr);
  const auto state = static_cast<uint16_t>(leaf.a);
  if (entered.kind == ExprKind::kLiteral)
    return trie.SetTokens(tokens_.ends->LiteralStep(leaf.expr, leaf.a), allowed);
  const bool key = entered.kind == ExprKind::kKey;
  const bool in_body = entered.kind != ExprKind::kDfa && state == kStringBody;
  const bool may_end = in_body && (key ? IsFresh(leaf) : leaf.b >= entered.least);
  const auto nearer = [&](size_t byte) {
    const auto next = static_cast<uint8_t>(byte);
    if (may_end) return byte == '"';
    if (in_body) return IsPlain(byte) && (!key || MakesFresh(leaf, next));
    if (entered.kind == ExprKind::kDfa) {
      const uint16_t to = program_.dfa(entered.dfa).Step(state, next);
      return to != ByteDfa::kDead &&
             tokens_.ends->OfState(entered.dfa, to) < tokens_.ends->OfState(entered.dfa, state);
    }
    const uint16_t to = SharedAutomaton(key ? kKeyDfa : kStringDfa).Step(state, next);
    return to != ByteDfa::kDead && BytesToBody(to, key) < BytesToBody(state, key);
  };
  for (size_t byte = 0; byte < 256; ++byte) {
    if (!nearer(byte)) continue;
    if (const uint32_t node = trie.Child(0, static_cast<uint8_t>(byte)))
      trie.SetTokens(node, allowed);
  }
}

}  // namespace fathom::grammar
