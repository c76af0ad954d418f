// SPDX-License-Identifier: Apache-2.0
// fathom model {info,convert,verify,eval,logits,tokenize,parse}: a checkpoint looked at from
// outside.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include "apps/app.h"
#include "apps/npy.h"
#include "apps/progress.h"
#include "base/files.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/thread_pool.h"
#include "engine/chat/parse_command.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/tokenizer/tokenize_command.h"

namespace fathom {
namespace {

struct LogitsFlags {
  std::string checkpoint;
  std::string ids;
  std::string npy;
  size_t greedy = 0;
  size_t chunk = 0;
  double eps = 0;
};

struct ConvertFlags {
  std::string source, target;
  std::string type = "q8_0";
  bool report = false;
};

struct VerifyFlags {
  std::string checkpoint, sha256;
};

struct TokenizeFlags {
  std::string checkpoint;
  bool trusted = false;
};

Result<std::vector<Token>> ReadIds(const std::string& path, int vocabulary) {
  auto text = ReadFile(path, kJsonBytesMax);
  if (!text) return text.error();
  auto json = Json::Parse(*text);
  if (!json) return Error{json.error().code, json.error().Text(), path};
  if (!json->is_array()) return Invalid("must be a JSON array of token ids", path);
  std::vector<Token> ids;
  for (const Json& value : json->as_array()) {
    if (!value.is_int() || value.as_int() < 0 || value.as_int() >= vocabulary) {
      return Invalid("entry " + std::to_string(ids.size()) + " is no token id below " +
                         std::to_string(vocabulary),
                     path);
    }
    ids.push_back(static_cast<Token>(value.as_int()));
  }
  if (ids.empty()) return Invalid("holds no token ids", path);
  return ids;
}

// All positions in one pass, or in chunks of the asked size through the same session.
Result<std::vector<float>> AllLogits(Session& session, std::span<const Token> ids, size_t chunk) {
  if (chunk == 0) chunk = ids.size();
  std::vector<float> logits;
  for (size_t begin = 0; begin < ids.size(); begin += chunk) {
    auto part = session.AppendAllLogits(ids.subspan(begin, std::min(chunk, ids.size() - begin)));
    if (!part) return part.error();
    logits.insert(logits.end(), part->begin(), part->end());
  }
  return logits;
}

int RunLogits(const Common& common, const LogitsFlags& flags) {
  EngineOptions options{.checkpoint = flags.checkpoint,
                        .threads = common.threads,
                        .device = common.device,
                        .kv_type = common.kv_type};
  if (flags.eps > 0) options.lightning_norm_eps = flags.eps;
  auto engine = Engine::Open(options);
  if (!engine) return Fail(engine.error());
  const auto vocabulary = static_cast<size_t>((*engine)->info().vocabulary);
  auto ids = ReadIds(flags.ids, (*engine)->info().vocabulary);
  if (!ids) return Fail(ids.error());
  auto session = (*engine)->NewSession({.context_tokens_max = ids->size() + flags.greedy + 1});
  if (!session) return Fail(session.error());
  auto logits = AllLogits(*session, *ids, flags.chunk);
  if (!logits) return Fail(logits.error());

  Json json = Json::EmptyObject();
  if (!flags.npy.empty()) {
    if (auto status = WriteNpy(flags.npy, *logits, ids->size(), vocabulary); !status)
      return Fail(status.error());
    json.Set("npy", flags.npy);
  } else {
    Json rows = Json::EmptyArray();
    for (size_t row = 0; row < ids->size(); ++row) {
      Json values = Json::EmptyArray();
      for (size_t i = 0; i < vocabulary; ++i)
        values.Push(static_cast<double>((*logits)[row * vocabulary + i]));
      rows.Push(std::move(values));
    }
    json.Set("logits", std::move(rows));
  }
  if (flags.greedy > 0) {
    auto generated = session->Generate({.output_tokens_max = flags.greedy});
    if (!generated) return Fail(generated.error());
    Json greedy = Json::EmptyArray();
    for (const Token token : generated->tokens) greedy.Push(static_cast<int64_t>(token));
    json.Set("greedy", std::move(greedy));
  }
  std::printf("%s\n", json.Dump().c_str());
  return kExitDone;
}

int RunInfo(const Common& common, const std::string& checkpoint) {
  std::string path = checkpoint;
  if (path.empty()) {
    auto profile = ResolveModel(common.model);
    if (!profile) return Fail(profile.error());
    path = profile->checkpoint;
  }
  auto engine =
      Engine::Open({.checkpoint = path, .threads = common.threads, .device = common.device});
  if (!engine) return Fail(engine.error());
  const ModelInfo& info = (*engine)->info();
  const std::vector<std::pair<std::string, Json>> rows = {
      {"name", info.name},
      {"checkpoint", path},
      {"sha256", info.sha256},
      {"weights_type", info.weights_type},
      {"weights_bytes", info.weights_bytes},
      {"parameters", info.parameters},
      {"parameters_active", info.parameters_active},
      {"layers", info.layers},
      {"softmax_layers", info.softmax_layers},
      {"hidden", info.hidden},
      {"heads", info.heads},
      {"kv_heads", info.kv_heads},
      {"head_dim", info.head_dim},
      {"experts", info.experts},
      {"experts_per_token", info.experts_per_token},
      {"expert_width", info.expert_width},
      {"rotary_dim", info.rotary_dim},
      {"vocabulary", info.vocabulary},
      {"context_tokens_max", info.context_tokens_max},
      {"banned_tokens", info.banned.size()},
  };
  Json json = Json::EmptyObject();
  for (const auto& [key, value] : rows) {
    if (common.json) {
      json.Set(key, value);
    } else {
      std::printf("%-20s %s\n", key.c_str(),
                  value.is_string() ? value.as_string().c_str() : value.Dump().c_str());
    }
  }
  if (common.json) std::printf("%s\n", json.Dump().c_str());
  return kExitDone;
}

// Of a GGUF's own keys, or of a tokenizer.json.
Result<std::unique_ptr<Tokenizer>> LoadTokenizer(const std::string& path) {
  if (!path.ends_with(".gguf")) return Tokenizer::Load(path);
  auto checkpoint = LoadCheckpoint(path);
  if (!checkpoint) return checkpoint.error();
  if (!checkpoint->tokenizer_parts) return Invalid("carries no tokenizer", path);
  return Tokenizer::FromParts(std::move(*checkpoint->tokenizer_parts));
}

int RunTokenize(const TokenizeFlags& flags) {
  auto tokenizer = LoadTokenizer(flags.checkpoint);
  if (!tokenizer) return Fail(tokenizer.error());
  return RunTokenizeCommand(**tokenizer, {.trusted = flags.trusted}, std::cin, std::cout,
                            std::cerr);
}

Json ReportJson(const std::vector<ConvertedTensor>& report) {
  Json rows = Json::EmptyArray();
  for (const ConvertedTensor& tensor : report) {
    Json row = Json::EmptyObject();
    row.Set("tensor", tensor.name);
    row.Set("type", DTypeName(tensor.type));
    row.Set("relative_error", tensor.error);
    row.Set("largest_difference", tensor.largest);
    rows.Push(std::move(row));
  }
  return rows;
}

int RunConvert(const Common& common, const ConvertFlags& flags) {
  const auto type = DTypeOfName(flags.type);
  if (!type)
    return Fail(Invalid("--type takes one of " + DTypeNames() + ", not '" + flags.type + "'"));
  std::vector<ConvertedTensor> report;
  const bool wanted = flags.report || common.json;
  auto bytes = ConvertCheckpoint(flags.source, flags.target, *type, wanted ? &report : nullptr,
                                 ThreadPool(common.threads).thread_count());
  if (!bytes) return Fail(bytes.error());
  if (common.json) {
    Json json = Json::EmptyObject();
    json.Set("target", flags.target);
    json.Set("bytes", *bytes);
    json.Set("tensors", ReportJson(report));
    std::printf("%s\n", json.Dump().c_str());
    return kExitDone;
  }
  for (const ConvertedTensor& tensor : report) {
    std::printf("%-32s %-7s relative error %.2e, largest difference %.2e\n", tensor.name.c_str(),
                DTypeName(tensor.type), tensor.error, tensor.largest);
  }
  if (!common.quiet)
    std::fprintf(stderr, "wrote %s (%s)\n", flags.target.c_str(), Megabytes(*bytes).c_str());
  return kExitDone;
}

// Loading reads every byte: structure, shapes, finite values, hash.
int RunVerify(const Common& common, const VerifyFlags& flags) {
  auto checkpoint = LoadCheckpoint(flags.checkpoint, ThreadPool(common.threads).thread_count());
  if (!checkpoint) return Fail(checkpoint.error());
  const bool same = flags.sha256.empty() || flags.sha256 == checkpoint->sha256;
  if (common.json) {
    Json json = Json::EmptyObject();
    json.Set("sha256", checkpoint->sha256);
    json.Set("weights_bytes", checkpoint->weights_bytes);
    json.Set("parameters", checkpoint->parameters);
    if (!flags.sha256.empty()) json.Set("matches", same);
    std::printf("%s\n", json.Dump().c_str());
  } else {
    std::printf("%s  %s\n", checkpoint->sha256.c_str(), flags.checkpoint.c_str());
  }
  if (same) return kExitDone;
  std::fprintf(stderr, "%s: has sha256 %s, expected %s\n", flags.checkpoint.c_str(),
               checkpoint->sha256.c_str(), flags.sha256.c_str());
  return kExitNegative;
}

}  // namespace

void AddModel(CLI::App& app, Common& common, Run& run) {
  CLI::App* model = app.add_subcommand("model", "Look at, convert and check a model");
  model->require_subcommand(1);

  auto path = std::make_shared<std::string>();
  CLI::App* info = model->add_subcommand("info", "Shape, size and hash");
  info->add_option("checkpoint", *path, "Checkpoint; --model's when absent");
  info->callback(
      [path, &common, &run] { run = [path, &common] { return RunInfo(common, *path); }; });

  auto convert_flags = std::make_shared<ConvertFlags>();
  CLI::App* convert = model->add_subcommand("convert", "Write a checkpoint as GGUF");
  convert->add_option("source", convert_flags->source, "HF folder, safetensors or GGUF")
      ->required();
  convert->add_option("target", convert_flags->target, "The .gguf to write")->required();
  convert->add_option("--type", convert_flags->type, DTypeNames())->capture_default_str();
  convert->add_flag("--report", convert_flags->report,
                    "Say for each tensor how far its values moved");
  convert->callback([convert_flags, &common, &run] {
    run = [convert_flags, &common] { return RunConvert(common, *convert_flags); };
  });

  auto verify_flags = std::make_shared<VerifyFlags>();
  CLI::App* verify = model->add_subcommand("verify", "Read a checkpoint whole and check it");
  verify->add_option("checkpoint", verify_flags->checkpoint, "Checkpoint")->required();
  verify->add_option("--sha256", verify_flags->sha256, "What its hash must be");
  verify->callback([verify_flags, &common, &run] {
    run = [verify_flags, &common] { return RunVerify(common, *verify_flags); };
  });

  AddModelEval(*model, common, run);

  auto logits_flags = std::make_shared<LogitsFlags>();
  CLI::App* logits = model->add_subcommand(
      "logits", "Logits at every position of a token list, and a greedy continuation");
  logits->add_option("checkpoint", logits_flags->checkpoint, "Checkpoint")->required();
  logits->add_option("--ids", logits_flags->ids, "File with a JSON array of token ids")->required();
  logits->add_option("--greedy", logits_flags->greedy, "Tokens to continue greedily");
  logits->add_option("--chunk", logits_flags->chunk,
                     "Append in chunks of so many tokens (0: one pass)");
  logits->add_option("--lightning-eps", logits_flags->eps,
                     "Epsilon of the norm behind lightning attention");
  logits->add_option("--npy", logits_flags->npy,
                     "Write the logits there as .npy (tokens, vocabulary) float32");
  logits->callback([logits_flags, &common, &run] {
    run = [logits_flags, &common] { return RunLogits(common, *logits_flags); };
  });

  auto tokenize_flags = std::make_shared<TokenizeFlags>();
  CLI::App* tokenize = model->add_subcommand(
      "tokenize", "JSON strings on stdin, one a line, to arrays of token ids");
  tokenize->add_option("checkpoint", tokenize_flags->checkpoint, "Checkpoint or tokenizer.json")
      ->required();
  tokenize->add_flag("--trusted", tokenize_flags->trusted, "Special strings become their ids");
  tokenize->callback(
      [tokenize_flags, &run] { run = [tokenize_flags] { return RunTokenize(*tokenize_flags); }; });

  auto events = std::make_shared<bool>(false);
  CLI::App* parse = model->add_subcommand(
      "parse", "Model output on stdin (JSON lines of byte chunks) to content and calls");
  parse->add_flag("--events", *events, "Also the streamed deltas");
  parse->callback([events, &run] {
    run = [events] { return RunParseCommand({.events = *events}, std::cin, std::cout, std::cerr); };
  });
}

}  // namespace fathom
