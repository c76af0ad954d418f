// SPDX-License-Identifier: Apache-2.0
#include "engine/engine.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <mutex>

#include "base/check.h"
#include "engine/build_id.h"
#include "engine/grammar/grammar.h"
#include "engine/session_impl.h"

namespace fathom {
namespace {

constexpr size_t kChunkTokensMax = 65'536;

size_t DefaultStateBytesMax(const Backend& backend, size_t weights_bytes) {
  if (backend.on_device()) return SIZE_MAX;  // its own memory is the bound
  const size_t machine =
      static_cast<size_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(::sysconf(_SC_PAGESIZE));
  // Weights that do not fit are read from the file; a quarter is left to the states all the same.
  return std::max(machine / 4, (machine - std::min(machine, weights_bytes)) / 2);
}

ModelInfo Describe(const Checkpoint& checkpoint, const std::string& path) {
  const M1Config& c = checkpoint.config;
  ModelInfo info;
  const size_t end = path.find_last_not_of('/');
  const std::string trimmed = path.substr(0, end == std::string::npos ? 0 : end + 1);
  info.name = c.name.empty() ? trimmed.substr(trimmed.rfind('/') + 1) : c.name;
  info.weights_type = DTypeName(checkpoint.commonest_type);
  info.sha256 = checkpoint.sha256;
  info.weights_bytes = checkpoint.weights_bytes;
  info.parameters = checkpoint.parameters;
  info.parameters_active = checkpoint.parameters_active;
  info.layers = c.layers;
  info.softmax_layers = c.softmax_layers();
  info.hidden = c.hidden;
  info.heads = c.heads;
  info.kv_heads = c.kv_heads;
  info.head_dim = c.head_dim;
  info.experts = c.experts;
  info.experts_per_token = c.experts_per_token;
  info.expert_width = c.expert_width;
  info.rotary_dim = c.rotary_dim;
  info.vocabulary = c.vocabulary;
  info.context_tokens_max = c.context_tokens_max;
  info.eos = c.eos.value_or(-1);
  return info;
}

Result<std::unique_ptr<Tokenizer>> MakeTokenizer(Checkpoint& checkpoint) {
  std::unique_ptr<Tokenizer> none;
  if (!checkpoint.tokenizer_parts && checkpoint.tokenizer_path.empty()) return none;
  auto tokenizer = checkpoint.tokenizer_parts
                       ? Tokenizer::FromParts(std::move(*checkpoint.tokenizer_parts))
                       : Tokenizer::Load(checkpoint.tokenizer_path);
  if (!tokenizer) return tokenizer.error();
  if ((*tokenizer)->vocabulary() > static_cast<size_t>(checkpoint.config.vocabulary)) {
    return Invalid("the tokenizer has " + std::to_string((*tokenizer)->vocabulary()) +
                   " entries, the embedding " + std::to_string(checkpoint.config.vocabulary) +
                   " rows");
  }
  return tokenizer;
}

// All-zero rows, and rows the tokenizer has no piece for.
std::vector<Token> BannedTokens(const EngineCore& core) {
  std::vector<Token> banned = core.model->weights().zero_rows;
  if (core.tokenizer != nullptr) {
    for (size_t id = core.tokenizer->vocabulary(); id < static_cast<size_t>(core.info.vocabulary);
         ++id) {
      banned.push_back(static_cast<Token>(id));
    }
  }
  std::sort(banned.begin(), banned.end());
  banned.erase(std::unique(banned.begin(), banned.end()), banned.end());
  return banned;
}

Result<std::unique_ptr<Backend>> OpenBackend(const std::string& device, ThreadPool& pool) {
  if (device == "cpu") return Backend::Create(pool);
  int index = -1;
  const std::string_view number =
      std::string_view(device).substr(std::min<size_t>(5, device.size()));
  const auto read = std::from_chars(number.data(), number.data() + number.size(), index);
  if (!device.starts_with("cuda:") || read.ec != std::errc() ||
      read.ptr != number.data() + number.size()) {
    return Invalid("the device must be auto, cpu or cuda:N, found '" + device + "'");
  }
  return Backend::CreateCuda(pool, index);
}

// None: what the weights are worth.
Result<std::optional<KvType>> ChosenKvType(const EngineOptions& options, const Backend& backend) {
  if (options.kv_type.empty() || options.kv_type == "auto") return std::optional<KvType>();
  const auto type = KvTypeOfName(options.kv_type);
  if (!type)
    return Invalid("the KV type must be auto, f32, bf16 or q8, found '" + options.kv_type + "'");
  if (backend.on_device() && *type == KvType::kQ8)
    return Invalid("the KV type q8 is the CPU's; a CUDA device keeps f32 or bf16");
  return type;
}

}  // namespace

struct Engine::Impl : EngineCore {
  std::once_flag vocabulary_made;
  std::optional<GrammarVocabulary> vocabulary;
};

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::Open(const EngineOptions& options) {
  if (!options.device.empty() && options.device != "auto") return OpenOn(options);
  EngineOptions one = options;
  one.device = "cuda:0";
  if (DescribeCudaDevice(0)) {
    auto engine = OpenOn(one);
    // Anything else is the checkpoint's fault.
    const bool could_not = !engine && (engine.error().code == Code::kUnavailable ||
                                       engine.error().code == Code::kLimit);
    if (!could_not) return engine;
  }
  one.device = "cpu";
  return OpenOn(one);
}

Result<std::unique_ptr<Engine>> Engine::OpenOn(const EngineOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->pool = std::make_unique<ThreadPool>(options.threads);
  auto backend = OpenBackend(options.device, *impl->pool);
  if (!backend) {
    Error error = backend.error();
    if (error.code == Code::kUnavailable && options.device != "cpu")
      error.message += "; the device cpu is always there";
    return error;
  }
  (*backend)->set_operator_times(options.operator_times);
  const auto kv_type = ChosenKvType(options, **backend);
  if (!kv_type) return kv_type.error();
  auto checkpoint = LoadCheckpoint(options.checkpoint, impl->pool->thread_count());
  if (!checkpoint) return checkpoint.error();
  if (options.lightning_norm_eps) {
    checkpoint->config.lightning_norm_eps = static_cast<float>(*options.lightning_norm_eps);
    if (auto status = ValidateConfig(checkpoint->config, "lightning_norm_eps"); !status)
      return status.error();
  }
  impl->info = Describe(*checkpoint, options.checkpoint);
  auto weights = PackWeights(*checkpoint, **backend, options.device_expert_bytes_max);
  if (!weights) return weights.error();
  weights->kv.type = kv_type->value_or(weights->kv.type);
  auto tokenizer = MakeTokenizer(*checkpoint);
  if (!tokenizer)
    return Error{tokenizer.error().code, tokenizer.error().Text(), options.checkpoint};
  impl->tokenizer = std::move(*tokenizer);
  if (impl->info.eos < 0 && impl->tokenizer != nullptr)
    impl->info.eos = impl->tokenizer->eos().value_or(-1);
  const std::string isa(IsaName((*backend)->isa()));
  const std::string kv = KvTypeName(weights->kv.type);
  impl->identity = {checkpoint->sha256, kEngineBuildId,
                    DescribeNumerics(checkpoint->config) + " " + isa + " kv " + kv};
  impl->fingerprint = impl->identity.Fingerprint();
  impl->model =
      std::make_unique<M1Model>(checkpoint->config, std::move(*weights), std::move(*backend));
  const Backend& on = impl->model->backend();
  impl->states = std::make_unique<StateMemory>(
      on.memory(), options.state_bytes_max > 0
                       ? options.state_bytes_max
                       : DefaultStateBytesMax(on, impl->info.weights_bytes));
  impl->scheduler = std::make_unique<Scheduler>(*impl->model);
  impl->info.banned = BannedTokens(*impl);
  return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

const ModelInfo& Engine::info() const {
  return impl_->info;
}
const std::string& Engine::fingerprint() const {
  return impl_->fingerprint;
}
std::string Engine::device() const {
  return std::string(IsaName(impl_->model->backend().isa()));
}
int Engine::thread_count() const {
  return impl_->pool->thread_count();
}
size_t Engine::state_bytes() const {
  return impl_->states->held();
}
size_t Engine::state_bytes_max() const {
  return impl_->states->bytes_max();
}
EngineCore& Engine::core() {
  return *impl_;
}
const Tokenizer* Engine::tokenizer() const {
  return impl_->tokenizer.get();
}
const GrammarVocabulary& Engine::grammar_vocabulary() const {
  CHECK(impl_->tokenizer != nullptr);
  std::call_once(impl_->vocabulary_made, [&] { impl_->vocabulary.emplace(*impl_->tokenizer); });
  return *impl_->vocabulary;
}

Result<Session> Engine::NewSession(const SessionOptions& options) {
  if (options.chunk_tokens < 1 || options.chunk_tokens > kChunkTokensMax ||
      options.context_tokens_max < 1) {
    return Invalid("a session needs chunk_tokens from 1 to " + std::to_string(kChunkTokensMax) +
                   " and context_tokens_max of at least 1");
  }
  auto impl = std::make_unique<Session::Impl>(*impl_, options);
  if (!impl->state.status()) return impl->state.status().error();
  return Session(std::move(impl));
}

Result<Session> Engine::Restore(const std::string& path, const SessionOptions& options) {
  return RestoreFrom(path, std::nullopt, options);
}

Result<Session> Engine::RestorePrefix(const std::string& path, std::span<const Token> prefix,
                                      const SessionOptions& options) {
  return RestoreFrom(path, prefix, options);
}

Result<Session> Engine::RestoreFrom(const std::string& path,
                                    std::optional<std::span<const Token>> prefix,
                                    const SessionOptions& options) {
  auto session = NewSession(options);
  if (!session) return session.error();
  const bool on_device = impl_->states->on_device();
  auto saved = ReadStateFile(path, impl_->identity, impl_->model->state_shape(),
                             static_cast<size_t>(impl_->info.hidden),
                             static_cast<size_t>(impl_->info.vocabulary), prefix,
                             on_device ? HostMemory() : *impl_->states);
  if (!saved) return saved.error();
  if (saved->tokens.size() > options.context_tokens_max) {
    return Error{Code::kLimit,
                 "holds " + std::to_string(saved->tokens.size()) +
                     " tokens, the session may hold " + std::to_string(options.context_tokens_max),
                 path};
  }
  Session::Impl& impl = *session->impl_;
  impl.log = Shared(std::move(saved->tokens));
  impl.hidden = std::move(saved->hidden);
  if (!on_device) {
    impl.state = std::move(saved->state);
  } else {
    const auto status = impl_->scheduler->Alone([&] {
      auto state = saved->state.In(*impl_->states);
      if (!state) return Status(state.error());
      impl.state = std::move(*state);
      return OkStatus();
    });
    if (!status) return status.error();
  }
  impl.usage.restored = impl.log->size();
  for (SavedCheckpoint& one : saved->checkpoints) {
    auto state = impl.CopyState(impl.state);
    if (!state) return state.error();
    state->CutPages(one.position);
    const auto status =
        impl_->scheduler->Alone([&] { return state->CopyLightningIn(one.lightning); });
    if (!status) return status.error();
    impl.checkpoints.push_back({one.position, std::move(*state), std::move(one.hidden)});
  }
  return session;
}

Result<std::vector<float>> Engine::TokenEmbedding(Token token) const {
  std::vector<float> row(static_cast<size_t>(impl_->info.hidden));
  const auto status =
      impl_->scheduler->Alone([&] { return impl_->model->Embedding(token, row.data()); });
  if (!status) return status.error();
  return row;
}

Result<size_t> ConvertModel(const std::string& source, const std::string& target,
                            std::string_view type) {
  const auto known = DTypeOfName(type);
  if (!known)
    return Invalid("the type must be one of " + DTypeNames() + ", found " + std::string(type));
  return ConvertCheckpoint(source, target, *known);
}

}  // namespace fathom
