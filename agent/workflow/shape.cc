// SPDX-License-Identifier: Apache-2.0
#include "agent/workflow/shape.h"

#include <algorithm>
#include <charconv>

#include "agent/workflow/limits.h"
#include "base/did_you_mean.h"

namespace fathom {
namespace {

// Of a byte of the text, from 1.
YamlPosition PositionAt(std::string_view text, size_t byte) {
  const std::string_view before = text.substr(0, byte);
  const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  const size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {line, static_cast<int>(byte - start) + 1};
}

size_t ByteAt(std::string_view text, const YamlPosition& position) {
  size_t at = 0;
  for (int line = 1; line < position.line && at < text.size(); ++line)
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return std::min(at + static_cast<size_t>(std::max(position.column, 1)) - 1, text.size());
}

// "name:3:7" behind the name.
YamlPosition ParsePlace(std::string_view place, size_t name_bytes) {
  YamlPosition position{.line = 1, .column = 1};  // of what concerns the file as a whole
  if (place.size() <= name_bytes + 1) return position;
  place.remove_prefix(name_bytes + 1);
  const auto line = std::from_chars(place.data(), place.data() + place.size(), position.line);
  if (line.ptr < place.data() + place.size())
    std::from_chars(line.ptr + 1, place.data() + place.size(), position.column);
  return position;
}

std::string_view YamlCode(std::string_view message) {
  if (message.find("stands already") != std::string_view::npos) return "WF002";
  if (message.ends_with("are not allowed") || message.find("anchor") != std::string_view::npos)
    return "WF003";
  if (message.find("{{ ... }}") != std::string_view::npos) return "WF013";
  return "WF001";
}

std::string Quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

}  // namespace

std::string Nearest(std::string_view name, const std::vector<std::string>& known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  return DidYouMean(name, views);
}

std::optional<YamlDocument> ParseWorkflowYaml(std::string_view text, const std::string& file,
                                              std::vector<WorkflowProblem>& problems) {
  auto document = ParseYaml(text, file);
  if (document) return std::move(*document);
  const Error& error = document.error();
  const YamlPosition position = ParsePlace(error.place, file.size());
  const std::string_view code = YamlCode(error.message);
  problems.push_back({.code = std::string(code),
                      .file = file,
                      .line = position.line,
                      .column = position.column,
                      .message = error.message,
                      .suggestion = code == "WF013" ? "\"${{ ... }}\"" : ""});
  return std::nullopt;
}

void Shape::Add(const YamlPosition& position, const What& what) {
  if (problems_.size() >= kWorkflowProblemsMax) return;
  problems_.push_back({.code = what.code,
                       .is_error = what.is_error,
                       .file = document_.name,
                       .line = position.line,
                       .column = position.column,
                       .message = what.message,
                       .suggestion = what.suggestion});
}

YamlPosition Shape::PositionOf(std::string pointer) const {
  for (;; pointer.resize(pointer.rfind('/'))) {
    if (const auto at = document_.positions.find(pointer); at != document_.positions.end())
      return at->second;
    if (pointer.empty()) return {.line = 1, .column = 1};
  }
}

void Shape::AtValue(const std::string& pointer, const What& what) {
  Add(PositionOf(pointer), what);
}

void Shape::AtKey(const std::string& pointer, const What& what) {
  const auto at = document_.key_positions.find(pointer);
  Add(at != document_.key_positions.end() ? at->second : PositionOf(pointer), what);
}

void Shape::InExpression(const std::string& pointer, const InText& where, const What& what) {
  const YamlPosition start = PositionOf(pointer);
  size_t at = ByteAt(text_, start);
  for (size_t i = 0; i <= where.index && at != std::string_view::npos; ++i)
    at = text_.find("${{", i == 0 ? at : at + 3);
  if (at == std::string_view::npos) return Add(start, what);
  // Escapes and folded lines move what follows; then the beginning is named.
  if (where.offset == ExpressionFault::kWhole) return Add(PositionAt(text_, at), what);
  const size_t exact = at + 3 + where.offset;
  const bool is_plain =
      exact <= text_.size() &&
      text_.substr(at, exact - at).find_first_of("\n\\") == std::string_view::npos;
  Add(PositionAt(text_, is_plain ? exact : at), what);
}

bool Shape::Mapping(const Json& value, const std::string& pointer,
                    std::span<const std::string_view> known,
                    std::span<const std::string_view> required) {
  if (!value.is_object()) {
    AtValue(pointer, {"WF006", "must be a mapping (key: value)", ""});
    return false;
  }
  for (const auto& [key, member] : value.as_object()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    AtKey(Child(pointer, key), {"WF004", "unknown key " + Quoted(key), DidYouMean(key, known)});
  }
  for (const std::string_view key : required) {
    if (value.Find(key) == nullptr)
      AtValue(pointer, {"WF005", "the key " + Quoted(key) + " is missing", ""});
  }
  return true;
}

bool Shape::Read(const Json& map, const std::string& pointer, std::string_view key,
                 std::string* out) {
  const Json* value = map.Find(key);
  if (value == nullptr) return false;
  if (!value->is_string()) {
    AtValue(Child(pointer, key),
            {"WF006", Quoted(key) + " must be text",
             value->is_number() || value->is_bool() ? Quoted(value->Dump()) : ""});
    return false;
  }
  *out = value->as_string();
  return true;
}

bool Shape::ReadPlain(const Json& map, const std::string& pointer, std::string_view key,
                      std::string* out) {
  if (!Read(map, pointer, key, out)) return false;
  if (out->find("${{") == std::string::npos) return true;
  InExpression(Child(pointer, key), {}, {"WF034", Quoted(key) + " cannot hold an expression", ""});
  return false;
}

bool Shape::Read(const Json& map, const std::string& pointer, std::string_view key, bool* out) {
  const Json* value = map.Find(key);
  if (value == nullptr) return false;
  if (!value->is_bool()) {
    AtValue(Child(pointer, key), {"WF006", Quoted(key) + " must be true or false", ""});
    return false;
  }
  *out = value->as_bool();
  return true;
}

bool Shape::Read(const Json& map, const std::string& pointer, std::string_view key,
                 std::vector<std::string>* out) {
  const Json* value = map.Find(key);
  if (value == nullptr) return false;
  if (!value->is_array()) {
    AtValue(Child(pointer, key), {"WF006", Quoted(key) + " must be a list of texts",
                                  value->is_string() ? "[" + value->as_string() + "]" : ""});
    return false;
  }
  for (size_t i = 0; i < value->size(); ++i) {
    const Json& item = value->as_array()[i];
    const std::string at = Child(Child(pointer, key), i);
    if (!item.is_string()) {
      AtValue(at, {"WF006", Quoted(key) + " must be a list of texts", ""});
    } else if (item.as_string().find("${{") != std::string::npos) {
      InExpression(at, {}, {"WF034", Quoted(key) + " cannot hold an expression", ""});
    } else {
      out->push_back(item.as_string());
    }
  }
  return true;
}

bool Shape::Read(const Json& map, const std::string& pointer, std::string_view key,
                 std::optional<size_t>* out) {
  const Json* value = map.Find(key);
  if (value == nullptr) return false;
  if (!value->is_int()) {
    AtValue(Child(pointer, key), {"WF006", Quoted(key) + " must be a whole number", ""});
    return false;
  }
  if (value->as_int() < 1) {
    AtValue(Child(pointer, key),
            {"WF007", Quoted(key) + " is " + value->Dump() + "; it must be 1 or more", ""});
    return false;
  }
  *out = static_cast<size_t>(value->as_int());
  return true;
}

bool Shape::Read(const Json& map, const std::string& pointer, std::string_view key,
                 std::optional<double>* out) {
  const Json* value = map.Find(key);
  if (value == nullptr) return false;
  if (!value->is_number()) {
    AtValue(Child(pointer, key), {"WF006", Quoted(key) + " must be a number", ""});
    return false;
  }
  if (value->as_double() < 0) {
    AtValue(Child(pointer, key),
            {"WF007", Quoted(key) + " is " + value->Dump() + "; it must be 0 or more", ""});
    return false;
  }
  *out = value->as_double();
  return true;
}

bool Shape::ReadOneOf(const Json& map, const std::string& pointer, std::string_view key,
                      std::span<const std::string_view> allowed, std::string* out) {
  std::string text;
  if (!Read(map, pointer, key, &text)) return false;
  if (std::find(allowed.begin(), allowed.end(), text) != allowed.end()) {
    *out = text;
    return true;
  }
  std::string message = Quoted(text) + " is none of";
  for (const std::string_view one : allowed) message += " " + std::string(one);
  AtValue(Child(pointer, key), {"WF008", message, DidYouMean(text, allowed)});
  return false;
}

// RFC 6901.
std::string Shape::Child(const std::string& pointer, std::string_view key) {
  std::string child = pointer + "/";
  for (const char c : key) {
    if (c == '~') {
      child += "~0";
    } else if (c == '/') {
      child += "~1";
    } else {
      child += c;
    }
  }
  return child;
}

std::string Shape::Child(const std::string& pointer, size_t index) {
  return pointer + "/" + std::to_string(index);
}

}  // namespace fathom
