// SPDX-License-Identifier: Apache-2.0
// Few rows go through few_experts_cuda.cu, many rows of bf16, and of large experts in Q8_0 after
// these are rounded to it, through grouped_experts_cuda.cu. The
// rest is gathered by expert, and each expert's rows go through ProductCuda; the choices of a row
// are summed in their order.
#include "kernels/cuda/device.h"
#include "kernels/cuda/operators.h"
#include "kernels/cuda/rows.cuh"
#include "kernels/moe_experts/few_experts.h"
#include "kernels/moe_experts/grouped_experts.h"
#include "kernels/moe_experts/moe_experts.h"
#include "kernels/moe_experts/staged_experts.h"

namespace fathom {
namespace {

// gathered[at] = x[sorted[at] / top_k]; one block a slot.
__global__ void GatherRows(const float* x, const int32_t* sorted, size_t top_k, size_t hidden,
                           float* gathered) {
  const float* row = x + static_cast<size_t>(sorted[blockIdx.x]) / top_k * hidden;
  for (size_t i = threadIdx.x; i < hidden; i += kRowThreads)
    gathered[blockIdx.x * hidden + i] = row[i];
}

// h = SiLU(gate) * up; gate_up (slots, 2 width): gate, then up.
__global__ void SiluTimes(const float* gate_up, size_t width, float* h) {
  const float* gate = gate_up + blockIdx.x * 2 * width;
  for (size_t i = threadIdx.x; i < width; i += kRowThreads)
    h[blockIdx.x * width + i] = gate[i] * Sigmoid(gate[i]) * gate[width + i];
}

// One block a row.
__global__ void SumChoices(const float* parts, const int32_t* place, const float* probabilities,
                           size_t top_k, size_t hidden, float* out) {
  for (size_t i = threadIdx.x; i < hidden; i += kRowThreads) {
    float sum = 0;
    for (size_t c = 0; c < top_k; ++c) {
      const size_t slot = blockIdx.x * top_k + c;
      sum = fmaf(probabilities[slot], parts[static_cast<size_t>(place[slot]) * hidden + i], sum);
    }
    out[blockIdx.x * hidden + i] = sum;
  }
}

constexpr size_t kBlockColumns = 256;

FewKind FewKindOf(DType kind) {
  switch (kind) {
    case DType::kBF16:
      return FewKind::kBf16;
    case DType::kQ8_0:
      return FewKind::kQ8;
    case DType::kQ4K:
      return FewKind::kQ4K;
    case DType::kIQ4XS:
      return FewKind::kIq4Xs;
    case DType::kQ3K:
      return FewKind::kQ3K;
    default:
      return FewKind::kF32;
  }
}

bool IsAligned(const void* pointer) {
  return reinterpret_cast<uintptr_t>(pointer) % 16 == 0;
}

bool UseGrouped(const MoeExpertsArgs& args) {
  const PackedExpert& one = args.weights.front();
  const auto fits = [](const PackedMatrix& weight) {
    return weight.kind() == DType::kBF16 || BlocksOnDevice(weight.kind()) || RoundsOnDevice(weight);
  };
  // Nothing else reads blocks.
  const size_t slots_least = BlocksOnDevice(one.down().kind()) ? SIZE_MAX : args.rows * args.top_k;
  return one.gate_up().kind() == one.down().kind() && fits(one.gate_up()) && fits(one.down()) &&
         GroupedExpertsFit(args.hidden, one.width(), slots_least, args.weights.size()) &&
         IsAligned(args.x) && IsAligned(args.out);
}

// A matrix that stands at `stored` as bf16: itself, or what is made of it in `frame`.
Result<const void*> AsBf16(const Backend& backend, Scratch::Frame& frame,
                           const PackedMatrix& weight, const std::byte* stored) {
  if (weight.kind() == DType::kBF16) return static_cast<const void*>(stored);
  const size_t count = weight.out() * weight.in();
  uint16_t* rounded = frame.Take<uint16_t>(count);
  if (!frame.status()) return frame.status().error();
  Status status = weight.kind() == DType::kQ8_0
                      ? RoundQ8Cuda(backend, weight, rounded)
                      : WidenBlocksCuda(backend, FewKindOf(weight.kind()), stored,
                                        count / kBlockColumns, rounded);
  if (!status) return status.error();
  return static_cast<const void*>(rounded);
}

Status RunGrouped(const Backend& backend, const MoeExpertsArgs& args) {
  CudaContext& cuda = backend.cuda();
  const PackedExpert& one = args.weights.front();
  Scratch::Frame frame(backend.scratch());
  std::vector<const void*> up, down;
  const std::byte* staged = nullptr;
  if (one.on_host()) {
    auto use = cuda.staged_experts().Use(cuda, args.weights);
    if (!use) return use.error();
    staged = *use;
  }
  for (const PackedExpert& expert : args.weights) {
    for (const PackedMatrix* weight : {&expert.gate_up(), &expert.down()}) {
      auto wide = AsBf16(backend, frame, *weight, staged != nullptr ? staged : weight->panel(0));
      if (!wide) return wide.error();
      (weight == &expert.down() ? down : up).push_back(*wide);
      if (staged != nullptr) staged += weight->bytes();
    }
  }
  if (one.on_host()) {
    if (Status status = cuda.staged_experts().Release(cuda, args.weights); !status) return status;
  }
  return GroupedExpertsCuda(backend, {args.rows, args.hidden, one.width(), args.top_k, args.x,
                                      args.experts, args.probabilities, args.out, up, down});
}

}  // namespace

Result<ExpertGroups> GroupByExpert(const std::vector<int32_t>& experts, size_t expert_count) {
  ExpertGroups groups;
  groups.sorted.resize(experts.size());
  groups.place.resize(experts.size());
  groups.first.assign(expert_count + 1, 0);
  for (const int32_t expert : experts) {
    if (expert < 0 || static_cast<size_t>(expert) >= expert_count) {
      return Invalid("moe_experts: expert " + std::to_string(expert) + " of " +
                     std::to_string(expert_count));
    }
    ++groups.first[static_cast<size_t>(expert) + 1];
  }
  for (size_t e = 0; e < expert_count; ++e) groups.first[e + 1] += groups.first[e];
  std::vector<size_t> next = groups.first;
  for (size_t slot = 0; slot < experts.size(); ++slot) {
    const size_t at = next[static_cast<size_t>(experts[slot])]++;
    groups.sorted[at] = static_cast<int32_t>(slot);
    groups.place[slot] = static_cast<int32_t>(at);
  }
  return groups;
}

Status ExpectExpertsCuda(const Backend& backend, const ExpectExpertsArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  const PackedExpert& one = args.weights.front();
  // Few rows read over the bus what they choose, no more.
  if (FewExpertsFit(FewKindOf(one.down().kind()), args.rows, one.hidden(), one.width(),
                    args.weights.size()))
    return OkStatus();
  return cuda.staged_experts().Begin(cuda, args.weights);
}

Status MoeExpertsCuda(const Backend& backend, const MoeExpertsArgs& args) {
  CudaContext& cuda = backend.cuda().Enter();
  const size_t slots = args.rows * args.top_k, hidden = args.hidden;
  const size_t width = args.weights.front().width();
  const PackedExpert& one = args.weights.front();
  const bool same = one.gate_up().kind() == one.down().kind();
  const FewKind few = FewKindOf(one.down().kind());
  if (same && FewExpertsFit(few, args.rows, hidden, width, args.weights.size()) &&
      IsAligned(args.x)) {
    std::vector<const void*> up, down;
    for (const PackedExpert& expert : args.weights) {
      up.push_back(expert.gate_up().panel(0));
      down.push_back(expert.down().panel(0));
    }
    return FewExpertsCuda(backend, {few, args.rows, hidden, width, args.top_k, args.x, args.experts,
                                    args.probabilities, args.out, up, down});
  }
  if (UseGrouped(args)) return RunGrouped(backend, args);
  if (BlocksOnDevice(one.down().kind())) {
    return Invalid(
        "moe_experts: experts in blocks are too many or too wide for a device, or x or "
        "out is not aligned to 16 bytes");
  }
  std::vector<int32_t> experts(slots);
  Status status = backend.memory().CopyOut(experts.data(), args.experts, slots * sizeof(int32_t));
  if (!status) return status;
  auto groups = GroupByExpert(experts, args.weights.size());
  if (!groups) return groups.error();
  const int32_t* sorted = cuda.Upload(groups->sorted.data(), slots);
  const int32_t* place = cuda.Upload(groups->place.data(), slots);
  if (sorted == nullptr || place == nullptr)
    return Error{Code::kLimit, "moe_experts: too many rows to upload", ""};
  Scratch::Frame frame(backend.scratch());
  float* gathered = frame.Take<float>(slots * hidden);
  float* gate_up = frame.Take<float>(slots * 2 * width);
  float* h = frame.Take<float>(slots * width);
  if (!frame.status()) return frame.status();
  const auto blocks = static_cast<unsigned>(slots);
  GatherRows<<<blocks, kRowThreads, 0, cuda.stream()>>>(args.x, sorted, args.top_k, hidden,
                                                        gathered);
  if (status = cuda.Launched("moe_experts"); !status) return status;
  for (size_t e = 0; e < args.weights.size(); ++e) {
    const size_t at = groups->first[e], count = groups->first[e + 1] - at;
    if (count == 0) continue;
    status = ProductCuda(backend, args.weights[e].gate_up(), count, gathered + at * hidden,
                         gate_up + at * 2 * width);
    if (!status) return status;
  }
  SiluTimes<<<blocks, kRowThreads, 0, cuda.stream()>>>(gate_up, width, h);
  if (status = cuda.Launched("moe_experts"); !status) return status;
  float* parts = gathered;  // the gathered rows are done with
  for (size_t e = 0; e < args.weights.size(); ++e) {
    const size_t at = groups->first[e], count = groups->first[e + 1] - at;
    if (count == 0) continue;
    status =
        ProductCuda(backend, args.weights[e].down(), count, h + at * width, parts + at * hidden);
    if (!status) return status;
  }
  SumChoices<<<static_cast<unsigned>(args.rows), kRowThreads, 0, cuda.stream()>>>(
      parts, place, args.probabilities, args.top_k, hidden, args.out);
  return cuda.Launched("moe_experts");
}

}  // namespace fathom
