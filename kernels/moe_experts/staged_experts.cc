// SPDX-License-Identifier: Apache-2.0
#include "kernels/moe_experts/staged_experts.h"

#include <utility>

namespace fathom {

StagedExperts::~StagedExperts() {
  if (copies_ == nullptr) return;
  cudaStreamSynchronize(copies_);
  for (Slot& slot : slots_) {
    if (slot.there != nullptr) cudaEventDestroy(slot.there);
    if (slot.read != nullptr) cudaEventDestroy(slot.read);
  }
  cudaStreamDestroy(copies_);
}

Status StagedExperts::Open() {
  if (copies_ != nullptr) return OkStatus();
  Status status =
      CudaStatus(cudaStreamCreateWithFlags(&copies_, cudaStreamNonBlocking), "making a stream");
  for (Slot& slot : slots_) {
    for (cudaEvent_t* event : {&slot.there, &slot.read}) {
      if (status.ok())
        status = CudaStatus(cudaEventCreateWithFlags(event, cudaEventDisableTiming), "an event");
    }
  }
  return status;
}

StagedExperts::Slot* StagedExperts::Find(std::span<const PackedExpert> experts) {
  for (Slot& slot : slots_) {
    if (slot.of == experts.front().gate_up().panel(0)) return &slot;
  }
  return nullptr;
}

Status StagedExperts::Begin(CudaContext& cuda, std::span<const PackedExpert> experts) {
  if (Status status = Open(); !status) return status;
  if (Find(experts) != nullptr) return OkStatus();
  Slot& slot = slots_[std::exchange(next_, 1 - next_)];
  slot.of = nullptr;
  const size_t bytes = experts.front().bytes() * experts.size();
  if (slot.bytes.size() < bytes) {
    Status status = CudaStatus(cudaStreamSynchronize(copies_), "waiting for copies");
    if (!status) return status;
    slot.bytes = {};
    auto made = Buffer::Make(cuda.memory(), bytes);
    if (!made) return made.error();
    slot.bytes = std::move(*made);
    // What the memory was before may still be read.
    status = CudaStatus(cudaEventRecord(slot.read, cuda.stream()), "marking a slot");
    if (!status) return status;
    slot.was_read = true;
  }
  if (slot.was_read) {
    Status status = CudaStatus(cudaStreamWaitEvent(copies_, slot.read, 0), "waiting for a slot");
    if (!status) return status;
  }
  std::byte* to = slot.bytes.data();
  for (const PackedExpert& expert : experts) {
    for (const PackedMatrix* matrix : {&expert.gate_up(), &expert.down()}) {
      const auto error =
          cudaMemcpyAsync(to, matrix->panel(0), matrix->bytes(), cudaMemcpyHostToDevice, copies_);
      if (error != cudaSuccess) return CudaStatus(error, "copying experts");
      to += matrix->bytes();
    }
  }
  Status status = CudaStatus(cudaEventRecord(slot.there, copies_), "marking a slot");
  if (status.ok()) slot.of = experts.front().gate_up().panel(0);
  return status;
}

Result<const std::byte*> StagedExperts::Use(CudaContext& cuda,
                                            std::span<const PackedExpert> experts) {
  if (Status status = Begin(cuda, experts); !status) return status.error();
  Slot* slot = Find(experts);
  Status status =
      CudaStatus(cudaStreamWaitEvent(cuda.stream(), slot->there, 0), "waiting for experts");
  if (!status) return status.error();
  return static_cast<const std::byte*>(slot->bytes.data());
}

Status StagedExperts::Release(CudaContext& cuda, std::span<const PackedExpert> experts) {
  Slot* slot = Find(experts);
  slot->was_read = true;
  slot->of = nullptr;
  return CudaStatus(cudaEventRecord(slot->read, cuda.stream()), "marking a slot");
}

}  // namespace fathom
