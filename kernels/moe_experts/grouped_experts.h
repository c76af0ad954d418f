// SPDX-License-Identifier: Apache-2.0
// Experts on a device: rows grouped by expert, and bf16 experts with many rows
// (grouped_experts_cuda.cu).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "kernels/backend.h"

namespace fathom {

// Slots, one a (row, choice), sorted by expert, rows ascending inside one.
struct ExpertGroups {
  std::vector<int32_t> sorted;  // (slots) slot at each sorted place
  std::vector<int32_t> place;   // (slots) the inverse
  std::vector<size_t> first;    // (experts + 1) first sorted place of each expert
};
// kInvalid for an expert that does not exist.
Result<ExpertGroups> GroupByExpert(const std::vector<int32_t>& experts, size_t expert_count);

struct GroupedExperts {
  size_t rows = 0, hidden = 0, width = 0, top_k = 0;
  const float* x = nullptr;              // (rows, hidden)
  const int32_t* experts = nullptr;      // (rows, top_k); the row of one that is none becomes NaN
  const float* probabilities = nullptr;  // (rows, top_k)
  float* out = nullptr;                  // (rows, hidden)
  std::span<const void* const> gate_up;  // (experts) of (2 width, hidden) bf16: w1, then w3
  std::span<const void* const> down;     // (experts) of (hidden, width) bf16
};

// Whether the shape and the number of slots are worth it.
bool GroupedExpertsFit(size_t hidden, size_t width, size_t slots, size_t experts);
Status GroupedExpertsCuda(const Backend& backend, const GroupedExperts& call);

}  // namespace fathom
