// SPDX-License-Identifier: Apache-2.0
// A build without CUDA.
#include "base/check.h"
#include "kernels/cuda/context.h"

namespace fathom {

class CudaContext {};

namespace {
Error Absent() {
  return {Code::kUnavailable, "this build has no CUDA part (no nvcc when it was configured)", ""};
}
}  // namespace

Result<CudaPointer> OpenCuda(int) {
  return Absent();
}

void CudaDeleter::operator()(CudaContext* context) const {
  delete context;
}

Memory& CudaMemoryOf(CudaContext&) {
  CHECK_MESSAGE(false, "no CUDA in this build");
  return HostMemory();
}

Result<std::string> DescribeCudaDevice(int) {
  return Absent();
}

}  // namespace fathom
