// SPDX-License-Identifier: Apache-2.0
// VectorIndex: unit vectors in memory, nearest first (FAISS, exact inner product).
//
// It is made anew from the vectors each time: no file of FAISS's formats is ever read.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"

namespace fathom {

class VectorIndex {
 public:
  explicit VectorIndex(size_t dimensions);
  ~VectorIndex();

  // `values`: whole vectors one after another; they get the next numbers, from 0. kLimit when
  // memory does not hold them.
  Status Add(std::span<const float> values);
  size_t size() const;

  // Numbers of the nearest, nearest first.
  Result<std::vector<size_t>> Nearest(std::span<const float> query, size_t count) const;

  // The inner product with vector `number`.
  float Cosine(std::span<const float> query, size_t number) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fathom
