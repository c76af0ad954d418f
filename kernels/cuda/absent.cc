// SPDX-License-Identifier: Apache-2.0
// A build without CUDA.
#include "base/check.h"
#include "kernels/cuda/context.h"
#include "kernels/moe_experts/few_experts.h"
#include "kernels/recording.h"

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

Memory& CudaPinnedMemoryOf(CudaContext&) {
  CHECK_MESSAGE(false, "no CUDA in this build");
  return HostMemory();
}

Result<Recording> Recording::Make(const Backend&, const std::function<Status()>&) {
  return Absent();
}
Recording::Recording(Recording&& other) noexcept : graph_(other.graph_) {}
Recording& Recording::operator=(Recording&&) noexcept {
  return *this;
}
Recording::~Recording() = default;
Status Recording::Repeat(const Backend&, int32_t, size_t) const {
  return Absent();
}

bool FewExpertsFit(FewKind, size_t, size_t, size_t, size_t) {
  return false;
}
Status FewExpertsCuda(const Backend&, const FewExperts&) {
  return Absent();
}
Status WidenBlocksCuda(const Backend&, FewKind, const void*, size_t, uint16_t*) {
  return Absent();
}

Result<std::string> DescribeCudaDevice(int) {
  return Absent();
}

}  // namespace fathom
