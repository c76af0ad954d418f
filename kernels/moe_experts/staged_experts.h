// SPDX-License-Identifier: Apache-2.0
// Experts that stand in the host's memory on their way to a device: two slots, filled by a stream
// of its own while the kernels of the layer before run. Everything is queued; nothing waits here.
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <span>

#include "kernels/backend.h"
#include "kernels/cuda/device.h"
#include "kernels/moe_experts/moe_experts.h"

namespace fathom {

class StagedExperts {
 public:
  StagedExperts() = default;
  ~StagedExperts();
  StagedExperts(const StagedExperts&) = delete;
  StagedExperts& operator=(const StagedExperts&) = delete;

  // Starts to copy a layer's experts into the slot that was filled longer ago, once what was queued
  // with it has run. Nothing where they are there or on their way.
  Status Begin(CudaContext& cuda, std::span<const PackedExpert> experts);

  // Where expert 0 stands, the others after it, each gate_up then down as they are packed; begun
  // here if it was not. The context's stream waits for them.
  Result<const std::byte*> Use(CudaContext& cuda, std::span<const PackedExpert> experts);

  // What the context's stream holds by now was the last to read them: the slot is free.
  Status Release(CudaContext& cuda, std::span<const PackedExpert> experts);

 private:
  struct Slot {
    const std::byte* of = nullptr;  // the host address of the layer's first expert
    Buffer bytes;
    cudaEvent_t there = nullptr, read = nullptr;
    bool was_read = false;
  };
  Slot* Find(std::span<const PackedExpert> experts);
  Status Open();

  Slot slots_[2];
  int next_ = 0;
  cudaStream_t copies_ = nullptr;
};

}  // namespace fathom
