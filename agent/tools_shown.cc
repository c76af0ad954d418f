// SPDX-License-Identifier: Apache-2.0
#include "agent/tools_shown.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "rag/words.h"

namespace fathom {
namespace {

constexpr size_t kRequestWordsMax = 200;
constexpr double kNameWeight = 2, kDescriptionWeight = 1, kParameterWeight = 0.5, kWeightMax = 2;
constexpr double kShareOfBest = 0.5;

using Weights = std::unordered_map<std::string, double>;

void Add(std::string_view text, double weight, Weights& to) {
  for (const Word& word : WordsOf(text)) {
    double& sum = to[word.normal];
    sum = std::min(kWeightMax, sum + weight);
  }
}

Weights WeightsOf(const ToolDefinition& tool) {
  Weights weights;
  Add(tool.name, kNameWeight, weights);
  Add(tool.description, kDescriptionWeight, weights);
  const Json* properties =
      tool.parameters.is_object() ? tool.parameters.Find("properties") : nullptr;
  if (properties == nullptr || !properties->is_object()) return weights;
  for (const auto& [key, schema] : properties->as_object()) {
    Add(key, kParameterWeight, weights);
    if (!schema.is_object()) continue;
    const Json* description = schema.Find("description");
    if (description != nullptr && description->is_string())
      Add(description->as_string(), kParameterWeight, weights);
    const Json* values = schema.Find("enum");
    if (values == nullptr || !values->is_array()) continue;
    for (const Json& value : values->as_array()) {
      if (value.is_string()) Add(value.as_string(), kParameterWeight, weights);
    }
  }
  return weights;
}

std::set<std::string> SubjectsOf(const std::vector<Word>& words) {
  std::set<std::string> subjects;
  for (const Word& word : words) {
    if (word.normal.size() > 1 && !IsStopWord(word.normal)) subjects.insert(word.normal);
  }
  return subjects;
}

// What each tool shares with the subjects; a word that few tools have counts more.
std::vector<double> Shares(const std::vector<ToolDefinition>& tools,
                           const std::set<std::string>& subjects) {
  std::vector<Weights> of_tools;
  of_tools.reserve(tools.size());
  for (const ToolDefinition& tool : tools) of_tools.push_back(WeightsOf(tool));
  std::vector<double> shares(tools.size());
  for (const std::string& subject : subjects) {
    const auto have = static_cast<double>(std::count_if(
        of_tools.begin(), of_tools.end(), [&](const Weights& of) { return of.contains(subject); }));
    const double rarity =
        std::log(1 + (static_cast<double>(tools.size()) - have + 0.5) / (have + 0.5));
    for (size_t i = 0; i < tools.size(); ++i) {
      const auto found = of_tools[i].find(subject);
      if (found != of_tools[i].end()) shares[i] += found->second * rarity;
    }
  }
  return shares;
}

std::unordered_set<std::string> CalledIn(const std::vector<Message>& messages) {
  std::unordered_set<std::string> called;
  for (const Message& message : messages) {
    for (const ToolCall& call : message.tool_calls) called.insert(call.name);
  }
  return called;
}

}  // namespace

std::vector<ToolDefinition> ToolsShown(const ChatRequest& request, size_t shown) {
  const std::vector<ToolDefinition>& tools = request.tools;
  if (!request.calls_at_once || shown == 0 || tools.size() <= shown || request.messages.empty() ||
      request.messages.back().role != Role::kUser || request.tool_choice != CallChoice::kAuto) {
    return tools;
  }
  const std::vector<Word> words = WordsOf(request.messages.back().content);
  if (words.size() > kRequestWordsMax) return tools;
  const std::vector<double> shares = Shares(tools, SubjectsOf(words));
  std::vector<size_t> order(tools.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return shares[a] > shares[b]; });
  if (shares[order.front()] == 0) return tools;
  const std::unordered_set<std::string> called = CalledIn(request.messages);
  std::vector<bool> seen(tools.size());
  for (size_t rank = 0; rank < order.size(); ++rank) {
    const size_t i = order[rank];
    seen[i] = rank < shown || shares[i] >= kShareOfBest * shares[order.front()] ||
              called.contains(tools[i].name);
  }
  std::vector<ToolDefinition> out;
  for (size_t i = 0; i < tools.size(); ++i) {
    if (seen[i]) out.push_back(tools[i]);
  }
  return out;
}

}  // namespace fathom
