// SPDX-License-Identifier: Apache-2.0
#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>

#include "base/did_you_mean.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/utf8.h"

namespace fathom {
namespace {

struct Refused {  // thrown through yaml-cpp by the builder, caught in ParseYaml
  YAML::Mark mark;
  std::string message;
};

std::string PlaceText(const std::string& name, const YamlPosition& position);
YamlPosition PositionOf(const YAML::Mark& mark);
std::string EscapePointer(std::string_view key);
Json PlainScalar(const std::string& text, const YAML::Mark& mark);

// Builds the value from parser events. Events, not yaml-cpp's nodes: nodes keep the first of
// duplicate keys silently, expand aliases and forget where keys stood.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(YamlDocument* document) : document_(document) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    RefuseAnchor(mark, anchor);
    Add(Json(), mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refused{mark, "aliases (*name) are not allowed"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(Json::EmptyArray(), mark, tag, anchor);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(Json::EmptyObject(), mark, tag, anchor);
  }
  void OnMapEnd() override { Close(); }

 private:
  struct Level {
    Json value;
    std::string pointer;
    YAML::Mark mark;
    std::optional<std::string> key;  // of a mapping: read, its value still to come
  };

  static void RefuseAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) throw Refused{mark, "anchors (&name) are not allowed"};
  }
  bool ExpectsKey() const {
    return !levels_.empty() && levels_.back().value.is_object() && !levels_.back().key;
  }
  std::string NextPointer() const;
  void Open(Json empty, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void Close();
  void AddKey(const std::string& text, const YAML::Mark& mark);
  void Add(Json value, const YAML::Mark& mark);
  void Place(Json value);

  YamlDocument* document_;
  std::vector<Level> levels_;
};

}  // namespace

Result<YamlDocument> ParseYaml(std::string_view text, std::string name) {
  if (text.size() > kYamlBytesMax) {
    return Error{Code::kLimit, "is larger than " + std::to_string(kYamlBytesMax) + " bytes", name};
  }
  if (!IsUtf8(text)) return Invalid("is not UTF-8", name);
  // yaml-cpp ends its input at a NUL or takes UTF-16 for granted after one.
  if (text.find('\0') != std::string_view::npos) return Invalid("contains a NUL byte", name);
  YamlDocument document;
  document.name = std::move(name);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder(&document);
    parser.HandleNextDocument(builder);
    YamlDocument second;
    Builder second_builder(&second);
    if (parser.HandleNextDocument(second_builder)) {
      return Invalid("holds more than one document", document.name);
    }
  } catch (const Refused& refused) {
    return Invalid(refused.message, PlaceText(document.name, PositionOf(refused.mark)));
  } catch (const YAML::Exception& exception) {
    return Invalid(exception.msg, PlaceText(document.name, PositionOf(exception.mark)));
  }
  return document;
}

Result<YamlDocument> ReadYamlFile(const std::string& path) {
  auto text = ReadFile(path, kYamlBytesMax);
  if (!text) return text.error();
  return ParseYaml(*text, path);
}

std::string YamlDocument::PlaceOf(const std::string& pointer) const {
  for (std::string at = pointer;; at.resize(at.rfind('/'))) {
    if (const auto found = positions.find(at); found != positions.end()) {
      return PlaceText(name, found->second);
    }
    if (at.empty()) return name;
  }
}

Result<YamlMap> YamlMap::At(const YamlDocument& document, std::string pointer) {
  const Json* value = &document.value;
  std::string_view rest = pointer;
  while (!rest.empty() && value != nullptr) {
    rest.remove_prefix(1);
    const std::string_view step = rest.substr(0, rest.find('/'));
    rest.remove_prefix(step.size());
    if (value->is_array()) {
      size_t index = 0;
      std::from_chars(step.data(), step.data() + step.size(), index);
      value = index < value->size() ? &value->as_array()[index] : nullptr;
      continue;
    }
    const Json* parent = value;
    value = nullptr;
    if (!parent->is_object()) break;
    for (const auto& [key, member] : parent->as_object()) {
      if (EscapePointer(key) == step) value = &member;
    }
  }
  if (value == nullptr || !value->is_object()) {
    return Invalid("must be a mapping (key: value)", document.PlaceOf(pointer));
  }
  return YamlMap(&document, std::move(pointer), value);
}

Status YamlMap::OnlyKeys(std::span<const std::string_view> known) const {
  for (const auto& [key, value] : object_->as_object()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string message = "unknown key \"" + key + "\"";
    if (const std::string near = DidYouMean(key, known); !near.empty()) {
      message += ": did you mean \"" + near + "\"?";
    }
    const auto at = document_->key_positions.find(PointerOf(key));
    return Invalid(message, at == document_->key_positions.end()
                                ? place()
                                : PlaceText(document_->name, at->second));
  }
  return OkStatus();
}

Status YamlMap::Require(std::initializer_list<std::string_view> keys) const {
  for (const std::string_view key : keys) {
    if (!Has(key)) return Invalid("the key \"" + std::string(key) + "\" is missing", place());
  }
  return OkStatus();
}

Status YamlMap::Read(std::string_view key, std::string* out) const {
  const Json* value = Find(key);
  if (value == nullptr) return OkStatus();
  if (!value->is_string()) return ErrorAt(key, "must be text; write it in quotes");
  *out = value->as_string();
  return OkStatus();
}

Status YamlMap::Read(std::string_view key, bool* out) const {
  const Json* value = Find(key);
  if (value == nullptr) return OkStatus();
  if (!value->is_bool()) return ErrorAt(key, "must be true or false");
  *out = value->as_bool();
  return OkStatus();
}

Status YamlMap::Read(std::string_view key, int64_t* out, IntRange range) const {
  const Json* value = Find(key);
  if (value == nullptr) return OkStatus();
  if (!value->is_int()) return ErrorAt(key, "must be a whole number");
  if (value->as_int() < range.min || value->as_int() > range.max) {
    return ErrorAt(key, "is " + std::to_string(value->as_int()) + ", must be within " +
                            std::to_string(range.min) + " and " + std::to_string(range.max));
  }
  *out = value->as_int();
  return OkStatus();
}

Status YamlMap::Read(std::string_view key, double* out, Range range) const {
  const Json* value = Find(key);
  if (value == nullptr) return OkStatus();
  if (!value->is_number()) return ErrorAt(key, "must be a number");
  const double number = value->as_double();
  if (number < range.min || number > range.max) {
    return ErrorAt(key, "is " + Json(number).Dump() + ", must be within " + Json(range.min).Dump() +
                            " and " + Json(range.max).Dump());
  }
  *out = number;
  return OkStatus();
}

Status YamlMap::Read(std::string_view key, std::vector<std::string>* out) const {
  const Json* value = Find(key);
  if (value == nullptr) return OkStatus();
  if (!value->is_array()) return ErrorAt(key, "must be a list of texts");
  std::vector<std::string> texts;
  for (const Json& item : value->as_array()) {
    if (!item.is_string()) return ErrorAt(key, "must be a list of texts");
    texts.push_back(item.as_string());
  }
  *out = std::move(texts);
  return OkStatus();
}

Status YamlMap::ReadOneOf(std::string_view key, std::span<const std::string_view> allowed,
                          std::string* out) const {
  std::string text;
  if (!Has(key)) return OkStatus();
  if (auto read = Read(key, &text); !read) return read;
  if (std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
    std::string message = "\"" + text + "\" is none of";
    for (const std::string_view one : allowed) message += " \"" + std::string(one) + "\"";
    if (const std::string near = DidYouMean(text, allowed); !near.empty()) {
      message += ": did you mean \"" + near + "\"?";
    }
    return ErrorAt(key, message);
  }
  *out = text;
  return OkStatus();
}

Result<YamlMap> YamlMap::Map(std::string_view key) const {
  CHECK(Has(key));
  return At(*document_, PointerOf(key));
}

Result<std::vector<YamlMap>> YamlMap::Maps(std::string_view key) const {
  const Json* value = Find(key);
  CHECK(value != nullptr);
  if (!value->is_array()) return ErrorAt(key, "must be a list (- item)");
  std::vector<YamlMap> maps;
  for (size_t i = 0; i < value->size(); ++i) {
    auto map = At(*document_, PointerOf(key) + "/" + std::to_string(i));
    if (!map) return map.error();
    maps.push_back(*map);
  }
  return maps;
}

std::string YamlMap::PointerOf(std::string_view key) const {
  return pointer_ + "/" + EscapePointer(key);
}

Error YamlMap::ErrorAt(std::string_view key, std::string message) const {
  return Invalid("\"" + std::string(key) + "\": " + std::move(message),
                 document_->PlaceOf(PointerOf(key)));
}

namespace {

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       const std::string& text) {
  RefuseAnchor(mark, anchor);
  const bool plain =
      tag == "?";  // "!" is a quoted or block scalar; anything else was written by hand
  if (!plain && tag != "!") throw Refused{mark, "tags (" + tag + ") are not allowed"};
  if (ExpectsKey()) {
    if (plain && text == "<<") throw Refused{mark, "merge keys (<<) are not allowed"};
    return AddKey(text, mark);
  }
  Add(plain ? PlainScalar(text, mark) : Json(text), mark);
}

std::string Builder::NextPointer() const {
  if (levels_.empty()) return "";
  const Level& level = levels_.back();
  return level.pointer + "/" +
         (level.value.is_array() ? std::to_string(level.value.size()) : EscapePointer(*level.key));
}

void Builder::Open(Json empty, const YAML::Mark& mark, const std::string& tag,
                   YAML::anchor_t anchor) {
  RefuseAnchor(mark, anchor);
  if (tag != "?" && tag != "!" && !tag.empty()) {
    throw Refused{mark, "tags (" + tag + ") are not allowed"};
  }
  if (ExpectsKey()) {
    // "{{ x }}" without quotes is a mapping with a mapping as its key.
    throw Refused{mark, "a mapping or list cannot be a key; write {{ ... }} in quotes"};
  }
  if (levels_.size() >= kParseDepthMax) {
    throw Refused{mark, "is nested deeper than " + std::to_string(kParseDepthMax)};
  }
  std::string pointer = NextPointer();
  document_->positions.emplace(pointer, PositionOf(mark));
  levels_.push_back({std::move(empty), std::move(pointer), mark, std::nullopt});
}

void Builder::Close() {
  Json value = std::move(levels_.back().value);
  levels_.pop_back();
  Place(std::move(value));
}

void Builder::AddKey(const std::string& text, const YAML::Mark& mark) {
  Level& level = levels_.back();
  const std::string pointer = level.pointer + "/" + EscapePointer(text);
  const auto [first, added] = document_->key_positions.emplace(pointer, PositionOf(mark));
  if (!added) {
    throw Refused{mark, "the key \"" + text + "\" stands already at line " +
                            std::to_string(first->second.line)};
  }
  level.key = text;
}

void Builder::Add(Json value, const YAML::Mark& mark) {
  if (ExpectsKey()) throw Refused{mark, "a key is missing before the colon"};
  document_->positions.emplace(NextPointer(), PositionOf(mark));
  Place(std::move(value));
}

void Builder::Place(Json value) {
  if (levels_.empty()) {
    document_->value = std::move(value);
    return;
  }
  Level& level = levels_.back();
  if (level.value.is_array()) {
    level.value.Push(std::move(value));
    return;
  }
  // Not Set: it looks for the key among all others, and AddKey has done so already.
  level.value.as_object().emplace_back(std::move(*level.key), std::move(value));
  level.key.reset();
}

// The core schema of YAML 1.2.2, section 10.3.2. Infinity and not-a-number have no JSON value and
// are refused.
Json PlainScalar(const std::string& text, const YAML::Mark& mark) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return {};
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  std::string_view digits = text;
  if (digits.front() == '+') digits.remove_prefix(1);
  const bool radix =
      digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'o');
  const int base = !radix ? 10 : digits[1] == 'x' ? 16 : 8;
  if (radix) digits.remove_prefix(2);
  const char* end = digits.data() + digits.size();
  int64_t whole = 0;
  const auto as_int = std::from_chars(digits.data(), end, whole, base);
  if (as_int.ptr == end && !digits.empty()) {
    if (as_int.ec == std::errc::result_out_of_range) {
      throw Refused{mark, text + " does not fit into 64 bits; write it in quotes"};
    }
    if (as_int.ec == std::errc()) return whole;
  }
  const std::string_view unsigned_digits =
      digits.substr(!digits.empty() && digits.front() == '-' ? 1 : 0);
  if (unsigned_digits == ".inf" || unsigned_digits == ".Inf" || unsigned_digits == ".INF" ||
      text == ".nan" || text == ".NaN" || text == ".NAN") {
    throw Refused{mark, text + " is not a number that can be used here"};
  }
  // from_chars also takes "inf" and "nan", which are text in YAML.
  const bool starts_as_number =
      !unsigned_digits.empty() &&
      (std::isdigit(static_cast<unsigned char>(unsigned_digits[0])) || unsigned_digits[0] == '.');
  double real = 0;
  const auto as_real = std::from_chars(digits.data(), end, real);
  if (!radix && starts_as_number && as_real.ptr == end) {
    if (as_real.ec != std::errc()) throw Refused{mark, text + " is out of range"};
    return real;
  }
  return text;
}

YamlPosition PositionOf(const YAML::Mark& mark) {
  return mark.is_null() ? YamlPosition{} : YamlPosition{mark.line + 1, mark.column + 1};
}

std::string PlaceText(const std::string& name, const YamlPosition& position) {
  if (position.line == 0) return name;
  return name + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

// RFC 6901.
std::string EscapePointer(std::string_view key) {
  std::string escaped;
  for (const char c : key) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace
}  // namespace fathom
