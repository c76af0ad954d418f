// SPDX-License-Identifier: Apache-2.0
// Grammars: languages that a generation is held to, made from JSON Schemas and tool definitions.
//
// Promises
//  * A finished text is JSON that base/json reads and base/json_schema accepts; there are no dead
//    ends (values that cannot be finished are pruned at compile time).
//  * What a schema says and a grammar cannot hold is an error that names keyword and place; only
//    annotations (title, description, default, examples, format, optional, ...) are passed over.
//  * Hostile schemas cost bounded time and memory (kGrammar* in base/limits.h): kLimit.
// Supported: type (and lists), enum, const; properties, required, additionalProperties,
// min/maxProperties; items, prefixItems, min/maxItems; minLength, maxLength, pattern (what of it:
// pattern.h); minimum, maximum, exclusive*, multipleOf of integers; anyOf; oneOf whose forms are
// visibly disjoint; allOf, and what stands beside the last three, as far as it can be merged; $ref
// inside the document, recursion included; true, false.
// What is generated is a canonical part of what the schema accepts: properties in declared order,
// further ones after them, no repeated keys; at most one blank after ',' and ':' and none
// elsewhere; numbers of up to 15 digits on either side of the point, no more nesting than base/json
// reads.
// Source: Willard and Louf 2023 (masks from automata), Dong et al. 2024 (XGrammar: tokens that
// depend on the top of the stack alone are known beforehand).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "engine/chat/chat.h"
#include "engine/grammar/constraint.h"
#include "engine/tokenizer/tokenizer.h"

namespace fathom {

// The tokens of one tokenizer as a trie over their bytes, with the masks that depend on no schema.
// Made once for each model; grammars refer to it and must not outlive it. Thread-safe.
class GrammarVocabulary {
 public:
  explicit GrammarVocabulary(const Tokenizer& tokenizer);
  ~GrammarVocabulary();
  GrammarVocabulary(const GrammarVocabulary&) = delete;

  size_t vocabulary() const;
  size_t bytes() const;  // of memory

  struct Impl;
  Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// A thinking block (<think>...</think>) before what is constrained. Its text is free.
enum class ThinkingPart {
  kNone,      // the text begins with what is constrained
  kOptional,  // it may begin with a thinking block
  kOpen,      // the prompt already holds <think>
};

struct SchemaGrammarOptions {
  // Objects that declare properties and say nothing of further ones get none. (The standard lets
  // them have any.)
  bool closed_objects = false;
  ThinkingPart thinking = ThinkingPart::kNone;
};

enum class ToolChoice {
  kAuto,      // free text; a block of calls may follow it and ends the message
  kNone,      // free text in which no block can be opened outside thinking
  kRequired,  // a block of calls follows the thinking at once
};

struct ToolGrammarOptions {
  ToolChoice choice = ToolChoice::kAuto;
  std::string name;  // only this tool may be called; empty: any
  bool parallel = true;
  ThinkingPart thinking = ThinkingPart::kOptional;
  // kAuto: instead of free text a value of this schema, objects closed. Borrowed during the call.
  const Json* answer = nullptr;
};

// Immutable once made; any number of constraints, on any thread, may come from one.
class Grammar {
 public:
  static Result<Grammar> FromSchema(const GrammarVocabulary& vocabulary, const Json& schema,
                                    const SchemaGrammarOptions& options = {});

  // M1's call syntax: <tool_calls>, one {"name": ..., "arguments": ...} a line, </tool_calls>.
  // Objects in parameters are closed, as said above.
  static Result<Grammar> FromTools(const GrammarVocabulary& vocabulary,
                                   const std::vector<ToolDefinition>& tools,
                                   const ToolGrammarOptions& options = {});

  Grammar(Grammar&&) noexcept;
  Grammar& operator=(Grammar&&) noexcept;
  ~Grammar();

  // The grammar must outlive it.
  std::unique_ptr<Constraint> NewConstraint() const;

  // Whether the whole of `text` is in the language.
  bool Accepts(std::string_view text) const;

  struct Impl;

 private:
  explicit Grammar(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
