// SPDX-License-Identifier: Apache-2.0
#include "base/json_schema.h"

#include <algorithm>
#include <map>

#include "base/json_schema_impl.h"

namespace fathom {
namespace {

constexpr std::string_view kAnnotations[] = {
    "$comment",      "$id",      "$schema",    "contentEncoding", "contentMediaType",
    "contentSchema", "default",  "deprecated", "description",     "examples",
    "format",        "optional", "readOnly",   "title",           "writeOnly"};
constexpr std::string_view kCounts[] = {"minLength",   "maxLength",     "minItems",
                                        "maxItems",    "minProperties", "maxProperties",
                                        "minContains", "maxContains"};
constexpr std::string_view kNumbers[] = {"minimum", "maximum", "exclusiveMinimum",
                                         "exclusiveMaximum", "multipleOf"};
constexpr std::string_view kSchemas[] = {"additionalItems",
                                         "additionalProperties",
                                         "contains",
                                         "else",
                                         "if",
                                         "not",
                                         "propertyNames",
                                         "then"};
constexpr std::string_view kSchemaLists[] = {"allOf", "anyOf", "oneOf", "prefixItems"};
constexpr std::string_view kSchemaMaps[] = {"$defs", "definitions", "properties",
                                            "patternProperties"};
constexpr std::string_view kTypes[] = {"null",   "boolean", "integer", "number",
                                       "string", "array",   "object"};

template <size_t N>
bool IsOneOf(std::string_view word, const std::string_view (&words)[N]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::optional<size_t> ArrayIndex(std::string_view text) {
  if (text.empty() || text.size() > 9 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  size_t index = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    index = index * 10 + static_cast<size_t>(c - '0');
  }
  return index;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// One step of a JSON pointer in a URI fragment: %XX, then ~1 and ~0.
std::string DecodeStep(std::string_view step) {
  std::string bytes, out;
  for (size_t i = 0; i < step.size(); ++i) {
    const bool escape = step[i] == '%' && i + 2 < step.size() && HexDigit(step[i + 1]) >= 0 &&
                        HexDigit(step[i + 2]) >= 0;
    bytes +=
        escape ? static_cast<char>(HexDigit(step[i + 1]) * 16 + HexDigit(step[i + 2])) : step[i];
    if (escape) i += 2;
  }
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char next = i + 1 < bytes.size() ? bytes[i + 1] : ' ';
    const bool escape = bytes[i] == '~' && (next == '0' || next == '1');
    out += !escape ? bytes[i] : next == '0' ? '~' : '/';
    if (escape) ++i;
  }
  return out;
}

}  // namespace

const Json* FindReference(const Json& root, std::string_view reference) {
  if (reference == "#") return &root;
  if (!reference.starts_with("#/")) return nullptr;
  const Json* at = &root;
  std::string_view rest = reference.substr(1);
  while (!rest.empty() && at != nullptr) {
    const size_t end = std::min(rest.find('/', 1), rest.size());
    const std::string step = DecodeStep(rest.substr(1, end - 1));
    rest.remove_prefix(end);
    if (at->is_array()) {
      const auto index = ArrayIndex(step);
      at = index && *index < at->size() ? &at->as_array()[*index] : nullptr;
    } else {
      at = at->Find(step);
    }
  }
  return at;
}

Status JsonSchema::Impl::CompileSchema(const Json& schema, const std::string& place) {
  if (schema.is_bool()) return OkStatus();
  if (!schema.is_object()) return BadKeyword("a schema", schema, place);
  const bool reference_alone = dialect == Dialect::kDraft7 && schema.Find("$ref") != nullptr;
  for (const auto& [keyword, value] : schema.as_object()) {
    const bool definitions = keyword == "$defs" || keyword == "definitions";
    if (reference_alone && keyword != "$ref" && !definitions) continue;
    if (keyword == "$id" && &schema != &root) {
      return Invalid("keyword \"$id\" is supported at the root only", place);
    }
    if (Status status = CompileKeyword(keyword, value, place + PointerStep(keyword)); !status) {
      return status;
    }
  }
  return OkStatus();
}

Status JsonSchema::Impl::CompileKeyword(const std::string& keyword, const Json& value,
                                        const std::string& place) {
  if (IsOneOf(keyword, kAnnotations) || keyword == "const") return OkStatus();
  if (keyword == "$ref") return CompileReference(value, place);
  if (IsOneOf(keyword, kSchemas)) return CompileSchema(value, place);
  if (IsOneOf(keyword, kSchemaLists) || (keyword == "items" && value.is_array())) {
    if (!value.is_array()) return BadKeyword("a list of schemas", value, place);
    for (size_t i = 0; i < value.size(); ++i) {
      Status status = CompileSchema(value.as_array()[i], place + "/" + std::to_string(i));
      if (!status) return status;
    }
    return OkStatus();
  }
  if (keyword == "items") return CompileSchema(value, place);
  if (IsOneOf(keyword, kSchemaMaps)) {
    if (!value.is_object()) return BadKeyword("an object of schemas", value, place);
    for (const auto& [name, schema] : value.as_object()) {
      const std::string inner = place + PointerStep(name);
      if (keyword == "patternProperties") {
        if (Status status = CompilePattern(name, inner); !status) return status;
      }
      if (Status status = CompileSchema(schema, inner); !status) return status;
    }
    return OkStatus();
  }
  if (keyword == "pattern") {
    if (!value.is_string()) return BadKeyword("a string", value, place);
    return CompilePattern(value.as_string(), place);
  }
  bool good = true;
  if (IsOneOf(keyword, kCounts)) {
    good = IsWhole(value) && value.as_double() >= 0;
  } else if (IsOneOf(keyword, kNumbers)) {
    good = value.is_number() && (keyword != "multipleOf" || value.as_double() > 0);
  } else if (keyword == "uniqueItems") {
    good = value.is_bool();
  } else if (keyword == "enum") {
    good = value.is_array();
  } else if (keyword == "required" || (keyword == "type" && value.is_array())) {
    good = value.is_array();
    for (size_t i = 0; good && i < value.size(); ++i) {
      const Json& name = value.as_array()[i];
      good = name.is_string() && (keyword == "required" || IsOneOf(name.as_string(), kTypes));
    }
  } else if (keyword == "type") {
    good = value.is_string() && IsOneOf(value.as_string(), kTypes);
  } else {
    return Invalid("keyword \"" + keyword.substr(0, kShownBytesMax) + "\" is not supported", place);
  }
  return good ? OkStatus() : Status(BadKeyword("what " + keyword + " takes", value, place));
}

Status JsonSchema::Impl::CompilePattern(const std::string& pattern, const std::string& place) {
  if (patterns.contains(pattern)) return OkStatus();
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  auto compiled = std::make_unique<re2::RE2>(pattern, options);
  if (!compiled->ok()) {
    return Invalid("pattern " + Shown(Json(pattern)) + " is not supported: " + compiled->error(),
                   place);
  }
  patterns.emplace(pattern, std::move(compiled));
  return OkStatus();
}

Status JsonSchema::Impl::CompileReference(const Json& value, const std::string& place) {
  if (!value.is_string()) return BadKeyword("a reference", value, place);
  const std::string& reference = value.as_string();
  if (references.contains(reference)) return OkStatus();
  if (reference != "#" && !reference.starts_with("#/")) {
    return Invalid(
        "keyword \"$ref\" is supported inside the document only (#/...), found " + Shown(value),
        place);
  }
  const Json* target = FindReference(root, reference);
  if (target == nullptr) return Invalid("nothing stands at " + Shown(value), place);
  references.emplace(reference, target);
  // It may stand where no schema is expected, and would go unchecked.
  return CompileSchema(*target, reference);
}

JsonSchema::JsonSchema(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;
JsonSchema::~JsonSchema() = default;

Result<JsonSchema> JsonSchema::Compile(const Json& schema, Dialect dialect) {
  auto impl = std::make_unique<Impl>();
  impl->root = schema;
  impl->dialect = dialect;
  if (const Json* uri = schema.Find("$schema"); uri != nullptr) {
    const std::string name = uri->is_string() ? uri->as_string() : "";
    if (name.starts_with("http://json-schema.org/draft-07/schema")) {
      impl->dialect = Dialect::kDraft7;
    } else if (name == "https://json-schema.org/draft/2020-12/schema") {
      impl->dialect = Dialect::k2020;
    } else {
      return Invalid("$schema: expected draft 2020-12 or draft-07, found " + Shown(*uri));
    }
  }
  if (Status status = impl->CompileSchema(impl->root, "#"); !status) return status.error();
  return JsonSchema(std::move(impl));
}

}  // namespace fathom
