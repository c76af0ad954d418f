// SPDX-License-Identifier: Apache-2.0
#include "tools/registry.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/did_you_mean.h"
#include "base/terminal_text.h"

namespace fathom {
namespace {

constexpr std::array<std::string_view, 5> kEffectNames = {
    "pure", "read_workspace", "write_workspace", "run_sandboxed", "outward"};

bool IsToolName(std::string_view name) {
  const auto is_good = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; };
  return !name.empty() && name.size() <= kToolNameBytesMax &&
         std::all_of(name.begin(), name.end(), is_good);
}

}  // namespace

std::string_view EffectName(Effect effect) {
  return kEffectNames[static_cast<size_t>(effect)];
}

Result<Effect> EffectFromName(std::string_view name) {
  const auto found = std::find(kEffectNames.begin(), kEffectNames.end(), name);
  if (found != kEffectNames.end()) return static_cast<Effect>(found - kEffectNames.begin());
  const std::string near = DidYouMean(name, kEffectNames);
  return Invalid("no effect is named \"" + std::string(name) + "\"; " +
                 (near.empty() ? "known are pure, read_workspace, write_workspace, run_sandboxed, "
                                 "outward"
                               : "did you mean \"" + near + "\"?"));
}

Status ToolContext::Stopped() const {
  if (cancelled != nullptr && cancelled->load()) return Error{Code::kCancelled, "cancelled"};
  if (std::chrono::steady_clock::now() > deadline) {
    return Error{Code::kLimit, "the tool's time is used up"};
  }
  return OkStatus();
}

Status Registry::Add(Tool tool) {
  const ToolSpec& spec = tool.spec;
  const std::string place = "tool \"" + ForTerminal(spec.name) + "\"";
  if (!IsToolName(spec.name)) {
    return Invalid("a tool's name has 1 to 64 letters, digits, \"_\" or \"-\"", place);
  }
  if (Find(spec.name)) return Invalid("is there already", place);
  if (!tool.run) return Invalid("has nothing to run", place);
  if (spec.output_bytes_max == 0 || spec.seconds_max < 1 ||
      spec.seconds_max > kToolSecondsLongest) {
    return Invalid("has no usable limits", place);
  }
  const Json* type = spec.parameters.Find("type");
  if (type == nullptr || !(*type == Json("object"))) {
    return Invalid("parameters: expected a JSON Schema with \"type\": \"object\"", place);
  }
  auto schema = JsonSchema::Compile(spec.parameters);
  if (!schema) return Invalid("parameters: " + schema.error().Text(), place);
  entries_.push_back(std::make_unique<Entry>(Entry{std::move(tool), std::move(*schema)}));
  return OkStatus();
}

Result<const Tool*> Registry::Find(std::string_view name) const {
  std::vector<std::string_view> known;
  for (const auto& entry : entries_) {
    if (entry->tool.spec.name == name) return &entry->tool;
    known.push_back(entry->tool.spec.name);
  }
  std::string message =
      "no tool is named \"" + ForTerminal(name.substr(0, 2 * kToolNameBytesMax)) + "\"";
  const std::string near = DidYouMean(name, known);
  if (!near.empty()) return Error{Code::kNotFound, message + "; did you mean \"" + near + "\"?"};
  message += "; there are:";
  for (const std::string_view other : known) message += " " + std::string(other);
  return Error{Code::kNotFound, message};
}

std::vector<const ToolSpec*> Registry::Specs() const {
  std::vector<const ToolSpec*> specs;
  for (const auto& entry : entries_) specs.push_back(&entry->tool.spec);
  return specs;
}

Status Registry::CheckArguments(const Tool& tool, const Json& arguments) const {
  for (const auto& entry : entries_) {
    if (&entry->tool != &tool) continue;
    Status fits = entry->schema.Check(arguments);
    return fits && tool.spec.check ? tool.spec.check(arguments) : fits;
  }
  CHECK_MESSAGE(false, "CheckArguments of a tool that is not in this registry");
  return OkStatus();
}

std::string PathArgument(const Json& arguments) {
  std::string path = TextArgument(arguments, "path", "");
  while (path.starts_with("./")) path.erase(0, 2);
  if (path == ".") path.clear();
  if (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

ToolPaths ReadsPathArgument(const Json& arguments) {
  return {.reads = {PathArgument(arguments)}};
}

ToolPaths WritesPathArgument(const Json& arguments) {
  return {.writes = {PathArgument(arguments)}};
}

std::string TextArgument(const Json& arguments, std::string_view name, std::string_view absent) {
  const Json* value = arguments.Find(name);
  return value != nullptr && value->is_string() ? value->as_string() : std::string(absent);
}

int64_t IntArgument(const Json& arguments, std::string_view name, int64_t absent) {
  const Json* value = arguments.Find(name);
  if (value == nullptr || !value->is_number()) return absent;
  // 3.0 is a whole number to JSON Schema, which has also checked the range.
  return value->is_int() ? value->as_int() : static_cast<int64_t>(value->as_double());
}

}  // namespace fathom
