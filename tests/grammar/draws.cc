// SPDX-License-Identifier: Apache-2.0
// Texts that an engine with random weights and nano's tokenizer writes at temperature 1 under
// schemas. Each line of SCHEMAS is {"schema": ..., "closed": ..., "draws": N}; each line of TEXTS
// is {"of": LINE, "refused": WHY} or {"of": LINE, "text": ..., "tokens": N, "cut": ...}.
#include <fstream>

#include "engine/grammar/grammar.h"
#include "engine/test_support.h"

namespace fathom {
namespace {

using test::Must;
using test::ReadText;

// A text may go on for so many tokens before it is brought to its end.
constexpr size_t kFreeTokens = 150;

std::unique_ptr<Engine> RandomEngine(const test::TempFolder& folder) {
  const std::string nano = FATHOM_SOURCE_DIR "/models/nano/";
  Json config = Must(Json::Parse(ReadText(nano + "config.json")));
  config.Set("hidden_size", 64);
  config.Set("intermediate_size", 64);
  config.Set("num_hidden_layers", 2);
  config.Set("attn_type_list", Json(Json::Array{Json(0), Json(1)}));
  config.Set("num_attention_heads", 2);
  config.Set("num_key_value_heads", 1);
  config.Set("head_dim", 32);
  config.Set("num_local_experts", 2);
  Must(WriteSyntheticCheckpoint(folder.path(), config));
  test::WriteText(folder / "tokenizer.json", ReadText(nano + "tokenizer.json"));
  return Must(Engine::Open({.checkpoint = folder.path(), .threads = 1}));
}

class Drawer {
 public:
  explicit Drawer(std::ofstream& out)
      : out_(out), engine_(RandomEngine(folder_)), vocabulary_(*engine_->tokenizer()) {
    begin_.emplace(Must(engine_->NewSession()));
    Must(begin_->Append(engine_->tokenizer()->Encode("Write JSON.\n")));
  }

  void Draw(size_t line, const Json& request) {
    const auto grammar = Grammar::FromSchema(vocabulary_, *request.Find("schema"),
                                             {.closed_objects = request.Find("closed")->as_bool()});
    if (!grammar) return Write({{"of", line}, {"refused", grammar.error().message}});
    const auto constraint = grammar->NewConstraint();
    const int64_t draws = request.Find("draws")->as_int();
    for (int64_t draw = 0; draw < draws; ++draw) {
      constraint->Reset();
      Session session = Must(begin_->Fork());
      const Generated text = Must(session.Generate(
          {.sampling = {.temperature = 1, .seed = line * 1'000 + static_cast<size_t>(draw)},
           .output_tokens_max = kFreeTokens + constraint->TokensToEnd(),
           .constraint = constraint.get(),
           .finish_in_budget = true}));
      Write({{"of", line},
             {"text", text.text},
             {"tokens", text.tokens.size()},
             {"cut", text.finish == FinishReason::kLength}});
    }
  }

 private:
  void Write(Json::Object line) { out_ << Json(std::move(line)).Dump() << "\n"; }

  std::ofstream& out_;
  const test::TempFolder folder_;
  const std::unique_ptr<Engine> engine_;
  const GrammarVocabulary vocabulary_;
  std::optional<Session> begin_;
};

int Run(const char* schemas, const char* texts) {
  std::ifstream in(schemas);
  std::ofstream out(texts);
  Drawer drawer(out);
  size_t number = 0;
  for (std::string line; std::getline(in, line); ++number)
    drawer.Draw(number, Must(Json::Parse(line)));
  out.close();
  return in.eof() && out ? 0 : 1;
}

}  // namespace
}  // namespace fathom

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: grammar_draws SCHEMAS TEXTS\n");
    return 2;
  }
  return fathom::Run(argv[1], argv[2]);
}
