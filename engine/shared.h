// SPDX-License-Identifier: Apache-2.0
// Shared<T>: a value that copies share until one of them writes. A copy costs one count, whatever
// the value's size; the first write after it costs the value. Copies may live on different threads;
// one copy has one owner. Internal to engine/.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

namespace fathom {

template <typename T>
class Shared {
 public:
  Shared() : Shared(T()) {}
  explicit Shared(T value) : cell_(std::make_unique<Cell>(std::move(value)).release()) {}
  Shared(const Shared& other) noexcept : cell_(other.cell_) {
    cell_->references.fetch_add(1, std::memory_order_relaxed);
  }
  Shared(Shared&& other) noexcept : cell_(std::exchange(other.cell_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(cell_, other.cell_);
    return *this;
  }
  ~Shared() {
    if (cell_ == nullptr) return;
    if (cell_->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    const std::unique_ptr<Cell> last(cell_);
  }

  const T& operator*() const { return cell_->value; }
  const T* operator->() const { return &cell_->value; }

  bool shared() const { return cell_->references.load(std::memory_order_acquire) > 1; }

  // The value for writing: this copy's own from now on.
  T& Own() {
    if (shared()) *this = Shared(T(cell_->value));
    return cell_->value;
  }

 private:
  struct Cell {
    explicit Cell(T from) : value(std::move(from)) {}
    std::atomic<uint32_t> references{1};
    T value;
  };
  Cell* cell_;
};

}  // namespace fathom
