// SPDX-License-Identifier: Apache-2.0
// SequenceState: what a model remembers of one timeline of tokens. A value: copying it is a fork.
//
// Lightning layers carry one f32 matrix per head, whatever the length; softmax layers carry keys
// and values in pages. Pages and the tables that list them are shared between copies and copied
// when written: a fork costs the lightning states, at any length. (The first write after it costs
// the table: 8 bytes and a count for each page.)
//
// What a state held is wiped when it is freed.
//
// Both live in the memory of the backend that computes with them. Where a device has no more of it,
// or failed while it advanced the state, status() says so, and nothing else may be done with the
// state until PutBack.
#pragma once

#include <atomic>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/shared.h"
#include "kernels/backend.h"
#include "kernels/softmax_attention/softmax_attention.h"

namespace fathom {

// What a new page holds. Unfilled: whatever the memory held; who asks for it writes all of it
// before anything reads it.
enum class PageFill { kZeros, kUnfilled };

// A reference to one KV page. Pages are freed with their last reference; any thread may do it.
class KvPage {
 public:
  static Result<KvPage> Make(Memory& memory, size_t bytes, PageFill fill = PageFill::kZeros);
  KvPage(const KvPage& other) noexcept;
  KvPage(KvPage&& other) noexcept;
  KvPage& operator=(KvPage other) noexcept;
  ~KvPage();

  std::byte* data() const;  // 256-byte aligned
  bool shared() const;

 private:
  struct Header;
  explicit KvPage(Header* header) : header_(header) {}
  Header* header_ = nullptr;
};

struct StateShape {
  size_t lightning_layers = 0;
  size_t heads = 0, head_dim = 0;
  size_t softmax_layers = 0;
  KvShape kv;

  size_t lightning_floats() const { return lightning_layers * heads * head_dim * head_dim; }
};

// One layer's pages, and the same as the operator wants them.
struct PageTable {
  std::vector<KvPage> pages;
  std::vector<std::byte*> views;
};

class SequenceState {
 public:
  explicit SequenceState(const StateShape& shape, Memory& memory = HostMemory());
  SequenceState(const SequenceState& other);
  SequenceState& operator=(const SequenceState& other);
  SequenceState(SequenceState&&) = default;
  SequenceState& operator=(SequenceState&&) = default;
  ~SequenceState();

  const Status& status() const { return status_; }
  // The same in another memory: to be saved, or after it was read.
  Result<SequenceState> In(Memory& memory) const;

  const StateShape& shape() const { return shape_; }
  size_t tokens() const { return tokens_; }
  void set_tokens(size_t tokens) { tokens_ = tokens; }
  size_t bytes() const;  // as held; shared pages count fully

  // (heads, head_dim, head_dim) of one lightning layer, by index among the lightning layers.
  float* Lightning(size_t index);
  // All of them; only in the host's memory.
  std::span<float> lightning() const;
  // The lightning states are half advanced.
  void Spoil(const Error& error) { status_ = error; }
  // A copy of all lightning states beside them, and back.
  Status BackUp(Buffer& copy) const;
  Status PutBack(const Buffer& copy);
  // The same from and to the host, lightning_floats() of them.
  Status CopyLightningOut(std::span<float> to) const;
  Status CopyLightningIn(std::span<const float> from);
  // Lets go of positions from `tokens` on, where a page begins. The lightning states stay as they
  // are.
  void CutPages(size_t tokens);

  // Makes positions [tokens(), tokens_after) of every softmax layer writable: pages exist and are
  // this state's own. `fill`: of the new ones.
  Status Reserve(size_t tokens_after, PageFill fill = PageFill::kZeros);

  // View of one softmax layer, by index among them, holding `tokens` positions.
  KvView Kv(size_t index, size_t tokens) const;
  size_t page_count() const;  // per layer, for tokens()
  std::byte* Page(size_t layer, size_t index) const { return tables_[layer]->pages[index].data(); }
  // Where the operators find the pages on a device; moves when it grows.
  const std::byte* device_tables() const { return device_tables_.data(); }

 private:
  Status UpdateTables(size_t end);

  Memory* memory_;
  Status status_;
  StateShape shape_;
  size_t tokens_ = 0;
  Buffer lightning_;                       // f32 (lightning_layers, heads, head_dim, head_dim)
  std::vector<Shared<PageTable>> tables_;  // (softmax_layers)
  // On a device the views stand in its memory too: (softmax_layers, device_table_pages_) addresses,
  // of which the first device_table_valid_ of a layer are current. A copy makes its own.
  Buffer device_tables_;
  size_t device_table_pages_ = 0, device_table_valid_ = 0;
};

}  // namespace fathom
