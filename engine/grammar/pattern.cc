// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/pattern.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>

#include "base/limits.h"
#include "base/utf8.h"
#include "engine/grammar/program.h"

namespace fathom::grammar {
namespace {

constexpr uint32_t kScalarMax = 0x10FFFF;
constexpr uint32_t kRepeatMax = 1'000;  // as RE2

using Ranges = std::vector<std::pair<uint32_t, uint32_t>>;

const Ranges kDigits = {{'0', '9'}};
const Ranges kWordParts = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
const Ranges kSpaces = {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}};
// All that anyone counts as white space.
const Ranges kAllSpaces = {{'\t', '\r'},     {0x1C, 0x20},     {0x85, 0x85},     {0xA0, 0xA0},
                           {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                           {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
const Ranges kLineEnds = {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};

Ranges Joined(Ranges ranges) {
  std::sort(ranges.begin(), ranges.end());
  Ranges out;
  for (const auto& [least, most] : ranges) {
    if (!out.empty() && least <= out.back().second + 1) {
      out.back().second = std::max(out.back().second, most);
    } else {
      out.emplace_back(least, most);
    }
  }
  return out;
}

Ranges Others(const Ranges& ranges) {
  Ranges out;
  uint32_t from = 0;
  for (const auto& [least, most] : Joined(ranges)) {
    if (least > from) out.emplace_back(from, least - 1);
    from = most + 1;
  }
  if (from <= kScalarMax) out.emplace_back(from, kScalarMax);
  return out;
}

struct Node {
  enum class Kind { kSet, kStart, kEnd, kSequence, kChoice, kRepeat };
  Kind kind = Kind::kSequence;
  Ranges set;
  std::vector<Node> parts;
  uint32_t least = 0, most = kUnbounded;  // repeats

  bool HoldsAnchor() const {
    return kind == Kind::kStart || kind == Kind::kEnd ||
           std::any_of(parts.begin(), parts.end(), [](const Node& n) { return n.HoldsAnchor(); });
  }
};

class Parser {
 public:
  explicit Parser(std::string_view pattern) : rest_(pattern) {}

  Result<Node> Parse() {
    auto whole = Choice(0);
    if (whole && !rest_.empty()) return Invalid("a ) without its (");
    return whole;
  }

 private:
  bool Take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  Result<Node> Choice(size_t depth) {
    if (depth > kParseDepthMax) return Error{Code::kLimit, "groups nested too deep"};
    Node choice{.kind = Node::Kind::kChoice};
    do {
      Node sequence;
      while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
        auto part = Repeated(depth);
        if (!part) return part;
        sequence.parts.push_back(std::move(*part));
      }
      choice.parts.push_back(std::move(sequence));
    } while (Take("|"));
    if (choice.parts.size() > 1) return choice;
    Node only = std::move(choice.parts[0]);
    return only;
  }

  Result<Node> Repeated(size_t depth) {
    auto part = Atom(depth);
    if (!part) return part;
    Node repeat{.kind = Node::Kind::kRepeat};
    if (Take("*")) {
      repeat.least = 0;
    } else if (Take("+")) {
      repeat.least = 1;
    } else if (Take("?")) {
      repeat.most = 1;
    } else if (rest_.starts_with("{")) {
      if (Status status = Counts(repeat); !status) return status.error();
    } else {
      return part;
    }
    Take("?");  // a lazy one finds the same texts
    if (!rest_.empty() && std::string_view("*+?{").find(rest_[0]) != std::string_view::npos)
      return Invalid("a repeat of a repeat");
    if (part->HoldsAnchor()) return Invalid("a repeated anchor");
    repeat.parts.push_back(std::move(*part));
    return repeat;
  }

  // {n} {n,} {n,m}
  Status Counts(Node& repeat) {
    const auto number = [&](uint32_t& out) {
      const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out);
      const bool good = error == std::errc() && out <= kRepeatMax;
      if (good) rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
      return good;
    };
    rest_.remove_prefix(1);
    if (!number(repeat.least)) return Invalid("a { that begins no repeat of up to 1000");
    repeat.most = repeat.least;
    if (Take(",")) {
      repeat.most = kUnbounded;
      if (!rest_.starts_with("}") && !number(repeat.most))
        return Invalid("a repeat of more than 1000");
    }
    if (!Take("}") || repeat.least > repeat.most) return Invalid("a broken repeat");
    return OkStatus();
  }

  static Node Of(Ranges ranges) { return {.kind = Node::Kind::kSet, .set = std::move(ranges)}; }

  Result<Node> Atom(size_t depth) {
    if (Take("^")) return Node{.kind = Node::Kind::kStart};
    if (Take("$")) return Node{.kind = Node::Kind::kEnd};
    if (Take(".")) return Of(Others(kLineEnds));
    if (Take("(")) {
      if (rest_.starts_with("?") && !Take("?:"))
        return Invalid("a group (" + std::string(rest_.substr(0, 2)));
      auto group = Choice(depth + 1);
      if (group && !Take(")")) return Invalid("a ( without its )");
      return group;
    }
    if (Take("[")) return Class();
    if (std::string_view("*+?{").find(rest_[0]) != std::string_view::npos)
      return Invalid("a repeat of nothing");
    auto one = Character();
    if (!one) return one.error();
    return Of(std::move(*one));
  }

  // A character or an escape, as what it stands for.
  Result<Ranges> Character() {
    if (!Take("\\")) {
      const Utf8Character next = DecodeUtf8(rest_, 0);
      if (!next.valid) return Invalid("bytes that are no UTF-8");
      rest_.remove_prefix(next.length);
      return Ranges{{next.code_point, next.code_point}};
    }
    if (rest_.empty()) return Invalid("a \\ at the end");
    const char escape = rest_[0];
    rest_.remove_prefix(1);
    const auto one = [](uint32_t scalar) { return Ranges{{scalar, scalar}}; };
    switch (escape) {
      case 'd':
        return kDigits;
      case 'D':
        return Others(kDigits);
      case 'w':
        return kWordParts;
      case 'W':
        return Others(kWordParts);
      case 's':
        return kSpaces;
      case 'S':
        return Others(kAllSpaces);
      case 't':
        return one('\t');
      case 'n':
        return one('\n');
      case 'r':
        return one('\r');
      case 'f':
        return one('\f');
      case 'v':
        return one('\v');
      case 'x':
        return Hex();
      default:
        break;
    }
    const auto byte = static_cast<unsigned char>(escape);
    const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    if (letter || (byte >= '0' && byte <= '9') || byte >= 0x80 || byte < 0x20)
      return Invalid(std::string("the escape \\") + escape);
    return one(byte);
  }

  Result<Ranges> Hex() {
    uint32_t scalar = 0;
    const char* end = rest_.data() + std::min<size_t>(2, rest_.size());
    const auto [at, error] = std::from_chars(rest_.data(), end, scalar, 16);
    if (error != std::errc() || at != rest_.data() + 2) return Invalid("an escape \\x without HH");
    rest_.remove_prefix(2);
    return Ranges{{scalar, scalar}};
  }

  Result<Node> Class() {
    const bool opposite = Take("^");
    Ranges all;
    if (rest_.starts_with("]")) return Invalid("an empty class");
    while (!Take("]")) {
      if (rest_.empty()) return Invalid("a [ without its ]");
      if (rest_.starts_with("[")) return Invalid("a [ inside a class");
      auto from = Character();
      if (!from) return from.error();
      const bool is_range = rest_.starts_with("-") && !rest_.starts_with("-]");
      if (!is_range) {
        all.insert(all.end(), from->begin(), from->end());
        continue;
      }
      rest_.remove_prefix(1);
      auto to = rest_.empty() ? Result<Ranges>(Invalid("a [ without its ]")) : Character();
      if (!to) return to.error();
      const auto is_one = [](const Ranges& r) {
        return r.size() == 1 && r[0].first == r[0].second;
      };
      if (!is_one(*from) || !is_one(*to) || (*from)[0].first > (*to)[0].first)
        return Invalid("a broken range in a class");
      all.emplace_back((*from)[0].first, (*to)[0].first);
    }
    return Of(opposite ? Others(all) : Joined(all));
  }

  std::string_view rest_;
};

class Builder {
 public:
  Result<ByteDfa> Build(const Node& whole, uint32_t least, uint32_t most) {
    auto found = Found(whole);
    if (!found) return found.error();
    auto dfa = nfa_.Determinise(Quoted(nfa_, *found));
    if (!dfa || (least == 0 && most == kUnbounded)) return dfa;
    Nfa lengths;
    if (uint64_t{most == kUnbounded ? least : most} * kAnyStates > kStatesMax) return TooLarge();
    auto counted = lengths.Determinise(Quoted(lengths, Anything(lengths, least, most)));
    return counted ? Intersection(*dfa, *counted) : counted;
  }

 private:
  static constexpr size_t kStatesMax = 500'000;
  static constexpr size_t kAnyStates = 300;  // about, of one SpelledScalars of all

  static Error TooLarge() { return Error{Code::kLimit, "it needs too many states"}; }

  static Fragment Quoted(Nfa& nfa, Fragment content) {
    return nfa.Then(nfa.Literal("\""), nfa.Then(content, nfa.Literal("\"")));
  }

  static Fragment Anything(Nfa& nfa, uint32_t least, uint32_t most) {
    const auto any = [&] { return SpelledScalars(nfa, 0, kScalarMax); };
    Fragment all = nfa.Empty();
    for (uint32_t i = 0; i < least; ++i) all = nfa.Then(all, any());
    if (most == kUnbounded) return nfa.Then(all, nfa.Star(any()));
    Fragment more = nfa.Empty();
    for (uint32_t i = least; i < most; ++i) more = nfa.Optional(nfa.Then(any(), more));
    return nfa.Then(all, more);
  }

  // Anything may stand around what is not anchored.
  Result<Fragment> Found(const Node& node) {
    if (node.kind == Node::Kind::kChoice) {
      Fragment all = nfa_.Never();
      for (const Node& part : node.parts) {
        auto one = Found(part);
        if (!one) return one;
        all = nfa_.Or(all, *one);
      }
      return all;
    }
    if (node.kind != Node::Kind::kSequence) return Found(Node{.parts = {node}});
    // A group by itself has its own anchors.
    if (node.parts.size() == 1 && (node.parts[0].kind == Node::Kind::kChoice ||
                                   node.parts[0].kind == Node::Kind::kSequence)) {
      return Found(node.parts[0]);
    }
    auto from = node.parts.begin(), to = node.parts.end();
    bool at_start = false, at_end = false;
    for (; from != to && from->kind == Node::Kind::kStart; ++from) at_start = true;
    for (; from != to && to[-1].kind == Node::Kind::kEnd; --to) at_end = true;
    Fragment all = at_start ? nfa_.Empty() : Anything(nfa_, 0, kUnbounded);
    for (; from != to; ++from) {
      auto part = Language(*from);
      if (!part) return part;
      all = nfa_.Then(all, *part);
    }
    return at_end ? all : nfa_.Then(all, Anything(nfa_, 0, kUnbounded));
  }

  Result<Fragment> Language(const Node& node) {
    if (nfa_.size() > kStatesMax) return TooLarge();
    Fragment all = nfa_.Empty();
    switch (node.kind) {
      case Node::Kind::kStart:
      case Node::Kind::kEnd:
        return Invalid("an anchor inside the pattern");
      case Node::Kind::kSet:
        all = nfa_.Never();
        for (const auto& [least, most] : node.set)
          all = nfa_.Or(all, SpelledScalars(nfa_, least, most));
        return all;
      case Node::Kind::kChoice:
        all = nfa_.Never();
        [[fallthrough]];
      case Node::Kind::kSequence:
        for (const Node& part : node.parts) {
          auto one = Language(part);
          if (!one) return one;
          all = node.kind == Node::Kind::kChoice ? nfa_.Or(all, *one) : nfa_.Then(all, *one);
        }
        return all;
      case Node::Kind::kRepeat:
        return Repeat(node);
    }
    return all;
  }

  Result<Fragment> Repeat(const Node& node) {
    Fragment all = nfa_.Empty();
    for (uint32_t i = 0; i < node.least; ++i) {
      auto one = Language(node.parts[0]);
      if (!one) return one;
      all = nfa_.Then(all, *one);
    }
    if (node.most == kUnbounded) {
      auto one = Language(node.parts[0]);
      if (!one) return one;
      return nfa_.Then(all, nfa_.Star(*one));
    }
    Fragment more = nfa_.Empty();
    for (uint32_t i = node.least; i < node.most; ++i) {
      auto one = Language(node.parts[0]);
      if (!one) return one;
      more = nfa_.Optional(nfa_.Then(*one, more));
    }
    return nfa_.Then(all, more);
  }

  Nfa nfa_;
};

}  // namespace

Result<ByteDfa> PatternAutomaton(std::string_view pattern, uint32_t least, uint32_t most) {
  auto whole = Parser(pattern).Parse();
  if (!whole) return whole.error();
  return Builder().Build(*whole, least, most);
}

}  // namespace fathom::grammar
