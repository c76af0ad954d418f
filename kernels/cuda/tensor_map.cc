// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/tensor_map.h"

#include <cuda_runtime_api.h>

#include <string>

namespace fathom {
namespace {

// From the driver at run time: nothing of it is linked.
decltype(&cuTensorMapEncodeTiled) Encoder() {
  void* function = nullptr;
  cudaDriverEntryPointQueryResult result;
  const auto error = cudaGetDriverEntryPointByVersion("cuTensorMapEncodeTiled", &function, 12000,
                                                      cudaEnableDefault, &result);
  if (error != cudaSuccess || result != cudaDriverEntryPointSuccess) return nullptr;
  return reinterpret_cast<decltype(&cuTensorMapEncodeTiled)>(function);
}

}  // namespace

Result<CUtensorMap> MakeTileMap(const TileMapArgs& args) {
  static const auto encode = Encoder();
  if (encode == nullptr) {
    return Error{Code::kUnavailable, "CUDA: the driver has no cuTensorMapEncodeTiled", ""};
  }
  CUtensorMap map;
  const cuuint64_t sizes[] = {args.columns, args.rows}, strides[] = {args.stride * 2};
  const cuuint32_t box[] = {64, static_cast<cuuint32_t>(args.tile_rows)}, steps[] = {1, 1};
  const CUresult result =
      encode(&map, CU_TENSOR_MAP_DATA_TYPE_BFLOAT16, 2, const_cast<void*>(args.matrix), sizes,
             strides, box, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_128B,
             CU_TENSOR_MAP_L2_PROMOTION_L2_256B, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE);
  if (result != CUDA_SUCCESS) {
    return Invalid("CUDA: a tensor map of " + std::to_string(args.rows) + " x " +
                   std::to_string(args.columns) + " was refused with " + std::to_string(result));
  }
  return map;
}

}  // namespace fathom
