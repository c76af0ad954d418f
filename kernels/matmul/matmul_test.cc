// SPDX-License-Identifier: Apache-2.0
#include "kernels/matmul/matmul.h"

#include <deque>

#include "kernels/blocks.h"
#include "kernels/support/op_test.h"

namespace fathom::testing {
namespace {

// `in` rounded up to whole blocks.
size_t WholeBlocks(DType type, size_t in) {
  const size_t block = DTypeBlockColumns(type);
  return (in + block - 1) / block * block;
}

// |w| of one row; of Q4_K its two terms apart: V of matmul.h.
double RowNorm(const Stored& stored, size_t n) {
  const float* row = stored.values.data() + n * stored.in;
  if (stored.type != DType::kQ4K) return Norm(row, stored.in);
  const std::byte* bytes = stored.bytes.data() + n * DTypeRowBytes(stored.type, stored.in);
  double sum = 0;
  for (size_t k = 0; k < stored.in; ++k) {
    Block block;
    UnpackBlock(stored.type, bytes + k / 256 * 144, block);
    const size_t j = k % 256 / 32;
    const double scaled = double{block.d} * block.scales[j] * block.codes[k % 256];
    sum += std::pow(scaled + double{block.d_min} * block.mins[j], 2);
  }
  return std::sqrt(sum);
}

// x as the product takes it: as it is, but of Q4_K on a CPU in steps of a 127th of the largest of
// each `values`, with the f32 operations of PrepareQ4KRow.
std::vector<float> Taken(const Backend& backend, DType type, std::vector<float> x,
                         size_t values = 256) {
  if (type != DType::kQ4K || backend.on_device()) return x;
  for (size_t k = 0; k < x.size(); k += values) {
    const float step = static_cast<float>(LargestAbs(x.data() + k, values)) / 127.0f;
    const float inverse = step > 0 ? 1.0f / step : 0.0f;
    for (size_t i = k; i < k + values; ++i) x[i] = step * std::nearbyint(x[i] * inverse);
  }
  return x;
}

MatrixView View(const Stored& stored) {
  return {stored.type, stored.bytes, stored.out, stored.in};
}

std::vector<float> Compute(const Backend& backend, const Stored& stored, Epilogue epilogue,
                           size_t rows, const float* x) {
  const auto packed = PackedMatrix::Make(View(stored), &backend);
  EXPECT_TRUE(packed.ok());
  Guarded<float> y(backend, rows * stored.out);
  const Input<float> rows_of_x(backend, x, rows * stored.in);
  const MatmulOutput output{&*packed, epilogue, y.data()};
  ExpectOk(Matmul(backend, {rows, stored.in, rows_of_x.data(), {&output, 1}}));
  return y.Finish("y");
}

std::vector<float> Reference(const Stored& stored, Epilogue epilogue, size_t rows, const float* x) {
  std::vector<float> y(rows * stored.out);
  ExpectOk(MatmulReference(View(stored), epilogue, rows, x, y.data()));
  return y;
}

// The bound of matmul.h from a reference of x as taken. SiLU's slope is below 1.1 and its own error
// 2^-21 of its value.
Tolerance Bound(const Backend& backend, const Stored& stored, const float* x,
                const std::vector<float>& expected) {
  const size_t rows = expected.size() / stored.out;
  std::vector<double> xs(rows), top(rows), ws(stored.out);
  for (size_t row = 0; row < rows; ++row) {
    xs[row] = Norm(x + row * stored.in, stored.in);
    top[row] = LargestAbs(x + row * stored.in, stored.in);
  }
  for (size_t n = 0; n < stored.out; ++n) ws[n] = RowNorm(stored, n);
  const bool taken = stored.type == DType::kQ4K && !backend.on_device();
  return [=, &expected, type = stored.type, out = stored.out,
          in = static_cast<double>(stored.in)](size_t i) {
    const size_t row = i / out, n = i % out;
    double bound = in * kEps * xs[row] * ws[n];
    if (type == DType::kBF16) bound += 0x1p-8 * xs[row] * ws[n];
    if (IsQuantized(type)) {
      const double sums = in / (IsSmall(type) ? 16 : 32) + 8;
      bound = std::sqrt(in) * 0x1p-16 * top[row] * ws[n] + sums * kEps * xs[row] * ws[n];
    }
    if (taken) bound = (in / 128 + 16) * kEps * xs[row] * ws[n];
    return 1.1 * bound + 0x1p-20 * std::fabs(expected[i]);
  };
}

// Laws 1 and 5.
TEST(Matmul, EqualsReferenceForEveryWeightType) {
  for (const TestBackend& backend : AllBackends()) {
    for (DType type : kAllDTypes) {
      for (size_t in : {1u, 2u, 31u, 32u, 33u, 160u, 256u, 320u, 768u}) {
        if (DTypeRowBytes(type, in) == 0 || (in > 320 && !IsSmall(type))) continue;
        for (size_t out : {1u, 31u, 32u, 33u, 97u}) {
          for (size_t rows : {0u, 1u, 2u, 11u, 12u, 13u, 61u}) {
            const Stored stored = MakeStored(type, out, in, in + out);
            const std::vector<float> x = Normal(rows * in, rows + 7);
            const Epilogue epilogue = (rows + out) % 2 ? Epilogue::kSilu : Epilogue::kNone;
            const std::vector<float> taken = Taken(*backend, type, x);
            const std::vector<float> expected = Reference(stored, epilogue, rows, taken.data());
            ExpectWithin(backend.name + " " + DTypeName(type) + " " + std::to_string(rows) + "x" +
                             std::to_string(in) + "x" + std::to_string(out),
                         Compute(*backend, stored, epilogue, rows, x.data()), expected,
                         Bound(*backend, stored, x.data(), expected));
          }
        }
      }
    }
  }
}

TEST(Matmul, EqualsReferenceOnOneLargeShape) {
  const TestBackend backend = BestBackend();
  for (DType type : kAllDTypes) {
    const Stored stored = MakeStored(type, 259, 2048, 5);
    const std::vector<float> x = Normal(131 * 2048, 6);
    const std::vector<float> taken = Taken(*backend, type, x);
    const std::vector<float> expected = Reference(stored, Epilogue::kNone, 131, taken.data());
    ExpectWithin(DTypeName(type), Compute(*backend, stored, Epilogue::kNone, 131, x.data()),
                 expected, Bound(*backend, stored, x.data(), expected));
  }
}

// Blocks of x that differ in size, one of them empty: each has its own step. And x itself is as far
// from x as taken as half of such steps allow.
TEST(Matmul, Q4KTakesEach256ValuesOfXInStepsOfTheirOwn) {
  constexpr size_t kRows = 7, kOut = 33, kIn = 768;
  const Stored stored = MakeStored(DType::kQ4K, kOut, kIn, 5);
  std::vector<float> x = Normal(kRows * kIn, 6);
  for (size_t i = 0; i < x.size(); ++i)
    x[i] *= i % kIn < 256 ? 0.125f : i / kIn % 2 == 0 && i % kIn < 512 ? 0 : 1;
  const auto reference = [&](const std::vector<float>& rows) {
    return Reference(stored, Epilogue::kNone, kRows, rows.data());
  };
  const std::vector<float> exact = reference(x);
  for (const TestBackend& backend : AllBackends()) {
    if ((*backend).on_device()) continue;
    const std::vector<float> actual = Compute(*backend, stored, Epilogue::kNone, kRows, x.data());
    const std::vector<float> expected = reference(Taken(*backend, DType::kQ4K, x));
    const Tolerance bound = Bound(*backend, stored, x.data(), expected);
    ExpectWithin(backend.name, actual, expected, bound);
    ExpectMutantFails("x as it is", actual, exact, bound);
    ExpectMutantFails("one step a row", actual, reference(Taken(*backend, DType::kQ4K, x, kIn)),
                      bound);
    ExpectMutantFails("a step for 32 values", actual,
                      reference(Taken(*backend, DType::kQ4K, x, 32)), bound);
    ExpectWithin(backend.name + " from x itself", actual, exact, [&](size_t i) {
      const size_t row = i / kOut, n = i % kOut;
      return std::sqrt(double{kIn}) / 254 * LargestAbs(x.data() + row * kIn, kIn) *
                 Norm(stored.values.data() + n * kIn, kIn) +
             bound(i);
    });
  }
}

// On a device many rows of a large matrix are rounded to bf16, as are its weights; few rows are
// not.
TEST(Matmul, LargeQ8MatricesEqualReference) {
  const TestBackend backend = BestBackend();
  if (!(*backend).on_device()) GTEST_SKIP() << "no device";
  const Stored stored = MakeStored(DType::kQ8_0, 1031, 2048, 5);
  ASSERT_GE(stored.out * stored.in, kRoundedWeightsMin);
  for (size_t rows : {1u, 8u, 9u, 40u}) {
    const std::vector<float> x = Normal(rows * 2048, 6);
    const std::vector<float> expected = Reference(stored, Epilogue::kSilu, rows, x.data());
    Stored bound = stored;
    if (rows > 8) bound.type = DType::kBF16;
    ExpectWithin("rows " + std::to_string(rows),
                 Compute(*backend, stored, Epilogue::kSilu, rows, x.data()), expected,
                 Bound(*backend, bound, x.data(), expected));
  }
}

// A device keeps large matrices of the small types as bf16.
TEST(Matmul, LargeMatricesOfSmallTypesEqualReference) {
  const TestBackend backend = BestBackend();
  if (!(*backend).on_device()) GTEST_SKIP() << "no device";
  for (DType type : {DType::kQ4K, DType::kQ6K, DType::kQ4_0}) {
    const Stored stored = MakeStored(type, 1031, 2048, 5);
    for (size_t rows : {3u, 20u}) {
      const std::vector<float> x = Normal(rows * 2048, 6);
      const std::vector<float> expected = Reference(stored, Epilogue::kNone, rows, x.data());
      Stored bound = stored;
      bound.type = DType::kBF16;
      ExpectWithin(std::string(DTypeName(type)) + " rows " + std::to_string(rows),
                   Compute(*backend, stored, Epilogue::kNone, rows, x.data()), expected,
                   Bound(*backend, bound, x.data(), expected));
    }
  }
}

// Laws 2, 3, 4: any split of the rows, any threads, alone or beside other matrices: the same bits,
// or on a device the same within the bound.
TEST(Matmul, RowDependsOnThatRowAlone) {
  constexpr size_t kRows = 71, kOut = 301;
  for (Isa isa : SupportedIsas()) {
    for (DType type : kAllDTypes) {
      const size_t in = WholeBlocks(type, 600);  // more than one slice of a panel of codes
      const std::vector<float> x = Normal(kRows * in, 1);
      const Stored stored = MakeStored(type, kOut, in, 2);
      const std::vector<float> whole =
          Compute(*MakeBackend(isa, 2), stored, Epilogue::kSilu, kRows, x.data());
      ExpectSameBits("again", whole,
                     Compute(*MakeBackend(isa, 3), stored, Epilogue::kSilu, kRows, x.data()));
      const TestBackend backend = MakeBackend(isa, 1);
      const std::vector<float> taken = Taken(*backend, type, x);
      const std::vector<float> expected = Reference(stored, Epilogue::kSilu, kRows, taken.data());
      for (size_t step : {1u, 2u, 5u, 64u}) {
        std::vector<float> parts;
        for (size_t row = 0; row < kRows; row += step) {
          const size_t rows = std::min(step, kRows - row);
          const auto part = Compute(*backend, stored, Epilogue::kSilu, rows, x.data() + row * in);
          parts.insert(parts.end(), part.begin(), part.end());
        }
        ExpectSameRows(*backend, DTypeName(type), whole, parts,
                       Bound(*backend, stored, x.data(), expected));
      }
    }
  }
}

TEST(Matmul, SeveralMatricesGiveWhatEachGivesAlone) {
  const TestBackend backend = BestBackend(3);
  for (size_t rows : {1u, 4u, 100u}) {
    constexpr size_t kIn = 256;
    const std::vector<float> x = Normal(rows * kIn, 9);
    std::vector<Stored> stored;
    std::vector<PackedMatrix> packed;
    for (DType type : kAllDTypes)
      stored.push_back(MakeStored(type, 40 + 30 * stored.size(), kIn, 3));
    std::deque<Guarded<float>> y;
    std::vector<MatmulOutput> outputs;
    for (const Stored& one : stored) {
      packed.push_back(std::move(*PackedMatrix::Make(View(one), &*backend)));
      y.emplace_back(*backend, rows * one.out);
    }
    for (size_t i = 0; i < packed.size(); ++i)
      outputs.push_back({&packed[i], Epilogue::kNone, y[i].data()});
    const Input<float> on_backend(*backend, x);
    ExpectOk(Matmul(*backend, {rows, kIn, on_backend.data(), outputs}));
    for (size_t i = 0; i < packed.size(); ++i) {
      ExpectSameBits("together", y[i].Finish("y"),
                     Compute(*backend, stored[i], Epilogue::kNone, rows, x.data()));
    }
  }
}

TEST(Matmul, DecodeAllocatesNothingAfterTheFirstCall) {
  const TestBackend backend = BestBackend();
  const Stored stored = MakeStored(DType::kQ8_0, 512, 320, 1);
  const std::vector<float> x = Normal(320, 1);
  Compute(*backend, stored, Epilogue::kNone, 1, x.data());
  const size_t growths = (*backend).scratch().growths();
  for (int i = 0; i < 10; ++i) Compute(*backend, stored, Epilogue::kNone, 1, x.data());
  EXPECT_EQ((*backend).scratch().growths(), growths);
}

TEST(Matmul, MutantsFail) {
  const TestBackend backend = BestBackend();
  constexpr size_t kRows = 5;
  for (DType type : kAllDTypes) {
    const size_t side = WholeBlocks(type, 96);
    const std::vector<float> given = Normal(kRows * side, 1), x = Taken(*backend, type, given);
    const Stored stored = MakeStored(type, side, side, 2);
    const std::vector<float> actual =
        Compute(*backend, stored, Epilogue::kSilu, kRows, given.data());
    const std::vector<float> expected = Reference(stored, Epilogue::kSilu, kRows, x.data());
    const Tolerance bound = Bound(*backend, stored, x.data(), expected);
    const auto with = [&](const std::string& name,
                          const std::function<float(size_t n, size_t k)>& weight,
                          Epilogue epilogue = Epilogue::kSilu) {
      Stored other{DType::kF32, side, side, std::vector<std::byte>(side * side * 4), {}};
      for (size_t n = 0; n < side; ++n) {
        for (size_t k = 0; k < side; ++k) {
          const float value = weight(n, k);
          std::memcpy(other.bytes.data() + (n * side + k) * 4, &value, 4);
        }
      }
      ExpectMutantFails(name, actual, Reference(other, epilogue, kRows, x.data()), bound);
    };
    const auto at = [&](size_t n, size_t k) { return stored.values[n * side + k]; };
    with("no epilogue", at, Epilogue::kNone);
    if (IsQuantized(type)) {  // what the int16 rows are for, and Q4_K's steps of 256 values
      std::vector<float> coarse(x.size());
      for (size_t row = 0; row < kRows; ++row) {
        std::vector<std::byte> q(DTypeRowBytes(DType::kQ8_0, side));
        QuantizeRow(DType::kQ8_0, given.data() + row * side, side, q.data());
        DequantizeRow(DType::kQ8_0, q.data(), side, coarse.data() + row * side);
      }
      ExpectMutantFails("activations in int8", actual,
                        Reference(stored, Epilogue::kSilu, kRows, coarse.data()), bound);
    }
    with("transposed", [&](size_t n, size_t k) { return at(k, n); });
    with("last column skipped", [&](size_t n, size_t k) { return n + 1 < side ? at(n, k) : 0; });
    with("last k skipped", [&](size_t n, size_t k) { return k + 1 < side ? at(n, k) : 0; });
    with("pairs swapped", [&](size_t n, size_t k) { return at(n, k ^ 1); });
    with("neighbour's block", [&](size_t n, size_t k) { return at(n, (k + 32) % side); });
    with("neighbour's column", [&](size_t n, size_t k) { return at((n + 1) % side, k); });
    with("one weight a quarter larger",
         [&](size_t n, size_t k) { return at(n, k) * (k == 3 ? 1.25f : 1.0f); });
  }
}

TEST(Matmul, RefusesBadShapes) {
  const TestBackend backend = BestBackend();
  const Stored stored = MakeStored(DType::kQ8_0, 4, 64, 1);
  MatrixView view = View(stored);
  view.in = 63;
  EXPECT_FALSE(PackedMatrix::Make(view).ok());
  view = View(stored);
  view.bytes = view.bytes.first(view.bytes.size() - 1);
  EXPECT_FALSE(PackedMatrix::Make(view).ok());
  view = View(stored);
  view.out = SIZE_MAX / 32;
  EXPECT_FALSE(PackedMatrix::Make(view).ok());
  EXPECT_FALSE(PackedMatrix::Make({}).ok());
  const auto packed = PackedMatrix::Make(View(stored));
  const std::vector<float> x(64);
  std::vector<float> y(4);
  MatmulOutput output{&*packed, Epilogue::kNone, y.data()};
  ExpectRefused("in differs", Matmul(*backend, {1, 32, x.data(), {&output, 1}}));
  ExpectRefused("null x", Matmul(*backend, {1, 64, nullptr, {&output, 1}}));
  ExpectRefused("rows overflow", Matmul(*backend, {SIZE_MAX / 2, 64, x.data(), {&output, 1}}));
  output.y = nullptr;
  ExpectRefused("null y", Matmul(*backend, {1, 64, x.data(), {&output, 1}}));
  output = {nullptr, Epilogue::kNone, y.data()};
  ExpectRefused("null weight", Matmul(*backend, {1, 64, x.data(), {&output, 1}}));
}

}  // namespace
}  // namespace fathom::testing
