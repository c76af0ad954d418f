// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include "kernels/matmul/matmul.h"

namespace fathom {

Status MatmulReference(const MatrixView& stored, Epilogue epilogue, size_t rows, const float* x,
                       float* y) {
  const size_t row_bytes = DTypeRowBytes(stored.type, stored.in);
  std::vector<float> weight(stored.in);
  for (size_t n = 0; n < stored.out; ++n) {
    DequantizeRow(stored.type, stored.bytes.data() + n * row_bytes, stored.in, weight.data());
    for (size_t row = 0; row < rows; ++row) {
      double sum = 0;
      for (size_t k = 0; k < stored.in; ++k) sum += double{x[row * stored.in + k]} * weight[k];
      if (epilogue == Epilogue::kSilu) sum /= 1 + std::exp(-sum);
      y[row * stored.out + n] = static_cast<float>(sum);
    }
  }
  return OkStatus();
}

}  // namespace fathom
