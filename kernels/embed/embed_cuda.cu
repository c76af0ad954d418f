// SPDX-License-Identifier: Apache-2.0
#include <cuda_fp16.h>

#include "kernels/cuda/device.h"
#include "kernels/cuda/operators.h"
#include "kernels/embed/embed.h"

namespace fathom {
namespace {

constexpr int kThreads = 256;

__device__ float StoredAt(DType type, const uint8_t* row, size_t column) {
  switch (type) {
    case DType::kF32:
      return reinterpret_cast<const float*>(row)[column];
    case DType::kF16:
      return __half2float(reinterpret_cast<const __half*>(row)[column]);
    case DType::kBF16:
      return __uint_as_float(uint32_t{reinterpret_cast<const uint16_t*>(row)[column]} << 16);
    case DType::kQ8_0:
      break;
  }
  const uint8_t* block = row + column / kQ8BlockColumns * kQ8BlockBytes;
  const float scale = __half2float(*reinterpret_cast<const __half*>(block));
  return scale * static_cast<float>(static_cast<int8_t>(block[2 + column % kQ8BlockColumns]));
}

// One block a token.
__global__ void EmbedRows(DType type, const uint8_t* table, size_t row_bytes, const int32_t* tokens,
                          size_t hidden, float* out) {
  const uint8_t* row = table + static_cast<size_t>(tokens[blockIdx.x]) * row_bytes;
  for (size_t i = threadIdx.x; i < hidden; i += kThreads)
    out[blockIdx.x * hidden + i] = StoredAt(type, row, i);
}

}  // namespace

Status EmbedCuda(const Backend& backend, const EmbedArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  const int32_t* tokens = cuda.step() != nullptr && args.tokens.size() == 1
                              ? &cuda.step()->token
                              : cuda.Upload(args.tokens.data(), args.tokens.size());
  if (tokens == nullptr) return Error{Code::kLimit, "embed: too many tokens to upload", ""};
  EmbedRows<<<args.tokens.size(), kThreads, 0, cuda.stream()>>>(
      args.type, reinterpret_cast<const uint8_t*>(args.table.data()),
      DTypeRowBytes(args.type, args.hidden), tokens, args.hidden, args.out);
  return cuda.Launched("embed");
}

}  // namespace fathom
