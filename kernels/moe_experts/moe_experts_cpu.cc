// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "kernels/matmul/matmul_rows.h"
#include "kernels/moe_experts/moe_experts.h"
#include "kernels/moe_experts/moe_experts_isa.h"
#include "kernels/operator_times.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

constexpr size_t kHalf = kTileColumns / 2;  // gate columns of one gate_up panel
constexpr size_t kBlockRows =
    8 * kTileRows;  // rows of one expert that go through both products together

Status Check(const MoeExpertsArgs& args, bool on_device) {
  FATHOM_REQUIRE("moe_experts", args.hidden > 0 && args.top_k > 0, "hidden or top_k is 0");
  FATHOM_REQUIRE("moe_experts", FitsMemory(args.rows, args.hidden, args.top_k),
                 "rows are too many");
  FATHOM_REQUIRE("moe_experts", args.rows * args.top_k < size_t{INT32_MAX},
                 "rows * top_k is 2^31 or more");
  FATHOM_REQUIRE("moe_experts", args.x && args.experts && args.probabilities && args.out,
                 "a buffer is null");
  FATHOM_REQUIRE("moe_experts", !args.weights.empty(), "no experts");
  const PackedExpert& first = args.weights.front();
  for (const PackedExpert& expert : args.weights) {
    FATHOM_REQUIRE("moe_experts", expert.hidden() == args.hidden && expert.width() == first.width(),
                   "experts differ in shape, or from hidden");
    FATHOM_REQUIRE("moe_experts",
                   expert.gate_up().kind() == first.gate_up().kind() &&
                       expert.down().kind() == first.down().kind() &&
                       expert.on_host() == first.on_host(),
                   "experts differ in weight type or place");
  }
  for (size_t i = 0; i < args.rows * args.top_k && !on_device; ++i) {
    const int32_t expert = args.experts[i];
    FATHOM_REQUIRE(
        "moe_experts", expert >= 0 && static_cast<size_t>(expert) < args.weights.size(),
        "expert " + std::to_string(expert) + " of " + std::to_string(args.weights.size()));
  }
  return OkStatus();
}

// A slot is one (row, choice). Slots are sorted by expert, rows ascending inside one; every worker
// takes an equal share of the sorted slots. What a slot computes depends on nothing but its row and
// expert.
class Experts {
 public:
  Experts(const Backend& backend, const MoeExpertsArgs& args, Scratch::Frame& frame)
      : backend_(backend),
        args_(args),
        slots_(args.rows * args.top_k),
        threads_(static_cast<size_t>(backend.pool().thread_count())) {
    const PackedExpert& first = args.weights.front();
    in_kind_ = PanelKindOf(first.gate_up());
    mid_kind_ = PanelKindOf(first.down());
    width_ = first.width();
    const auto prepared_bytes = FATHOM_PICK(backend.isa(), PreparedBytes);
    in_bytes_ = prepared_bytes(in_kind_, args.hidden);
    mid_bytes_ = prepared_bytes(mid_kind_, width_);
    sorted_ = frame.Take<int32_t>(slots_);
    place_ = frame.Take<int32_t>(slots_);
    first_ = frame.Take<size_t>(args.weights.size() + 1);
    x_ = frame.Take<std::byte>(args.rows * in_bytes_);
    block_rows_ = std::min(kBlockRows, slots_);
    h_ = frame.Take<float>(threads_ * block_rows_ * width_);
    mid_ = frame.Take<std::byte>(threads_ * block_rows_ * mid_bytes_);
    wide_bytes_ = std::max(WidePanelBytes(in_kind_, args.hidden, block_rows_),
                           WidePanelBytes(mid_kind_, width_, block_rows_));
    wide_ = frame.Take<std::byte>(threads_ * wide_bytes_);
    parts_ = frame.Take<float>(slots_ * args.hidden);
  }

  void Run() {
    Sort();
    const auto body = [this](int worker) { Work(static_cast<size_t>(worker)); };
    backend_.pool().Run(std::ref(body));
  }

 private:
  void Sort() {
    std::fill(first_, first_ + args_.weights.size() + 1, 0);
    for (size_t slot = 0; slot < slots_; ++slot) ++first_[args_.experts[slot] + 1];
    for (size_t e = 0; e < args_.weights.size(); ++e) first_[e + 1] += first_[e];
    for (size_t slot = 0; slot < slots_; ++slot) {
      const size_t at = first_[args_.experts[slot]]++;
      sorted_[at] = static_cast<int32_t>(slot);
      place_[slot] = static_cast<int32_t>(at);
    }
    for (size_t e = args_.weights.size(); e > 0; --e) first_[e] = first_[e - 1];
    first_[0] = 0;
  }

  void Work(size_t worker) {
    const size_t rows = args_.rows;
    if (in_bytes_ > 0) {
      const auto prepare = FATHOM_PICK(backend_.isa(), PrepareRow);
      for (size_t row = rows * worker / threads_; row < rows * (worker + 1) / threads_; ++row) {
        prepare(in_kind_, args_.x + row * args_.hidden, args_.hidden, x_ + row * in_bytes_);
      }
      backend_.pool().Barrier();
    }
    const size_t begin = slots_ * worker / threads_, end = slots_ * (worker + 1) / threads_;
    for (size_t e = 0; e < args_.weights.size(); ++e) {
      const size_t stop = std::min(end, first_[e + 1]);
      for (size_t at = std::max(begin, first_[e]); at < stop; at += block_rows_) {
        Block(args_.weights[e], at, std::min(stop - at, block_rows_), worker);
      }
    }
    backend_.pool().Barrier();
    const auto sum = FATHOM_PICK(backend_.isa(), WeightedSum);
    for (size_t row = rows * worker / threads_; row < rows * (worker + 1) / threads_; ++row) {
      sum(parts_, place_ + row * args_.top_k, args_.probabilities + row * args_.top_k, args_.top_k,
          args_.hidden, args_.out + row * args_.hidden);
    }
  }

  const void* InputRow(size_t at) const {
    const size_t row = static_cast<size_t>(sorted_[at]) / args_.top_k;
    if (in_bytes_ == 0) return args_.x + row * args_.hidden;
    return x_ + row * in_bytes_;
  }

  // `count` sorted slots from `at`, all of one expert.
  void Block(const PackedExpert& expert, size_t at, size_t count, size_t worker) {
    float* h = h_ + worker * block_rows_ * width_;
    std::byte* mid = mid_ + worker * block_rows_ * mid_bytes_;
    const void* rows[kBlockRows];
    for (size_t i = 0; i < count; ++i) rows[i] = InputRow(at + i);
    const auto up = [&](const float* tile, int m, size_t first, size_t panel) {
      const size_t column = panel * kHalf;
      FATHOM_PICK(backend_.isa(), TileSiluMul)
      (tile, m, std::min(kHalf, width_ - column), h + first * width_ + column, width_);
    };
    std::byte* wide = wide_ + worker * wide_bytes_;
    Tiles(expert.gate_up(), in_kind_, rows, count, wide, up);
    for (size_t i = 0; i < count; ++i) {
      rows[i] = h + i * width_;
      if (mid_bytes_ == 0) continue;
      FATHOM_PICK(backend_.isa(), PrepareRow)
      (mid_kind_, h + i * width_, width_, mid + i * mid_bytes_);
      rows[i] = mid + i * mid_bytes_;
    }
    const auto down = [&](const float* tile, int m, size_t first, size_t panel) {
      const size_t column = panel * kTileColumns;
      FATHOM_PICK(backend_.isa(), TileStore)
      (tile, m, std::min<size_t>(kTileColumns, args_.hidden - column), false,
       parts_ + (at + first) * args_.hidden + column, args_.hidden);
    };
    Tiles(expert.down(), mid_kind_, rows, count, wide, down);
  }

  template <typename Emit>
  void Tiles(const PackedMatrix& weight, PanelKind kind, const void* const* rows, size_t count,
             std::byte* wide, Emit emit) {
    alignas(64) float tile[kTileRowsMax * kTileColumns];
    for (size_t panel = 0; panel < weight.panels(); ++panel) {
      const OpenPanel open(backend_.isa(), kind, weight.in(), count, weight.panel(panel), wide);
      for (size_t first = 0; first < count; first += kTileRowsMax) {
        const int m = static_cast<int>(std::min<size_t>(kTileRowsMax, count - first));
        open.Product(rows + first, m, tile);
        emit(tile, m, first, panel);
      }
    }
  }

  const Backend& backend_;
  const MoeExpertsArgs& args_;
  size_t slots_, threads_, width_ = 0, in_bytes_ = 0, mid_bytes_ = 0, block_rows_ = 0;
  PanelKind in_kind_ = kPanelF32, mid_kind_ = kPanelF32;
  int32_t* sorted_ = nullptr;  // (slots) slot at each sorted place
  int32_t* place_ = nullptr;   // (slots) the inverse
  size_t* first_ = nullptr;    // (experts + 1) first sorted place of each expert
  std::byte* x_ = nullptr;     // (rows) prepared
  float* h_ = nullptr;         // (threads, block_rows, width)
  std::byte* mid_ = nullptr;   // (threads, block_rows) prepared h
  float* parts_ = nullptr;     // (slots, hidden) in sorted order
  size_t wide_bytes_ = 0;
  std::byte* wide_ = nullptr;  // (threads) the panel at hand, widened
};

}  // namespace

Result<PackedExpert> PackedExpert::Make(const MatrixView& w1, const MatrixView& w3,
                                        const MatrixView& w2, const Backend* device, bool on_host) {
  FATHOM_REQUIRE("moe_experts", w1.out == w3.out && w1.in == w3.in && w1.type == w3.type,
                 "w1 and w3 differ in shape or type");
  FATHOM_REQUIRE("moe_experts", w2.in == w1.out && w2.out == w1.in,
                 "w2 is not the transpose of w1 in shape");
  PackedExpert expert;
  if (device != nullptr && device->on_device()) {
    const MatrixView gate_and_up[] = {w1, w3};
    const bool as_blocks = w1.type == w2.type && BlocksOnDevice(w1.type);
    FATHOM_REQUIRE("moe_experts", as_blocks || !on_host,
                   std::string("experts of ") + DTypeName(w1.type) + " are not kept on the host");
    Memory& memory = on_host ? device->pinned() : device->memory();
    auto gate_up = PackedMatrix::MakeOnDevice(gate_and_up, as_blocks, memory);
    if (!gate_up) return gate_up.error();
    auto down = PackedMatrix::MakeOnDevice({&w2, 1}, as_blocks, memory);
    if (!down) return down.error();
    expert.on_host_ = on_host;
    expert.gate_up_ = std::move(*gate_up);
    expert.down_ = std::move(*down);
    return expert;
  }
  const size_t width = w1.out, halves = (width + kHalf - 1) / kHalf;
  auto gate_up = PackedMatrix::Allocate(w1, halves * kTileColumns);
  if (!gate_up) return gate_up.error();
  if (auto checked = PackedMatrix::Allocate(w3, 1); !checked) return checked.error();
  for (size_t n = 0; n < width; ++n) {
    gate_up->SetColumn(n / kHalf * kTileColumns + n % kHalf, w1, n);
    gate_up->SetColumn(n / kHalf * kTileColumns + kHalf + n % kHalf, w3, n);
  }
  auto down = PackedMatrix::Make(w2);
  if (!down) return down.error();
  expert.gate_up_ = std::move(*gate_up);
  expert.down_ = std::move(*down);
  return expert;
}

PackedExpert PackedExpert::Borrowed() const {
  PackedExpert borrowed;
  borrowed.on_host_ = on_host_;
  borrowed.gate_up_ = gate_up_.Borrowed();
  borrowed.down_ = down_.Borrowed();
  return borrowed;
}

Status ExpectExperts(const Backend& backend, const ExpectExpertsArgs& args) {
  if (!backend.on_device() || args.weights.empty() || !args.weights.front().on_host())
    return OkStatus();
  FATHOM_ON_CUDA(backend, ExpectExpertsCuda, args);
  return OkStatus();
}

Status MoeExperts(const Backend& backend, const MoeExpertsArgs& args) {
  if (args.rows == 0) return OkStatus();
  if (Status status = Check(args, backend.on_device()); !status) return status;
  FATHOM_ON_CUDA(backend, MoeExpertsCuda, args);
  const OperatorTimer timer(backend, Operator::kMoeExperts);
  Scratch::Frame frame(backend.scratch());
  Experts(backend, args, frame).Run();
  return OkStatus();
}

}  // namespace fathom
