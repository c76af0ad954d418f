// SPDX-License-Identifier: Apache-2.0
#include "engine/grammar/grammar.h"

#include <algorithm>

#include "base/limits.h"
#include "engine/grammar/grammar_impl.h"
#include "engine/grammar/matcher.h"
#include "engine/grammar/schema_compiler.h"
#include "engine/grammar/text_automaton.h"

namespace fathom {

using grammar::Expr;
using grammar::ExprId;
using grammar::ExprKind;
using grammar::Program;

namespace {

// Between a thinking block or prose and what follows it.
constexpr uint32_t kNewlinesMax = 3;

// Puts expressions together; the first error stays and makes all that follows void.
class Builder {
 public:
  explicit Builder(Program& program) : program_(program) {}

  ExprId Add(Expr expr) { return Keep(program_.Add(std::move(expr))); }
  ExprId Literal(std::string_view text) {
    return Add({.kind = ExprKind::kLiteral, .text = std::string(text)});
  }
  ExprId Sequence(std::vector<ExprId> parts) {
    return Add({.kind = ExprKind::kSequence, .children = std::move(parts)});
  }
  ExprId Choice(std::vector<ExprId> parts) {
    return Add({.kind = ExprKind::kChoice, .children = std::move(parts)});
  }
  ExprId Repeat(ExprId part, uint32_t least, uint32_t most) {
    return Add({.kind = ExprKind::kRepeat, .least = least, .most = most, .children = {part}});
  }
  ExprId Dfa(grammar::ByteDfa dfa) {
    program_.own_dfas.push_back(std::move(dfa));
    const size_t index = grammar::kSharedDfaCount + program_.own_dfas.size() - 1;
    return Add({.kind = ExprKind::kDfa, .dfa = static_cast<uint32_t>(index)});
  }
  ExprId Keep(Result<ExprId> id) {
    if (id) return *id;
    if (status_.ok()) status_ = id.error();
    return grammar::kOpenObject;
  }
  ExprId Newlines(uint32_t least) { return Repeat(Literal("\n"), least, kNewlinesMax); }

  // The free text of a thinking block before `rest`.
  ExprId Thinking(ThinkingPart part, ExprId rest) {
    if (part == ThinkingPart::kNone) return rest;
    const ExprId open = Sequence({Dfa(grammar::TextThrough("</think>")), Newlines(0), rest});
    if (part == ThinkingPart::kOpen) return open;
    return Choice({Sequence({Literal("<think>"), open}), rest});
  }

  const Status& status() const { return status_; }

 private:
  Program& program_;
  Status status_;
};

Result<ExprId> Call(Builder& build, grammar::SchemaCompiler& compiler, const ToolDefinition& tool) {
  const std::string place = "tool " + tool.name + ": parameters";
  Json parameters = tool.parameters.is_null() ? Json::EmptyObject() : tool.parameters;
  if (!parameters.is_object()) return Invalid("expected a schema of an object", place);
  if (const Json* type = parameters.Find("type"); type == nullptr) {
    parameters.Set("type", "object");
  } else if (!type->is_string() || type->as_string() != "object") {
    return Invalid("expected the type \"object\", found " + type->Dump(), place);
  }
  auto arguments = compiler.Compile(parameters, place);
  if (!arguments) return arguments;
  return build.Sequence({build.Literal('"' + grammar::EscapedJson(tool.name) + '"'),
                         grammar::kComma, build.Literal("\"arguments\""), grammar::kColon,
                         *arguments});
}

Result<ExprId> CallBlock(Builder& build, Program& program, const std::vector<ToolDefinition>& tools,
                         const ToolGrammarOptions& options) {
  grammar::SchemaCompiler compiler(program, {.closed_objects = true});
  std::vector<ExprId> calls;
  for (const ToolDefinition& tool : tools) {
    if (!options.name.empty() && tool.name != options.name) continue;
    auto call = Call(build, compiler, tool);
    if (!call) return call;
    calls.push_back(*call);
  }
  if (calls.empty()) {
    return Invalid(options.name.empty()
                       ? "a call is required and no tool is given"
                       : "tool_choice names the tool \"" + options.name + "\", which is not given");
  }
  const ExprId line =
      build.Sequence({grammar::kOpenObject, build.Literal("\"name\""), grammar::kColon,
                      build.Choice(std::move(calls)), grammar::kCloseObject, build.Literal("\n")});
  const auto most = static_cast<uint32_t>(options.parallel ? kToolCallsMax : 1);
  return build.Sequence({build.Literal("\n"), build.Repeat(line, 1, most),
                         build.Literal("</tool_calls>"), build.Newlines(0)});
}

}  // namespace

GrammarVocabulary::GrammarVocabulary(const Tokenizer& tokenizer)
    : impl_(std::make_unique<Impl>(tokenizer)) {
  // Schemas share them, so that no generation pays for them.
  for (uint32_t dfa = 0; dfa < grammar::kSharedDfaCount; ++dfa) {
    const grammar::ByteDfa& automaton = grammar::SharedAutomaton(dfa);
    for (uint16_t state = 0; state < automaton.states(); ++state) {
      impl_->masks.Get(impl_->trie, automaton, dfa, state, dfa == grammar::kStringDfa);
      impl_->masks.Tails(impl_->trie, dfa, state);
    }
  }
}

GrammarVocabulary::~GrammarVocabulary() = default;
size_t GrammarVocabulary::vocabulary() const {
  return impl_->trie.vocabulary();
}
size_t GrammarVocabulary::bytes() const {
  return impl_->trie.memory() + impl_->masks.bytes();
}

struct Grammar::Impl {
  explicit Impl(const GrammarVocabulary& v) : vocabulary(v) {}
  const GrammarVocabulary& vocabulary;
  Program program;
  mutable grammar::LeafMasks masks;
  std::unique_ptr<const grammar::ShortestEnds> ends;

  Status Finish() {
    if (Status status = program.Finish(); !status) return status;
    ends = std::make_unique<const grammar::ShortestEnds>(program, vocabulary.impl().trie);
    return OkStatus();
  }

  grammar::Matcher::Tokens Tokens() const {
    auto& shared = vocabulary.impl();
    return {&shared.tokenizer, &shared.trie, &shared.masks, &masks, ends.get()};
  }
};

Grammar::Grammar(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Grammar::Grammar(Grammar&&) noexcept = default;
Grammar& Grammar::operator=(Grammar&&) noexcept = default;
Grammar::~Grammar() = default;

Result<Grammar> Grammar::FromSchema(const GrammarVocabulary& vocabulary, const Json& schema,
                                    const SchemaGrammarOptions& options) {
  auto impl = std::make_unique<Impl>(vocabulary);
  Builder build(impl->program);
  auto value = grammar::SchemaCompiler(impl->program, {.closed_objects = options.closed_objects})
                   .Compile(schema, "#");
  if (!value) return value.error();
  impl->program.root = build.Thinking(options.thinking, *value);
  if (!build.status()) return build.status().error();
  if (Status status = impl->Finish(); !status) return status.error();
  return Grammar(std::move(impl));
}

Result<Grammar> Grammar::FromTools(const GrammarVocabulary& vocabulary,
                                   const std::vector<ToolDefinition>& tools,
                                   const ToolGrammarOptions& options) {
  constexpr std::string_view kOpenTag = "<tool_calls>";
  auto impl = std::make_unique<Impl>(vocabulary);
  Builder build(impl->program);
  ExprId answer = grammar::kOpenObject;
  if (options.answer != nullptr) {
    auto value = grammar::SchemaCompiler(impl->program, {.closed_objects = true})
                     .Compile(*options.answer, "#");
    if (!value) return value.error();
    answer = *value;
  } else {
    answer = build.Dfa(grammar::TextWithout(kOpenTag));
  }
  const bool calls_possible = !tools.empty() || !options.name.empty();
  if (options.choice == ToolChoice::kRequired ||
      (options.choice == ToolChoice::kAuto && calls_possible)) {
    auto block = CallBlock(build, impl->program, tools, options);
    if (!block) return block.error();
    const ExprId calls = build.Sequence({build.Literal(kOpenTag), *block});
    if (options.choice == ToolChoice::kRequired) {
      answer = build.Sequence({build.Newlines(0), calls});
    } else if (options.answer != nullptr) {
      answer = build.Choice({answer, calls});
    } else {
      answer = build.Choice(
          {answer, build.Sequence({build.Dfa(grammar::TextThrough(kOpenTag)), *block})});
    }
  }
  impl->program.root = build.Thinking(options.thinking, answer);
  if (!build.status()) return build.status().error();
  if (Status status = impl->Finish(); !status) return status.error();
  return Grammar(std::move(impl));
}

std::unique_ptr<Constraint> Grammar::NewConstraint() const {
  return std::make_unique<grammar::Matcher>(impl_->program, impl_->Tokens());
}

bool Grammar::Accepts(std::string_view text) const {
  grammar::Matcher matcher(impl_->program, impl_->Tokens());
  return matcher.AcceptBytes(text) && matcher.IsComplete();
}

}  // namespace fathom
