// SPDX-License-Identifier: Apache-2.0
// fathom bench: prefill and decode of the model at several context lengths. `fathom bench peers`
// measures llama.cpp on the same file in the same run, at the best of its settings; `fathom bench
// state` what it costs to keep what was read (bench_state.cc), `fathom bench operators` what each
// operator costs against the length (bench_operators.cc).
#include "apps/bench.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "apps/peer.h"
#include "apps/progress.h"
#include "base/files.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "base/thread_pool.h"
#include "engine/checkpoint/checkpoint.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

struct BenchFlags {
  std::vector<size_t> contexts = {2'048, 16'384, 65'536};
  size_t decode = 128;
  int repeats = 3;
  bool peers = false;
  std::vector<size_t> peer_threads, peer_batches;  // empty: all
  std::string shape;                               // a config.json; empty: the model itself
  std::string type = "q8_0";
};

// What is measured: the program's own model, or a shape with random weights.
struct Subject {
  std::unique_ptr<Engine> engine;
  std::string checkpoint, name;
};

struct Row {
  size_t context = 0;
  double prefill_tok_s = 0;
  double decode_tok_s = 0;
};

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
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

// Made once and kept in the cache: gigabytes that take a while.
Result<std::string> ShapeFile(const Common& common, const BenchFlags& flags) {
  const auto type = DTypeOfName(flags.type);
  if (!type) return Invalid("--type takes one of " + DTypeNames() + ", not '" + flags.type + "'");
  auto text = ReadFile(flags.shape, kJsonBytesMax);
  if (!text) return text.error();
  auto places = UserPlaces();
  if (!places) return places.error();
  auto root = InstallRoot();
  if (!root) return root.error();
  const std::string folder = places->cache + "/bench";
  const std::string path =
      folder + "/" + Sha256Hex(*text).substr(0, 16) + "-" + flags.type + ".gguf";
  std::error_code error;
  if (std::filesystem::exists(path, error)) return path;
  if (auto status = EnsurePrivateDir(folder); !status) return status.error();
  const int threads = ThreadPool(common.threads).thread_count();
  auto bytes =
      WriteRandomModel(flags.shape, *root + "/models/nano/tokenizer.json", path, *type, threads);
  if (!bytes) return bytes.error();
  return path;
}

Result<Subject> LoadSubject(const Common& common, const BenchFlags& flags, ProgressLine& progress) {
  if (flags.shape.empty()) {
    progress.Stage("loading the model " + common.model);
    auto model = LoadModel(common);
    if (!model) return model.error();
    Subject subject{std::move(model->engine), model->profile.checkpoint, {}};
    subject.name = subject.engine->info().name;
    return subject;
  }
  progress.Stage("writing random weights in the shape of " + flags.shape);
  auto path = ShapeFile(common, flags);
  if (!path) return path.error();
  auto engine = Engine::Open({.checkpoint = *path,
                              .threads = common.threads,
                              .device = common.device,
                              .kv_type = common.kv_type});
  if (!engine) return engine.error();
  return Subject{std::move(*engine), *path, std::filesystem::path(flags.shape).stem().string()};
}

int RunBench(const Common& common, const BenchFlags& flags) {
  ProgressLine progress({.quiet = common.quiet});
  auto subject = LoadSubject(common, flags, progress);
  if (!subject) return Fail(subject.error());
  Engine& engine = *subject->engine;
  std::optional<Json> peer;
  if (flags.peers) {
    progress.Stage("measuring llama.cpp");
    auto run = RunLlamaPeer({.checkpoint = subject->checkpoint,
                             .contexts = flags.contexts,
                             .decode = flags.decode,
                             .repeats = flags.repeats,
                             .threads_max = engine.thread_count(),
                             .threads = flags.peer_threads,
                             .batches = flags.peer_batches,
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
      rows.Push(RowJson(subject->name, engine.info().weights_type, *row, phase, rate,
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
  std::printf("%s, %s, %d threads\n%9s  %-8s %14s %14s %7s\n", subject->name.c_str(),
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

std::vector<Token> BenchTokens(size_t count, int vocabulary) {
  std::vector<Token> tokens(count);
  uint32_t x = 20'240'607;
  for (Token& token : tokens) {
    x = (x * 1'103'515'245u + 12'345u) & 0x7fffffffu;
    token = static_cast<Token>((x >> 8) % static_cast<uint32_t>(vocabulary * 15 / 16));
  }
  return tokens;
}

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
  bench->add_option("--shape", flags->shape,
                    "A config.json: measure random weights of that shape, kept in the cache");
  bench->add_option("--type", flags->type, "What the shape's weights are stored in")
      ->capture_default_str();
  CLI::App* peers = bench->add_subcommand("peers", "Measure llama.cpp on the same file as well");
  peers->callback([flags] { flags->peers = true; });
  peers
      ->add_option("--peer-threads", flags->peer_threads,
                   "Thread counts it is tried with, comma separated; default: 1, 2, 4 ... all")
      ->delimiter(',');
  peers
      ->add_option("--peer-batches", flags->peer_batches,
                   "Micro-batches it is tried with, comma separated; default: 128,512,2048")
      ->delimiter(',');
  auto kept = std::make_shared<StateBenchFlags>();
  CLI::App* state = bench->add_subcommand("state", "Measure saving, restoring and forking");
  state->add_option("--tokens", kept->tokens, "Tokens read and kept")
      ->check(CLI::Range(size_t{1'025}, kContextTokensMax))
      ->capture_default_str();
  state->add_flag("--peers", kept->peers, "llama.cpp does the same");
  // What the command runs in processes of its own.
  state->add_option("--restore", kept->restore)->group("");
  state->add_flag("--save-again", kept->save_again)->group("");
  auto grown = std::make_shared<OperatorsBenchFlags>();
  CLI::App* operators =
      bench->add_subcommand("operators", "Measure each operator's time per token of a prefill");
  operators->add_option("--tokens", grown->tokens, "Tokens read")
      ->check(CLI::Range(size_t{1}, kContextTokensMax))
      ->capture_default_str();
  operators->add_option("--svg", grown->svg, "A file for the plot against the length");
  // Parent callbacks run after those of subcommands, so these are known by then.
  bench->callback([flags, kept, state, grown, operators, &common, &run] {
    if (state->parsed()) {
      run = [kept, &common] { return RunStateBench(common, *kept); };
    } else if (operators->parsed()) {
      run = [grown, &common] { return RunOperatorsBench(common, *grown); };
    } else {
      run = [flags, &common] { return RunBench(common, *flags); };
    }
  });
}

}  // namespace fathom
