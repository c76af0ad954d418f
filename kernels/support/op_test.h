// SPDX-License-Identifier: Apache-2.0
// What every operator's test proves, and how.
//
//   1 equality      WorstRatio(cpu, reference, tolerance) <= 1 over a sweep of shapes, on every
//                   instruction set
//   2 blocking      the same rows in other splits: ExpectSameBits, or WorstRatio where the contract
//                   allows rounding
//   3 decode        prefill then one row at a time equals one pass, same comparison
//   4 determinism   two runs, and any thread count: ExpectSameBits
//   5 memory        outputs are Guarded: poisoned before, every element written, nothing outside
//                   touched
//   6 refusal       bad shapes return kInvalid
//
// A CUDA device of the machine counts as one more instruction set, the best: tests that use only
// one then run there. What a device does not promise bitwise is compared within the operator's
// bound (ExpectSameRows).
//
// Mutants: plausible mistakes, written as wrong references. Comparing the operator with each must
// fail (ratio > 1) by the same tolerance; a mutant that passes means that the tolerance or the
// input proves nothing.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "kernels/backend.h"
#include "kernels/dtype.h"

namespace fathom::testing {

// Every instruction set of this machine, with 1, 2 and 3 threads on the best one.
struct TestBackend {
  std::string name;
  std::unique_ptr<ThreadPool> pool;
  std::unique_ptr<Backend> backend;
  const Backend& operator*() const { return *backend; }
};

inline TestBackend MakeBackend(Isa isa, int threads) {
  TestBackend test;
  test.name = std::string(IsaName(isa)) + "/" + std::to_string(threads);
  test.pool = std::make_unique<ThreadPool>(threads);
  auto backend = Backend::Create(*test.pool, isa);
  CHECK_MESSAGE(backend.ok(), test.name);
  test.backend = std::move(*backend);
  return test;
}

inline std::vector<Isa> SupportedIsas() {
  std::vector<Isa> isas;
  for (Isa isa : {Isa::kScalar, Isa::kAvx2, Isa::kAvx512, Isa::kCuda}) {
    if (IsaSupported(isa)) isas.push_back(isa);
  }
  return isas;
}

inline std::vector<TestBackend> AllBackends() {
  std::vector<TestBackend> all;
  for (Isa isa : SupportedIsas()) all.push_back(MakeBackend(isa, 2));
  const Isa cpu = (*all.back()).cpu_isa();
  for (int threads : {1, 3}) all.push_back(MakeBackend(cpu, threads));
  return all;
}

inline TestBackend BestBackend(int threads = 2) {
  return MakeBackend(SupportedIsas().back(), threads);
}

// Normal values from a seed; the same on every machine up to libm.
inline std::vector<float> Normal(size_t count, uint64_t seed, float scale = 1) {
  std::mt19937_64 engine(seed * 0x9e3779b97f4a7c15u + 1);
  std::normal_distribution<float> normal(0, scale);
  std::vector<float> values(count);
  for (float& value : values) value = normal(engine);
  return values;
}

// Values where the backend's operators read them.
template <typename T>
class Input {
 public:
  Input(const Backend& backend, const T* values, size_t count)
      : buffer_(std::move(*Buffer::MakeFrom(backend.memory(), values, count * sizeof(T)))) {}
  Input(const Backend& backend, const std::vector<T>& values)
      : Input(backend, values.data(), values.size()) {}
  const T* data() const { return reinterpret_cast<const T*>(buffer_.data()); }
  std::span<const T> span() const { return {data(), buffer_.size() / sizeof(T)}; }

 private:
  Buffer buffer_;
};

// An output buffer: 64-byte aligned, poisoned, between two canaries.
template <typename T>
class Guarded {
 public:
  Guarded(const Backend& backend, size_t count)
      : memory_(backend.memory()), count_(count), bytes_(count * sizeof(T) + 2 * kGuard) {
    std::memset(bytes_.data(), kCanary, bytes_.size());
    for (size_t i = 0; i < count; ++i) std::memcpy(inside() + i, &kPoison, sizeof(T));
    buffer_ = std::move(*Buffer::MakeFrom(memory_, bytes_.data(), bytes_.size()));
  }
  Guarded(const Backend& backend, size_t count, const std::vector<T>& values)
      : Guarded(backend, count) {
    std::copy(values.begin(), values.end(), inside());
    CHECK(memory_.CopyIn(buffer_.data(), bytes_.data(), bytes_.size()).ok());
  }
  T* data() { return reinterpret_cast<T*>(buffer_.data() + kGuard); }
  size_t size() const { return count_; }

  // Law 5. Returns the contents.
  std::vector<T> Finish(const std::string& what) {
    const Status status = memory_.CopyOut(bytes_.data(), buffer_.data(), bytes_.size());
    EXPECT_TRUE(status.ok()) << what << ": " << (status.ok() ? "" : status.error().Text());
    size_t unwritten = 0;
    for (size_t i = 0; i < count_; ++i)
      unwritten += std::memcmp(inside() + i, &kPoison, sizeof(T)) == 0;
    EXPECT_EQ(unwritten, 0u) << what << ": outputs left unwritten";
    size_t touched = 0;
    for (size_t i = 0; i < bytes_.size(); ++i) {
      const bool output = i >= kGuard && i < kGuard + count_ * sizeof(T);
      if (!output && bytes_[i] != kCanary) ++touched;
    }
    EXPECT_EQ(touched, 0u) << what << ": bytes written outside the output";
    return std::vector<T>(inside(), inside() + count_);
  }

 private:
  T* inside() { return reinterpret_cast<T*>(bytes_.data() + kGuard); }

  static_assert(sizeof(T) == 4);
  static constexpr size_t kGuard = 256;
  static constexpr unsigned char kCanary = 0xa5;
  static constexpr uint32_t kPoison = 0x7fedcafe;  // a NaN that no operator makes
  Memory& memory_;
  size_t count_;
  std::vector<unsigned char> bytes_;  // (kGuard, count, kGuard) on the host
  Buffer buffer_;                     // the same where the operator writes
};

struct Worst {
  double ratio = 0;  // |actual - expected| / tolerance, the largest; infinite for a NaN
  size_t index = 0;
  float actual = 0, expected = 0;
};

using Tolerance = std::function<double(size_t index)>;

inline Worst WorstRatio(const std::vector<float>& actual, const std::vector<float>& expected,
                        const Tolerance& tolerance) {
  Worst worst;
  if (actual.size() != expected.size()) return {INFINITY, 0, 0, 0};
  for (size_t i = 0; i < actual.size(); ++i) {
    double ratio = std::fabs(double{actual[i]} - expected[i]) / (tolerance(i) + 1e-37);
    if (std::isnan(ratio)) ratio = INFINITY;
    if (ratio > worst.ratio) worst = {ratio, i, actual[i], expected[i]};
  }
  return worst;
}

inline void ExpectWithin(const std::string& what, const std::vector<float>& actual,
                         const std::vector<float>& expected, const Tolerance& tolerance) {
  const Worst worst = WorstRatio(actual, expected, tolerance);
  EXPECT_LE(worst.ratio, 1) << what << ": element " << worst.index << " of " << actual.size()
                            << " is " << worst.actual << ", reference " << worst.expected;
}

inline void ExpectMutantFails(const std::string& name, const std::vector<float>& actual,
                              const std::vector<float>& mutant, const Tolerance& tolerance) {
  EXPECT_GT(WorstRatio(actual, mutant, tolerance).ratio, 1)
      << "mutant '" << name << "' is not told apart";
}

template <typename T>
void ExpectSameBits(const std::string& what, const std::vector<T>& a, const std::vector<T>& b) {
  ASSERT_EQ(a.size(), b.size()) << what;
  if (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0) return;
  for (size_t i = 0; i < a.size(); ++i) {
    if (std::memcmp(&a[i], &b[i], sizeof(T)) != 0) {
      FAIL() << what << ": element " << i << " is " << a[i] << " and " << b[i];
    }
  }
}

// What a row depends on that row alone for: bitwise on a CPU, within the bound on a device.
inline void ExpectSameRows(const Backend& backend, const std::string& what,
                           const std::vector<float>& a, const std::vector<float>& b,
                           const Tolerance& tolerance) {
  if (!backend.on_device()) return ExpectSameBits(what, a, b);
  ExpectWithin(what, a, b, [&](size_t i) { return 2 * tolerance(i); });
}

inline void ExpectRefused(const std::string& what, const Status& status) {
  ASSERT_FALSE(status.ok()) << what << " was accepted";
  EXPECT_EQ(status.error().code, Code::kInvalid) << what;
}

inline void ExpectOk(const Status& status) {
  ASSERT_TRUE(status.ok()) << status.error().Text();
}

// Stored weights of any type: the bytes, and what they mean.
struct Stored {
  DType type;
  size_t out, in;
  std::vector<std::byte> bytes;
  std::vector<float> values;  // (out, in)
};

inline Stored MakeStored(DType type, size_t out, size_t in, uint64_t seed, float scale = 1) {
  Stored stored{type, out, in, {}, Normal(out * in, seed, scale)};
  const size_t row_bytes = DTypeRowBytes(type, in);
  stored.bytes.resize(out * row_bytes);
  for (size_t n = 0; n < out; ++n) {
    QuantizeRow(type, stored.values.data() + n * in, in, stored.bytes.data() + n * row_bytes);
    DequantizeRow(type, stored.bytes.data() + n * row_bytes, in, stored.values.data() + n * in);
  }
  return stored;
}

inline double Norm(const float* x, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += double{x[i]} * x[i];
  return std::sqrt(sum);
}

inline double LargestAbs(const float* x, size_t count) {
  double largest = 0;
  for (size_t i = 0; i < count; ++i) largest = std::max(largest, std::fabs(double{x[i]}));
  return largest;
}

constexpr double kEps = 0x1p-24;  // unit roundoff of f32

}  // namespace fathom::testing
