// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/atomic_file.h"
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

Result<std::vector<Target>> PlanTargets(const Checkpoint& checkpoint, DType type,
                                        const std::string& place) {
  std::vector<Target> targets;
  uint64_t offset = 0;
  for (NamedParts& named : GgufOrder(checkpoint.weights, checkpoint.config)) {
    Target target{std::move(named), type};
    const StoredTensor& first = *target.named.parts[0];
    if (target.named.keeps_f32) target.type = DType::kF32;
    target.shape = first.shape;
    if (target.named.name.ends_with("_exps.weight")) {
      target.shape.insert(target.shape.begin(), target.named.parts.size());
    }
    const auto bytes = StoredBytes(target.type, target.shape);
    if (!bytes) {
      return Invalid("tensor `" + target.named.name + "` has rows of " +
                         std::to_string(first.columns()) + " values, " + DTypeName(type) +
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

// Row by row, so that a tensor of many gigabytes needs no second copy.
Status WriteTensor(const Target& target, AtomicFile& file) {
  constexpr size_t kBatchBytes = 1 << 20;
  const size_t columns = target.shape.back();
  const size_t out_bytes = DTypeRowBytes(target.type, columns);
  std::vector<float> floats(columns);
  std::vector<uint8_t> batch;
  for (const StoredTensor* part : target.named.parts) {
    const size_t in_bytes = DTypeRowBytes(part->type, columns);
    for (size_t at = 0; at < part->bytes.size(); at += in_bytes) {
      const auto row = std::as_bytes(part->bytes.subspan(at, in_bytes));
      batch.resize(batch.size() + out_bytes);
      auto* out = reinterpret_cast<std::byte*>(batch.data() + batch.size() - out_bytes);
      if (part->type == target.type) {
        std::copy(row.begin(), row.end(), out);
      } else {
        DequantizeRow(part->type, row.data(), columns, floats.data());
        QuantizeRow(target.type, floats.data(), columns, out);
      }
      if (batch.size() < kBatchBytes) continue;
      if (auto status = file.Write(batch); !status) return status;
      batch.clear();
    }
  }
  if (auto status = file.Write(batch); !status) return status;
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

Result<size_t> ConvertCheckpoint(const std::string& source, const std::string& target, DType type) {
  auto checkpoint = LoadCheckpoint(source);
  if (!checkpoint) return checkpoint.error();
  auto parts = PartsOf(*checkpoint);
  if (!parts) return parts.error();
  return WriteGguf(*checkpoint, *parts, target, type, source);
}

Result<size_t> WriteGguf(const Checkpoint& checkpoint,
                         const std::optional<TokenizerParts>& tokenizer, const std::string& target,
                         DType type, const std::string& place) {
  if (type == DType::kF16) return Invalid("f16 is not written: f32, bf16 and q8_0 are");
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
  for (const Target& one : *targets) {
    if (auto status = WriteTensor(one, *file); !status) return status.error();
  }
  const size_t bytes = file->size();
  if (auto status = file->Commit(); !status) return status.error();
  return bytes;
}

}  // namespace fathom
