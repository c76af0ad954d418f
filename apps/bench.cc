// SPDX-License-Identifier: Apache-2.0
// fathom bench: prefill and decode of the model at several context lengths. `fathom bench peers`
// measures llama.cpp on the same file in the same run, at the best of its settings.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>

#include "apps/app.h"
#include "apps/peer.h"
#include "apps/progress.h"
#include "base/json.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

struct BenchFlags {
  std::vector<size_t> contexts = {2'048, 8'192, 16'384};
  size_t decode = 128;
  int repeats = 3;
  bool peers = false;
};

struct Row {
  size_t context = 0;
  double prefill_tok_s = 0;
  double decode_tok_s = 0;
};

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Any ids do: the work does not depend on their values but through the experts' load, which real
// text does not even out either. The same sequence for every engine: x -> 1103515245 x + 12345 mod
// 2^31, upper bits.
std::vector<Token> BenchTokens(size_t count, int vocabulary) {
  std::vector<Token> tokens(count);
  uint32_t x = 20'240'607;
  for (Token& token : tokens) {
    x = (x * 1'103'515'245u + 12'345u) & 0x7fffffffu;
    token = static_cast<Token>((x >> 8) % static_cast<uint32_t>(vocabulary * 15 / 16));
  }
  return tokens;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Result<Row> Measure(Engine& engine, size_t context, const BenchFlags& flags) {
  const std::vector<Token> tokens = BenchTokens(context, engine.info().vocabulary);
  std::vector<double> prefill, decode;
  // Run -1 warms up and is not counted, as with the peer.
  for (int i = -1; i < flags.repeats; ++i) {
    auto session = engine.NewSession({.context_tokens_max = context + flags.decode + 1});
    if (!session) return session.error();
    const auto start = Clock::now();
    if (auto status = session->Append(tokens, {.cancel = Interrupted()}); !status)
      return status.error();
    const double prefill_tok_s = static_cast<double>(context) / SecondsSince(start);
    const auto decode_start = Clock::now();
    for (size_t n = 0; n < flags.decode; ++n) {
      // A fixed token each step: what is measured is the model, not where its greedy path ends.
      const Token token = tokens[n % tokens.size()];
      if (auto status = session->Append({&token, 1}); !status) return status.error();
      if (auto logits = session->Logits(); !logits) return logits.error();
    }
    if (i < 0) continue;
    prefill.push_back(prefill_tok_s);
    decode.push_back(static_cast<double>(flags.decode) / SecondsSince(decode_start));
  }
  return Row{.context = context, .prefill_tok_s = Median(prefill), .decode_tok_s = Median(decode)};
}

Json RowJson(const std::string& shape, const std::string& type, const Row& row, const char* phase,
             double rate, const Json* peer) {
  Json json = Json::EmptyObject();
  json.Set("shape", shape);
  json.Set("dtype", type);
  json.Set("context", row.context);
  json.Set("phase", phase);
  json.Set("fathom_tok_s", rate);
  if (!peer) return json;
  for (const Json& theirs : peer->Find("rows") ? peer->Find("rows")->as_array() : Json::Array{}) {
    const Json* context = theirs.Find("context");
    const Json* their_phase = theirs.Find("phase");
    const Json* their_rate = theirs.Find("tok_s");
    if (!context || !their_phase || !their_rate || !context->is_int() ||
        !their_phase->is_string() || !their_rate->is_number() ||
        static_cast<size_t>(context->as_int()) != row.context ||
        their_phase->as_string() != phase) {
      continue;
    }
    json.Set("peer_tok_s", their_rate->as_double());
    json.Set("ratio", rate / std::max(their_rate->as_double(), 1e-9));
    if (const Json* options = theirs.Find("options")) json.Set("peer_options", *options);
  }
  return json;
}

int RunBench(const Common& common, const BenchFlags& flags) {
  ProgressLine progress({.quiet = common.quiet});
  progress.Stage("loading the model " + common.model);
  auto model = LoadModel(common);
  if (!model) return Fail(model.error());
  Engine& engine = *model->engine;
  std::optional<Json> peer;
  if (flags.peers) {
    progress.Stage("measuring llama.cpp");
    auto run = RunLlamaPeer({.checkpoint = model->profile.checkpoint,
                             .contexts = flags.contexts,
                             .decode = flags.decode,
                             .repeats = flags.repeats,
                             .threads_max = engine.thread_count(),
                             .vocabulary = engine.info().vocabulary});
    if (!run) return Fail(run.error());
    peer = std::move(*run);
  }
  Json rows = Json::EmptyArray();
  for (const size_t context : flags.contexts) {
    progress.Stage("measuring " + Thousands(context) + " tokens");
    auto row = Measure(engine, context, flags);
    if (!row) {
      progress.Done();
      return Fail(row.error());
    }
    for (const auto& [phase, rate] :
         {std::pair{"prefill", row->prefill_tok_s}, std::pair{"decode", row->decode_tok_s}}) {
      rows.Push(RowJson(engine.info().name, engine.info().weights_type, *row, phase, rate,
                        peer ? &*peer : nullptr));
    }
  }
  progress.Done();
  if (common.json) {
    Json json = Json::EmptyObject();
    json.Set("threads", engine.thread_count());
    json.Set("rows", std::move(rows));
    std::printf("%s\n", json.Dump().c_str());
    return kExitDone;
  }
  std::printf("%s, %s, %d threads\n%9s  %-8s %14s %14s %7s\n", engine.info().name.c_str(),
              engine.info().weights_type.c_str(), engine.thread_count(), "context", "phase",
              "fathom tok/s", "peer tok/s", "ratio");
  for (const Json& row : rows.as_array()) {
    const Json* theirs = row.Find("peer_tok_s");
    std::printf(
        "%9s  %-8s %14s %14s %7s\n",
        Thousands(static_cast<size_t>(row.Find("context")->as_int())).c_str(),
        row.Find("phase")->as_string().c_str(),
        Thousands(static_cast<size_t>(row.Find("fathom_tok_s")->as_double())).c_str(),
        theirs ? Thousands(static_cast<size_t>(theirs->as_double())).c_str() : "-",
        theirs ? (std::to_string(row.Find("ratio")->as_double()).substr(0, 4) + "x").c_str() : "-");
  }
  return kExitDone;
}

}  // namespace

void AddBench(CLI::App& app, Common& common, Run& run) {
  auto flags = std::make_shared<BenchFlags>();
  CLI::App* bench = app.add_subcommand("bench", "Measure prefill and decode on this machine");
  bench->add_option("--context", flags->contexts, "Context lengths, comma separated")
      ->delimiter(',')
      ->capture_default_str();
  bench->add_option("--decode", flags->decode, "Tokens decoded at each length")
      ->capture_default_str();
  bench->add_option("--repeats", flags->repeats, "Runs, of which the median counts")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  CLI::App* peers = bench->add_subcommand("peers", "Measure llama.cpp on the same file as well");
  peers->callback([flags] { flags->peers = true; });
  // Parent callbacks run after those of subcommands, so `peers` is known by then.
  bench->callback(
      [flags, &common, &run] { run = [flags, &common] { return RunBench(common, *flags); }; });
}

}  // namespace fathom
