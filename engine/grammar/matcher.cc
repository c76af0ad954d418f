// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/matcher.h"

#include <algorithm>

#include "base/limits.h"
#include "engine/grammar/frames.h"

namespace fathom::grammar {
namespace {

// Below the depth at which base/json stops reading.
constexpr uint32_t kDepthMax = kParseDepthMax - 1;

// A count that only matters up to `least` when nothing bounds it above.
uint32_t Saturated(uint32_t count, uint32_t least, uint32_t most) {
  return most == kUnbounded ? std::min(count, least) : count;
}

StackNode With(StackNode frame, uint32_t a, uint32_t b, uint32_t c) {
  frame.a = a;
  frame.b = b;
  frame.c = c;
  return frame;
}

}  // namespace

Matcher::Matcher(const Program& program, const Tokens& tokens)
    : program_(program), tokens_(tokens) {
  Reset();
}

void Matcher::Reset() {
  Begin(now_);
  Enter(program_.root, kNone);
  RunTasks(now_);
}

bool Matcher::Fits(ExprId id, uint32_t depth) const {
  const uint32_t height = expr(id).height;
  return height != kNone && height + depth <= kDepthMax;
}

void Matcher::Begin(Set& out) {
  out.leaves.clear();
  out.complete = false;
  ++round_;
}

void Matcher::Add(Set& out, const StackNode& leaf) {
  const uint32_t id = stacks_.Intern(leaf);
  if (marks_.size() <= id) marks_.resize(id + id / 2 + 16);
  if (marks_[id] == round_) return;
  marks_[id] = round_;
  out.leaves.push_back(id);
}

void Matcher::RunTasks(Set& out) {
  while (!tasks_.empty()) {
    const Task task = tasks_.back();
    tasks_.pop_back();
    if (task.enter != kNone) {
      EnterNow(task, out);
    } else {
      GoOn(task, out);
    }
  }
}

void Matcher::EnterNow(const Task& task, Set& out) {
  const Expr& entered = expr(task.enter);
  const uint32_t depth = DepthOf(task.node);
  if (!Fits(task.enter, depth)) return;
  StackNode frame{.expr = task.enter, .parent = task.node, .depth = depth};
  switch (entered.kind) {
    case ExprKind::kLiteral:
      return entered.text.empty() ? Finished(task.node) : Add(out, frame);
    case ExprKind::kDfa: {
      const ByteDfa& dfa = program_.dfa(entered.dfa);
      frame.a = dfa.start;
      Add(out, frame);
      if (dfa.accepting[dfa.start] != 0) Finished(task.node);
      return;
    }
    case ExprKind::kString:
      frame.a = kStringStart;
      return Add(out, frame);
    case ExprKind::kKey:
      frame.a = kStringStart;
      frame.b = stacks_[task.node].b;
      return Add(out, frame);
    case ExprKind::kSequence:
      if (entered.children.empty()) return Finished(task.node);
      return Finished(stacks_.Intern(frame));
    case ExprKind::kChoice:
      for (const ExprId child : entered.children) Enter(child, task.node);
      return;
    case ExprKind::kRepeat:
      return Finished(stacks_.Intern(frame));
    case ExprKind::kArray:
      frame.depth = depth + 1;
      frame.a = kArrayOpened;
      return Enter(kOpenArray, stacks_.Intern(frame));
    case ExprKind::kObject:
      frame.depth = depth + 1;
      frame.a = kObjectOpened;
      return Enter(kOpenObject, stacks_.Intern(frame));
  }
}

// A part of the frame is finished (or, for sequences and repeats, nothing has begun).
void Matcher::GoOn(const Task& task, Set& out) {
  if (task.node == kNone) {
    out.complete = true;
    return;
  }
  const StackNode frame = stacks_[task.node];
  const Expr& entered = expr(frame.expr);
  switch (entered.kind) {
    case ExprKind::kSequence: {
      const ExprId child = entered.children[frame.a];
      // Nothing comes back to a sequence whose last part is entered.
      if (frame.a + 1 == entered.children.size()) return Enter(child, frame.parent);
      return Enter(child, stacks_.Intern(With(frame, frame.a + 1, 0, 0)));
    }
    case ExprKind::kRepeat:
      if (frame.a >= entered.least) Finished(frame.parent);
      if (frame.a < entered.most) {
        const uint32_t count = Saturated(frame.a + 1, entered.least, entered.most);
        Enter(entered.children[0], stacks_.Intern(With(frame, count, 0, 0)));
      }
      return;
    case ExprKind::kArray:
      return GoOnInArray(frame);
    case ExprKind::kObject:
      return GoOnInObject(frame, task.key);
    default:
      CHECK(false);
  }
}

void Matcher::GoOnInArray(const StackNode& frame) {
  const Expr& array = expr(frame.expr);
  const auto item = [&](uint32_t index) {
    return index < array.children.size() ? array.children[index] : array.rest;
  };
  const auto child = [&](uint32_t phase, uint32_t items) {
    const auto matters = std::max(array.least, static_cast<uint32_t>(array.children.size()));
    return stacks_.Intern(With(frame, phase, Saturated(items, matters, array.most), 0));
  };
  if (frame.a == kArrayClosed) return Finished(frame.parent);
  if (frame.a == kItemCommaDone) return Enter(item(frame.b), child(kItemDone, frame.b + 1));
  if (frame.b >= array.least) Enter(kCloseArray, child(kArrayClosed, 0));
  const ExprId next = item(frame.b);
  if (frame.b >= array.most || next == kNone || !Fits(next, frame.depth)) return;
  if (frame.a == kArrayOpened) return Enter(next, child(kItemDone, 1));
  Enter(kComma, child(kItemCommaDone, frame.b));
}

bool Matcher::CanAdd(const StackNode& frame, const Expr& object, uint32_t property) const {
  const auto declared = static_cast<uint32_t>(object.properties.size());
  const bool further = object.rest != kNone && Fits(object.rest, frame.depth);
  const uint32_t count = frame.c + 1;
  if (property == declared) return further && count <= object.most;
  if (!Fits(object.properties[property].value, frame.depth)) return false;
  if (object.most != kUnbounded && count + object.required_after[property + 1] > object.most)
    return false;
  return further || count + object.available_after[property + 1] >= object.least;
}

// The properties that may come next: up to the first required one, and others behind the last.
bool Matcher::OfferMembers(const StackNode& frame, bool enter) {
  const Expr& object = expr(frame.expr);
  const auto declared = static_cast<uint32_t>(object.properties.size());
  const uint32_t first = PropertyOf(frame);
  const uint32_t last = object.required_from[first];
  bool any = false;
  for (uint32_t property = first; property <= last; ++property) {
    if (!CanAdd(frame, object, property)) continue;
    any = true;
    if (!enter) return true;
    const uint32_t next = stacks_.Intern(With(frame, kKeyDone | property << 3, frame.b, frame.c));
    Enter(property == declared ? object.key : object.properties[property].key, next);
  }
  return any;
}

void Matcher::GoOnInObject(const StackNode& frame, uint32_t key) {
  const Expr& object = expr(frame.expr);
  const auto declared = static_cast<uint32_t>(object.properties.size());
  const uint32_t property = PropertyOf(frame);
  switch (PhaseOf(frame)) {
    case kObjectClosed:
      return Finished(frame.parent);
    case kKeyDone: {
      const uint32_t used = property == declared ? keys_.With(frame.b, key) : frame.b;
      return Enter(kColon, stacks_.Intern(With(frame, kColonDone | property << 3, used, frame.c)));
    }
    case kColonDone: {
      const uint32_t next = std::min(property + 1, declared);
      const uint32_t count = Saturated(frame.c + 1, object.least, object.most);
      const ExprId value = property == declared ? object.rest : object.properties[property].value;
      return Enter(value, stacks_.Intern(With(frame, kValueDone | next << 3, frame.b, count)));
    }
    case kMemberCommaDone:
      OfferMembers(frame, true);
      return;
    default:
      break;
  }
  if (object.required_from[property] == declared && frame.c >= object.least) {
    Enter(kCloseObject, stacks_.Intern(With(frame, kObjectClosed, 0, 0)));
  }
  if (PhaseOf(frame) == kObjectOpened) {
    OfferMembers(frame, true);
  } else if (OfferMembers(frame, false)) {
    const uint32_t phase = kMemberCommaDone | property << 3;
    Enter(kComma, stacks_.Intern(With(frame, phase, frame.b, frame.c)));
  }
}

void Matcher::Step(const Set& from, uint8_t byte, Set& out) {
  Begin(out);
  for (const uint32_t leaf : from.leaves) {
    if (CanStep(stacks_[leaf], byte)) StepLeaf(leaf, byte, out);
  }
  RunTasks(out);
}

bool Matcher::CanStep(const StackNode& leaf, uint8_t byte) const {
  const Expr& leaf_expr = expr(leaf.expr);
  switch (leaf_expr.kind) {
    case ExprKind::kLiteral:
      return static_cast<uint8_t>(leaf_expr.text[leaf.a]) == byte;
    case ExprKind::kDfa:
      return program_.dfa(leaf_expr.dfa).Step(static_cast<uint16_t>(leaf.a), byte) !=
             ByteDfa::kDead;
    case ExprKind::kString: {
      if (leaf.a == kStringBody) {
        if (byte == '"') return leaf.b >= leaf_expr.least;
        if (leaf.b >= leaf_expr.most) return false;
      }
      return SharedAutomaton(kStringDfa).Step(static_cast<uint16_t>(leaf.a), byte) !=
             ByteDfa::kDead;
    }
    case ExprKind::kKey:
      if (leaf.a == kStringBody && byte == '"') return IsFresh(leaf);
      return SharedAutomaton(kKeyDfa).Step(static_cast<uint16_t>(leaf.a), byte) != ByteDfa::kDead;
    default:
      return false;
  }
}

bool Matcher::IsFresh(const StackNode& key) const {
  const Expr& object = expr(expr(key.expr).object);
  if (keys_.Holds(key.b, KeyBook::kUnknown)) {
    unsure_ = true;
    return false;
  }
  return !keys_.Holds(key.b, key.c) && !object.names.contains(keys_.Text(key.c));
}

void Matcher::StepLeaf(uint32_t id, uint8_t byte, Set& out) {
  StackNode leaf = stacks_[id];
  const Expr& leaf_expr = expr(leaf.expr);
  const auto state = static_cast<uint16_t>(leaf.a);
  switch (leaf_expr.kind) {
    case ExprKind::kLiteral:
      if (++leaf.a == leaf_expr.text.size()) return Finished(leaf.parent);
      return Add(out, leaf);
    case ExprKind::kDfa: {
      const ByteDfa& dfa = program_.dfa(leaf_expr.dfa);
      leaf.a = dfa.Step(state, byte);
      if (dfa.accepting[leaf.a] != 0) Finished(leaf.parent);
      return Add(out, leaf);
    }
    case ExprKind::kString:
      leaf.a = SharedAutomaton(kStringDfa).Step(state, byte);
      if (leaf.a == kStringEnd) return Finished(leaf.parent);
      if (leaf.a == kStringBody && state != kStringStart)
        leaf.b = Saturated(leaf.b + 1, leaf_expr.least, leaf_expr.most);
      return Add(out, leaf);
    case ExprKind::kKey:
      leaf.a = SharedAutomaton(kKeyDfa).Step(state, byte);
      if (leaf.a == kStringEnd) return Finished(leaf.parent, leaf.c);
      if (state != kStringStart) leaf.c = keys_.Longer(leaf.c, byte);
      return Add(out, leaf);
    default:
      CHECK(false);
  }
}

bool Matcher::AcceptBytes(std::string_view bytes) {
  const size_t before = stacks_.size();
  Set set = now_, next;
  for (const char c : bytes) {
    Step(set, static_cast<uint8_t>(c), next);
    std::swap(set, next);
    if (set.leaves.empty() && !set.complete) {
      stacks_.CutTo(before);
      return false;
    }
  }
  now_ = std::move(set);
  return true;
}

bool Matcher::Accept(int32_t token) {
  if (token < 0 || static_cast<size_t>(token) >= tokens_.trie->vocabulary()) return false;
  const std::string_view piece = tokens_.tokenizer->Piece(token);
  return !piece.empty() && !tokens_.tokenizer->IsControl(token) && AcceptBytes(piece);
}

}  // namespace fathom::grammar
