// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "base/atomic_file.h"
#include "base/thread_pool.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/gguf_model.h"

namespace fathom {
namespace {

// ggml's numbers of "mostly this type".
uint32_t FileTypeOf(DType type) {
  switch (type) {
    case DType::kF32:
      return 0;
    case DType::kF16:
      return 1;
    case DType::kQ8_0:
      return 7;
    case DType::kBF16:
      return 32;
    case DType::kQ4_0:
      return 2;
    case DType::kQ3K:
      return 11;
    case DType::kQ4K:
      return 14;
    case DType::kQ6K:
      return 18;
    case DType::kIQ4XS:
      return 30;
  }
  return 0;
}

uint64_t Padded(uint64_t bytes) {
  return (bytes + kGgufAlignment - 1) / kGgufAlignment * kGgufAlignment;
}

template <typename T>
void Put(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

// One tensor of the new file: its entry in the header, and later its bytes.
struct Target {
  NamedParts named;
  DType type = DType::kF32;
  std::vector<uint64_t> shape;  // outermost first
  uint64_t offset = 0, bytes = 0;
};

// See ConvertCheckpoint. A head or embedding below 8 bits costs more than it saves.
DType TypeFor(const NamedParts& named, uint64_t columns, DType type) {
  if (named.keeps_f32) return DType::kF32;
  const bool ends = named.name == "token_embd.weight" || named.name == "output.weight";
  return IsSmall(type) && (ends || columns % DTypeBlockColumns(type) != 0) ? DType::kQ8_0 : type;
}

Result<std::vector<Target>> PlanTargets(const Checkpoint& checkpoint, DType type,
                                        const std::string& place) {
  std::vector<Target> targets;
  uint64_t offset = 0;
  for (NamedParts& named : GgufOrder(checkpoint.weights, checkpoint.config)) {
    Target target{std::move(named), type};
    const StoredTensor& first = *target.named.parts[0];
    target.type = TypeFor(target.named, first.columns(), type);
    target.shape = first.shape;
    if (target.named.name.ends_with("_exps.weight")) {
      target.shape.insert(target.shape.begin(), target.named.parts.size());
    }
    const auto bytes = StoredBytes(target.type, target.shape);
    if (!bytes) {
      return Invalid("tensor `" + target.named.name + "` has rows of " +
                         std::to_string(first.columns()) + " values, " + DTypeName(target.type) +
                         " needs whole blocks",
                     place);
    }
    target.offset = offset;
    target.bytes = *bytes;
    offset += Padded(*bytes);
    targets.push_back(std::move(target));
  }
  return targets;
}

std::string TensorEntry(const Target& target) {
  std::string entry;
  Put<uint64_t>(entry, target.named.name.size());
  entry += target.named.name;
  Put(entry, static_cast<uint32_t>(target.shape.size()));
  for (auto size = target.shape.rbegin(); size != target.shape.rend(); ++size)
    Put<uint64_t>(entry, *size);
  Put(entry, GgmlOfDType(target.type));
  Put(entry, target.offset);
  return entry;
}

struct Difference {
  double squared = 0, size = 0, largest = 0;
};

// One row in its new type; what it lost is added to `lost` when that is asked for.
void ConvertRow(DType from, const std::byte* row, DType to, size_t columns, std::byte* out,
                Difference* lost) {
  if (from == to) {
    std::copy(row, row + DTypeRowBytes(from, columns), out);
    if (lost == nullptr) return;
  }
  std::vector<float> floats(columns), again(columns);
  DequantizeRow(from, row, columns, floats.data());
  if (from != to) QuantizeRow(to, floats.data(), columns, out);
  if (lost == nullptr) return;
  DequantizeRow(to, out, columns, again.data());
  for (size_t i = 0; i < columns; ++i) {
    const double difference = double{again[i]} - floats[i];
    lost->squared += difference * difference;
    lost->size += double{floats[i]} * floats[i];
    lost->largest = std::max(lost->largest, std::fabs(difference));
  }
}

// A few rows at a time, so that a tensor of many gigabytes needs no second copy.
Status WriteTensor(const Target& target, AtomicFile& file, ThreadPool& pool,
                   std::vector<ConvertedTensor>* report) {
  constexpr size_t kBatchBytes = 8 << 20;
  const size_t columns = target.shape.back();
  const size_t out_bytes = DTypeRowBytes(target.type, columns);
  const size_t batch_rows = std::max<size_t>(kBatchBytes / out_bytes, 1);
  std::vector<uint8_t> batch;
  std::vector<Difference> lost(static_cast<size_t>(pool.thread_count()));
  for (const StoredTensor* part : target.named.parts) {
    const size_t in_bytes = DTypeRowBytes(part->type, columns);
    const size_t rows = part->bytes.size() / in_bytes;
    for (size_t first = 0; first < rows; first += batch_rows) {
      const size_t count = std::min(batch_rows, rows - first);
      batch.resize(count * out_bytes);
      pool.For(count, 1, [&](size_t begin, size_t end, int worker) {
        Difference* own = report != nullptr ? &lost[static_cast<size_t>(worker)] : nullptr;
        for (size_t row = begin; row < end; ++row) {
          const auto from = std::as_bytes(part->bytes.subspan((first + row) * in_bytes, in_bytes));
          ConvertRow(part->type, from.data(), target.type, columns,
                     reinterpret_cast<std::byte*>(batch.data() + row * out_bytes), own);
        }
      });
      if (auto status = file.Write(batch); !status) return status;
    }
  }
  if (report != nullptr) {
    Difference all;
    for (const Difference& one : lost) {
      all.squared += one.squared;
      all.size += one.size;
      all.largest = std::max(all.largest, one.largest);
    }
    const double error = all.size > 0 ? std::sqrt(all.squared / all.size) : 0;
    report->push_back({target.named.name, target.type, error, all.largest});
  }
  return file.WriteZeros(Padded(target.bytes) - target.bytes);
}

Result<std::optional<TokenizerParts>> PartsOf(const Checkpoint& checkpoint) {
  if (checkpoint.tokenizer_parts) return checkpoint.tokenizer_parts;
  if (checkpoint.tokenizer_path.empty()) return std::optional<TokenizerParts>();
  auto tokenizer = Tokenizer::Load(checkpoint.tokenizer_path);
  if (!tokenizer) return tokenizer.error();
  return std::optional<TokenizerParts>((*tokenizer)->parts());
}

Result<GgufMetadata> PlanMetadata(const Checkpoint& checkpoint, std::optional<TokenizerParts> parts,
                                  DType type, const std::string& place) {
  const M1Config& config = checkpoint.config;
  GgufMetadata metadata;
  metadata.Add("general.file_type", FileTypeOf(type));
  if (auto status = DescribeConfig(config, place, metadata); !status) return status.error();
  if (parts) {
    if (!parts->eos && config.eos) parts->eos = *config.eos;
    if (parts->pieces.size() > static_cast<size_t>(config.vocabulary)) {
      return Invalid("the tokenizer has " + std::to_string(parts->pieces.size()) +
                         " entries, the embedding " + std::to_string(config.vocabulary) + " rows",
                     place);
    }
    DescribeTokenizer(*parts, config.vocabulary, metadata);
  }
  const auto zero_rows = ZeroRows(checkpoint.weights.embedding);
  if (!zero_rows.empty()) {
    metadata.Add("tokenizer.ggml.suppress_tokens",
                 std::vector<int32_t>(zero_rows.begin(), zero_rows.end()));
  }
  return metadata;
}

}  // namespace

Result<size_t> ConvertCheckpoint(const std::string& source, const std::string& target, DType type,
                                 std::vector<ConvertedTensor>* report, int threads) {
  auto checkpoint = LoadCheckpoint(source, threads);
  if (!checkpoint) return checkpoint.error();
  auto parts = PartsOf(*checkpoint);
  if (!parts) return parts.error();
  return WriteGguf(*checkpoint, *parts, target, type, source, report, threads);
}

Result<size_t> WriteGguf(const Checkpoint& checkpoint,
                         const std::optional<TokenizerParts>& tokenizer, const std::string& target,
                         DType type, const std::string& place, std::vector<ConvertedTensor>* report,
                         int threads) {
  if (type == DType::kF16) return Invalid("f16 is read but not written: its range is too small");
  auto metadata = PlanMetadata(checkpoint, tokenizer, type, place);
  if (!metadata) return metadata.error();
  auto targets = PlanTargets(checkpoint, type, place);
  if (!targets) return targets.error();
  std::string head;
  Put(head, kGgufMagic);
  Put(head, kGgufVersion);
  Put<uint64_t>(head, targets->size());
  Put<uint64_t>(head, metadata->count());
  head += metadata->bytes();
  for (const Target& one : *targets) head += TensorEntry(one);
  head.append(Padded(head.size()) - head.size(), '\0');
  auto file = AtomicFile::Create(target, "convert");
  if (!file) return file.error();
  if (auto status = file->Write({reinterpret_cast<const uint8_t*>(head.data()), head.size()});
      !status) {
    return status.error();
  }
  ThreadPool pool(std::max(threads, 1));
  for (const Target& one : *targets) {
    if (auto status = WriteTensor(one, *file, pool, report); !status) return status.error();
  }
  const size_t bytes = file->size();
  if (auto status = file->Commit(); !status) return status.error();
  return bytes;
}

}  // namespace fathom
