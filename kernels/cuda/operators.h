// SPDX-License-Identifier: Apache-2.0
// The CUDA forms of the operators, one x_cuda.cu each. The operator has checked the call; pointers
// are to device memory, spans to the host's.
#pragma once

#include <cstddef>

#include "kernels/backend.h"

namespace fathom {

struct EmbedArgs;
struct ExpectExpertsArgs;
struct GatedNormArgs;
struct KvWriteArgs;
struct LightningAttentionArgs;
struct LightningBf16Args;
struct MatmulArgs;
struct MoeExpertsArgs;
struct MoeRouteArgs;
struct RmsNormArgs;
struct RopeArgs;
struct SoftmaxAttentionArgs;
class PackedMatrix;

Status EmbedCuda(const Backend& backend, const EmbedArgs& args);
Status GatedNormCuda(const Backend& backend, const GatedNormArgs& args);
Status KvWriteCuda(const Backend& backend, const KvWriteArgs& args);
Status LightningAttentionCuda(const Backend& backend, const LightningAttentionArgs& args);
Status LightningDecodeCuda(const Backend& backend, const LightningBf16Args& args);
Status LightningPrefillCuda(const Backend& backend, const LightningBf16Args& args);
Status MatmulCuda(const Backend& backend, const MatmulArgs& args);
Status MoeExpertsCuda(const Backend& backend, const MoeExpertsArgs& args);
Status ExpectExpertsCuda(const Backend& backend, const ExpectExpertsArgs& args);
Status MoeRouteCuda(const Backend& backend, const MoeRouteArgs& args);
Status RmsNormCuda(const Backend& backend, const RmsNormArgs& args);
Status RopeCuda(const Backend& backend, const RopeArgs& args);
Status SoftmaxAttentionCuda(const Backend& backend, const SoftmaxAttentionArgs& args);

// y (rows, out) = x (rows, in) w^T, for MatmulCuda and MoeExpertsCuda.
Status ProductCuda(const Backend& backend, const PackedMatrix& weight, size_t rows, const float* x,
                   float* y);
// A Q8_0 matrix as bf16, (out, in).
Status RoundQ8Cuda(const Backend& backend, const PackedMatrix& weight, uint16_t* rounded);

}  // namespace fathom
