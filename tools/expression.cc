// SPDX-License-Identifier: Apache-2.0
#include "tools/expression.h"

#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <numbers>
#include <variant>
#include <vector>

#include "base/did_you_mean.h"
#include "base/limits.h"
#include "base/terminal_text.h"
#include "tools/decimal.h"

namespace fathom {
namespace {

using Number = std::variant<Decimal, double>;

double AsDouble(const Number& number) {
  const auto* exact = std::get_if<Decimal>(&number);
  return exact != nullptr ? exact->ToDouble() : std::get<double>(number);
}

bool IsZero(const Number& number) {
  return AsDouble(number) == 0 &&
         (!std::holds_alternative<Decimal>(number) || std::get<Decimal>(number).is_zero());
}

Result<Number> Finite(double value) {
  if (!std::isfinite(value)) return Invalid("the result is no finite number");
  return Number(value);
}

Result<Number> AsNumber(Result<Decimal> exact) {
  if (!exact) return exact.error();
  return Number(std::move(*exact));
}

Result<Number> Apply(char sign, const Number& a, const Number& b);
Result<Number> Power(const Number& base, const Number& exponent);
Result<Number> Rounded(const Number& number, const Decimal& add, bool up);
Result<Number> Call(std::string_view name, const std::vector<Number>& arguments);
bool Holds(std::string_view comparison, const Number& a, const Number& b);
Evaluation Show(const Number& number);

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Evaluation> Run() {
    auto left = Sum();
    if (!left) return left.error();
    const std::string_view comparison = Comparison();
    if (comparison.empty()) {
      if (auto end = AtEnd(); !end) return end.error();
      return Show(*left);
    }
    auto right = Sum();
    if (!right) return right.error();
    if (auto end = AtEnd(); !end) return end.error();
    const bool is_exact =
        std::holds_alternative<Decimal>(*left) && std::holds_alternative<Decimal>(*right);
    return Evaluation{Holds(comparison, *left, *right) ? "true" : "false", is_exact};
  }

 private:
  Error At(size_t offset, const std::string& message) const {
    return Invalid(message, "column " + std::to_string(offset + 1));
  }
  Result<Number> Placed(size_t offset, Result<Number> result) const {
    if (result) return result;
    return Error{result.error().code, result.error().message,
                 "column " + std::to_string(offset + 1)};
  }

  void SkipBlanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }
  char Peek() {
    SkipBlanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool Take(char c) {
    if (Peek() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }
  std::string Found() {
    SkipBlanks();
    if (at_ == text_.size()) return "the end";
    return "\"" + ForTerminal(text_.substr(at_, 12)) + "\"";
  }
  Status AtEnd() {
    SkipBlanks();
    if (at_ == text_.size()) return OkStatus();
    return At(at_, "expected an operator or the end, found " + Found());
  }
  std::string_view Comparison() {
    SkipBlanks();
    for (const std::string_view sign : {"<=", ">=", "==", "!=", "<", ">"}) {
      if (text_.substr(at_).starts_with(sign)) {
        at_ += sign.size();
        return sign;
      }
    }
    return "";
  }

  Result<Number> Chain(std::string_view signs, Result<Number> (Parser::*operand)()) {
    auto left = (this->*operand)();
    while (left) {
      const char sign = Peek();
      if (sign == '\0' || signs.find(sign) == std::string_view::npos) break;
      const size_t sign_at = at_++;
      auto right = (this->*operand)();
      if (!right) return right;
      left = Placed(sign_at, Apply(sign, *left, *right));
    }
    return left;
  }
  Result<Number> Sum() { return Chain("+-", &Parser::Product); }
  Result<Number> Product() { return Chain("*/%", &Parser::Sign); }

  Result<Number> Sign() {
    bool negative = false;
    for (char c = Peek(); c == '-' || c == '+'; c = Peek()) {
      negative ^= c == '-';
      ++at_;
    }
    auto value = PowerOf();
    if (!value || !negative) return value;
    if (const auto* exact = std::get_if<Decimal>(&*value)) return Number(exact->Negated());
    return Number(-std::get<double>(*value));
  }

  // Every way down passes here, so this is where the depth is counted.
  Result<Number> PowerOf() {
    if (depth_ == kParseDepthMax) {
      return Error{Code::kLimit, "is nested more than " + std::to_string(kParseDepthMax) + " deep",
                   "column " + std::to_string(at_ + 1)};
    }
    ++depth_;
    auto base = Atom();
    if (base && Peek() == '^') {
      const size_t sign_at = at_++;
      auto exponent = Sign();
      base = exponent ? Placed(sign_at, Power(*base, *exponent)) : exponent;
    }
    --depth_;
    return base;
  }

  Result<Number> Atom() {
    const char c = Peek();
    const size_t start = at_;
    if (Take('(')) {
      auto inner = Sum();
      if (inner && !Take(')')) return At(at_, "expected \")\", found " + Found());
      return inner;
    }
    if ((c >= '0' && c <= '9') || c == '.') return Literal();
    const auto is_letter = [](char l) { return (l >= 'a' && l <= 'z') || (l >= 'A' && l <= 'Z'); };
    while (at_ < text_.size() &&
           (is_letter(text_[at_]) || (at_ > start && text_[at_] >= '0' && text_[at_] <= '9'))) {
      ++at_;
    }
    const std::string_view name = text_.substr(start, at_ - start);
    if (name.empty()) {
      return At(start, "expected a number, a function or \"(\", found " + Found());
    }
    if (!Take('(')) {
      if (name == "pi") return Number(std::numbers::pi);
      if (name == "e") return Number(std::numbers::e);
      return At(start, "\"" + std::string(name) + "\" is no constant; known are pi and e");
    }
    std::vector<Number> arguments;
    do {
      auto argument = Sum();
      if (!argument) return argument;
      arguments.push_back(std::move(*argument));
    } while (Take(','));
    if (!Take(')')) return At(at_, "expected \",\" or \")\", found " + Found());
    return Placed(start, Call(name, arguments));
  }

  Result<Number> Literal() {
    const size_t start = at_;
    const auto digits = [&] {
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    };
    digits();
    if (at_ < text_.size() && text_[at_] == '.') ++at_;
    digits();
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      digits();
    }
    return Placed(start, AsNumber(Decimal::Parse(text_.substr(start, at_ - start))));
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t depth_ = 0;
};

Result<Number> Apply(char sign, const Number& a, const Number& b) {
  if ((sign == '/' || sign == '%') && IsZero(b)) return Invalid("division by zero");
  const auto* x = std::get_if<Decimal>(&a);
  const auto* y = std::get_if<Decimal>(&b);
  if (x != nullptr && y != nullptr) {
    if (sign == '+') return AsNumber(Decimal::Add(*x, *y));
    if (sign == '-') return AsNumber(Decimal::Subtract(*x, *y));
    if (sign == '*') return AsNumber(Decimal::Multiply(*x, *y));
    if (sign == '%') {
      auto quotient = Decimal::FloorDivide(*x, *y);
      if (!quotient) return quotient.error();
      auto product = Decimal::Multiply(*quotient, *y);
      if (!product) return product.error();
      return AsNumber(Decimal::Subtract(*x, *product));
    }
    auto quotient = Decimal::Divide(*x, *y);
    if (!quotient) return quotient.error();
    if (quotient->has_value()) return Number(std::move(**quotient));
  }
  const double p = AsDouble(a), q = AsDouble(b);
  switch (sign) {
    case '+':
      return Finite(p + q);
    case '-':
      return Finite(p - q);
    case '*':
      return Finite(p * q);
    case '/':
      return Finite(p / q);
    default: {
      const double rest = std::fmod(p, q);
      return Finite(rest != 0 && (rest < 0) != (q < 0) ? rest + q : rest);
    }
  }
}

Result<Number> Power(const Number& base, const Number& exponent) {
  const auto* x = std::get_if<Decimal>(&base);
  const auto* y = std::get_if<Decimal>(&exponent);
  const std::optional<int64_t> whole = y != nullptr ? y->ToInt() : std::nullopt;
  if (IsZero(base) && AsDouble(exponent) < 0) return Invalid("division by zero");
  if (x != nullptr && whole.has_value()) {
    const int64_t count = whole.value_or(0);
    auto power = Decimal::Power(*x, static_cast<uint64_t>(count < 0 ? -(count + 1) : count));
    // One factor is added after: the least int64_t has no opposite.
    if (power && count < 0) power = Decimal::Multiply(*power, *x);
    if (!power || count >= 0) return AsNumber(std::move(power));
    return Apply('/', Number(Decimal(1)), Number(std::move(*power)));
  }
  return Finite(std::pow(AsDouble(base), AsDouble(exponent)));
}

// floor(number + add), or the whole number next above.
Result<Number> Rounded(const Number& number, const Decimal& add, bool up) {
  if (const auto* approximate = std::get_if<double>(&number)) {
    const double shifted = *approximate + add.ToDouble();
    return Finite(up ? std::ceil(shifted) : std::floor(shifted));
  }
  const auto& exact = std::get<Decimal>(number);
  auto shifted = Decimal::Add(up ? exact.Negated() : exact, add);
  if (!shifted) return shifted.error();
  auto floor = Decimal::FloorDivide(*shifted, Decimal(1));
  if (!floor) return floor.error();
  return Number(up ? floor->Negated() : std::move(*floor));
}

// Half away from zero.
Result<Number> Round(const Number& number, int64_t places) {
  if (const auto* approximate = std::get_if<double>(&number)) {
    const double factor = std::pow(10.0, static_cast<double>(places));
    return Finite(std::round(*approximate * factor) / factor);
  }
  const auto& exact = std::get<Decimal>(number);
  const bool is_negative = exact.is_negative();
  auto factor = Power(Number(Decimal(10)), Number(Decimal(places)));
  if (!factor) return factor;
  auto scaled = Apply('*', Number(is_negative ? exact.Negated() : exact), *factor);
  if (!scaled) return scaled;
  auto whole = Rounded(*scaled, *Decimal::Parse("0.5"), false);
  if (!whole) return whole;
  auto result = Apply('/', *whole, *factor);
  if (!result || !is_negative) return result;
  return Apply('-', Number(Decimal(0)), *result);
}

Result<Number> Root(const Number& number) {
  if (AsDouble(number) < 0) return Invalid("the square root of a negative number");
  const double root = std::sqrt(AsDouble(number));
  const auto* exact = std::get_if<Decimal>(&number);
  if (exact != nullptr && root < 9e15 && root == std::floor(root)) {
    const Decimal whole(static_cast<int64_t>(root));
    auto square = Decimal::Multiply(whole, whole);
    if (square && *square == *exact) return Number(whole);
  }
  return Finite(root);
}

struct RealFunction {
  std::string_view name;
  double (*apply)(double);
};
constexpr std::array<RealFunction, 11> kRealFunctions = {{{"exp", std::exp},
                                                          {"ln", std::log},
                                                          {"log10", std::log10},
                                                          {"log2", std::log2},
                                                          {"sin", std::sin},
                                                          {"cos", std::cos},
                                                          {"tan", std::tan},
                                                          {"asin", std::asin},
                                                          {"acos", std::acos},
                                                          {"atan", std::atan},
                                                          {"cbrt", std::cbrt}}};

Result<Number> CallReal(std::string_view name, const Number& argument) {
  for (const RealFunction& function : kRealFunctions) {
    if (function.name == name) return Finite(function.apply(AsDouble(argument)));
  }
  std::vector<std::string_view> known = {"abs", "ceil", "floor", "max", "min", "round", "sqrt"};
  for (const RealFunction& function : kRealFunctions) known.push_back(function.name);
  std::string message = "no function is named \"" + std::string(name) + "\"";
  if (const std::string near = DidYouMean(name, known); !near.empty()) {
    return Invalid(message + "; did you mean \"" + near + "\"?");
  }
  message += "; there are:";
  for (const std::string_view other : known) message += " " + std::string(other);
  return Invalid(message);
}

Result<Number> Call(std::string_view name, const std::vector<Number>& arguments) {
  const Number& first = arguments[0];
  if (name == "min" || name == "max") {
    const Number* best = &first;
    for (const Number& other : arguments) {
      if (Holds(name == "min" ? "<" : ">", other, *best)) best = &other;
    }
    return *best;
  }
  if (name == "round" && arguments.size() <= 2) {
    std::optional<int64_t> places = 0;
    if (arguments.size() == 2) {
      const auto* exact = std::get_if<Decimal>(&arguments[1]);
      places = exact != nullptr ? exact->ToInt() : std::nullopt;
    }
    if (!places || std::abs(*places) > 300) {
      return Invalid("round(x, places): places is a whole number from -300 to 300");
    }
    return Round(first, *places);
  }
  if (arguments.size() != 1) {
    return Invalid(std::string(name) + "() takes one argument, found " +
                   std::to_string(arguments.size()));
  }
  if (name == "abs") {
    if (const auto* exact = std::get_if<Decimal>(&first)) {
      return Number(exact->is_negative() ? exact->Negated() : *exact);
    }
    return Number(std::abs(std::get<double>(first)));
  }
  if (name == "floor") return Rounded(first, Decimal(0), false);
  if (name == "ceil") return Rounded(first, Decimal(0), true);
  if (name == "sqrt") return Root(first);
  return CallReal(name, first);
}

bool Holds(std::string_view comparison, const Number& a, const Number& b) {
  const auto* x = std::get_if<Decimal>(&a);
  const auto* y = std::get_if<Decimal>(&b);
  const std::partial_ordering order =
      x != nullptr && y != nullptr ? std::partial_ordering(*x <=> *y) : AsDouble(a) <=> AsDouble(b);
  if (comparison == "<") return order < 0;
  if (comparison == "<=") return order <= 0;
  if (comparison == ">") return order > 0;
  if (comparison == ">=") return order >= 0;
  return (order == 0) == (comparison == "==");
}

Evaluation Show(const Number& number) {
  if (const auto* exact = std::get_if<Decimal>(&number)) return {exact->Text(), true};
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), std::get<double>(number));
  return {std::string(text.data(), end.ptr), false};
}

}  // namespace

Result<Evaluation> Evaluate(std::string_view expression) {
  if (expression.size() > kExpressionBytesMax) {
    return Error{Code::kLimit, "an expression has at most " + std::to_string(kExpressionBytesMax) +
                                   " bytes, found " + std::to_string(expression.size())};
  }
  return Parser(expression).Run();
}

}  // namespace fathom
