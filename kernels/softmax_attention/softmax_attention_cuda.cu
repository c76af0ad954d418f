// SPDX-License-Identifier: Apache-2.0
// One warp a (row, head): 32 keys at a time, a lane a key for the scores, a lane some dimensions
// for the sums. Pages as in kv_layout.h, kRows.
#include <algorithm>

#include "kernels/cuda/device.h"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/positions.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/recording.h"
#include "kernels/softmax_attention/kv_layout.h"
#include "kernels/softmax_attention/softmax_attention.h"
#include "kernels/softmax_attention/softmax_attention_device.cuh"

namespace fathom {
namespace {

constexpr int kWarps = 4;
constexpr int kDimMax = 256;
constexpr int kBlock = static_cast<int>(kKvBlock);

template <typename T>
__device__ float Widen(T value);
template <>
__device__ float Widen(float value) {
  return value;
}
template <>
__device__ float Widen(uint16_t value) {
  return __uint_as_float(uint32_t{value} << 16);
}

template <typename T>
__device__ T Narrow(float value);
template <>
__device__ float Narrow(float value) {
  return value;
}
template <>
__device__ uint16_t Narrow(float value) {
  const uint32_t bits = __float_as_uint(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) return (bits >> 16) | 0x40u;
  return (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
}

// One block a row.
template <typename T>
__global__ void WriteRow(DevicePages kv, Positions positions, const float* k, const float* v) {
  const size_t position = positions[blockIdx.x];
  for (int i = threadIdx.x; i < kv.kv_heads * kv.dim; i += kRowThreads) {
    const int head = i / kv.dim, d = i % kv.dim;
    std::byte* block = kv.Block(position, head);
    const size_t at = KvRowsElement(sizeof(T) == 2, kv.wide, position % kBlock, d);
    const size_t from = blockIdx.x * size_t(kv.kv_heads) * kv.dim + i;
    reinterpret_cast<T*>(block)[at] = Narrow<T>(k[from]);
    reinterpret_cast<T*>(block + kv.half_bytes)[at] = Narrow<T>(v[from]);
  }
}

// Key j of a block.
template <typename T>
__device__ float Dot(const float* q, const T* keys, int j, const DevicePages& kv) {
  float sum = 0;
  int d = 0;
  constexpr int kStep = 16 / sizeof(T);
  for (; d + kStep <= kv.dim; d += kStep) {
    const uint4 raw =
        *reinterpret_cast<const uint4*>(keys + KvRowsElement(sizeof(T) == 2, kv.wide, j, d));
    const T* values = reinterpret_cast<const T*>(&raw);
#pragma unroll
    for (int i = 0; i < kStep; ++i) sum = fmaf(q[d + i], Widen(values[i]), sum);
  }
  for (; d < kv.dim; ++d)
    sum = fmaf(q[d], Widen(keys[KvRowsElement(sizeof(T) == 2, kv.wide, j, d)]), sum);
  return sum;
}

template <typename T>
__global__ void __launch_bounds__(kWarps * 32)
    AttendRows(DevicePages kv, Positions positions, size_t rows, int heads, float scale,
               const float* q, float* o) {
  __shared__ float shared_q[kWarps][kDimMax];
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  const size_t item = blockIdx.x * size_t{kWarps} + warp;
  if (item >= rows * heads) return;
  const size_t row = item / heads;
  const int head = static_cast<int>(item % heads), kv_head = head / (heads / kv.kv_heads);
  for (int d = lane; d < kv.dim; d += 32) shared_q[warp][d] = q[item * kv.dim + d] * scale;
  __syncwarp();
  const size_t keys = positions[row] + 1;
  float largest = -INFINITY, total = 0, sum[kDimMax / 32] = {};
  for (size_t begin = 0; begin < keys; begin += 32) {
    std::byte* block = kv.Block(begin, kv_head);
    const T* block_keys = reinterpret_cast<const T*>(block);
    const int first = static_cast<int>(begin % kBlock);
    const bool inside = begin + lane < keys;
    const float score = inside ? Dot(shared_q[warp], block_keys, first + lane, kv) : -INFINITY;
    float top = score;
#pragma unroll
    for (int step = 16; step > 0; step /= 2) top = fmaxf(top, __shfl_xor_sync(~0u, top, step));
    const float next = fmaxf(largest, top), keep = expf(largest - next);
    const float p = inside ? expf(score - next) : 0.0f;
    total = fmaf(total, keep, WarpSum(p));
#pragma unroll
    for (int i = 0; i < kDimMax / 32; ++i) sum[i] *= keep;
    const T* values = reinterpret_cast<const T*>(block + kv.half_bytes);
    const int count = static_cast<int>(min(size_t{32}, keys - begin));
    for (int j = 0; j < count; ++j) {
      const float weight = __shfl_sync(~0u, p, j);
#pragma unroll
      for (int i = 0; i < kDimMax / 32; ++i) {
        const int d = lane + 32 * i;
        if (d < kv.dim)
          sum[i] = fmaf(weight, Widen(values[KvRowsElement(sizeof(T) == 2, kv.wide, first + j, d)]),
                        sum[i]);
      }
    }
    largest = next;
  }
#pragma unroll
  for (int i = 0; i < kDimMax / 32; ++i) {
    const int d = lane + 32 * i;
    if (d < kv.dim) o[item * kv.dim + d] = sum[i] / total;
  }
}

Result<DevicePages> OnDevice(CudaContext& cuda, const KvView& kv) {
  const KvBlockLayout layout =
      MakeKvBlockLayout(kv.shape.type == KvType::kBF16 ? 2 : 4, kv.shape.head_dim);
  const size_t used = (kv.tokens + kv.shape.page_tokens - 1) / kv.shape.page_tokens;
  DevicePages pages{
      kv.pages_on_device != nullptr ? kv.pages_on_device : cuda.Upload(kv.pages.data(), used),
      layout.half_bytes,
      static_cast<int>(kv.shape.page_tokens / kKvBlock),
      static_cast<int>(kv.shape.kv_heads),
      static_cast<int>(kv.shape.head_dim),
      static_cast<int>(layout.wide)};
  if (pages.pages == nullptr)
    return Error{Code::kLimit, "softmax_attention: the page table could not be uploaded", ""};
  return pages;
}

// What attention_prefill_cuda.cu and attention_decode_cuda.cu compute; the rest goes by AttendRows.
bool IsFast(const SoftmaxAttentionArgs& args) {
  const size_t dim = args.kv.shape.head_dim;
  return args.kv.shape.type == KvType::kBF16 && (dim == 64 || dim == 128) &&
         args.heads / args.kv.shape.kv_heads <= 8 && reinterpret_cast<uintptr_t>(args.q) % 16 == 0;
}

Status CheckDevice(const KvView& kv) {
  if (kv.shape.layout != KvLayout::kRows)
    return Invalid("softmax_attention: a CUDA device needs pages of layout kRows");
  if (kv.shape.head_dim <= kDimMax) return OkStatus();
  return Invalid("softmax_attention: head_dim is " + std::to_string(kv.shape.head_dim) +
                 ", at most 256 on a CUDA device");
}

}  // namespace

Status KvWriteCuda(const Backend& backend, const KvWriteArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  if (Status status = CheckDevice(args.kv); !status) return status;
  auto pages = OnDevice(cuda, args.kv);
  if (!pages) return pages.error();
  const auto rows = static_cast<unsigned>(args.rows);
  const bool recorded = cuda.step() != nullptr && rows == 1;
  const Positions positions{recorded ? &cuda.step()->position : nullptr, args.begin};
  if (args.kv.shape.type == KvType::kBF16) {
    WriteRow<uint16_t><<<rows, kRowThreads, 0, cuda.stream()>>>(*pages, positions, args.k, args.v);
  } else {
    WriteRow<float><<<rows, kRowThreads, 0, cuda.stream()>>>(*pages, positions, args.k, args.v);
  }
  return cuda.Launched("kv_write");
}

Status SoftmaxAttentionCuda(const Backend& backend, const SoftmaxAttentionArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  if (Status status = CheckDevice(args.kv); !status) return status;
  auto pages = OnDevice(cuda, args.kv);
  if (!pages) return pages.error();
  auto list = UploadPositions(cuda, args.positions);
  if (!list) return list.error();
  const Positions positions{*list, args.positions[0]};
  const size_t rows = args.positions.size();
  if (IsFast(args)) {
    const size_t keys =
        cuda.step() != nullptr ? RecordedKeysMax(args.positions.back()) : args.positions.back() + 1;
    const DeviceAttention call{*pages,
                               positions,
                               rows,
                               static_cast<int>(args.heads),
                               static_cast<int>((args.kv.tokens + kBlock - 1) / kBlock),
                               args.q,
                               args.o};
    return rows == 1 ? AttentionDecodeCuda(backend, call, keys) : AttentionPrefillCuda(cuda, call);
  }
  const int heads = static_cast<int>(args.heads);
  const auto blocks = static_cast<unsigned>((rows * args.heads + kWarps - 1) / kWarps);
  const float scale = 1.0f / sqrtf(static_cast<float>(args.kv.shape.head_dim));
  if (args.kv.shape.type == KvType::kBF16) {
    AttendRows<uint16_t><<<blocks, kWarps * 32, 0, cuda.stream()>>>(*pages, positions, rows, heads,
                                                                    scale, args.q, args.o);
  } else {
    AttendRows<float><<<blocks, kWarps * 32, 0, cuda.stream()>>>(*pages, positions, rows, heads,
                                                                 scale, args.q, args.o);
  }
  return cuda.Launched("softmax_attention");
}

}  // namespace fathom
