// SPDX-License-Identifier: Apache-2.0
// YAML as a JSON value with places. yaml-cpp reads the text, inside base/yaml.cc only.
//
// What people get wrong silently is an error here: duplicate keys, unquoted {{ }}, several
// documents, anchors, aliases, merge keys and tags, keys that are no text. YAML 1.2 booleans only:
// yes, no, on, off are strings. Size and depth have limits. Every error names file:line:col.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace fathom {

struct YamlPosition {
  int line = 0;    // from 1
  int column = 0;  // from 1, in bytes
};

struct YamlDocument {
  std::string name;  // file name for messages
  Json value;
  std::map<std::string, YamlPosition>
      positions;  // of each value, by JSON pointer ("" is the whole)
  std::map<std::string, YamlPosition>
      key_positions;  // of each mapping key, by the pointer of its value

  // "name:line:col" of a value, or of the nearest thing around it that has a place.
  std::string PlaceOf(const std::string& pointer) const;
};

// `name` appears in messages. An empty text is null.
Result<YamlDocument> ParseYaml(std::string_view text, std::string name);
Result<YamlDocument> ReadYamlFile(const std::string& path);

// One mapping of a document, read field by field. Absent keys leave the caller's default; a wrong
// type or range is an error at its place. Borrows the document.
class YamlMap {
 public:
  // The value at `pointer` must be a mapping.
  static Result<YamlMap> At(const YamlDocument& document, std::string pointer = "");

  // Refuses a key that is not in `known`, with a suggestion.
  Status OnlyKeys(std::span<const std::string_view> known) const;
  Status OnlyKeys(std::initializer_list<std::string_view> known) const {
    return OnlyKeys(std::span(known.begin(), known.size()));
  }
  // Refuses the absence of a key.
  Status Require(std::initializer_list<std::string_view> keys) const;

  bool Has(std::string_view key) const { return Find(key) != nullptr; }
  const Json* Find(std::string_view key) const { return object_->Find(key); }

  Status Read(std::string_view key, std::string* out) const;
  Status Read(std::string_view key, bool* out) const;
  struct IntRange {
    int64_t min = 0;
    int64_t max = std::numeric_limits<int64_t>::max();
  };
  Status Read(std::string_view key, int64_t* out, IntRange range) const;
  struct Range {
    double min = 0;
    double max = std::numeric_limits<double>::max();
  };
  Status Read(std::string_view key, double* out, Range range) const;
  Status Read(std::string_view key, std::vector<std::string>* out) const;
  // One of `allowed`, with a suggestion otherwise.
  Status ReadOneOf(std::string_view key, std::span<const std::string_view> allowed,
                   std::string* out) const;

  // Sub-mappings. The key must be there.
  Result<YamlMap> Map(std::string_view key) const;
  Result<std::vector<YamlMap>> Maps(std::string_view key) const;  // a sequence of mappings

  std::string PointerOf(std::string_view key) const;
  Error ErrorAt(std::string_view key, std::string message) const;  // at the key's value
  std::string place() const { return document_->PlaceOf(pointer_); }

 private:
  YamlMap(const YamlDocument* document, std::string pointer, const Json* object)
      : document_(document), pointer_(std::move(pointer)), object_(object) {}
  const YamlDocument* document_;
  std::string pointer_;
  const Json* object_;
};

}  // namespace fathom
