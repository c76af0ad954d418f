// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "kernels/sample/sample.h"
#include "kernels/sample/sample_isa.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

constexpr size_t kTopScoresMax = 64;

Status Check(const SampleArgs& args) {
  FATHOM_REQUIRE("sample", !args.logits.empty() && args.logits.data() != nullptr, "no logits");
  FATHOM_REQUIRE("sample", args.logits.size() < size_t{INT32_MAX}, "too many logits");
  FATHOM_REQUIRE("sample", args.allowed.empty() || args.allowed.size() * 64 >= args.logits.size(),
                 "too few words of allowed tokens");
  FATHOM_REQUIRE("sample", args.temperature >= 0 && args.temperature <= 100,
                 "temperature must be 0 to 100");
  FATHOM_REQUIRE("sample", args.top_k >= 0, "top_k is negative");
  FATHOM_REQUIRE("sample", args.top_p > 0 && args.top_p <= 1, "top_p must be above 0, at most 1");
  FATHOM_REQUIRE("sample", args.min_p >= 0 && args.min_p < 1, "min_p must be at least 0, below 1");
  FATHOM_REQUIRE("sample", args.top_scores.size() <= kTopScoresMax, "more than 64 top scores");
  return OkStatus();
}

// Before(a, b): a stands before b in falling order; ties to the lower id.
struct Before {
  const float* logits;
  bool operator()(int32_t a, int32_t b) const {
    return logits[a] != logits[b] ? logits[a] > logits[b] : a < b;
  }
};

// Tokens in falling order, found one at a time: a heap costs one pass, and the draw rarely goes
// far.
class Falling {
 public:
  Falling(const float* logits, int32_t* ids, size_t count)
      : before_{logits}, ids_(ids), left_(count) {
    std::make_heap(ids_, ids_ + left_, Later{before_});
  }
  bool empty() const { return left_ == 0; }
  int32_t Next() {
    std::pop_heap(ids_, ids_ + left_, Later{before_});
    return ids_[--left_];
  }

 private:
  struct Later {
    Before before;
    bool operator()(int32_t a, int32_t b) const { return before(b, a); }
  };
  Before before_;
  int32_t* ids_;
  size_t left_;
};

// The chosen id. ids holds the `count` candidates; weights their exp((logit - max) / temperature),
// by id.
int32_t Draw(const SampleArgs& args, const float* logits, const float* weights, int32_t* ids,
             size_t count, int32_t* kept, double total) {
  const bool top_k = args.top_k > 0 && static_cast<size_t>(args.top_k) < count;
  if (top_k) {
    std::nth_element(ids, ids + args.top_k - 1, ids + count, Before{logits});
    count = static_cast<size_t>(args.top_k);
    total = 0;
    for (size_t i = 0; i < count; ++i) total += weights[ids[i]];
  }
  const double uniform = SampleUniform(args.seed, args.position);
  Falling falling(logits, ids, count);
  double sum = 0;
  size_t kept_count = 0;
  const bool whole = args.top_p >= 1 && args.min_p <= 0;
  float floor = 0;
  while (!falling.empty()) {
    const int32_t id = falling.Next();
    if (kept_count == 0) floor = static_cast<float>(args.min_p) * weights[id];
    if (weights[id] < floor) break;
    kept[kept_count++] = id;
    sum += weights[id];
    if (whole && sum > uniform * total) return id;
    if (args.top_p < 1 && sum >= args.top_p * total) break;
  }
  double cumulative = 0;
  for (size_t i = 0; i < kept_count; ++i) {
    cumulative += weights[kept[i]];
    if (cumulative > uniform * sum) return kept[i];
  }
  return kept[kept_count - 1];
}

}  // namespace

double SampleUniform(uint64_t seed, uint64_t position) {
  // Two rounds of the SplitMix64 finaliser: one would let (seed, position) pairs of equal sum
  // coincide.
  uint64_t x = seed;
  for (const uint64_t add : {uint64_t{0}, position}) {
    x += add + 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    x ^= x >> 31;
  }
  return static_cast<double>(x >> 11) * 0x1p-53;
}

Result<Sampled> Sample(const Backend& backend, const SampleArgs& args) {
  if (Status status = Check(args); !status) return status.error();
  const size_t vocabulary = args.logits.size();
  Scratch::Frame frame(backend.host_scratch());
  float* logits = frame.Take<float>(vocabulary);
  Status status = backend.memory().CopyOut(logits, args.logits.data(), vocabulary * sizeof(float));
  if (!status) return status.error();
  const auto largest_of = FATHOM_PICK(backend.cpu_isa(), LargestLogit);
  const auto sum_exp = FATHOM_PICK(backend.cpu_isa(), SumExp);
  const float largest_all = largest_of(logits, vocabulary);
  FATHOM_REQUIRE("sample", !std::isnan(largest_all), "a logit is NaN");
  FATHOM_REQUIRE("sample", largest_all < INFINITY, "a logit is infinite");
  for (const int32_t token : args.banned) {
    if (token >= 0 && static_cast<size_t>(token) < vocabulary) logits[token] = -INFINITY;
  }
  for (size_t i = 0; !args.allowed.empty() && i < vocabulary; ++i) {
    if ((args.allowed[i / 64] >> (i % 64) & 1) == 0) logits[i] = -INFINITY;
  }
  const float largest = largest_of(logits, vocabulary);
  FATHOM_REQUIRE("sample", largest > -INFINITY, "no token is left");
  const double log_total = std::log(sum_exp(logits, vocabulary, largest, 1.0f, nullptr));
  const auto score = [&](int32_t token) {
    return TokenScore{token, static_cast<float>(double{logits[token]} - largest - log_total)};
  };
  int32_t* ids = frame.Take<int32_t>(vocabulary);
  Sampled sampled;
  int32_t chosen = static_cast<int32_t>(std::find(logits, logits + vocabulary, largest) - logits);
  if (args.temperature > 0 || !args.top_scores.empty()) {
    size_t count = 0;
    for (size_t i = 0; i < vocabulary; ++i) {
      if (logits[i] > -INFINITY) ids[count++] = static_cast<int32_t>(i);
    }
    sampled.top_count = std::min(args.top_scores.size(), count);
    std::partial_sort(ids, ids + sampled.top_count, ids + count, Before{logits});
    for (size_t i = 0; i < sampled.top_count; ++i) args.top_scores[i] = score(ids[i]);
    if (args.temperature > 0) {
      float* weights = frame.Take<float>(vocabulary);
      const double total =
          sum_exp(logits, vocabulary, largest, static_cast<float>(1 / args.temperature), weights);
      chosen = Draw(args, logits, weights, ids, count, frame.Take<int32_t>(count), total);
    }
  }
  sampled.chosen = score(chosen);
  return sampled;
}

}  // namespace fathom
