// SPDX-License-Identifier: Apache-2.0
// Matcher: runs a Program over bytes and tokens. A state is a set of stacks; equal stacks are one
// node (hash-consed), so that going on, forking off and forgetting are cheap. Internal to
// engine/grammar.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/grammar/constraint.h"
#include "engine/grammar/leaf_masks.h"
#include "engine/grammar/program.h"
#include "engine/grammar/shortest_ends.h"

namespace fathom::grammar {

// One frame and what lies below it. What a, b and c say depends on the kind of the expression:
//   literal   a bytes done          dfa     a state
//   string    a state, b characters key     a state, b key set, c bytes so far (KeyBook)
//   sequence  a next child          repeat  a done or begun
//   array     a phase, b items      object  a phase + 8 * property, b key set, c properties
struct StackNode {
  ExprId expr = 0;
  uint32_t a = 0, b = 0, c = 0;
  uint32_t parent = kNone;
  uint32_t depth = 0;  // of arrays and objects
  bool operator==(const StackNode&) const = default;
};

class StackTable {
 public:
  uint32_t Intern(const StackNode& node);
  const StackNode& operator[](uint32_t id) const { return nodes_[id]; }
  size_t size() const { return nodes_.size(); }
  size_t bytes() const { return nodes_.capacity() * sizeof(StackNode) + slots_.capacity() * 4; }
  void CutTo(size_t size);  // forgets all that came after

 private:
  size_t SlotOf(const StackNode& node) const;
  std::vector<StackNode> nodes_;
  std::vector<uint32_t> slots_;  // open addressing, kNone: free
};

// The keys of undeclared properties: each text and each set of texts has a number; 0 is empty.
class KeyBook {
 public:
  // Stands for a text that is not looked at.
  static constexpr uint32_t kUnknown = UINT32_MAX;

  uint32_t Longer(uint32_t text, uint8_t byte) { return Link(texts_, {text, byte}); }
  uint32_t With(uint32_t set, uint32_t text) { return Link(sets_, {set, text}); }
  bool Holds(uint32_t set, uint32_t text) const;
  std::string Text(uint32_t text) const;
  std::vector<std::string> Texts(uint32_t set) const;
  size_t bytes() const { return (texts_.links.size() + sets_.links.size()) * 64; }

 private:
  struct Chain {
    std::vector<std::pair<uint32_t, uint32_t>> links;  // entry i is number i + 1: (before, what)
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> numbers;
  };
  static uint32_t Link(Chain& chain, std::pair<uint32_t, uint32_t> link);
  Chain texts_, sets_;
};

// The vocabulary may be null: then only bytes are matched.
class Matcher final : public Constraint {
 public:
  struct Tokens {
    const Tokenizer* tokenizer;
    const TokenTrie* trie;
    LeafMasks* shared;
    LeafMasks* own;
    const ShortestEnds* ends;
  };
  Matcher(const Program& program, const Tokens& tokens);

  Status Mask(std::span<uint64_t> allowed) override;
  bool Accept(int32_t token) override;
  size_t TokensToEnd() const override;
  bool AcceptWithin(int32_t token, size_t tokens_left) override;
  Status MaskToEnd(std::span<uint64_t> allowed) override;
  bool AcceptBytes(std::string_view bytes);
  bool IsComplete() const override { return now_.complete; }
  void Reset() override;

 private:
  struct Set {
    std::vector<uint32_t> leaves;
    bool complete = false;
  };
  struct Task {
    ExprId enter;   // kNone: go on in `node`, a part of which is finished
    uint32_t node;  // what the entered part stands on; kNone: nothing
    uint32_t key;   // the text of the finished key, if it was one
  };

  const Expr& expr(ExprId id) const { return program_.exprs[id]; }
  uint32_t DepthOf(uint32_t node) const { return node == kNone ? 0 : stacks_[node].depth; }
  bool Fits(ExprId id, uint32_t depth) const;

  void Begin(Set& out);
  void Add(Set& out, const StackNode& leaf);
  void Enter(ExprId id, uint32_t node) { tasks_.push_back({id, node, 0}); }
  void Finished(uint32_t node, uint32_t key = 0) { tasks_.push_back({kNone, node, key}); }
  void RunTasks(Set& out);
  void EnterNow(const Task& task, Set& out);
  void GoOn(const Task& task, Set& out);
  void GoOnInArray(const StackNode& frame);
  void GoOnInObject(const StackNode& frame, uint32_t key);
  bool CanAdd(const StackNode& frame, const Expr& object, uint32_t property) const;
  bool OfferMembers(const StackNode& frame, bool enter);

  void Step(const Set& from, uint8_t byte, Set& out);
  void StepLeaf(uint32_t leaf, uint8_t byte, Set& out);
  bool CanStep(const StackNode& leaf, uint8_t byte) const;
  bool IsFresh(const StackNode& key) const;

  LeafMasks& MasksOf(uint32_t dfa) {
    return dfa < kSharedDfaCount ? *tokens_.shared : *tokens_.own;
  }
  const LeafMask& MaskOf(const StackNode& leaf);
  const TailTrie& TailsOf(const StackNode& leaf);
  void MaskLeaf(uint32_t leaf, std::span<uint64_t> allowed);
  void MaskLiteral(const StackNode& leaf, std::span<uint64_t> allowed);
  void MaskDfa(const StackNode& leaf, std::span<uint64_t> allowed);
  void MaskString(const StackNode& leaf, std::span<uint64_t> allowed);
  void MaskKey(const StackNode& leaf, std::span<uint64_t> allowed);
  void MaskBehindKeys(const StackNode& leaf, const LeafMask& mask, Bits& allowed);
  std::vector<uint32_t> TakenExits(const StackNode& leaf) const;
  Set& AfterSet() { return levels_.empty() ? levels_.emplace_back() : levels_.front(); }
  void After(const StackNode& leaf, uint32_t key, Set& out);
  uint32_t TokensAfter(uint32_t node) const;
  uint32_t TokensOfFrame(const StackNode& frame) const;
  uint32_t TokensOfObject(const StackNode& frame, const Expr& object) const;
  uint32_t TokensFrom(const StackNode& leaf) const;
  bool MakesFresh(StackNode key, uint8_t byte);
  void MaskLeafToEnd(const StackNode& leaf, std::span<uint64_t> allowed);
  bool AnyCanStep(const Set& set, uint8_t byte) const;
  template <typename Trie, typename Take>
  void Walk(const Trie& trie, uint32_t node, const Set& set, size_t level, const Take& take);

  const Program& program_;
  Tokens tokens_;
  StackTable stacks_;
  KeyBook keys_;
  Set now_;
  std::vector<Task> tasks_;
  std::vector<uint32_t> marks_;  // (stack nodes) the round in which it was added to a set
  uint32_t round_ = 0;
  std::deque<Set> levels_;  // workspace: sets by depth of a walk
  Bits scratch_;
  mutable bool unsure_ = false;  // a key was compared with one that is not known
  // Masks of states met more than once.
  std::map<std::vector<uint32_t>, Bits> cache_;
  std::set<std::vector<uint32_t>> met_;
};

}  // namespace fathom::grammar
