// SPDX-License-Identifier: Apache-2.0
// Small copies from pinned memory by a kernel that reads it over the bus. The copy engine works in
// order: behind the copy of a layer's experts a few hundred bytes would wait for gigabytes.
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>

namespace fathom {

// Both 16-byte aligned; up to 15 bytes more than `bytes` are copied.
cudaError_t UploadPinned(void* to, const void* pinned, size_t bytes, cudaStream_t stream);

}  // namespace fathom
