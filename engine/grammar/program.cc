// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/program.h"

#include <algorithm>
#include <array>

#include "base/limits.h"

namespace fathom::grammar {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

// The spelling of a character that a JSON string cannot hold as itself; empty otherwise.
std::string EscapeOf(uint32_t scalar) {
  switch (scalar) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\b':
      return "\\b";
    case '\t':
      return "\\t";
    case '\n':
      return "\\n";
    case '\f':
      return "\\f";
    case '\r':
      return "\\r";
    default:
      break;
  }
  if (scalar >= 0x20) return "";
  return std::string("\\u00") + kHexDigits[scalar >> 4] + kHexDigits[scalar & 15];
}

// Written out, because the matcher counts characters by the states of this table.
class StringTable {
 public:
  StringTable() {
    for (int state = 0; state < kStates; ++state) {
      dfa_.next.insert(dfa_.next.end(), 256, ByteDfa::kDead);
      dfa_.accepting.push_back(state == kStringEnd);
    }
    dfa_.start = kStringStart;
    Edge(kStringStart, '"', '"', kStringBody);
    Edge(kStringBody, 0x20, 0x7F, kStringBody);
    Edge(kStringBody, '"', '"', kStringEnd);
    Edge(kStringBody, '\\', '\\', kEscape);
    Edge(kStringBody, 0xC2, 0xDF, kTail1);
    Edge(kStringBody, 0xE0, 0xE0, kAfterE0);
    Edge(kStringBody, 0xE1, 0xEF, kTail2);
    Edge(kStringBody, 0xED, 0xED, kAfterED);
    Edge(kStringBody, 0xF0, 0xF0, kAfterF0);
    Edge(kStringBody, 0xF1, 0xF3, kTail3);
    Edge(kStringBody, 0xF4, 0xF4, kAfterF4);
    Edge(kTail1, 0x80, 0xBF, kStringBody);
    Edge(kTail2, 0x80, 0xBF, kTail1);
    Edge(kTail3, 0x80, 0xBF, kTail2);
    Edge(kAfterE0, 0xA0, 0xBF, kTail1);
    Edge(kAfterED, 0x80, 0x9F, kTail1);
    Edge(kAfterF0, 0x90, 0xBF, kTail2);
    Edge(kAfterF4, 0x80, 0x8F, kTail2);
    for (const char c : std::string_view("\"\\bfnrt")) Byte(kEscape, c, kStringBody);
  }

  // Every escape that JSON knows; surrogates in pairs only.
  ByteDfa AnyEscapes() {
    Byte(kEscape, '/', kStringBody);
    Byte(kEscape, 'u', kHex4);
    Hex(kHex4, "0123456789abcefABCEF", kHex3);
    Hex(kHex4, "dD", kAfterD);
    Hex(kHex3, kAllHex, kHex2);
    Hex(kHex2, kAllHex, kHex1);
    Hex(kHex1, kAllHex, kStringBody);
    Hex(kAfterD, "01234567", kHex2);
    Hex(kAfterD, "89abAB", kHigh2);
    Hex(kHigh2, kAllHex, kHigh1);
    Hex(kHigh1, kAllHex, kLowSlash);
    Byte(kLowSlash, '\\', kLowU);
    Byte(kLowU, 'u', kLowD);
    Hex(kLowD, "dD", kLowC);
    Hex(kLowC, "cdefCDEF", kHex2);
    return dfa_;
  }

  // The one spelling of EscapedJson.
  ByteDfa CanonicalEscapes() {
    Byte(kEscape, 'u', kHex4);
    Byte(kHex4, '0', kHex3);
    Byte(kHex3, '0', kHex2);
    Byte(kHex2, '0', kHex1);
    Byte(kHex2, '1', kAfterD);
    Hex(kHex1, "01234567be", kStringBody);
    Byte(kHex1, 'f', kStringBody);
    Hex(kAfterD, "0123456789abcdef", kStringBody);
    return dfa_;
  }

 private:
  static constexpr const char* kAllHex = "0123456789abcdefABCDEF";
  enum State : uint16_t {
    kTail1 = 3,
    kTail2,
    kTail3,
    kAfterE0,
    kAfterED,
    kAfterF0,
    kAfterF4,
    kEscape,
    kHex4,
    kHex3,
    kHex2,
    kHex1,
    kAfterD,
    kHigh2,
    kHigh1,
    kLowSlash,
    kLowU,
    kLowD,
    kLowC,
    kStates
  };

  void Edge(uint16_t from, int least, int most, uint16_t to) {
    for (int byte = least; byte <= most; ++byte)
      dfa_.next[from * 256u + static_cast<size_t>(byte)] = to;
  }
  void Byte(uint16_t from, char byte, uint16_t to) {
    Edge(from, static_cast<uint8_t>(byte), static_cast<uint8_t>(byte), to);
  }
  void Hex(uint16_t from, const char* digits, uint16_t to) {
    for (; *digits != '\0'; ++digits) Byte(from, *digits, to);
  }
  ByteDfa dfa_;
};

ByteDfa Separator(std::string_view sign) {
  Nfa nfa;
  return *nfa.Determinise(nfa.Then(nfa.Literal(sign), nfa.Optional(nfa.Literal(" "))));
}

Fragment Digits(Nfa& nfa, int least, int most) {
  Fragment all = nfa.Empty();
  for (int i = most; i > 0; --i) {
    all = nfa.Then(nfa.Bytes('0', '9'), i >= least ? nfa.Optional(all) : all);
  }
  return least == 0 ? nfa.Optional(all) : all;
}

Fragment Whole(Nfa& nfa, int digits) {
  const Fragment many = nfa.Then(nfa.Bytes('1', '9'), Digits(nfa, 0, digits - 1));
  return nfa.Or(nfa.Literal("0"), many);
}

ByteDfa AnyInteger() {
  Nfa nfa;
  return *nfa.Determinise(nfa.Then(nfa.Optional(nfa.Literal("-")), Whole(nfa, kGrammarDigitsMax)));
}

// Exponents stay where a double can follow.
ByteDfa AnyNumber() {
  Nfa nfa;
  const Fragment whole = nfa.Then(nfa.Optional(nfa.Literal("-")), Whole(nfa, kGrammarDigitsMax));
  const Fragment point = nfa.Then(nfa.Literal("."), Digits(nfa, 1, kGrammarDigitsMax));
  const Fragment mark = nfa.Or(nfa.Literal("e"), nfa.Literal("E"));
  const Fragment up = nfa.Then(nfa.Optional(nfa.Literal("+")), Digits(nfa, 1, 2));
  const Fragment down =
      nfa.Then(nfa.Literal("-"),
               nfa.Or(Digits(nfa, 1, 2), nfa.Then(nfa.Bytes('0', '2'), Digits(nfa, 2, 2))));
  const Fragment exponent = nfa.Then(mark, nfa.Or(up, down));
  return *nfa.Determinise(nfa.Then(whole, nfa.Then(nfa.Optional(point), nfa.Optional(exponent))));
}

}  // namespace

const ByteDfa& SharedAutomaton(uint32_t dfa) {
  static const std::array<ByteDfa, kSharedDfaCount> all = {StringTable().AnyEscapes(),
                                                           StringTable().CanonicalEscapes(),
                                                           Separator(":"),
                                                           Separator(","),
                                                           AnyInteger(),
                                                           AnyNumber()};
  return all[dfa];
}

std::string EscapedJson(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const std::string escape = EscapeOf(static_cast<uint8_t>(c));
    if (escape.empty()) {
      out += c;
    } else {
      out += escape;
    }
  }
  return out;
}

Fragment SpelledScalars(Nfa& nfa, uint32_t least, uint32_t most) {
  Fragment all = nfa.Never();
  for (uint32_t scalar = least; scalar <= std::min<uint32_t>(most, '\\'); ++scalar) {
    const std::string escape = EscapeOf(scalar);
    if (!escape.empty()) all = nfa.Or(all, nfa.Literal(escape));
  }
  constexpr std::pair<uint32_t, uint32_t> kPlain[] = {
      {0x20, '"' - 1}, {'"' + 1, '\\' - 1}, {'\\' + 1, 0x10FFFF}};
  for (const auto& [first, last] : kPlain) {
    const uint32_t from = std::max(least, first), to = std::min(most, last);
    if (from <= to) all = nfa.Or(all, nfa.Scalars(from, to));
  }
  return all;
}

Program::Program() {
  for (const char* text : {"{", "}", "[", "]"})
    exprs.push_back({.kind = ExprKind::kLiteral, .text = text});
  exprs.push_back({.kind = ExprKind::kDfa, .dfa = kColonDfa});
  exprs.push_back({.kind = ExprKind::kDfa, .dfa = kCommaDfa});
}

Result<ExprId> Program::Add(Expr expr) {
  if (exprs.size() >= kGrammarExpressionsMax) {
    return Error{Code::kLimit, "the grammar needs more than " +
                                   std::to_string(kGrammarExpressionsMax) + " parts"};
  }
  exprs.push_back(std::move(expr));
  return static_cast<ExprId>(exprs.size() - 1);
}

Status Program::Finish() {
  if (Status status = FlattenChoices(); !status) return status;
  if (Status status = FindHeights(); !status) return status;
  if (exprs[root].height == kNone) return Invalid("no finite value fits the schema");
  CountProperties();
  return OkStatus();
}

Status Program::FlattenChoices() {
  size_t total = 0;
  std::vector<ExprId> seen_by(exprs.size(), kNone);
  std::vector<std::vector<ExprId>> flat(exprs.size());
  for (ExprId id = 0; id < exprs.size(); ++id) {
    if (exprs[id].kind != ExprKind::kChoice) continue;
    std::vector<ExprId> open = {id};
    while (!open.empty()) {
      const ExprId at = open.back();
      open.pop_back();
      if (seen_by[at] == id) continue;
      seen_by[at] = id;
      if (++total > kGrammarExpressionsMax * 8) {
        return Error{Code::kLimit, "the choices of the schema multiply too far"};
      }
      if (exprs[at].kind == ExprKind::kChoice) {
        open.insert(open.end(), exprs[at].children.rbegin(), exprs[at].children.rend());
      } else {
        flat[id].push_back(at);
      }
    }
  }
  for (ExprId id = 0; id < exprs.size(); ++id) {
    if (exprs[id].kind == ExprKind::kChoice) exprs[id].children = std::move(flat[id]);
  }
  return OkStatus();
}

uint32_t Program::HeightOf(const Expr& expr) const {
  const auto height = [&](ExprId id) { return exprs[id].height; };
  uint32_t most = 0;
  switch (expr.kind) {
    case ExprKind::kLiteral:
    case ExprKind::kKey:
      return 0;
    case ExprKind::kDfa:
      return dfa(expr.dfa).states() == 0 ? kNone : 0;
    case ExprKind::kString:
      return expr.least > expr.most ? kNone : 0;
    case ExprKind::kSequence:
      for (const ExprId child : expr.children) most = std::max(most, height(child));
      return most;
    case ExprKind::kChoice:
      most = kNone;
      for (const ExprId child : expr.children) most = std::min(most, height(child));
      return most;
    case ExprKind::kRepeat:
      return expr.least == 0 ? 0 : height(expr.children[0]);
    case ExprKind::kArray:
      if (expr.least > expr.most) return kNone;
      for (uint32_t i = 0; i < expr.least && most != kNone; ++i) {
        if (i >= expr.children.size()) {
          most = expr.rest == kNone ? kNone : std::max(most, height(expr.rest));
          break;
        }
        most = std::max(most, height(expr.children[i]));
      }
      return most == kNone ? kNone : most + 1;
    case ExprKind::kObject: {
      size_t required = 0, possible = 0;
      uint32_t least_optional = kNone;
      for (const Property& property : expr.properties) {
        possible += height(property.value) != kNone;
        required += property.required;
        if (property.required) most = std::max(most, height(property.value));
        if (!property.required) least_optional = std::min(least_optional, height(property.value));
      }
      const bool further = expr.rest != kNone && height(expr.rest) != kNone;
      if (most == kNone || required > expr.most || expr.least > expr.most) return kNone;
      if (possible < expr.least && !further) return kNone;
      if (expr.least > required) {
        // More than the required ones: their heights count as the worst, which errs to the safe
        // side.
        for (const Property& property : expr.properties) {
          if (height(property.value) != kNone) most = std::max(most, height(property.value));
        }
        if (possible < expr.least) most = std::max(most, height(expr.rest));
      }
      return most + 1;
    }
  }
  return kNone;
}

// Heights only fall, so that the rounds end. They go both ways, since parts stand before and
// behind what they are parts of.
Status Program::FindHeights() {
  size_t parts = exprs.size();
  for (const Expr& expr : exprs) parts += expr.children.size() + expr.properties.size();
  size_t work = 0;
  for (bool changed = true, forward = true; changed; forward = !forward) {
    changed = false;
    work += parts;
    if (work > kGrammarWorkMax) {
      return Error{Code::kLimit, "the schema's references are too entangled"};
    }
    for (size_t i = 0; i < exprs.size(); ++i) {
      Expr& expr = exprs[forward ? i : exprs.size() - 1 - i];
      const uint32_t height = HeightOf(expr);
      changed |= height < expr.height;
      expr.height = std::min(expr.height, height);
    }
  }
  return OkStatus();
}

void Program::CountProperties() {
  for (Expr& expr : exprs) {
    if (expr.kind != ExprKind::kObject) continue;
    const size_t count = expr.properties.size();
    expr.required_from.assign(count + 1, static_cast<uint32_t>(count));
    expr.required_after.assign(count + 1, 0);
    expr.available_after.assign(count + 1, 0);
    for (size_t i = count; i-- > 0;) {
      const Property& property = expr.properties[i];
      expr.required_from[i] =
          property.required ? static_cast<uint32_t>(i) : expr.required_from[i + 1];
      expr.required_after[i] = expr.required_after[i + 1] + property.required;
      expr.available_after[i] =
          expr.available_after[i + 1] + (exprs[property.value].height != kNone);
    }
  }
}

}  // namespace fathom::grammar
