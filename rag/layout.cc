// SPDX-License-Identifier: Apache-2.0
#include "rag/layout.h"

#include "base/json.h"
#include "base/sha256.h"

namespace fathom {
namespace {

constexpr size_t kDigestDigits = 32;

Error NoLayout() {
  return Error{Code::kCorrupt, "is no layout of a corpus"};
}

// ["path", "digest"]
Result<LaidFile> ParseFile(const Json& json) {
  if (!json.is_array() || json.size() != 2) return NoLayout();
  const Json &path = json.as_array()[0], &digest = json.as_array()[1];
  if (!path.is_string() || !digest.is_string()) return NoLayout();
  return LaidFile{path.as_string(), digest.as_string()};
}

Result<LaidShelf> ParseShelf(const Json& json) {
  const Json *files = json.Find("files"), *keys = json.Find("keys");
  if (files == nullptr || keys == nullptr || !files->is_array() || !keys->is_array())
    return NoLayout();
  LaidShelf shelf;
  for (const Json& one : files->as_array()) {
    auto file = ParseFile(one);
    if (!file) return file.error();
    shelf.files.push_back(std::move(*file));
  }
  for (const Json& key : keys->as_array()) {
    if (!key.is_string()) return NoLayout();
    shelf.keys.push_back(key.as_string());
  }
  return shelf;
}

}  // namespace

std::string FileDigest(std::string_view bytes) {
  return Sha256Hex(bytes).substr(0, kDigestDigits);
}

std::string LayoutText(const Layout& layout) {
  Json shelves = Json::EmptyArray();
  for (const LaidShelf& shelf : layout.shelves) {
    Json files = Json::EmptyArray(), keys = Json::EmptyArray();
    for (const LaidFile& file : shelf.files) files.Push(Json::Array{file.path, file.digest});
    for (const std::string& key : shelf.keys) keys.Push(key);
    Json json = Json::EmptyObject();
    json.Set("files", std::move(files));
    json.Set("keys", std::move(keys));
    shelves.Push(std::move(json));
  }
  return shelves.Dump();
}

Result<Layout> ParseLayout(std::string_view text) {
  const auto json = Json::Parse(text);
  if (!json) return json.error();
  if (!json->is_array()) return NoLayout();
  Layout layout;
  for (const Json& one : json->as_array()) {
    auto shelf = ParseShelf(one);
    if (!shelf) return shelf.error();
    layout.shelves.push_back(std::move(*shelf));
  }
  return layout;
}

}  // namespace fathom
