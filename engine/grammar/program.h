// SPDX-License-Identifier: Apache-2.0
// Program: a compiled grammar, as a table of expressions. Leaves (literals, automata, strings)
// consume bytes; the others say what follows a finished part, and stand on the matcher's stack.
// Internal to engine/grammar.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/grammar/byte_dfa.h"

namespace fathom::grammar {

using ExprId = uint32_t;
inline constexpr uint32_t kNone = UINT32_MAX;
inline constexpr uint32_t kUnbounded = UINT32_MAX;

enum class ExprKind : uint8_t {
  kLiteral,   // text
  kDfa,       // dfa
  kString,    // a JSON string of least..most characters
  kKey,       // the key of a property that is not declared in `object` and not repeated
  kSequence,  // children, one after the other
  kChoice,    // one of the children, none of which is a choice
  kRepeat,    // children[0], least..most times
  kArray,     // children[0..] are the first items, `rest` the further ones
  kObject,    // properties in order, then further ones of value `rest`
};

struct Property {
  ExprId key = 0;  // the literal "name" with its quotes
  ExprId value = 0;
  bool required = false;
};

struct Expr {
  ExprKind kind = ExprKind::kLiteral;
  std::string text;      // literal
  uint32_t dfa = kNone;  // index into Program::dfas
  uint32_t least = 0, most = kUnbounded;
  ExprId rest = kNone;    // kNone: nothing further is allowed
  ExprId key = kNone;     // object: the kKey leaf, when rest is given
  ExprId object = kNone;  // key: its object
  std::vector<ExprId> children;
  std::vector<Property> properties;
  std::set<std::string, std::less<>> names;  // object: declared keys as written in JSON
  std::vector<uint32_t> required_from;  // object: (properties + 1) the first required one from i on
  std::vector<uint32_t> required_after, available_after;  // (properties + 1) counts from i on
  // The least nesting of arrays and objects a value of this needs; kNone: it has no finite value.
  uint32_t height = kNone;
};

// Automata that every grammar shares, so that their masks are known beforehand.
enum SharedDfa : uint32_t {
  kStringDfa,
  kKeyDfa,
  kColonDfa,
  kCommaDfa,
  kIntegerDfa,
  kNumberDfa,
  kSharedDfaCount
};

// The states of kStringDfa and kKeyDfa that a matcher must know: a character is finished exactly
// when a byte leads to kStringBody from another state than kStringStart.
inline constexpr uint16_t kStringStart = 0, kStringBody = 1, kStringEnd = 2;

const ByteDfa& SharedAutomaton(uint32_t dfa);

// The first expressions of every program.
enum FixedExpr : ExprId { kOpenObject, kCloseObject, kOpenArray, kCloseArray, kColon, kComma };

struct Program {
  Program();

  std::vector<Expr> exprs;
  std::vector<ByteDfa> own_dfas;  // index + kSharedDfaCount
  ExprId root = 0;

  const ByteDfa& dfa(uint32_t index) const {
    return index < kSharedDfaCount ? SharedAutomaton(index) : own_dfas[index - kSharedDfaCount];
  }

  // kLimit past kGrammarExpressionsMax.
  Result<ExprId> Add(Expr expr);

  // Flattens choices, drops what has no finite value, fills the counts of objects. kInvalid when
  // the root has no value, kLimit when choices multiply.
  Status Finish();

 private:
  Status FlattenChoices();
  Status FindHeights();
  uint32_t HeightOf(const Expr& expr) const;
  void CountProperties();
};

// `text` as the content of a JSON string, without quotes: the one spelling used for keys,
// constants and patterns.
std::string EscapedJson(std::string_view text);

// A fragment for the canonical spelling in a JSON string of each scalar value from least to most.
Fragment SpelledScalars(Nfa& nfa, uint32_t least, uint32_t most);

}  // namespace fathom::grammar
