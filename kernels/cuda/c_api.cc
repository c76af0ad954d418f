// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/c_api.h"

#include <numeric>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "kernels/cuda/device.h"
#include "kernels/lightning_attention/lightning_attention.h"
#include "kernels/moe_experts/few_experts.h"
#include "kernels/moe_experts/grouped_experts.h"
#include "kernels/softmax_attention/softmax_attention.h"

struct FathomKernels {
  fathom::ThreadPool pool{1};
  std::unique_ptr<fathom::Backend> backend;
};

namespace {

thread_local std::string last_error;

fathom::KvShape Shape(size_t kv_heads, size_t head_dim) {
  return {fathom::KvType::kBF16, kv_heads, head_dim, 64, fathom::KvLayout::kRows};
}

fathom::KvView View(size_t kv_heads, size_t head_dim, void* const* pages, size_t page_count,
                    size_t tokens) {
  const auto* bytes = reinterpret_cast<std::byte* const*>(pages);
  return {Shape(kv_heads, head_dim), {bytes, page_count}, tokens};
}

int Report(const fathom::Status& status) {
  if (status.ok()) return 0;
  last_error = status.error().Text();
  return -1;
}

}  // namespace

FathomKernels* fathom_open(int device) {
  auto kernels = std::make_unique<FathomKernels>();
  auto backend = fathom::Backend::CreateCuda(kernels->pool, device);
  if (!backend) {
    last_error = backend.error().Text();
    return nullptr;
  }
  kernels->backend = std::move(*backend);
  return kernels.release();
}

void fathom_close(FathomKernels* kernels) {
  const std::unique_ptr<FathomKernels> last(kernels);
}

const char* fathom_error() {
  return last_error.c_str();
}

void* fathom_stream(FathomKernels* kernels) {
  return kernels->backend->cuda().stream();
}

int fathom_lightning_prefill(FathomKernels* kernels, size_t tokens, size_t heads,
                             const uint16_t* qkv, const float* host_slopes, float* state,
                             uint16_t* o) {
  return Report(fathom::LightningPrefillBf16(*kernels->backend,
                                             {tokens, heads, qkv, {host_slopes, heads}, state, o}));
}

int fathom_lightning_decode(FathomKernels* kernels, size_t sequences, size_t heads,
                            const uint16_t* qkv, const float* decays, const uint16_t* gate,
                            const float* weight, float* state, uint16_t* o, float* squares) {
  fathom::LightningBf16Args args{sequences, heads, qkv, {}, state, o};
  args.gate = gate;
  args.weight = weight;
  args.squares = squares;
  args.decays_on_device = decays;
  return Report(fathom::LightningDecodeBf16(*kernels->backend, args));
}

size_t fathom_kv_page_bytes(size_t kv_heads, size_t head_dim) {
  return fathom::KvPageBytes(Shape(kv_heads, head_dim));
}

int fathom_kv_write(FathomKernels* kernels, size_t kv_heads, size_t head_dim,
                    void* const* host_pages, size_t page_count, size_t begin, size_t rows,
                    const float* k, const float* v) {
  const auto kv = View(kv_heads, head_dim, host_pages, page_count, begin + rows);
  return Report(fathom::KvWrite(*kernels->backend, {kv, begin, rows, k, v}));
}

int fathom_attention(FathomKernels* kernels, size_t heads, size_t kv_heads, size_t head_dim,
                     void* const* host_pages, void* const* pages_on_device, size_t page_count,
                     size_t begin, size_t rows, const float* q, float* o) {
  std::vector<size_t> positions(rows);
  std::iota(positions.begin(), positions.end(), begin);
  auto kv = View(kv_heads, head_dim, host_pages, page_count, begin + rows);
  kv.pages_on_device = reinterpret_cast<std::byte* const*>(pages_on_device);
  return Report(fathom::SoftmaxAttention(*kernels->backend, {heads, kv, positions, q, o}));
}

int fathom_moe_experts(FathomKernels* kernels, size_t rows, size_t hidden, size_t width,
                       size_t expert_count, size_t top_k, const float* x, const int32_t* experts,
                       const float* probabilities, const uint16_t* gate_up, const uint16_t* down,
                       float* out) {
  if (!fathom::GroupedExpertsFit(hidden, width, rows * top_k, expert_count))
    return Report(fathom::Invalid("moe_experts: the shape does not fit the grouped kernel"));
  std::vector<const void*> ups, downs;
  for (size_t e = 0; e < expert_count; ++e) {
    ups.push_back(gate_up + e * 2 * width * hidden);
    downs.push_back(down + e * hidden * width);
  }
  return Report(fathom::GroupedExpertsCuda(
      *kernels->backend, {rows, hidden, width, top_k, x, experts, probabilities, out, ups, downs}));
}

int fathom_moe_few(FathomKernels* kernels, size_t kind, size_t rows, size_t hidden, size_t width,
                   size_t expert_count, size_t top_k, const float* x, const int32_t* experts,
                   const float* probabilities, const void* gate_up, const void* down, float* out) {
  const auto few = static_cast<fathom::FewKind>(kind);
  if (kind > 5 || !fathom::FewExpertsFit(few, rows, hidden, width, expert_count))
    return Report(fathom::Invalid("moe_few: the shape does not fit"));
  constexpr size_t kBytesOf256[] = {1024, 512, 288, 144, 136, 112};  // columns
  const size_t expert_bytes = hidden * width * kBytesOf256[kind] / 256;
  std::vector<const void*> ups, downs;
  for (size_t e = 0; e < expert_count; ++e) {
    ups.push_back(static_cast<const std::byte*>(gate_up) + e * 2 * expert_bytes);
    downs.push_back(static_cast<const std::byte*>(down) + e * expert_bytes);
  }
  return Report(fathom::FewExpertsCuda(
      *kernels->backend,
      {few, rows, hidden, width, top_k, x, experts, probabilities, out, ups, downs}));
}

int fathom_widen_blocks(FathomKernels* kernels, size_t kind, size_t count, const void* blocks,
                        uint16_t* out) {
  if (kind > 5) return Report(fathom::Invalid("widen_blocks: unknown kind"));
  return Report(fathom::WidenBlocksCuda(*kernels->backend, static_cast<fathom::FewKind>(kind),
                                        blocks, count, out));
}
