// SPDX-License-Identifier: Apache-2.0
#include "rag/vector_index.h"

#include <faiss/IndexFlat.h>

#include <algorithm>
#include <exception>

#include "base/check.h"

namespace fathom {

struct VectorIndex::Impl {
  explicit Impl(size_t dimensions) : flat(static_cast<faiss::Index::idx_t>(dimensions)) {}
  faiss::IndexFlatIP flat;
};

VectorIndex::VectorIndex(size_t dimensions) : impl_(std::make_unique<Impl>(dimensions)) {}
VectorIndex::~VectorIndex() = default;

Status VectorIndex::Add(std::span<const float> values) {
  const auto dimensions = static_cast<size_t>(impl_->flat.d);
  CHECK(values.size() % dimensions == 0);
  try {
    impl_->flat.add(static_cast<faiss::Index::idx_t>(values.size() / dimensions), values.data());
  } catch (const std::exception& error) {
    return Error{Code::kLimit, std::string("the vectors do not fit: ") + error.what()};
  }
  return Status();
}

size_t VectorIndex::size() const {
  return static_cast<size_t>(impl_->flat.ntotal);
}

Result<std::vector<size_t>> VectorIndex::Nearest(std::span<const float> query, size_t count) const {
  CHECK(query.size() == static_cast<size_t>(impl_->flat.d));
  count = std::min(count, size());
  std::vector<size_t> nearest;
  if (count == 0) return nearest;
  std::vector<float> scores(count);
  std::vector<faiss::Index::idx_t> numbers(count);
  try {
    impl_->flat.search(1, query.data(), static_cast<faiss::Index::idx_t>(count), scores.data(),
                       numbers.data());
  } catch (const std::exception& error) {
    return Error{Code::kUnavailable, std::string("vector search: ") + error.what()};
  }
  for (const faiss::Index::idx_t number : numbers) {
    if (number >= 0) nearest.push_back(static_cast<size_t>(number));
  }
  return nearest;
}

float VectorIndex::Cosine(std::span<const float> query, size_t number) const {
  CHECK(number < size());
  const float* const vector = impl_->flat.get_xb() + number * query.size();
  float sum = 0;
  for (size_t i = 0; i < query.size(); ++i) sum += query[i] * vector[i];
  return sum;
}

}  // namespace fathom
