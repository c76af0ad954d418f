// SPDX-License-Identifier: Apache-2.0
// One CUDA device as the operators use it: one stream, on which everything happens in order; small
// uploads through pinned memory; cuBLAS.
//
// Promises: no CUDA call goes unchecked; an error of a kernel that ran is reported by the next call
// that waits, and every call after it fails with the same error (the context is lost with it).
#pragma once

#include <cuda_runtime_api.h>

#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "kernels/cuda/context.h"
#include "kernels/cuda/cublas.h"

namespace fathom {

// OkStatus, or what failed and why. kLimit for memory, else kUnavailable.
Status CudaStatus(cudaError_t error, const char* what);

// Allocation in slabs: pages and states come and go with sessions, and cudaMalloc waits for the
// device. Threads may copy at the same time; what they queue waits while a step is recorded, or it
// would be recorded too.
class CudaMemory : public Memory {
 public:
  CudaMemory(int device, cudaStream_t stream) : device_(device), stream_(stream) {}
  ~CudaMemory() override;
  Result<std::byte*> Allocate(size_t bytes) override;
  void Free(std::byte* bytes) override;
  Status Zero(void* to, size_t bytes) override;
  Status CopyIn(void* to, const void* host, size_t bytes) override;
  Status CopyOut(void* host, const void* from, size_t bytes) override;
  Status Copy(void* to, const void* from, size_t bytes) override;
  size_t Available() const override;
  std::recursive_mutex& queue() { return queue_; }

 private:
  int device_;
  cudaStream_t stream_;
  std::recursive_mutex queue_;  // held by who queues; by who records, whose work queues too
  std::mutex mutex_;            // pages are freed by whichever thread drops the last reference
  std::map<std::byte*, size_t> sizes_;
  std::map<size_t, std::vector<std::byte*>> free_;  // by rounded size, up to kCachedBytesMax each
};

// The host's memory as kernels and the copy engine read it. What is in it is written by the host.
class PinnedMemory : public Memory {
 public:
  explicit PinnedMemory(int device) : device_(device) {}
  Result<std::byte*> Allocate(size_t bytes) override;
  void Free(std::byte* bytes) override;
  Status Zero(void* to, size_t bytes) override;
  Status CopyIn(void* to, const void* host, size_t bytes) override;
  Status CopyOut(void* host, const void* from, size_t bytes) override;
  Status Copy(void* to, const void* from, size_t bytes) override;

 private:
  int device_;
};

class StagedExperts;  // kernels/moe_experts/staged_experts.h

class CudaContext {
 public:
  static Result<CudaPointer> Open(int device);
  ~CudaContext();

  // Makes the device current for the calling thread: first thing in every operator.
  CudaContext& Enter() {
    cudaSetDevice(device_);
    return *this;
  }
  cudaStream_t stream() const { return stream_; }
  CudaMemory& memory() { return *memory_; }
  PinnedMemory& pinned() { return *pinned_; }
  StagedExperts& staged_experts() { return *staged_experts_; }
  const Cublas& blas() const { return blas_; }
  int multiprocessors() const { return multiprocessors_; }
  // Zero between kernels: whoever counts with them sets them back.
  static constexpr int kCounters = 4096;
  unsigned* counters() const { return counters_; }
  // What the last kernel that changes a recurrent state changes. One that starts before the kernel
  // ahead of it has ended reads its own state at once where the two do not meet.
  std::span<const float> last_state() const { return last_state_; }
  void SetLastState(std::span<const float> state) { last_state_ = state; }

  // While a call of one token is recorded (kernels/recording.h), its token and position are read
  // from here when it is repeated. Null otherwise.
  struct Step {
    uint64_t position;
    int32_t token;
  };
  const Step* step() const { return recording_ ? step_ : nullptr; }
  // What `work` queues, for the caller to own; or why it cannot be recorded.
  Result<cudaGraphExec_t> Record(const std::function<Status()>& work);
  Status Repeat(cudaGraphExec_t graph, const Step& step);

  // A device copy of `count` host values, queued; valid for the operators queued by this call's
  // caller. Null when the device failed, and while recording.
  template <typename T>
  const T* Upload(const T* host, size_t count) {
    return static_cast<const T*>(UploadBytes(host, count * sizeof(T)));
  }

  // After each launch.
  Status Launched(const char* what) const { return CudaStatus(cudaGetLastError(), what); }
  Status Wait(const char* what) const { return CudaStatus(cudaStreamSynchronize(stream_), what); }

 private:
  CudaContext();
  const std::byte* Stage(const void* host, size_t bytes);
  const void* UploadBytes(const void* host, size_t bytes);

  int device_ = 0;
  int multiprocessors_ = 0;
  cudaStream_t stream_ = nullptr;
  std::unique_ptr<CudaMemory> memory_;
  std::unique_ptr<PinnedMemory> pinned_;
  std::unique_ptr<StagedExperts> staged_experts_;
  Cublas blas_;
  unsigned* counters_ = nullptr;
  std::span<const float> last_state_;
  bool recording_ = false;
  Step* step_ = nullptr;
  std::byte* staged_ = nullptr;    // pinned ring
  std::byte* received_ = nullptr;  // its mirror on the device
  size_t staged_used_ = 0;
};

}  // namespace fathom
