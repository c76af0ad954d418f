// SPDX-License-Identifier: Apache-2.0
// cuBLAS, found when a device is opened: the program starts where it is absent.
#pragma once

#include <cublas_v2.h>

#include "base/result.h"

namespace fathom {

struct CublasProduct {
  size_t rows = 0, in = 0, out = 0;
  bool bf16 = false;        // x and w bf16, else f32
  const void* x = nullptr;  // (rows, in)
  const void* w = nullptr;  // (out, in)
  float* y = nullptr;       // (rows, out) = x w^T, accumulated in f32
  size_t y_stride = 0;      // of its rows, in elements
};

class Cublas {
 public:
  // kUnavailable when the library or a function of it is not there.
  Status Open(cudaStream_t stream);
  void Close();
  Status Run(const CublasProduct& product) const;

 private:
  // cublasGemmEx; its C++ overloads have no address of their own.
  using Gemm = cublasStatus_t (*)(cublasHandle_t, cublasOperation_t, cublasOperation_t, int, int,
                                  int, const void*, const void*, cudaDataType, int, const void*,
                                  cudaDataType, int, const void*, void*, cudaDataType, int,
                                  cublasComputeType_t, cublasGemmAlgo_t);

  void* library_ = nullptr;
  cublasHandle_t handle_ = nullptr;
  void* workspace_ = nullptr;
  decltype(&cublasCreate_v2) create_ = nullptr;
  decltype(&cublasDestroy_v2) destroy_ = nullptr;
  decltype(&cublasSetStream_v2) set_stream_ = nullptr;
  decltype(&cublasSetWorkspace_v2) set_workspace_ = nullptr;
  Gemm gemm_ = nullptr;
};

}  // namespace fathom
