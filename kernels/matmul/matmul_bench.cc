// SPDX-License-Identifier: Apache-2.0
#include "kernels/matmul/matmul.h"
#include "kernels/support/bench.h"

namespace fathom::bench {
namespace {

struct Shape {
  const char* name;
  DType type;
  size_t rows, in, out;
};

void Measure(const Backend& backend, const Shape& shape, const Add& add) {
  const size_t row_bytes = DTypeRowBytes(shape.type, shape.in);
  const std::vector<float> values = Values(shape.out * shape.in, 1, 0.1f),
                           x = Values(shape.rows * shape.in, 2);
  std::vector<std::byte> bytes(shape.out * row_bytes);
  for (size_t n = 0; n < shape.out; ++n) {
    QuantizeRow(shape.type, values.data() + n * shape.in, shape.in, bytes.data() + n * row_bytes);
  }
  const MatrixView view{shape.type, bytes, shape.out, shape.in};
  const auto packed = PackedMatrix::Make(view);
  std::vector<float> y(shape.rows * shape.out), expected(y.size());
  const MatmulOutput output{&*packed, Epilogue::kNone, y.data()};
  const MatmulArgs args{shape.rows, shape.in, x.data(), {&output, 1}};
  const bool decode = shape.rows == 1;
  const double products = 2.0 * static_cast<double>(shape.rows * shape.in * shape.out);
  const std::string text = std::string(shape.name) + " " + std::to_string(shape.rows) + " x " +
                           std::to_string(shape.in) + " x " + std::to_string(shape.out) + " " +
                           DTypeName(shape.type);
  const Roof roof = decode                       ? Roof::kMemory
                    : shape.type == DType::kF32  ? Roof::kF32
                    : shape.type == DType::kBF16 ? Roof::kBf16
                    : shape.type == DType::kQ4K  ? Roof::kQuads
                                                 : Roof::kPairs;
  add({"matmul", text, roof, decode ? static_cast<double>(packed->bytes()) : products,
       [&] { CHECK(fathom::Matmul(backend, args).ok()); },
       [&] {
         CHECK(MatmulReference(view, Epilogue::kNone, shape.rows, x.data(), expected.data()).ok());
         return RelativeError(y, expected);
       }});
}

}  // namespace

void Matmul(const Backend& backend, const Add& add) {
  for (const Shape& shape :
       {Shape{"qkv", DType::kQ8_0, 512, 320, 1536}, Shape{"gate", DType::kQ8_0, 512, 320, 512},
        Shape{"out", DType::kQ8_0, 512, 512, 320}, Shape{"qkv", DType::kBF16, 512, 320, 1536},
        Shape{"qkv", DType::kF32, 512, 320, 1536}, Shape{"large", DType::kQ8_0, 256, 2048, 2048},
        Shape{"large", DType::kQ4K, 256, 2048, 2048}, Shape{"qkv", DType::kQ8_0, 1, 320, 1536},
        Shape{"out", DType::kQ8_0, 1, 512, 320}, Shape{"head", DType::kQ8_0, 1, 320, 4096},
        Shape{"head", DType::kBF16, 1, 320, 4096}}) {
    Measure(backend, shape, add);
  }
}

}  // namespace fathom::bench
