// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/cublas.h"

#include <cuda_runtime_api.h>
#include <dlfcn.h>

#include <string>

namespace fathom {
namespace {

// The loader's own places first, then where the toolkit and its wheels put it.
const char* const kLibraries[] = {"libcublas.so.13", "/usr/local/cuda/lib64/libcublas.so.13",
                                  "libcublas.so.12", "/usr/local/cuda/lib64/libcublas.so.12"};
constexpr size_t kWorkspaceBytes = size_t{64} << 20;

Error Failed(const char* what, int status) {
  return {Code::kUnavailable,
          std::string("cuBLAS: ") + what + " failed with status " + std::to_string(status), ""};
}

}  // namespace

Status Cublas::Open(cudaStream_t stream) {
  for (const char* name : kLibraries) {
    if (library_ == nullptr) library_ = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  }
  if (library_ == nullptr) {
    return Error{Code::kUnavailable,
                 "libcublas.so.13 was not found; install CUDA's cuBLAS or add its folder to "
                 "LD_LIBRARY_PATH",
                 ""};
  }
  const auto find = [&](auto& function, const char* name) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library_, name));
    return function != nullptr;
  };
  if (!find(create_, "cublasCreate_v2") || !find(destroy_, "cublasDestroy_v2") ||
      !find(set_stream_, "cublasSetStream_v2") || !find(set_workspace_, "cublasSetWorkspace_v2") ||
      !find(gemm_, "cublasGemmEx")) {
    return Error{Code::kUnavailable, "libcublas lacks a function that Fathom uses", ""};
  }
  if (int status = create_(&handle_)) return Failed("creation", status);
  if (int status = set_stream_(handle_, stream)) return Failed("setting the stream", status);
  // A workspace of our own: results then depend on the call alone, and graphs can be captured.
  if (cudaMalloc(&workspace_, kWorkspaceBytes) != cudaSuccess) {
    return Error{Code::kLimit, "no device memory for cuBLAS's workspace of 64 MiB", ""};
  }
  if (int status = set_workspace_(handle_, workspace_, kWorkspaceBytes))
    return Failed("setting the workspace", status);
  return OkStatus();
}

void Cublas::Close() {
  if (handle_ != nullptr) destroy_(handle_);
  if (workspace_ != nullptr) cudaFree(workspace_);
  handle_ = nullptr;
  workspace_ = nullptr;
}

// Column-major y^T (out, rows) = w (out, in) x^T (in, rows), w and x stored transposed to that.
Status Cublas::Run(const CublasProduct& p) const {
  const float one = 1, zero = 0;
  const int rows = static_cast<int>(p.rows), in = static_cast<int>(p.in),
            out = static_cast<int>(p.out);
  const cudaDataType_t type = p.bf16 ? CUDA_R_16BF : CUDA_R_32F;
  const cublasComputeType_t compute = p.bf16 ? CUBLAS_COMPUTE_32F : CUBLAS_COMPUTE_32F_PEDANTIC;
  if (int status = gemm_(handle_, CUBLAS_OP_T, CUBLAS_OP_N, out, rows, in, &one, p.w, type, in, p.x,
                         type, in, &zero, p.y, CUDA_R_32F, static_cast<int>(p.y_stride), compute,
                         CUBLAS_GEMM_DEFAULT)) {
    return Failed("a product", status);
  }
  return OkStatus();
}

}  // namespace fathom
