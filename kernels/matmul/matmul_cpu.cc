// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "kernels/matmul/matmul.h"
#include "kernels/matmul/matmul_rows.h"
#include "kernels/operator_times.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

// Weights below which a second thread costs more than it saves: 64 KiB stream from L2 in about a
// microsecond.
constexpr size_t kBytesForThreads = 64 << 10;
// Prepared rows and results of one pass over the panels: they stay in L2, and a pass still has work
// for several tiles.
constexpr size_t kRowBlockBytes = 384 << 10;
constexpr size_t kRowBlockTilesMin = 4;

struct Range {
  size_t begin = 0, end = 0;
};

Status Check(const MatmulArgs& args) {
  FATHOM_REQUIRE("matmul", args.in > 0, "in is 0");
  FATHOM_REQUIRE("matmul", args.x != nullptr, "x is null");
  FATHOM_REQUIRE("matmul", FitsMemory(args.rows, args.in), "rows * in is too large");
  for (const MatmulOutput& output : args.outputs) {
    FATHOM_REQUIRE("matmul", output.weight != nullptr && output.weight->out() > 0,
                   "a weight is missing");
    FATHOM_REQUIRE("matmul", output.weight->in() == args.in,
                   "weight has " + std::to_string(output.weight->in()) + " columns, x has " +
                       std::to_string(args.in));
    FATHOM_REQUIRE("matmul", output.y != nullptr, "y is null");
    FATHOM_REQUIRE("matmul", FitsMemory(args.rows, output.weight->out()),
                   "rows * out is too large");
  }
  return OkStatus();
}

class Product {
 public:
  Product(const Backend& backend, const MatmulArgs& args, Scratch::Frame& frame)
      : backend_(backend),
        args_(args),
        threads_(static_cast<size_t>(backend.pool().thread_count())) {
    size_t bytes = 0, row_bytes = 0;
    for (const MatmulOutput& output : args.outputs) {
      panels_ += output.weight->panels();
      bytes += output.weight->bytes();
      const PanelKind kind = PanelKindOf(*output.weight);
      row_bytes_[kind] = FATHOM_PICK(backend.isa(), PreparedBytes)(kind, args.in);
      wide_bytes_ = std::max(wide_bytes_, WidePanelBytes(kind, args.in, args.rows));
      row_bytes += output.weight->out() * sizeof(float);
    }
    if (args.rows == 1 && bytes < kBytesForThreads) threads_ = 1;
    by_rows_ = args.rows >= 2 * kTileRows * threads_;
    for (const size_t prepared : row_bytes_) row_bytes += prepared;
    row_block_ = std::min(
        std::max(kRowBlockBytes / row_bytes / kTileRows, kRowBlockTilesMin) * kTileRows, args.rows);
    for (int kind = 0; kind < kPanelKinds; ++kind) {
      prepared_[kind] = frame.Take<std::byte>(threads_ * row_block_ * row_bytes_[kind]);
    }
    wide_ = frame.Take<std::byte>(threads_ * wide_bytes_);
  }

  void Run() {
    if (threads_ == 1) return Work(0);
    const auto body = [this](int worker) { Work(static_cast<size_t>(worker)); };
    backend_.pool().Run(std::ref(body));
  }

 private:
  // A worker has some of the rows, or, when they are few, some of the panels.
  void Work(size_t worker) {
    Range rows{0, args_.rows}, panels{0, panels_};
    if (by_rows_) {
      const size_t tiles = (args_.rows + kTileRows - 1) / kTileRows;
      rows = {std::min(args_.rows, tiles * worker / threads_ * kTileRows),
              std::min(args_.rows, tiles * (worker + 1) / threads_ * kTileRows)};
    } else {
      panels = {panels_ * worker / threads_, panels_ * (worker + 1) / threads_};
    }
    for (size_t row = rows.begin; row < rows.end; row += row_block_) {
      Block({row, std::min(rows.end, row + row_block_)}, panels, worker);
    }
  }

  void Block(Range rows, Range panels, size_t worker) {
    bool ready[kPanelKinds] = {};
    size_t first = 0;  // index of the output's first panel among all
    for (const MatmulOutput& output : args_.outputs) {
      const size_t count = output.weight->panels();
      const size_t begin = std::max(panels.begin, first), end = std::min(panels.end, first + count);
      if (begin < end) {
        const PanelKind kind = PanelKindOf(*output.weight);
        const PreparedRows x = Prepared(kind, rows, worker, !ready[kind]);
        ready[kind] = true;
        for (size_t panel = begin; panel < end; ++panel)
          Panel(output, panel - first, rows, x, worker);
      }
      first += count;
    }
  }

  PreparedRows Prepared(PanelKind kind, Range rows, size_t worker, bool fill) {
    const size_t row_bytes = row_bytes_[kind];
    if (row_bytes == 0) {
      return {reinterpret_cast<const std::byte*>(args_.x + rows.begin * args_.in),
              args_.in * sizeof(float)};
    }
    std::byte* at = prepared_[kind] + worker * row_block_ * row_bytes;
    const auto prepare = FATHOM_PICK(backend_.isa(), PrepareRow);
    for (size_t row = rows.begin; fill && row < rows.end; ++row) {
      prepare(kind, args_.x + row * args_.in, args_.in, at + (row - rows.begin) * row_bytes);
    }
    return {at, row_bytes};
  }

  void Panel(const MatmulOutput& output, size_t panel, Range rows, const PreparedRows& x,
             size_t worker) {
    alignas(64) float tile[kTileRowsMax * kTileColumns];
    const size_t out = output.weight->out(), column = panel * kTileColumns;
    const size_t columns = std::min<size_t>(kTileColumns, out - column);
    const OpenPanel open(backend_.isa(), PanelKindOf(*output.weight), args_.in,
                         rows.end - rows.begin, output.weight->panel(panel),
                         wide_ + worker * wide_bytes_);
    for (size_t row = rows.begin; row < rows.end; row += kTileRowsMax) {
      const int m = static_cast<int>(std::min<size_t>(kTileRowsMax, rows.end - row));
      const void* pointers[kTileRowsMax];
      for (int i = 0; i < m; ++i) pointers[i] = x.row(row - rows.begin + i);
      open.Product(pointers, m, tile);
      FATHOM_PICK(backend_.isa(), TileStore)
      (tile, m, columns, output.epilogue == Epilogue::kSilu, output.y + row * out + column, out);
    }
  }

  const Backend& backend_;
  const MatmulArgs& args_;
  size_t threads_;
  size_t panels_ = 0;
  size_t row_block_ = 0;
  bool by_rows_ = false;
  size_t row_bytes_[kPanelKinds] = {};
  std::byte* prepared_[kPanelKinds] = {};
  size_t wide_bytes_ = 0;
  std::byte* wide_ = nullptr;  // (threads, wide_bytes)
};

}  // namespace

Status Matmul(const Backend& backend, const MatmulArgs& args) {
  if (args.rows == 0 || args.outputs.empty()) return OkStatus();
  if (Status status = Check(args); !status) return status;
  FATHOM_ON_CUDA(backend, MatmulCuda, args);
  const OperatorTimer timer(backend, Operator::kMatmul);
  Scratch::Frame frame(backend.scratch());
  Product(backend, args, frame).Run();
  return OkStatus();
}

}  // namespace fathom
