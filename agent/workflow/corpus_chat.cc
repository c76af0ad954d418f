// SPDX-License-Identifier: Apache-2.0
#include "agent/workflow/corpus_chat.h"

#include <algorithm>

namespace fathom {
namespace {

constexpr std::string_view kNotThere = "not in the corpus";

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return text;
}

}  // namespace

Result<std::unique_ptr<ChatCorpus>> ChatCorpus::Open(ChatModel& model, const std::string& path,
                                                     const std::atomic<bool>* cancel) {
  std::unique_ptr<ChatCorpus> opened(new ChatCorpus(model));
  auto corpus = ReadCorpus(path, {.cancel = cancel});
  if (!corpus) return corpus.error();
  opened->reading_.corpus = std::move(*corpus);
  opened->Number();
  auto use = model.MeasureContext(opened->Request(""));
  if (!use) return use.error();
  const size_t tokens = use->system + use->history;
  const size_t window = model.profile().window_tokens();
  if (tokens > window) {
    return Error{Code::kLimit,
                 "the corpus takes about " + std::to_string(tokens) +
                     " tokens, the window of this model has " + std::to_string(window) +
                     "; name a smaller folder",
                 path};
  }
  return opened;
}

void ChatCorpus::Number() {
  Window window;
  for (uint32_t f = 0; f < reading_.corpus.files.size(); ++f) {
    const CorpusFile& file = reading_.corpus.files[f];
    text_ += "== " + file.path + "\n";
    for (uint32_t line = 0; line < file.lines.size(); ++line) {
      window.lines.push_back({.file = f, .line = line});
      text_ += std::string(file.Line(line)) + " #" + std::to_string(window.lines.size()) + "\n";
    }
  }
  reading_.pack.windows = {std::move(window)};
  reading_.windows = {{.done = true}};
}

ChatRequest ChatCorpus::Request(const std::string& question) const {
  ChatRequest request{.tool_choice = CallChoice::kNone};
  const std::string& system = model_.profile().system_text;
  if (!system.empty()) request.messages.push_back({.role = Role::kSystem, .content = system});
  request.messages.push_back({.role = Role::kUser, .content = text_ + "\n" + question});
  return request;
}

Result<Answer> ChatCorpus::Ask(const AskOptions& options) {
  ChatRequest request = Request(options.question);
  request.thinking_tokens_max = options.thinking_tokens;
  auto reply = model_.Chat(request, {}, {.cancel = options.cancel});
  if (!reply) return reply.error();
  if (reply->finish == ChatFinish::kCancelled) return Error{Code::kCancelled, "stopped"};
  const std::string& text = reply->message.content;
  Answer answer{.text = WithoutSuffixes(text), .asked = options.question};
  const Window& window = reading_.pack.windows[0];
  for (const Claim& claim : ClaimsOf(text, reading_.corpus, window)) {
    Citation citation = CheckCitation(reading_.corpus, claim);
    (citation.Stands() ? answer.citations : answer.dropped).push_back(std::move(citation));
  }
  answer.refused =
      answer.citations.empty() && Lower(answer.text).find(kNotThere) != std::string::npos;
  answer.usage = {.prompt = reply->usage.prompt,
                  .cached = reply->usage.cached,
                  .prefilled = reply->usage.prefilled,
                  .thinking = reply->usage.thinking,
                  .output = reply->usage.output,
                  .seconds = reply->usage.seconds};
  return answer;
}

FamilyAsker ChatCorpus::Families(const std::atomic<bool>* cancel, ChatUsage& usage) {
  return [this, cancel, &usage](const std::string& question) -> Result<std::string> {
    auto reply = model_.Chat(Request(question), {}, {.cancel = cancel});
    if (!reply) return reply.error();
    usage.prompt += reply->usage.prompt;
    usage.cached += reply->usage.cached;
    usage.prefilled += reply->usage.prefilled;
    usage.thinking += reply->usage.thinking;
    usage.output += reply->usage.output;
    if (reply->finish == ChatFinish::kCancelled) return Error{Code::kCancelled, "stopped"};
    return reply->message.content;
  };
}

}  // namespace fathom
