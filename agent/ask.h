// SPDX-License-Identifier: Apache-2.0
// Ask: one question about a corpus that was read, answered with checked citations or refused.
//
// The question costs its own tokens: the corpus state is forked, never read again. With a profile
// that forces terms the request is rewritten to the canonical phrasing of the term it asks about
// (shown to the user) and the answer starts with the term. Of a name that stands in files beyond
// the window too, the lines that name it are read with what is around them, as a small corpus of
// their own, the likeliest to define it first (rag/name_lines.h); other words that stand only
// beyond the window are looked up in the overflow index. The answer says by which way (words,
// vectors) each passage was found.
//
// What is generated is held to the lines that were read (engine/grammar/quotes.h): a quote goes on
// as a line does, and a line number is written only behind text that stands so. A model that
// answers in quotes must have chosen the line itself, else nothing is answered. Where a line is
// known that may well answer (it looks like what is asked of a name, or holds a phrase that the
// question names), such a model refuses from the profile's refusal_min on. Only citations whose
// bytes stand in the corpus are returned as such; the others are counted and kept apart.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/profile.h"
#include "base/result.h"
#include "engine/engine.h"
#include "rag/citation.h"
#include "rag/nearest_lines.h"
#include "rag/overflow.h"
#include "rag/reading.h"
#include "rag/terms.h"

namespace fathom {

enum class Via { kWindow, kIndex };

struct AskUsage {
  size_t prompt = 0;     // tokens the answer was conditioned on, corpus included
  size_t cached = 0;     // of those, not computed for this question (read before, or restored)
  size_t prefilled = 0;  // computed for this question (overflow passages included)
  size_t thinking = 0;
  size_t output = 0;
  double seconds = 0;
};

struct Answer {
  std::string text;       // without line suffixes; empty when refused
  bool refused = false;   // the model says that the corpus does not say, or its quote is withheld
  bool withheld = false;  // what a model that answers in quotes would have said is no line of the
                          // corpus, or its citation does not stand: it is not shown
  bool only_called = false;  // refused before the model was asked: its definition is wanted, and
                             // the corpus only calls it
  size_t requoted = 0;       // tokens of the answer in whose place the line's own were taken
  std::string asked;         // the request as the model saw it
  Term term;                 // empty text when the profile forces none
  Via via = Via::kWindow;
  std::vector<FoundPassage> passages;  // with kIndex: what was found, best first
  std::vector<Citation> citations;     // stand in the corpus
  std::vector<Citation> dropped;       // stitched or absent
  std::vector<NearLine> nearest;       // when refused: where a reader may look; no answer
  // When uses of a name are asked for: lines beside the quoted one that name it, at most kAlsoMax,
  // and how many there are.
  std::vector<NearLine> also;
  size_t also_count = 0;
  AskUsage usage;
};

inline constexpr size_t kAlsoMax = 8;

// Fills `also` where uses are asked for, else `nearest` of an answer that was refused.
void PointToNearest(const Corpus& corpus, std::string_view question, Answer& answer);

struct AskOptions {
  std::string question;
  std::optional<size_t> thinking_tokens;  // budget; the profile's default when unset
  const std::atomic<bool>* cancel = nullptr;
  Deadline deadline = {};
  TextSink sink;  // streamed text of the answer
};

class Asker {
 public:
  // All must outlive the Asker. reading.session is present.
  static Result<std::unique_ptr<Asker>> Open(Engine& engine, const Profile& profile,
                                             Catalog& catalog, Reading& reading);
  ~Asker();

  Result<Answer> Ask(const AskOptions& options);

 private:
  struct Impl;
  explicit Asker(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
