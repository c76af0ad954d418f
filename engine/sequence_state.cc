// SPDX-License-Identifier: Apache-2.0
#include "engine/sequence_state.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>

namespace fathom {

constexpr size_t kTablePagesMin = 64;

struct KvPage::Header {
  Header(Memory& on, Buffer buffer) : memory(on), bytes(std::move(buffer)) {}

  Memory& memory;
  Buffer bytes;
  std::atomic<uint32_t> references{1};
};

Result<KvPage> KvPage::Make(Memory& memory, size_t bytes, PageFill fill) {
  auto buffer = Buffer::Make(memory, bytes);
  if (!buffer) return buffer.error();
  if (fill == PageFill::kZeros) {
    if (Status status = memory.Zero(buffer->data(), bytes); !status) return status.error();
  }
  return KvPage(std::make_unique<Header>(memory, std::move(*buffer)).release());
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
  const std::unique_ptr<Header> last(header_);
  static_cast<void>(last->memory.Zero(last->bytes.data(), last->bytes.size()));
}

std::byte* KvPage::data() const {
  return header_->bytes.data();
}

bool KvPage::shared() const {
  return header_->references.load(std::memory_order_acquire) > 1;
}

SequenceState::SequenceState(const StateShape& shape, Memory& memory)
    : memory_(&memory), shape_(shape), tables_(shape.softmax_layers) {
  const size_t bytes = shape.lightning_floats() * sizeof(float);
  auto lightning = Buffer::Make(memory, bytes);
  if (!lightning) {
    status_ = lightning.error();
    return;
  }
  lightning_ = std::move(*lightning);
  if (bytes > 0) status_ = memory.Zero(lightning_.data(), bytes);
}

SequenceState::SequenceState(const SequenceState& other)
    : memory_(other.memory_),
      status_(other.status_),
      shape_(other.shape_),
      tokens_(other.tokens_),
      tables_(other.tables_) {
  if (status_.ok()) status_ = other.BackUp(lightning_);
}

SequenceState::~SequenceState() {
  if (lightning_.size() > 0) static_cast<void>(memory_->Zero(lightning_.data(), lightning_.size()));
}

SequenceState& SequenceState::operator=(const SequenceState& other) {
  return *this = SequenceState(other);
}

Result<SequenceState> SequenceState::In(Memory& memory) const {
  if (!status_) return status_.error();
  SequenceState copy(shape_, memory);
  if (!copy.status_) return copy.status_.error();
  if (Status status = copy.Reserve(tokens_); !status) return status.error();
  copy.tokens_ = tokens_;
  // One of both is the host's own, which copies in either direction.
  Memory& device = memory.on_device() ? memory : *memory_;
  const auto move = [&](std::byte* to, const std::byte* from, size_t bytes) {
    if (bytes == 0) return OkStatus();
    return &device == &memory ? device.CopyIn(to, from, bytes) : device.CopyOut(to, from, bytes);
  };
  Status status = move(copy.lightning_.data(), lightning_.data(), lightning_.size());
  for (size_t layer = 0; layer < tables_.size(); ++layer) {
    for (size_t i = 0; status.ok() && i < page_count(); ++i)
      status = move(copy.Page(layer, i), Page(layer, i), KvPageBytes(shape_.kv));
  }
  if (!status) return status.error();
  return copy;
}

std::span<float> SequenceState::lightning() const {
  CHECK(!memory_->on_device());
  return {reinterpret_cast<float*>(lightning_.data()), lightning_.size() / sizeof(float)};
}

Status SequenceState::BackUp(Buffer& copy) const {
  if (lightning_.size() == 0) return OkStatus();
  if (copy.size() != lightning_.size()) {
    auto made = Buffer::Make(*memory_, lightning_.size());
    if (!made) return made.error();
    copy = std::move(*made);
  }
  return memory_->Copy(copy.data(), lightning_.data(), lightning_.size());
}

Status SequenceState::PutBack(const Buffer& copy) {
  Status status;
  if (lightning_.size() > 0) status = memory_->Copy(lightning_.data(), copy.data(), copy.size());
  if (status.ok()) status_ = OkStatus();
  return status;
}

Status SequenceState::CopyLightningOut(std::span<float> to) const {
  CHECK(to.size_bytes() == lightning_.size());
  if (to.empty()) return OkStatus();
  return memory_->CopyOut(to.data(), lightning_.data(), lightning_.size());
}

Status SequenceState::CopyLightningIn(std::span<const float> from) {
  CHECK(from.size_bytes() == lightning_.size());
  if (from.empty()) return OkStatus();
  return memory_->CopyIn(lightning_.data(), from.data(), lightning_.size());
}

void SequenceState::CutPages(size_t tokens) {
  CHECK(tokens <= tokens_ && tokens % shape_.kv.page_tokens == 0);
  tokens_ = tokens;
  const size_t pages = page_count();
  for (Shared<PageTable>& shared : tables_) {
    if (shared->pages.size() <= pages) continue;
    PageTable& table = shared.Own();
    table.pages.erase(table.pages.begin() + static_cast<std::ptrdiff_t>(pages), table.pages.end());
    table.views.resize(pages);
  }
  device_table_valid_ = std::min(device_table_valid_, pages);
}

size_t SequenceState::bytes() const {
  return lightning_.size() + shape_.softmax_layers * page_count() * KvPageBytes(shape_.kv);
}

float* SequenceState::Lightning(size_t index) {
  return reinterpret_cast<float*>(lightning_.data()) +
         index * shape_.heads * shape_.head_dim * shape_.head_dim;
}

Status SequenceState::Reserve(size_t tokens_after, PageFill fill) {
  if (!status_) return status_;
  if (tokens_after <= tokens_) return OkStatus();
  const size_t page_bytes = KvPageBytes(shape_.kv);
  const size_t first = tokens_ / shape_.kv.page_tokens;
  const size_t end = (tokens_after + shape_.kv.page_tokens - 1) / shape_.kv.page_tokens;
  for (size_t layer = 0; layer < tables_.size(); ++layer) {
    const PageTable& held = *tables_[layer];
    bool ready = !tables_[layer].shared() && held.pages.size() >= end;
    for (size_t i = first; ready && i < end; ++i) ready = !held.pages[i].shared();
    if (ready) continue;
    PageTable& table = tables_[layer].Own();
    for (size_t i = first; i < end; ++i) {
      if (i < table.pages.size() && !table.pages[i].shared()) continue;
      const bool copied = i < table.pages.size();
      auto own = KvPage::Make(*memory_, page_bytes, copied ? PageFill::kUnfilled : fill);
      if (!own) return own.error();
      if (!copied) {
        table.pages.push_back(std::move(*own));
        table.views.push_back(table.pages[i].data());
        device_table_valid_ = std::min(device_table_valid_, i);
        continue;
      }
      Status status = memory_->Copy(own->data(), table.pages[i].data(), page_bytes);
      if (!status) return status;
      table.pages[i] = std::move(*own);
      table.views[i] = table.pages[i].data();
      device_table_valid_ = std::min(device_table_valid_, i);
    }
  }
  if (!memory_->on_device() || tables_.empty() || device_table_valid_ >= end) return OkStatus();
  return UpdateTables(end);
}

// The first `end` pages of every layer.
Status SequenceState::UpdateTables(size_t end) {
  if (end > device_table_pages_) {
    const size_t pages = std::max(kTablePagesMin, std::bit_ceil(end));
    auto made = Buffer::Make(*memory_, tables_.size() * pages * sizeof(std::byte*));
    if (!made) return made.error();
    device_tables_ = std::move(*made);
    device_table_pages_ = pages;
    device_table_valid_ = 0;
  }
  const size_t valid = device_table_valid_;
  for (size_t layer = 0; layer < tables_.size(); ++layer) {
    std::byte* to =
        device_tables_.data() + (layer * device_table_pages_ + valid) * sizeof(std::byte*);
    const size_t bytes = (end - valid) * sizeof(std::byte*);
    if (Status status = memory_->CopyIn(to, &tables_[layer]->views[valid], bytes); !status)
      return status;
  }
  device_table_valid_ = end;
  return OkStatus();
}

KvView SequenceState::Kv(size_t index, size_t tokens) const {
  KvView view{shape_.kv, tables_[index]->views, tokens};
  if (device_tables_.data() != nullptr) {
    view.pages_on_device =
        reinterpret_cast<std::byte* const*>(device_tables_.data()) + index * device_table_pages_;
  }
  return view;
}

size_t SequenceState::page_count() const {
  return (tokens_ + shape_.kv.page_tokens - 1) / shape_.kv.page_tokens;
}

}  // namespace fathom
