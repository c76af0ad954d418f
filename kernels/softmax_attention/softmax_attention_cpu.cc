// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstring>

#include "kernels/dtype.h"
#include "kernels/operator_times.h"
#include "kernels/softmax_attention/kv_layout.h"
#include "kernels/softmax_attention/softmax_attention.h"
#include "kernels/softmax_attention/softmax_attention_isa.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

static_assert(kKvBlock == kKvLayoutBlock);
constexpr size_t kRowsPerThread = 64;  // of KvWrite
constexpr float kQ8Most = 127;

constexpr std::pair<KvType, const char*> kKvTypes[] = {
    {KvType::kF32, "f32"}, {KvType::kBF16, "bf16"}, {KvType::kQ8, "q8"}};

size_t ElementBytes(KvType type) {
  return type == KvType::kF32 ? 4 : type == KvType::kBF16 ? 2 : 1;
}

KvBlockLayout LayoutOf(const KvShape& shape) {
  return MakeKvBlockLayout(ElementBytes(shape.type), shape.head_dim);
}

Status CheckShape(const KvView& kv) {
  FATHOM_REQUIRE(
      "softmax_attention", KvPageBytes(kv.shape) > 0,
      "KV pages must be f32, bf16 or q8 (on the CPU) with kv_heads > 0, head_dim even and "
      "> 0, page_tokens a multiple of 64");
  FATHOM_REQUIRE("softmax_attention", kv.tokens <= kv.pages.size() * kv.shape.page_tokens,
                 std::to_string(kv.tokens) + " positions do not fit " +
                     std::to_string(kv.pages.size()) + " pages");
  return OkStatus();
}

Status CheckPages(const KvView& kv) {
  const size_t used = (kv.tokens + kv.shape.page_tokens - 1) / kv.shape.page_tokens;
  for (size_t i = 0; i < used; ++i) {
    FATHOM_REQUIRE("softmax_attention",
                   kv.pages[i] != nullptr && reinterpret_cast<uintptr_t>(kv.pages[i]) % 64 == 0,
                   "page " + std::to_string(i) + " is null or not aligned to 64 bytes");
  }
  return OkStatus();
}

std::byte* BlockAt(const KvView& kv, size_t block, size_t kv_head) {
  const size_t half_bytes = LayoutOf(kv.shape).half_bytes;
  const size_t per_page = kv.shape.page_tokens / kKvBlock;
  return kv.pages[block / per_page] +
         (block % per_page * kv.shape.kv_heads + kv_head) * 2 * half_bytes;
}

// Where 8-bit pages keep dimension d of position j, in bytes from the start of keys or values.
size_t Q8Key(size_t j, size_t d) {
  return (d / 4 * kKvBlock + j) * 4 + d % 4;
}
size_t Q8Value(size_t wide, size_t j, size_t d) {
  return (j / 4 * wide + d) * 4 + j % 4;
}
float* Q8Scale(std::byte* half, size_t wide, size_t j) {
  return reinterpret_cast<float*>(half + wide * kKvBlock) + j;
}

// NaN where not all is finite: so is what is read.
float Q8ScaleFor(const float* x, size_t dim) {
  float largest = 0, zeros = 0;
  for (size_t d = 0; d < dim; ++d) {
    largest = std::max(largest, std::fabs(x[d]));
    zeros += x[d] * 0.0f;
  }
  return largest / kQ8Most + zeros;
}

// -127 to 127. A scale that is subnormal is coarse: what would be beyond stays inside.
int Q8Of(float x, float scale) {
  if (!(scale > 0)) return 0;
  return static_cast<int>(std::lrint(std::clamp(x / scale, -kQ8Most, kQ8Most)));
}

void WriteQ8(std::byte* block, const KvBlockLayout& layout, size_t j, std::span<const float> k,
             std::span<const float> v) {
  std::byte* values = block + layout.half_bytes;
  const float key_scale = Q8ScaleFor(k.data(), k.size()),
              value_scale = Q8ScaleFor(v.data(), v.size());
  for (size_t d = 0; d < k.size(); ++d) {
    block[Q8Key(j, d)] = static_cast<std::byte>(Q8Of(k[d], key_scale) + 128);
    values[Q8Value(layout.wide, j, d)] = static_cast<std::byte>(Q8Of(v[d], value_scale));
  }
  *Q8Scale(block, layout.wide, j) = key_scale;
  *Q8Scale(values, layout.wide, j) = value_scale;
}

void ReadQ8(std::byte* block, const KvBlockLayout& layout, size_t j, std::span<float> k,
            std::span<float> v) {
  std::byte* values = block + layout.half_bytes;
  for (size_t d = 0; d < k.size(); ++d) {
    k[d] = *Q8Scale(block, layout.wide, j) *
           static_cast<float>(static_cast<int>(block[Q8Key(j, d)]) - 128);
    v[d] = *Q8Scale(values, layout.wide, j) *
           static_cast<float>(static_cast<int8_t>(values[Q8Value(layout.wide, j, d)]));
  }
}

void WriteHead(const KvView& kv, size_t position, size_t kv_head, const float* k, const float* v) {
  const KvBlockLayout layout = LayoutOf(kv.shape);
  std::byte* block = BlockAt(kv, position / kKvBlock, kv_head);
  const size_t j = position % kKvBlock, dim = kv.shape.head_dim;
  if (kv.shape.type == KvType::kQ8) return WriteQ8(block, layout, j, {k, dim}, {v, dim});
  if (kv.shape.type == KvType::kBF16) {
    uint16_t* keys = reinterpret_cast<uint16_t*>(block);
    uint16_t* values =
        reinterpret_cast<uint16_t*>(block + layout.half_bytes) + j / 2 * layout.wide * 2 + j % 2;
    for (size_t d = 0; d < kv.shape.head_dim; ++d) {
      keys[(d / 2 * kKvBlock + j) * 2 + d % 2] = FloatToBf16(k[d]);
      values[d * 2] = FloatToBf16(v[d]);
    }
    return;
  }
  float* keys = reinterpret_cast<float*>(block);
  float* values = reinterpret_cast<float*>(block + layout.half_bytes) + j * layout.wide;
  for (size_t d = 0; d < kv.shape.head_dim; ++d) keys[d * kKvBlock + j] = k[d];
  std::memcpy(values, v, kv.shape.head_dim * 4);
}

Status Check(const SoftmaxAttentionArgs& args) {
  if (Status status = CheckShape(args.kv); !status) return status;
  FATHOM_REQUIRE("softmax_attention", args.heads > 0 && args.heads % args.kv.shape.kv_heads == 0,
                 "heads must be a multiple of kv_heads");
  FATHOM_REQUIRE("softmax_attention", args.heads / args.kv.shape.kv_heads <= kAttentionRowsMax,
                 "more than 48 heads share a KV head");
  FATHOM_REQUIRE("softmax_attention",
                 FitsMemory(args.positions.size(), args.heads, args.kv.shape.head_dim),
                 "q is too large");
  FATHOM_REQUIRE("softmax_attention", args.q != nullptr && args.o != nullptr, "a buffer is null");
  FATHOM_REQUIRE("softmax_attention", std::is_sorted(args.positions.begin(), args.positions.end()),
                 "positions are not ascending");
  FATHOM_REQUIRE("softmax_attention", args.positions.back() < args.kv.tokens,
                 "position " + std::to_string(args.positions.back()) +
                     " is not in the KV store of " + std::to_string(args.kv.tokens));
  return CheckPages(args.kv);
}

// One tile: as many whole positions as give at most 48 rows, of one KV head.
class Attention {
 public:
  Attention(const Backend& backend, const SoftmaxAttentionArgs& args, Scratch::Frame& frame)
      : backend_(backend),
        args_(args),
        kv_heads_(args.kv.shape.kv_heads),
        group_(args.heads / kv_heads_),
        per_tile_(kAttentionRowsMax / group_),
        threads_(static_cast<size_t>(backend.pool().thread_count())) {
    const size_t dim = args.kv.shape.head_dim;
    tiles_ = (args.positions.size() + per_tile_ - 1) / per_tile_;
    blocks_ = args.positions.back() / kKvBlock + 1;
    pointers_ = frame.Take<const unsigned char*>(kv_heads_ * blocks_);
    for (size_t head = 0; head < kv_heads_; ++head) {
      for (size_t b = 0; b < blocks_; ++b) {
        pointers_[head * blocks_ + b] =
            reinterpret_cast<const unsigned char*>(BlockAt(args.kv, b, head));
      }
    }
    floats_ = (FATHOM_PICK(backend.isa(), AttentionScratchFloats)(dim) + 15) / 16 * 16;
    scratch_ = frame.Take<float>(threads_ * floats_);
  }

  void Run() {
    const auto body = [this](int worker) {
      // In turn, because later tiles see more keys.
      for (size_t item = static_cast<size_t>(worker); item < tiles_ * kv_heads_; item += threads_) {
        Tile(item / kv_heads_, item % kv_heads_, static_cast<size_t>(worker));
      }
    };
    if (tiles_ * kv_heads_ == 1 || threads_ == 1) return body(0);
    backend_.pool().Run(std::ref(body));
  }

 private:
  void Tile(size_t tile, size_t kv_head, size_t worker) {
    const float* q[kAttentionRowsMax];
    float* o[kAttentionRowsMax];
    size_t positions[kAttentionRowsMax];
    const size_t dim = args_.kv.shape.head_dim;
    const size_t end = std::min(args_.positions.size(), (tile + 1) * per_tile_);
    size_t rows = 0;
    for (size_t row = tile * per_tile_; row < end; ++row) {
      for (size_t head = kv_head * group_; head < (kv_head + 1) * group_; ++head, ++rows) {
        q[rows] = args_.q + (row * args_.heads + head) * dim;
        o[rows] = args_.o + (row * args_.heads + head) * dim;
        positions[rows] = args_.positions[row];
      }
    }
    AttentionTile work{};
    work.element_bytes = ElementBytes(args_.kv.shape.type);
    work.head_dim = dim;
    work.rows = rows;
    work.q = q;
    work.o = o;
    work.positions = positions;
    work.scale = static_cast<float>(1 / std::sqrt(static_cast<double>(dim)));
    work.blocks = pointers_ + kv_head * blocks_;
    work.scratch = scratch_ + worker * floats_;
    FATHOM_PICK(backend_.isa(), AttendTile)(work);
  }

  const Backend& backend_;
  const SoftmaxAttentionArgs& args_;
  size_t kv_heads_, group_, per_tile_, threads_;
  size_t tiles_ = 0, blocks_ = 0, floats_ = 0;
  const unsigned char** pointers_ = nullptr;  // (kv_heads, blocks)
  float* scratch_ = nullptr;
};

}  // namespace

const char* KvTypeName(KvType type) {
  return kKvTypes[static_cast<size_t>(type)].second;
}

std::optional<KvType> KvTypeOfName(std::string_view name) {
  for (const auto& [type, known] : kKvTypes) {
    if (name == known) return type;
  }
  return std::nullopt;
}

size_t KvPageBytes(const KvShape& shape) {
  if (shape.type == KvType::kQ8 && shape.layout != KvLayout::kLanes) return 0;
  if (shape.kv_heads == 0 || shape.head_dim == 0 || shape.head_dim % 2 != 0) return 0;
  if (shape.page_tokens == 0 || shape.page_tokens % kKvBlock != 0) return 0;
  if (!FitsMemory(shape.kv_heads, shape.head_dim + 16, shape.page_tokens)) return 0;
  return shape.page_tokens / kKvBlock * shape.kv_heads * 2 * LayoutOf(shape).half_bytes;
}

Status KvWrite(const Backend& backend, const KvWriteArgs& args) {
  if (args.rows == 0) return OkStatus();
  if (Status status = CheckShape(args.kv); !status) return status;
  FATHOM_REQUIRE("softmax_attention",
                 args.begin <= args.kv.tokens && args.rows <= args.kv.tokens - args.begin,
                 "rows end after the KV store");
  FATHOM_REQUIRE("softmax_attention", args.k != nullptr && args.v != nullptr, "a buffer is null");
  if (Status status = CheckPages(args.kv); !status) return status;
  FATHOM_ON_CUDA(backend, KvWriteCuda, args);
  const OperatorTimer timer(backend, Operator::kKvWrite);
  const size_t heads = args.kv.shape.kv_heads, dim = args.kv.shape.head_dim;
  const auto body = [&](size_t begin, size_t end, int) {
    for (size_t row = begin; row < end; ++row) {
      for (size_t head = 0; head < heads; ++head) {
        const size_t at = (row * heads + head) * dim;
        WriteHead(args.kv, args.begin + row, head, args.k + at, args.v + at);
      }
    }
  };
  backend.pool().For(args.rows, kRowsPerThread, std::ref(body));
  return OkStatus();
}

Status KvRead(const KvView& kv, size_t position, float* k, float* v) {
  if (Status status = CheckShape(kv); !status) return status;
  if (Status status = CheckPages(kv); !status) return status;
  FATHOM_REQUIRE("softmax_attention", position < kv.tokens, "position is not in the KV store");
  const bool bf16 = kv.shape.type == KvType::kBF16;
  const DType type = bf16 ? DType::kBF16 : DType::kF32;
  const KvBlockLayout layout = LayoutOf(kv.shape);
  const size_t j = position % kKvBlock, dim = kv.shape.head_dim;
  const bool rows = kv.shape.layout == KvLayout::kRows;
  for (size_t head = 0; head < kv.shape.kv_heads; ++head) {
    std::byte* block = BlockAt(kv, position / kKvBlock, head);
    if (kv.shape.type == KvType::kQ8) {
      ReadQ8(block, layout, j, {k + head * dim, dim}, {v + head * dim, dim});
      continue;
    }
    for (size_t d = 0; d < dim; ++d) {
      const size_t in_row = KvRowsElement(bf16, layout.wide, j, d);
      const size_t key = rows   ? in_row
                         : bf16 ? (d / 2 * kKvBlock + j) * 2 + d % 2
                                : d * kKvBlock + j;
      const size_t value = bf16 && !rows ? (j / 2 * layout.wide + d) * 2 + j % 2 : in_row;
      const size_t bytes = bf16 ? 2 : 4;
      DequantizeRow(type, block + key * bytes, 1, k + head * dim + d);
      DequantizeRow(type, block + layout.half_bytes + value * bytes, 1, v + head * dim + d);
    }
  }
  return OkStatus();
}

Status SoftmaxAttention(const Backend& backend, const SoftmaxAttentionArgs& args) {
  if (args.positions.empty()) return OkStatus();
  if (Status status = Check(args); !status) return status;
  FATHOM_ON_CUDA(backend, SoftmaxAttentionCuda, args);
  const OperatorTimer timer(backend, Operator::kSoftmaxAttention);
  Scratch::Frame frame(backend.scratch());
  Attention(backend, args, frame).Run();
  return OkStatus();
}

}  // namespace fathom
