// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/device.h"

#include <cstdio>
#include <cstring>

#include "kernels/cuda/upload.h"
#include "kernels/moe_experts/staged_experts.h"

namespace fathom {
namespace {

constexpr size_t kAlignment = 256;
constexpr size_t kStagedBytes = size_t{16} << 20;
// Freed blocks up to this size wait for the next of their size: KV pages and states.
constexpr size_t kCachedBytesMax = size_t{64} << 20;

// Compute capability 9.0 only: the kernels are built for sm_90a.
Result<cudaDeviceProp> Describe(int device) {
  int count = 0;
  const cudaError_t error = cudaGetDeviceCount(&count);
  if (error != cudaSuccess || count == 0) {
    cudaGetLastError();
    return Error{Code::kUnavailable,
                 std::string("no CUDA device: ") + (error == cudaSuccess ? "the driver lists none"
                                                    : error == cudaErrorInsufficientDriver
                                                        ? "no driver, or one too old"
                                                        : cudaGetErrorString(error)),
                 ""};
  }
  if (device < 0 || device >= count) {
    return Error{Code::kUnavailable,
                 "CUDA device " + std::to_string(device) + " of " + std::to_string(count), ""};
  }
  cudaDeviceProp properties;
  if (auto status = CudaStatus(cudaGetDeviceProperties(&properties, device), "properties"); !status)
    return status.error();
  if (properties.major != 9 || properties.minor != 0) {
    return Error{Code::kUnavailable,
                 std::string(properties.name) + " has compute capability " +
                     std::to_string(properties.major) + "." + std::to_string(properties.minor) +
                     ", the kernels are built for 9.0 (Hopper)",
                 ""};
  }
  return properties;
}

}  // namespace

Status CudaStatus(cudaError_t error, const char* what) {
  if (error == cudaSuccess) return OkStatus();
  return Error{error == cudaErrorMemoryAllocation ? Code::kLimit : Code::kUnavailable,
               std::string("CUDA: ") + what + ": " + cudaGetErrorString(error), ""};
}

CudaMemory::~CudaMemory() {
  for (auto& [block, bytes] : sizes_) cudaFree(block);
}

Result<std::byte*> CudaMemory::Allocate(size_t bytes) {
  const size_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  std::lock_guard lock(mutex_);
  auto& waiting = free_[rounded];
  if (!waiting.empty()) {
    std::byte* block = waiting.back();
    waiting.pop_back();
    return block;
  }
  void* block = nullptr;
  cudaSetDevice(device_);
  cudaError_t error = cudaMalloc(&block, rounded);
  if (error == cudaErrorMemoryAllocation) {
    cudaGetLastError();
    for (auto& [size, blocks] : free_) {
      for (std::byte* one : blocks) {
        cudaFree(one);
        sizes_.erase(one);
      }
      blocks.clear();
    }
    error = cudaMalloc(&block, rounded);
  }
  if (error != cudaSuccess) {
    cudaGetLastError();
    const std::string what = std::to_string(bytes) + " bytes of device memory";
    return CudaStatus(error, what.c_str()).error();
  }
  sizes_[static_cast<std::byte*>(block)] = rounded;
  return static_cast<std::byte*>(block);
}

void CudaMemory::Free(std::byte* bytes) {
  std::lock_guard lock(mutex_);
  const auto found = sizes_.find(bytes);
  if (found->second <= kCachedBytesMax) {
    free_[found->second].push_back(bytes);  // the stream orders its next use after its last
    return;
  }
  cudaFree(bytes);
  sizes_.erase(found);
}

size_t CudaMemory::Available() const {
  cudaSetDevice(device_);
  size_t available = 0, total = 0;
  return cudaMemGetInfo(&available, &total) == cudaSuccess ? available : 0;
}

Status CudaMemory::Zero(void* to, size_t bytes) {
  std::lock_guard lock(queue_);
  return CudaStatus(cudaMemsetAsync(to, 0, bytes, stream_), "zeroing memory");
}

Status CudaMemory::CopyIn(void* to, const void* host, size_t bytes) {
  std::lock_guard lock(queue_);
  const auto error = cudaMemcpyAsync(to, host, bytes, cudaMemcpyHostToDevice, stream_);
  if (error != cudaSuccess) return CudaStatus(error, "copying to the device");
  return CudaStatus(cudaStreamSynchronize(stream_), "copying to the device");
}

Status CudaMemory::CopyOut(void* host, const void* from, size_t bytes) {
  std::lock_guard lock(queue_);
  const auto error = cudaMemcpyAsync(host, from, bytes, cudaMemcpyDeviceToHost, stream_);
  if (error != cudaSuccess) return CudaStatus(error, "copying from the device");
  return CudaStatus(cudaStreamSynchronize(stream_), "copying from the device");
}

Status CudaMemory::Copy(void* to, const void* from, size_t bytes) {
  std::lock_guard lock(queue_);
  return CudaStatus(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToDevice, stream_),
                    "copying on the device");
}

Result<std::byte*> PinnedMemory::Allocate(size_t bytes) {
  void* block = nullptr;
  cudaSetDevice(device_);
  const cudaError_t error = cudaMallocHost(&block, bytes);
  if (error != cudaSuccess) {
    cudaGetLastError();
    const std::string what = std::to_string(bytes) + " bytes of pinned memory";
    return CudaStatus(error, what.c_str()).error();
  }
  return static_cast<std::byte*>(block);
}

void PinnedMemory::Free(std::byte* bytes) {
  cudaFreeHost(bytes);
}

Status PinnedMemory::Zero(void* to, size_t bytes) {
  return HostMemory().Zero(to, bytes);
}

Status PinnedMemory::CopyIn(void* to, const void* host, size_t bytes) {
  return HostMemory().CopyIn(to, host, bytes);
}

Status PinnedMemory::CopyOut(void* host, const void* from, size_t bytes) {
  return HostMemory().CopyOut(host, from, bytes);
}

Status PinnedMemory::Copy(void* to, const void* from, size_t bytes) {
  return HostMemory().Copy(to, from, bytes);
}

CudaContext::CudaContext() : staged_experts_(std::make_unique<StagedExperts>()) {}

Result<CudaPointer> CudaContext::Open(int device) {
  if (auto properties = Describe(device); !properties) return properties.error();
  CudaPointer context(new CudaContext());
  context->device_ = device;
  if (auto status = CudaStatus(cudaSetDevice(device), "choosing the device"); !status)
    return status.error();
  cudaDeviceGetAttribute(&context->multiprocessors_, cudaDevAttrMultiProcessorCount, device);
  if (auto status = CudaStatus(cudaStreamCreateWithFlags(&context->stream_, cudaStreamNonBlocking),
                               "making a stream");
      !status) {
    return status.error();
  }
  context->memory_ = std::make_unique<CudaMemory>(device, context->stream_);
  context->pinned_ = std::make_unique<PinnedMemory>(device);
  void *staged = nullptr, *received = nullptr;
  if (auto status = CudaStatus(cudaMallocHost(&staged, kStagedBytes), "pinned memory"); !status)
    return status.error();
  context->staged_ = static_cast<std::byte*>(staged);
  if (auto status = CudaStatus(cudaMalloc(&received, kStagedBytes), "staging memory"); !status)
    return status.error();
  context->received_ = static_cast<std::byte*>(received);
  void* counters = nullptr;
  constexpr size_t kCounterBytes = kCounters * sizeof(unsigned);
  if (auto status = CudaStatus(cudaMalloc(&counters, kCounterBytes), "counters"); !status)
    return status.error();
  context->counters_ = static_cast<unsigned*>(counters);
  if (auto status = CudaStatus(cudaMemset(counters, 0, kCounterBytes), "counters"); !status)
    return status.error();
  void* step = nullptr;
  if (auto status = CudaStatus(cudaMalloc(&step, sizeof(Step)), "a step"); !status)
    return status.error();
  context->step_ = static_cast<Step*>(step);
  if (auto status = context->blas_.Open(context->stream_); !status) return status.error();
  return context;
}

CudaContext::~CudaContext() {
  if (stream_ != nullptr) cudaStreamSynchronize(stream_);
  blas_.Close();
  staged_experts_.reset();
  if (staged_ != nullptr) cudaFreeHost(staged_);
  if (received_ != nullptr) cudaFree(received_);
  if (counters_ != nullptr) cudaFree(counters_);
  if (step_ != nullptr) cudaFree(step_);
  memory_.reset();
  if (stream_ != nullptr) cudaStreamDestroy(stream_);
}

Result<cudaGraphExec_t> CudaContext::Record(const std::function<Status()>& work) {
  std::lock_guard lock(memory_->queue());
  Status status = CudaStatus(cudaStreamBeginCapture(stream_, cudaStreamCaptureModeThreadLocal),
                             "starting a recording");
  if (!status) return status.error();
  recording_ = true;
  const Status worked = work();
  recording_ = false;
  cudaGraph_t graph = nullptr;
  status = CudaStatus(cudaStreamEndCapture(stream_, &graph), "ending a recording");
  cudaGraphExec_t repeatable = nullptr;
  if (worked.ok() && status.ok())
    status = CudaStatus(cudaGraphInstantiate(&repeatable, graph, 0), "making a graph");
  if (graph != nullptr) cudaGraphDestroy(graph);
  cudaGetLastError();
  if (!worked.ok()) return worked.error();
  if (!status.ok()) return status.error();
  return repeatable;
}

Status CudaContext::Repeat(cudaGraphExec_t graph, const Step& step) {
  const std::byte* staged = Stage(&step, sizeof(step));
  if (staged == nullptr) return CudaStatus(cudaGetLastError(), "staging a step");
  Status status = CudaStatus(
      cudaMemcpyAsync(step_, staged, sizeof(step), cudaMemcpyHostToDevice, stream_), "a step");
  if (!status) return status;
  return CudaStatus(cudaGraphLaunch(graph, stream_), "repeating a recording");
}

// A pinned copy at the same place of the ring as its mirror.
const std::byte* CudaContext::Stage(const void* host, size_t bytes) {
  const size_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  if (rounded > kStagedBytes) return nullptr;
  if (staged_used_ + rounded > kStagedBytes) {
    // What the ring holds may still be read.
    if (cudaStreamSynchronize(stream_) != cudaSuccess) return nullptr;
    staged_used_ = 0;
  }
  std::byte* at = staged_ + staged_used_;
  staged_used_ += rounded;
  std::memcpy(at, host, bytes);
  return at;
}

const void* CudaContext::UploadBytes(const void* host, size_t bytes) {
  const std::byte* at = recording_ ? nullptr : Stage(host, bytes);
  if (at == nullptr) return nullptr;
  std::byte* to = received_ + (at - staged_);
  return UploadPinned(to, at, bytes, stream_) == cudaSuccess ? to : nullptr;
}

Result<CudaPointer> OpenCuda(int device) {
  return CudaContext::Open(device);
}

void CudaDeleter::operator()(CudaContext* context) const {
  delete context;
}

Memory& CudaMemoryOf(CudaContext& context) {
  return context.memory();
}

Memory& CudaPinnedMemoryOf(CudaContext& context) {
  return context.pinned();
}

Result<std::string> DescribeCudaDevice(int index) {
  auto properties = Describe(index);
  if (!properties) return properties.error();
  int driver = 0;
  cudaDriverGetVersion(&driver);
  char text[512];
  std::snprintf(text, sizeof(text), "%s, %.0f GiB, %d multiprocessors, CUDA %d.%d driver",
                properties->name, static_cast<double>(properties->totalGlobalMem) / (1 << 30),
                properties->multiProcessorCount, driver / 1000, driver % 1000 / 10);
  return std::string(text);
}

}  // namespace fathom
