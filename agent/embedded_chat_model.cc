// SPDX-License-Identifier: Apache-2.0
#include "agent/embedded_chat_model.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <random>

#include "agent/tools_shown.h"
#include "base/files.h"
#include "base/json_schema.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "engine/grammar/grammar.h"
#include "engine/prefix_tree.h"
#include "engine/state_memory.h"

namespace fathom {
namespace {

constexpr size_t kSharedPrefixTokensMin = 64;  // fewer are read sooner than they are looked up

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// What the engine streams, to the caller: through the parser, or as it is where it is a value of a
// schema, whose strings may spell tags.
class ReplyStream {
 public:
  ReplyStream(const ChatSink& sink, bool in_schema) : sink_(sink), in_schema_(in_schema) {}

  bool Take(const TextDelta& delta) {
    if (first_token_seconds_ == 0) first_token_seconds_ = SecondsSince(start_);
    if (!delta.thinking) {
      // A call begins with its tag, a value never does.
      if (in_schema_ && said_.empty()) is_value_ = !delta.text.starts_with('<');
      said_ += delta.text;
    }
    if (is_value_) {
      Pass({{.kind = ParseDelta::Kind::kContent, .text = std::string(delta.text)}});
      return !closed_;
    }
    // The engine has taken the tags out; the parser reads them to tell thinking from content.
    if (delta.thinking != thinking_) Feed(delta.thinking ? "<think>" : "</think>");
    thinking_ = delta.thinking;
    Feed(delta.text);
    return !closed_;
  }

  ParsedMessage Finish(FinishReason reason) {
    if (is_value_ && thinking_) Feed("</think>");
    Pass(parser_.Finish(reason));
    ParsedMessage message = parser_.message();
    if (is_value_) message.content = said_;
    return message;
  }

  const std::string& said() const { return said_; }
  double first_token_seconds() const { return first_token_seconds_; }

 private:
  void Feed(std::string_view text) { Pass(parser_.Feed(text)); }
  void Pass(const std::vector<ParseDelta>& deltas) {
    for (const ParseDelta& delta : deltas) {
      if (sink_ && !closed_) closed_ = !sink_(delta);
    }
  }

  const ChatSink& sink_;
  const bool in_schema_;
  const Clock::time_point start_ = Clock::now();
  StreamParser parser_;
  std::string said_;
  bool thinking_ = false, closed_ = false, is_value_ = false;
  double first_token_seconds_ = 0;
};

ChatFinish FinishOf(FinishReason reason, bool calls) {
  switch (reason) {
    case FinishReason::kLength:
      return ChatFinish::kLength;
    case FinishReason::kCancelled:
      return ChatFinish::kCancelled;
    default:
      return calls ? ChatFinish::kToolCalls : ChatFinish::kStop;
  }
}

// Both in the same order.
std::vector<std::string> NotShown(const std::vector<ToolDefinition>& tools,
                                  const std::vector<ToolDefinition>& shown) {
  std::vector<std::string> names;
  auto next = shown.begin();
  for (const ToolDefinition& tool : tools) {
    if (next != shown.end() && next->name == tool.name)
      ++next;
    else
      names.push_back(tool.name);
  }
  return names;
}

ToolChoice ChoiceOf(CallChoice choice) {
  if (choice == CallChoice::kRequired) return ToolChoice::kRequired;
  return choice == CallChoice::kNone ? ToolChoice::kNone : ToolChoice::kAuto;
}

size_t MessageAt(const RenderedChat& prompt, size_t token) {
  const auto& starts = prompt.message_starts;
  const auto after = std::upper_bound(starts.begin(), starts.end(), token);
  return after == starts.begin() ? 0 : static_cast<size_t>(after - starts.begin()) - 1;
}

}  // namespace

struct EmbeddedChatModel::Impl {
  Impl(Engine& loaded, const Profile& described)
      : engine(loaded), profile(described), states(loaded) {}

  Engine& engine;
  const Profile profile;
  PrefixTree states;  // by conversation, and by owner what their conversations begin with

  const Tokenizer& tokenizer() const { return *engine.tokenizer(); }
  SessionOptions session_options() const { return {.context_tokens_max = profile.window_tokens()}; }

  std::vector<ToolDefinition> Shown(const ChatRequest& request) const {
    return ToolsShown(request, profile.tools_shown);
  }

  // Tools that may not be called now stay in the prompt: what was read is not read again.
  Result<RenderedChat> Render(const ChatRequest& request) const {
    return RenderChatParts(tokenizer(), request.messages, Shown(request));
  }

  Status Check(const ChatRequest& request, const RenderedChat& prompt) const {
    if (prompt.tokens.size() >= profile.window_tokens()) {
      return Error{Code::kLimit, "the conversation has " + std::to_string(prompt.tokens.size()) +
                                     " tokens, the window of " + profile.name + " holds " +
                                     std::to_string(profile.window_tokens()) +
                                     " with the reply: start a new one or fork an earlier turn"};
    }
    if (request.tool_choice == CallChoice::kRequired && request.response_schema)
      return Invalid("a reply is a required call or an answer in a schema, not both");
    return OkStatus();
  }

  const GrammarVocabulary& vocabulary() const { return engine.grammar_vocabulary(); }

  static bool AnswersOnly(const ChatRequest& request) {
    return request.response_schema &&
           (request.tool_choice == CallChoice::kNone || request.tools.empty());
  }

  // What holds the reply to a schema, to calls of the tools offered, or to neither (nullopt: then
  // nothing is asked of the model that it would not do by itself).
  Result<std::optional<Grammar>> GrammarFor(const ChatRequest& request,
                                            std::vector<ToolDefinition> tools) {
    const ThinkingPart thinking =
        profile.thinking.supported ? ThinkingPart::kOptional : ThinkingPart::kNone;
    const auto held = [](Result<Grammar> grammar) -> Result<std::optional<Grammar>> {
      if (!grammar) return grammar.error();
      return std::optional<Grammar>(std::move(*grammar));
    };
    if (AnswersOnly(request)) {
      return held(Grammar::FromSchema(vocabulary(), *request.response_schema,
                                      {.closed_objects = true, .thinking = thinking}));
    }
    if (request.tools.empty() && request.tool_choice != CallChoice::kRequired)
      return std::optional<Grammar>();
    const ToolGrammarOptions options{
        .choice = ChoiceOf(request.tool_choice),
        .name = request.tool_choice == CallChoice::kRequired ? request.tool_name : "",
        .parallel = request.parallel_calls,
        .thinking = thinking,
        .answer = request.response_schema ? &*request.response_schema : nullptr};
    auto grammar = Grammar::FromTools(vocabulary(), tools, options);
    if (grammar || tools.empty()) return held(std::move(grammar));
    tools = WithHoldableArguments(std::move(tools));
    return held(Grammar::FromTools(vocabulary(), tools, options));
  }

  // Where no grammar can hold a tool's schema, its arguments are any object: the schema is checked
  // when the call is carried out.
  std::vector<ToolDefinition> WithHoldableArguments(std::vector<ToolDefinition> tools) {
    for (ToolDefinition& tool : tools) {
      const ToolGrammarOptions options{.choice = ToolChoice::kRequired,
                                       .thinking = ThinkingPart::kNone};
      if (!Grammar::FromTools(vocabulary(), {tool}, options)) tool.parameters = Json();
    }
    return tools;
  }

  GenerateOptions GenerationFor(const ChatRequest& request) const {
    const auto& sampling = profile.sampling;
    GenerateOptions generate{
        .sampling = request.sampling.value_or(
            SamplingOptions{.temperature = sampling.temperature,
                            .top_k = static_cast<int>(sampling.top_k),
                            .top_p = sampling.top_p,
                            .min_p = sampling.min_p,
                            .seed = sampling.temperature > 0 ? std::random_device()() : 0}),
        .output_tokens_max = request.output_tokens_max.value_or(profile.output_tokens_max),
        .stop = request.stop,
        .expects_thinking = profile.thinking.supported};
    if (profile.thinking.supported) {
      // The engine reads 0 as no budget; no thinking is a block that closes at once.
      generate.thinking_tokens_max = std::max<size_t>(
          1, std::min(request.thinking_tokens_max.value_or(profile.thinking.tokens_default),
                      profile.thinking.tokens_max));
      generate.output_tokens_max += generate.thinking_tokens_max;
    }
    return generate;
  }

  // Where system text and tools end, if a state is kept there; else 0.
  static size_t Junction(const ChatRequest& request, const RenderedChat& prompt) {
    const size_t end = prompt.system_tokens + prompt.tools_tokens;
    return request.prefix_owner.empty() || end < kSharedPrefixTokensMin ? 0 : end;
  }

  // No conversation has this name: theirs hold no blank.
  static std::string PrefixName(const ChatRequest& request) {
    return "prefix of " + request.prefix_owner;
  }

  // What another conversation of the same owner has read goes further than what was found.
  Status FindPrefix(const ChatRequest& request, const RenderedChat& prompt,
                    PrefixTree::Found& found) {
    const size_t junction = Junction(request, prompt);
    if (found.session && found.session->position() >= junction) return OkStatus();
    if (junction == 0) return OkStatus();
    auto prefix =
        states.Find(PrefixName(request), std::span<const Token>(prompt.tokens).first(junction));
    if (!prefix) return prefix.error();
    const size_t has = found.session ? found.session->position() : 0;
    if (prefix->session && prefix->session->position() > has)
      found.session = std::move(prefix->session);
    return OkStatus();
  }

  // The state after the prompt, without its generation part; what of it is new is computed.
  Result<Session> Read(const ChatRequest& request, const RenderedChat& prompt,
                       const CallControl& control, ChatReply& reply) {
    auto found = states.Find(request.conversation, prompt.tokens);
    if (!found) return found.error();
    if (auto status = FindPrefix(request, prompt, *found); !status) return status.error();
    auto session = found->session ? Result<Session>(std::move(*found->session))
                                  : engine.NewSession(session_options());
    if (!session) return session.error();
    const size_t cached = session->position();
    reply.usage.prompt = prompt.tokens.size();
    reply.usage.cached = cached;
    if (found->miss && found->miss->position > cached)
      reply.prefix_miss = Miss(prompt, *found, cached);
    const std::span<const Token> tokens = prompt.tokens;
    if (const size_t junction = Junction(request, prompt); cached < junction) {
      const auto more = tokens.subspan(cached, junction - cached);
      if (auto status = session->Append(more, control); !status) return status.error();
      if (auto kept = Keep(PrefixName(request), *session); !kept) return kept.error();
    }
    if (cached < prompt.generation_start) {
      auto status =
          ReadOn(request, tokens.first(prompt.generation_start), found->agreed, *session, control);
      if (status || session->position() > cached) {
        if (auto kept = Keep(request.conversation, *session); !kept) return kept.error();
      }
      if (!status) return status.error();
    }
    if (auto status = session->Append(tokens.subspan(session->position()), control); !status)
      return status.error();
    reply.usage.prefilled = session->usage().prefilled;
    return session;
  }

  // States are kept on the way as well, for a conversation that goes on.
  Status ReadOn(const ChatRequest& request, std::span<const Token> tokens, size_t agreed,
                Session& session, const CallControl& control) {
    const std::string& name = request.conversation;
    if (name.empty()) return session.Append(tokens.subspan(session.position()), control);
    return states.Read({name, name}, tokens, agreed, session, control);
  }

  PrefixMiss Miss(const RenderedChat& prompt, const PrefixTree::Found& found, size_t cached) const {
    const size_t at = found.miss->position;
    const std::vector<Token>& expected = found.miss->expected;
    const std::span<const Token> tokens = prompt.tokens;
    const auto asked = tokens.subspan(at, std::min(expected.size(), tokens.size() - at));
    return {.token = at,
            .message = MessageAt(prompt, at),
            .tokens_again = at - cached,
            .expected = tokenizer().Decode(expected, true),
            .found = tokenizer().Decode(asked, true)};
  }

  Status Keep(const std::string& name, const Session& session) {
    if (name.empty()) return OkStatus();
    auto fork = session.Fork();
    // Where there is no room the reply is made all the same.
    if (!fork) return fork.error().code == Code::kLimit ? OkStatus() : Status(fork.error());
    states.Keep({name, name}, std::move(*fork));
    return OkStatus();
  }

  Result<ChatReply> Chat(const ChatRequest& request, const ChatSink& sink,
                         const CallControl& control) {
    const auto start = Clock::now();
    std::vector<ToolDefinition> shown = Shown(request);
    auto prompt = RenderChatParts(tokenizer(), request.messages, shown);
    if (!prompt) return prompt.error();
    if (auto status = Check(request, *prompt); !status) return status.error();
    ChatReply reply{.tools_not_shown = NotShown(request.tools, shown)};
    auto grammar = GrammarFor(request, std::move(shown));
    if (!grammar) return OfSchema(request, grammar.error());
    const auto constraint = *grammar ? (*grammar)->NewConstraint() : nullptr;
    auto open_thinking = states.Take(
        request.thinks_further_of, prompt->tokens,
        [&](const auto& at) { return at.thinks_further_from() == prompt->tokens.size(); });
    const bool further = open_thinking.has_value();
    if (further) reply.usage.prompt = reply.usage.cached = prompt->tokens.size();
    auto session = further ? Result<Session>(std::move(*open_thinking))
                           : Read(request, *prompt, control, reply);
    if (!session) return session.error();
    const double read_seconds = SecondsSince(start);
    ReplyStream stream(sink, request.response_schema.has_value());
    GenerateOptions generate = GenerationFor(request);
    generate.constraint = constraint.get();
    generate.think_further = further;
    // A call cut short must not be carried out; an answer cut short can be read.
    generate.finish_in_budget = AnswersOnly(request);
    auto generated =
        session->Generate(generate, [&](const TextDelta& delta) { return stream.Take(delta); },
                          {.cancel = control.cancel, .deadline = control.deadline});
    if (!generated && constraint && generated.error().code == Code::kLimit &&
        generated.error().place != kStateMemoryPlace)
      return OfSchema(request, generated.error());
    if (!generated) return generated.error();
    // Itself, not a fork: it knows where its thinking was closed.
    if (const std::string& name = request.conversation; !name.empty())
      states.Keep({name, name}, std::move(*session));
    Conclude(*generated, stream, reply);
    if (further) reply.thinking = ParsedThinking(*generated);  // the stream had only what is new
    if (auto held = CheckHeld(request, reply); !held) return held.error();
    reply.usage.seconds = SecondsSince(start);
    if (stream.first_token_seconds() > 0)
      reply.usage.first_token_seconds = read_seconds + stream.first_token_seconds();
    return reply;
  }

  static std::string ParsedThinking(const Generated& generated) {
    StreamParser parser;
    static_cast<void>(parser.Feed("<think>" + generated.thinking + "</think>"));
    static_cast<void>(parser.Finish(generated.finish));
    return parser.message().thinking;
  }

  // What a schema asks too much of is for its writer to change; kLimit is the window's or the
  // memory's alone.
  static Error OfSchema(const ChatRequest& request, const Error& error) {
    return {.code = error.code == Code::kLimit ? Code::kInvalid : error.code,
            .message = error.Text(),
            .place = std::string(request.response_schema ? kAnswerSchemaPlace : kToolSchemaPlace)};
  }

  // A stop string ends a reply wherever it is met.
  static Status CheckHeld(const ChatRequest& request, const ChatReply& reply) {
    if (request.stop.empty() || reply.finish != ChatFinish::kStop) return OkStatus();
    if (request.tool_choice == CallChoice::kRequired)
      return Invalid("a stop string ended the reply before its call was whole");
    if (request.response_schema && !Json::Parse(reply.message.content))
      return Invalid("a stop string ended the reply before its JSON was whole");
    return OkStatus();
  }

  void Conclude(const Generated& generated, ReplyStream& stream, ChatReply& reply) const {
    ParsedMessage parsed = stream.Finish(generated.finish);
    reply.finish = FinishOf(generated.finish, !parsed.calls.empty());
    reply.thinking = std::move(parsed.thinking);
    reply.thinking_was_closed = generated.thinking_end != ThinkingEnd::kOwn;
    reply.rejected_calls = parsed.rejected;
    reply.message.role = Role::kAssistant;
    reply.message.content = std::move(parsed.content);
    reply.message.tool_calls = std::move(parsed.calls);
    // Thinking is no part of later prompts, and a stop string none of the message.
    if (reply.thinking.empty() && tokenizer().Decode(generated.tokens) == stream.said())
      reply.message.tokens = generated.tokens;
    reply.usage.thinking = generated.thinking_tokens;
    reply.usage.output = generated.tokens.size();
    const auto named = [&](const TokenLogprob& score) {
      return ChatLogprob{std::string(tokenizer().Piece(score.token)), score.logprob};
    };
    if (generated.top_logprobs.empty()) return;
    for (const TokenLogprob& score : generated.logprobs) reply.logprobs.push_back(named(score));
    for (const auto& row : generated.top_logprobs) {
      auto& out = reply.top_logprobs.emplace_back();
      for (const TokenLogprob& score : row) out.push_back(named(score));
    }
  }

  Result<SavedState> Save(const ChatRequest& request, const std::string& folder) {
    auto prompt = Render(request);
    if (!prompt) return prompt.error();
    auto found = states.Find(request.conversation, prompt->tokens);
    if (!found) return found.error();
    if (!found->session) {
      return Error{Code::kNotFound, "no state of this conversation is kept", request.conversation};
    }
    const auto tokens = found->session->tokens();
    Sha256 hash;
    hash.Update(engine.fingerprint())
        .Update({reinterpret_cast<const uint8_t*>(tokens.data()), tokens.size_bytes()});
    SavedState saved{.file = hash.Hex() + ".state", .tokens = tokens.size()};
    const std::string path = folder + "/" + saved.file;
    std::error_code error;
    saved.bytes = std::filesystem::file_size(path, error);
    if (!error) return saved;
    if (auto made = EnsurePrivateDir(folder); !made) return made.error();
    auto bytes = found->session->Save(path);
    if (!bytes) return bytes.error();
    saved.bytes = *bytes;
    return saved;
  }
};

EmbeddedChatModel::EmbeddedChatModel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EmbeddedChatModel::~EmbeddedChatModel() = default;

Result<std::unique_ptr<EmbeddedChatModel>> EmbeddedChatModel::Open(Engine& engine,
                                                                   const Profile& profile) {
  if (!engine.tokenizer()) return Invalid("the checkpoint has no tokenizer", profile.checkpoint);
  if (auto status = CheckChatTokens(*engine.tokenizer()); !status) return status.error();
  return std::unique_ptr<EmbeddedChatModel>(
      new EmbeddedChatModel(std::make_unique<Impl>(engine, profile)));
}

const Profile& EmbeddedChatModel::profile() const {
  return impl_->profile;
}

ModelCan EmbeddedChatModel::can() const {
  return {.fork = true, .snapshot = true, .score = true, .constrain = true, .logprobs = true};
}

Result<ChatReply> EmbeddedChatModel::Chat(const ChatRequest& request, const ChatSink& sink,
                                          const CallControl& control) {
  return impl_->Chat(request, sink, control);
}

Result<ContextUse> EmbeddedChatModel::MeasureContext(const ChatRequest& request) const {
  auto prompt = impl_->Render(request);
  if (!prompt) return prompt.error();
  return ContextUse{
      .system = prompt->system_tokens,
      .tools = prompt->tools_tokens,
      .history = prompt->generation_start - prompt->system_tokens - prompt->tools_tokens,
      .window = impl_->profile.window_tokens(),
      .exact = true};
}

Status EmbeddedChatModel::ForkState(const std::string& from, const std::string& to) {
  return impl_->states.Fork(from, to);
}

Result<SavedState> EmbeddedChatModel::SaveState(const ChatRequest& request,
                                                const std::string& folder) {
  return impl_->Save(request, folder);
}

Result<size_t> EmbeddedChatModel::RestoreState(const std::string& conversation,
                                               const std::string& path) {
  auto session = impl_->engine.Restore(path, impl_->session_options());
  if (!session) return session.error();
  const size_t tokens = session->position();
  impl_->states.Keep({conversation, conversation}, std::move(*session));
  return tokens;
}

void EmbeddedChatModel::ForgetState(const std::string& conversation) {
  impl_->states.Forget(conversation);
}

size_t EmbeddedChatModel::kept_bytes() const {
  return impl_->engine.state_bytes();
}

}  // namespace fathom
