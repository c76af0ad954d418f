// SPDX-License-Identifier: Apache-2.0
// Shape: the mappings of a workflow read field by field, with every problem told instead of the
// first alone.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/workflow/workflow.h"

namespace fathom {

class Shape {
 public:
  Shape(const YamlDocument& document, std::string_view text, std::vector<WorkflowProblem>& problems)
      : document_(document), text_(text), problems_(problems) {}

  struct What {
    std::string code, message, suggestion;
    bool is_error = true;
  };
  void AtValue(const std::string& pointer, const What& what);
  void AtKey(const std::string& pointer, const What& what);
  // At a byte of the index-th ${{ }} of a text, or at its ${{.
  struct InText {
    size_t index = 0;
    size_t offset = ExpressionFault::kWhole;
  };
  void InExpression(const std::string& pointer, const InText& where, const What& what);

  // The value is a mapping with no other keys, and with those that are required.
  bool Mapping(const Json& value, const std::string& pointer,
               std::span<const std::string_view> known, std::span<const std::string_view> required);

  // A member of a mapping; the caller's default where it is absent, a problem where its type or
  // range is wrong. False: absent or wrong.
  bool Read(const Json& map, const std::string& pointer, std::string_view key, std::string* out);
  bool Read(const Json& map, const std::string& pointer, std::string_view key, bool* out);
  bool Read(const Json& map, const std::string& pointer, std::string_view key,
            std::vector<std::string>* out);
  bool Read(const Json& map, const std::string& pointer, std::string_view key,
            std::optional<size_t>* out);
  bool Read(const Json& map, const std::string& pointer, std::string_view key,
            std::optional<double>* out);
  bool ReadOneOf(const Json& map, const std::string& pointer, std::string_view key,
                 std::span<const std::string_view> allowed, std::string* out);
  // A text in which ${{ }} has no meaning.
  bool ReadPlain(const Json& map, const std::string& pointer, std::string_view key,
                 std::string* out);

  static std::string Child(const std::string& pointer, std::string_view key);
  static std::string Child(const std::string& pointer, size_t index);
  const YamlDocument& document() const { return document_; }

 private:
  void Add(const YamlPosition& position, const What& what);
  YamlPosition PositionOf(std::string pointer) const;

  const YamlDocument& document_;
  std::string_view text_;
  std::vector<WorkflowProblem>& problems_;
};

// The nearest of `known`, "" when none is near.
std::string Nearest(std::string_view name, const std::vector<std::string>& known);

// A YAML document, or why there is none as a problem.
std::optional<YamlDocument> ParseWorkflowYaml(std::string_view text, const std::string& file,
                                              std::vector<WorkflowProblem>& problems);

}  // namespace fathom
