// SPDX-License-Identifier: Apache-2.0
#include "engine/sequence_state.h"

#include <cstring>
#include <new>
#include <utility>

namespace fathom {

namespace {
constexpr std::align_val_t kPageAlignment{64};
}

struct alignas(64) KvPage::Header {
  std::atomic<uint32_t> references{1};
  size_t bytes = 0;
};

KvPage::KvPage(size_t bytes) {
  void* memory = ::operator new(sizeof(Header) + bytes, kPageAlignment);
  header_ = new (memory) Header{1, bytes};
  std::memset(data(), 0, bytes);
}

KvPage::KvPage(const KvPage& other) noexcept : header_(other.header_) {
  header_->references.fetch_add(1, std::memory_order_relaxed);
}

KvPage::KvPage(KvPage&& other) noexcept : header_(std::exchange(other.header_, nullptr)) {}

KvPage& KvPage::operator=(KvPage other) noexcept {
  std::swap(header_, other.header_);
  return *this;
}

KvPage::~KvPage() {
  if (header_ == nullptr) return;
  if (header_->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  header_->~Header();
  ::operator delete(header_, kPageAlignment);
}

std::byte* KvPage::data() const {
  return reinterpret_cast<std::byte*>(header_ + 1);
}

bool KvPage::shared() const {
  return header_->references.load(std::memory_order_acquire) > 1;
}

SequenceState::SequenceState(const StateShape& shape)
    : shape_(shape),
      lightning_(shape.lightning_floats(), 0.0f),
      pages_(shape.softmax_layers),
      views_(shape.softmax_layers) {}

size_t SequenceState::bytes() const {
  return lightning_.size() * sizeof(float) +
         shape_.softmax_layers * page_count() * KvPageBytes(shape_.kv);
}

float* SequenceState::Lightning(size_t index) {
  return lightning_.data() + index * shape_.heads * shape_.head_dim * shape_.head_dim;
}

void SequenceState::Reserve(size_t tokens_after) {
  if (tokens_after <= tokens_) return;
  const size_t page_bytes = KvPageBytes(shape_.kv);
  const size_t first = tokens_ / shape_.kv.page_tokens;
  const size_t end = (tokens_after + shape_.kv.page_tokens - 1) / shape_.kv.page_tokens;
  for (size_t layer = 0; layer < pages_.size(); ++layer) {
    auto& pages = pages_[layer];
    for (size_t i = first; i < end; ++i) {
      if (i == pages.size()) {
        pages.emplace_back(page_bytes);
      } else if (pages[i].shared()) {
        KvPage own(page_bytes);
        std::memcpy(own.data(), pages[i].data(), page_bytes);
        pages[i] = std::move(own);
      } else {
        continue;
      }
      views_[layer].resize(pages.size());
      views_[layer][i] = pages[i].data();
    }
  }
}

KvView SequenceState::Kv(size_t index, size_t tokens) const {
  return {shape_.kv, views_[index], tokens};
}

size_t SequenceState::page_count() const {
  return (tokens_ + shape_.kv.page_tokens - 1) / shape_.kv.page_tokens;
}

}  // namespace fathom
