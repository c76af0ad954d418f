// SPDX-License-Identifier: Apache-2.0
#include "kernels/lightning_attention/lightning_attention.h"

#include "kernels/support/op_test.h"

namespace fathom::testing {
namespace {

struct Inputs {
  size_t tokens, heads, dim;
  std::vector<float> qkv, slopes, state;
};

struct Outputs {
  std::vector<float> o, state;
};

// State as if much had been read before: larger than one token's k v.
Inputs Make(size_t tokens, size_t heads, size_t dim, uint64_t seed = 1) {
  Inputs in{tokens, heads,
            dim,    Normal(tokens * heads * 3 * dim, seed),
            {},     Normal(heads * dim * dim, seed + 1, 2)};
  for (size_t h = 0; h < heads; ++h)
    in.slopes.push_back(static_cast<float>(LightningSlope(h, heads, 1, 8)));
  return in;
}

LightningAttentionArgs Args(const Inputs& in, float* state, float* o) {
  return {in.tokens, in.heads, in.dim, in.qkv.data(), in.slopes, state, o};
}

Outputs Reference(const Inputs& in) {
  Outputs out{std::vector<float>(in.tokens * in.heads * in.dim), in.state};
  ExpectOk(LightningAttentionReference(Args(in, out.state.data(), out.o.data())));
  return out;
}

Outputs Compute(const Backend& backend, const Inputs& in) {
  Guarded<float> o(backend, in.tokens * in.heads * in.dim),
      state(backend, in.state.size(), in.state);
  const Input<float> qkv(backend, in.qkv);
  LightningAttentionArgs args = Args(in, state.data(), o.data());
  args.qkv = qkv.data();
  ExpectOk(LightningAttention(backend, args));
  return {o.Finish("o"), state.Finish("state")};
}

// The calls' outputs one after another, state carried.
Outputs ComputeInSteps(const Backend& backend, const Inputs& in, const std::vector<size_t>& steps) {
  Outputs all{{}, in.state};
  size_t t = 0;
  const size_t row = in.heads * 3 * in.dim;
  for (size_t i = 0; t < in.tokens; ++i) {
    const size_t count = std::min(steps[i % steps.size()], in.tokens - t);
    Inputs part{count, in.heads, in.dim, {}, in.slopes, all.state};
    part.qkv.assign(in.qkv.begin() + t * row, in.qkv.begin() + (t + count) * row);
    const Outputs out = Compute(backend, part);
    all.o.insert(all.o.end(), out.o.begin(), out.o.end());
    all.state = out.state;
    t += count;
  }
  return all;
}

struct Bounds {
  Tolerance o, state;
};

// The bound of the header: the same recurrence run on norms, |o| <= |q| sum decay^j |k||v| +
// decay^t |q||S0|.
Bounds Bound(const Inputs& in) {
  const double steps = static_cast<double>(in.dim + 2 * kLightningBlock + 16) * kEps;
  std::vector<double> o(in.tokens * in.heads), state(in.heads);
  for (size_t h = 0; h < in.heads; ++h) {
    double memory =
        LargestAbs(in.state.data() + h * in.dim * in.dim, in.dim * in.dim) * std::sqrt(in.dim);
    for (size_t t = 0; t < in.tokens; ++t) {
      const float* q = in.qkv.data() + (t * in.heads + h) * 3 * in.dim;
      memory = std::exp(-double{in.slopes[h]}) * memory +
               Norm(q + in.dim, in.dim) * LargestAbs(q + 2 * in.dim, in.dim);
      o[t * in.heads + h] = steps * Norm(q, in.dim) * memory;
    }
    state[h] = steps * memory;
  }
  return {[o, dim = in.dim](size_t i) { return o[i / dim]; },
          [state, dim = in.dim](size_t i) { return state[i / (dim * dim)]; }};
}

void ExpectClose(const std::string& what, const Inputs& in, const Outputs& actual,
                 const Outputs& expected) {
  const Bounds bounds = Bound(in);
  ExpectWithin(what + " o", actual.o, expected.o, bounds.o);
  ExpectWithin(what + " state", actual.state, expected.state, bounds.state);
}

// Laws 1 and 5.
TEST(LightningAttention, EqualsReferenceAndWritesEveryElement) {
  for (const TestBackend& backend : AllBackends()) {
    for (size_t dim : {1u, 3u, 16u, 61u, 64u, 128u}) {
      for (size_t tokens : {0u, 1u, 2u, 7u, 8u, 9u, 63u, 64u, 65u, 71u, 193u}) {
        if (dim == 128 && tokens > 71) continue;
        const Inputs in = Make(tokens, 3, dim);
        ExpectClose(backend.name + " T " + std::to_string(tokens) + " D " + std::to_string(dim), in,
                    Compute(*backend, in), Reference(in));
      }
    }
  }
}

// Law 1 of the header.
TEST(LightningAttention, AnyBlockingGivesTheSameOutput) {
  const Inputs in = Make(300, 4, 64);
  for (Isa isa : SupportedIsas()) {
    const TestBackend backend = MakeBackend(isa, 2);
    const Outputs whole = Compute(*backend, in);
    for (const std::vector<size_t>& steps :
         {std::vector<size_t>{1}, {7}, {64}, {65}, {100}, {1, 8, 63, 64, 2}, {299}}) {
      ExpectClose(backend.name + " step " + std::to_string(steps[0]), in,
                  ComputeInSteps(*backend, in, steps), whole);
    }
    for (const std::vector<size_t>& steps : {std::vector<size_t>{64}, {128}, {64, 192}}) {
      const Outputs parts = ComputeInSteps(*backend, in, steps);
      ExpectSameBits("whole blocks, o", whole.o, parts.o);
      ExpectSameBits("whole blocks, state", whole.state, parts.state);
    }
  }
}

// Law 2 of the header.
TEST(LightningAttention, PrefillThenDecodeEqualsOnePass) {
  const Inputs in = Make(140, 4, 64);
  for (Isa isa : SupportedIsas()) {
    const TestBackend backend = MakeBackend(isa, 2);
    std::vector<size_t> steps(41, 1);
    steps[0] = 100;
    ExpectClose(backend.name, in, ComputeInSteps(*backend, in, steps), Reference(in));
  }
}

TEST(LightningAttention, RunsAndThreadsGiveTheSameBits) {
  const Inputs in = Make(130, 5, 64);
  const Outputs first = Compute(*BestBackend(1), in);
  for (int threads : {1, 2, 3}) {
    const Outputs again = Compute(*BestBackend(threads), in);
    ExpectSameBits("o", first.o, again.o);
    ExpectSameBits("state", first.state, again.state);
  }
}

// bf16 decay would round 1 - 1e-4 to 1: after 20,000 tokens nothing would have been forgotten.
TEST(LightningAttention, SlowDecayForgets) {
  Inputs in = Make(512, 1, 16);
  std::fill(in.qkv.begin(), in.qkv.end(), 0.0f);
  in.slopes = {1e-4f};
  const TestBackend backend = BestBackend();
  Outputs out{{}, in.state};
  for (int i = 0; i < 40; ++i) {
    Inputs next = in;
    next.state = out.state;
    out = Compute(*backend, next);
  }
  const double expected = std::exp(-1e-4 * 512 * 40) * in.state[5];
  EXPECT_NEAR(out.state[5], expected, 1e-4 * std::fabs(expected));
}

// Layer 0 of a 64-head model: exp(-0.917 * 64) is 3e-26, exp(-256) underflows. Both are right, NaN
// is not.
TEST(LightningAttention, FastDecayUnderflowsToZero) {
  Inputs in = Make(200, 2, 16);
  in.slopes = {0.917f, 50.0f};
  ExpectClose("fast", in, Compute(*BestBackend(), in), Reference(in));
}

// The slopes published for 64 heads and 80 layers.
TEST(LightningAttention, SlopesAreThoseOfTheModel) {
  EXPECT_NEAR(LightningSlope(0, 64, 0, 80), std::exp2(-0.125) * (1 + 1e-5), 1e-15);
  EXPECT_NEAR(LightningSlope(63, 64, 40, 80), std::exp2(-8) * (1 - 40.0 / 79 + 1e-5), 1e-15);
  EXPECT_NEAR(LightningSlope(7, 8, 7, 8), std::exp2(-8) * 1e-5, 1e-15);
  EXPECT_NEAR(LightningSlope(4, 6, 0, 8), std::exp2(-1) * (1 + 1e-5),
              1e-15);  // first of the next power's
  EXPECT_NEAR(LightningSlope(5, 6, 0, 8), std::exp2(-3) * (1 + 1e-5), 1e-15);
  EXPECT_NEAR(LightningSlope(0, 1, 0, 1), std::exp2(-8) * (1 + 1e-5), 1e-15);
}

// The equation with a choice of mistakes.
struct Mutation {
  double decay_power = 1;
  bool inclusive = true;     // o[t] sees k[t], v[t]
  bool flat_layout = false;  // all q | all k | all v
  bool swap_kv = false, keep_state = true, decay_after = false, scaled = false, skip_last = false;
};

std::vector<float> Mutant(const Inputs& in, const Mutation& m) {
  const size_t dim = in.dim, width = in.heads * dim;
  std::vector<float> o(in.tokens * width, 0.0f);
  for (size_t h = 0; h < in.heads; ++h) {
    std::vector<double> s(dim * dim, 0.0);
    if (m.keep_state) std::copy_n(in.state.begin() + h * dim * dim, dim * dim, s.begin());
    const double decay = std::exp(-m.decay_power * in.slopes[h]);
    for (size_t t = 0; t + m.skip_last < in.tokens; ++t) {
      const float* row = in.qkv.data() + t * 3 * width;
      const float* q = m.flat_layout ? row + h * dim : row + 3 * h * dim;
      const float* k = m.flat_layout ? q + width : q + dim;
      const float* v = m.flat_layout ? k + width : k + dim;
      if (m.swap_kv) std::swap(k, v);
      std::vector<double> read = s;
      for (size_t i = 0; i < dim * dim; ++i) {
        const double kv = double{k[i / dim]} * v[i % dim];
        s[i] = m.decay_after ? decay * (s[i] + kv) : decay * s[i] + kv;
      }
      if (m.inclusive) read = s;
      for (size_t i = 0; i < dim * dim; ++i) {
        const double scale = m.scaled ? 1 / std::sqrt(static_cast<double>(dim)) : 1;
        o[t * width + h * dim + i % dim] += static_cast<float>(scale * q[i / dim] * read[i]);
      }
    }
  }
  return o;
}

TEST(LightningAttention, MutantsFail) {
  const Inputs in = Make(100, 4, 16);
  const std::vector<float> actual = Compute(*BestBackend(), in).o;
  const Tolerance bound = Bound(in).o;
  EXPECT_LE(WorstRatio(actual, Mutant(in, {}), [&](size_t i) { return 2 * bound(i); }).ratio, 1)
      << "no mutation";
  ExpectMutantFails("no decay", actual, Mutant(in, {.decay_power = 0}), bound);
  ExpectMutantFails("decay applied twice", actual, Mutant(in, {.decay_power = 2}), bound);
  ExpectMutantFails("current token not seen", actual, Mutant(in, {.inclusive = false}), bound);
  ExpectMutantFails("all q, all k, all v", actual, Mutant(in, {.flat_layout = true}), bound);
  ExpectMutantFails("k and v swapped", actual, Mutant(in, {.swap_kv = true}), bound);
  ExpectMutantFails("state forgotten between calls", actual, Mutant(in, {.keep_state = false}),
                    bound);
  ExpectMutantFails("current token decayed", actual, Mutant(in, {.decay_after = true}), bound);
  ExpectMutantFails("scaled by 1/sqrt(D)", actual, Mutant(in, {.scaled = true}), bound);
  ExpectMutantFails("last row skipped", actual, Mutant(in, {.skip_last = true}), bound);
  Inputs other = in;
  for (size_t h = 0; h < 4; ++h) other.slopes[h] = static_cast<float>(LightningSlope(h, 4, 2, 8));
  ExpectMutantFails("slope of the next layer", actual, Mutant(other, {}), bound);
  for (size_t h = 0; h < 4; ++h) other.slopes[h] = static_cast<float>(LightningSlope(h, 4, 1, 7));
  ExpectMutantFails("one layer fewer", actual, Mutant(other, {}), bound);
  other.slopes = in.slopes;
  std::rotate(other.slopes.begin(), other.slopes.begin() + 1, other.slopes.end());
  ExpectMutantFails("slope of the next head", actual, Mutant(other, {}), bound);
}

// ---- the bf16 forms of a device ----

std::vector<uint16_t> ToBf16(const std::vector<float>& values) {
  std::vector<uint16_t> out;
  for (float value : values) out.push_back(FloatToBf16(value));
  return out;
}

// Two bf16 a word, as Guarded holds words.
std::vector<float> FromWords(const std::vector<uint32_t>& words) {
  std::vector<float> out;
  for (uint32_t word : words) {
    out.push_back(Bf16ToFloat(static_cast<uint16_t>(word)));
    out.push_back(Bf16ToFloat(static_cast<uint16_t>(word >> 16)));
  }
  return out;
}

double RelativeNorm(const std::vector<float>& actual, const std::vector<float>& expected) {
  double error = 0, size = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    error += std::pow(double{actual[i]} - expected[i], 2);
    size += std::pow(double{expected[i]}, 2);
  }
  return actual.size() == expected.size() ? std::sqrt(error / size) : INFINITY;
}

// Inputs that are bf16 exactly, as after SiLU: mostly small, skewed to one side.
Inputs MakeBf16(size_t tokens, size_t heads, uint64_t seed = 1) {
  Inputs in = Make(tokens, heads, 128, seed);
  for (float& x : in.qkv) x = Bf16ToFloat(FloatToBf16(x / (1 + std::exp(-x))));
  in.slopes[0] = 0.917f;
  if (heads > 1) in.slopes[1] = 5e-5f;
  return in;
}

Outputs ComputeBf16(const Backend& backend, const Inputs& in) {
  Guarded<uint32_t> o(backend, in.tokens * in.heads * 64);
  Guarded<float> state(backend, in.state.size(), in.state);
  const Input<uint16_t> qkv(backend, ToBf16(in.qkv));
  LightningBf16Args args;
  args.tokens = in.tokens;
  args.heads = in.heads;
  args.qkv = qkv.data();
  args.slopes = in.slopes;
  args.state = state.data();
  args.o = reinterpret_cast<uint16_t*>(o.data());
  ExpectOk(LightningPrefillBf16(backend, args));
  return {FromWords(o.Finish("o")), state.Finish("state")};
}

// Every rounding to bf16 is off by 2^-9 at most, 2^-9 / sqrt(3) in the mean, and independent of the
// others. o carries four (scores, copy of the state, decayed v, o itself): 2^-8 holds their mean
// twice; the state carries one.
constexpr double kBf16Output = 0x1p-8, kBf16State = 0x1p-9;

#define DEVICE_OR_SKIP()                                           \
  if (!IsaSupported(Isa::kCuda)) GTEST_SKIP() << "no CUDA device"; \
  const TestBackend backend = MakeBackend(Isa::kCuda, 1)

TEST(LightningBf16, PrefillEqualsReference) {
  DEVICE_OR_SKIP();
  for (size_t tokens : {1u, 2u, 63u, 64u, 65u, 127u, 193u, 700u}) {
    const Inputs in = MakeBf16(tokens, 3, tokens);
    const Outputs actual = ComputeBf16(*backend, in), expected = Reference(in);
    EXPECT_LE(RelativeNorm(actual.o, expected.o), kBf16Output) << tokens;
    EXPECT_LE(RelativeNorm(actual.state, expected.state), kBf16State) << tokens;
    const Tolerance bound = Bound(in).o;  // no single output is far off
    const double factor = 0x1p-7 / (static_cast<double>(128 + 2 * kLightningBlock + 16) * kEps);
    ExpectWithin("T " + std::to_string(tokens), actual.o, expected.o,
                 [&](size_t i) { return factor * bound(i); });
  }
}

TEST(LightningBf16, CallsThatMayRoundGiveItsBits) {
  DEVICE_OR_SKIP();
  for (size_t tokens : {64u, 193u}) {
    const Inputs in = MakeBf16(tokens, 3, tokens);
    const Outputs expected = ComputeBf16(*backend, in);
    Guarded<float> o(*backend, expected.o.size()), state(*backend, in.state.size(), in.state);
    const Input<float> qkv(*backend, in.qkv);
    LightningAttentionArgs args = Args(in, state.data(), o.data());
    args.qkv = qkv.data();
    args.may_round = true;
    ExpectOk(LightningAttention(*backend, args));
    ExpectSameBits("o", expected.o, o.Finish("o"));
    ExpectSameBits("state", expected.state, state.Finish("state"));
  }
}

TEST(LightningBf16, WholeChunksAndRunsGiveTheSameBits) {
  DEVICE_OR_SKIP();
  const Inputs in = MakeBf16(512, 64);
  const Outputs whole = ComputeBf16(*backend, in), again = ComputeBf16(*backend, in);
  ExpectSameBits("again, o", whole.o, again.o);
  ExpectSameBits("again, state", whole.state, again.state);
  Inputs first = in, second = in;
  const size_t row = in.heads * 3 * in.dim, cut = 192;
  first.tokens = cut;
  first.qkv.resize(cut * row);
  second.tokens = in.tokens - cut;
  second.qkv.erase(second.qkv.begin(), second.qkv.begin() + cut * row);
  Outputs parts = ComputeBf16(*backend, first);
  second.state = parts.state;
  const Outputs rest = ComputeBf16(*backend, second);
  parts.o.insert(parts.o.end(), rest.o.begin(), rest.o.end());
  ExpectSameBits("in two calls, o", whole.o, parts.o);
  ExpectSameBits("in two calls, state", whole.state, rest.state);
}

TEST(LightningBf16, MutantsFail) {
  DEVICE_OR_SKIP();
  const Inputs in = MakeBf16(200, 4);
  const std::vector<float> actual = ComputeBf16(*backend, in).o;
  const auto fails = [&](const char* name, const Inputs& other, const Mutation& mutation) {
    EXPECT_GT(RelativeNorm(actual, Mutant(other, mutation)), kBf16Output) << name;
  };
  EXPECT_LE(RelativeNorm(actual, Mutant(in, {})), kBf16Output) << "no mutation";
  fails("no decay", in, {.decay_power = 0});
  fails("current token not seen", in, {.inclusive = false});
  fails("all q, all k, all v", in, {.flat_layout = true});
  fails("k and v swapped", in, {.swap_kv = true});
  fails("state forgotten between calls", in, {.keep_state = false});
  fails("current token decayed", in, {.decay_after = true});
  fails("last row skipped", in, {.skip_last = true});
  Inputs other = in;
  for (size_t h = 2; h < 4; ++h) other.slopes[h] = static_cast<float>(LightningSlope(h, 4, 2, 8));
  fails("slope of the next layer", other, {});
}

// A decode starts before the kernel ahead has ended, and reads its state at once if that one writes
// another: prefill and steps of one state and of several in turn, with a wait between or without.
TEST(LightningBf16, DecodesInARowSeeEachOther) {
  DEVICE_OR_SKIP();
  constexpr size_t kHeads = 64, kWidth = kHeads * 128, kSteps = 42, kState = kWidth * 128;
  const Inputs in = Make(kSteps, kHeads, 128);
  const std::vector<uint16_t> qkv = ToBf16(in.qkv), gate = ToBf16(Normal(kWidth, 3, 2));
  const Input<uint16_t> rows(*backend, qkv), gates(*backend, gate);
  std::vector<float> decays;
  for (float slope : in.slopes) decays.push_back(std::exp(-slope));
  const Input<float> weights(*backend, Normal(kWidth, 4)), on_device(*backend, decays);
  for (const size_t count : {1, 2, 3}) {
    std::vector<float> results[2];
    for (bool wait : {true, false}) {
      const std::vector<float> start = Normal(count * kState, 7, 2);
      Guarded<uint32_t> o(*backend, kSteps * kWidth / 2);
      Guarded<float> states(*backend, start.size(), start), squares(*backend, kHeads);
      auto* const out = reinterpret_cast<uint16_t*>(o.data());
      for (size_t i = 0; i < count; ++i) {
        ExpectOk(LightningPrefillBf16(
            *backend, {kSteps, kHeads, rows.data(), in.slopes, states.data() + i * kState, out}));
        if (wait) o.Finish("o");
      }
      for (size_t step = 0; step < kSteps; ++step) {
        const size_t i = count - 1 - step % count;  // the last prefill's first
        LightningBf16Args args{
            1, kHeads, rows.data() + step * 3 * kWidth, {}, states.data() + i * kState, out};
        args.gate = gates.data();
        args.weight = weights.data();
        args.squares = squares.data();
        args.decays_on_device = on_device.data();
        ExpectOk(LightningDecodeBf16(*backend, args));
        if (wait) squares.Finish("squares");
      }
      results[wait] = states.Finish("states");
    }
    ExpectSameBits("in a row", results[1], results[0]);
  }
}

// Decode: the recurrence of each sequence in f32, then the gate; its input and output are bf16.
TEST(LightningBf16, DecodeEqualsReference) {
  DEVICE_OR_SKIP();
  constexpr size_t kBatch = 5, kHeads = 6, kWidth = kHeads * 128;
  Inputs in = Make(kBatch, kHeads, 128);
  in.state = Normal(kBatch * kHeads * 128 * 128, 7, 2);
  for (float& x : in.qkv) x = Bf16ToFloat(FloatToBf16(x));
  const std::vector<uint16_t> gate = ToBf16(Normal(kBatch * kWidth, 3, 2));
  const std::vector<float> weight = Normal(kWidth, 4);
  std::vector<float> decays;
  for (float slope : in.slopes) decays.push_back(std::exp(-slope));
  Guarded<uint32_t> o(*backend, kBatch * kWidth / 2);
  Guarded<float> state(*backend, in.state.size(), in.state), squares(*backend, kBatch * kHeads);
  const Input<uint16_t> qkv(*backend, ToBf16(in.qkv)), gates(*backend, gate);
  const Input<float> weights(*backend, weight), on_device(*backend, decays);
  LightningBf16Args args{kBatch, kHeads,       qkv.data(),
                         {},     state.data(), reinterpret_cast<uint16_t*>(o.data())};
  args.gate = gates.data();
  args.weight = weights.data();
  args.squares = squares.data();
  args.decays_on_device = on_device.data();
  ExpectOk(LightningDecodeBf16(*backend, args));
  const std::vector<float> out = FromWords(o.Finish("o")), after = state.Finish("state"),
                           sums = squares.Finish("squares");
  for (float& x : in.qkv) x = x / (1 + std::exp(-x));
  for (size_t b = 0; b < kBatch; ++b) {
    Inputs one{1, kHeads, 128, {}, in.slopes, {}};
    one.qkv.assign(in.qkv.begin() + b * 3 * kWidth, in.qkv.begin() + (b + 1) * 3 * kWidth);
    one.state.assign(in.state.begin() + b * kWidth * 128,
                     in.state.begin() + (b + 1) * kWidth * 128);
    const Outputs expected = Reference(one);
    const Bounds bounds = Bound(one);
    for (size_t i = 0; i < kWidth; ++i) {
      const double sigmoid = 1 / (1 + std::exp(-double{Bf16ToFloat(gate[b * kWidth + i])}));
      const double factor = std::fabs(weight[i]) * sigmoid;
      const double value = weight[i] * sigmoid * expected.o[i];
      EXPECT_NEAR(out[b * kWidth + i], value,
                  0x1p-8 * std::fabs(value) + 2 * factor * bounds.o(i) + 1e-30);
    }
    for (size_t h = 0; h < kHeads; ++h) {
      const double norm = Norm(expected.o.data() + h * 128, 128);
      EXPECT_NEAR(sums[b * kHeads + h], norm * norm, 1e-4 * norm * norm);
    }
    const std::vector<float> mine(after.begin() + b * kWidth * 128,
                                  after.begin() + (b + 1) * kWidth * 128);
    ExpectWithin("state", mine, expected.state, bounds.state);
  }
}

TEST(LightningAttention, RefusesBadShapes) {
  const TestBackend backend = BestBackend();
  const Inputs in = Make(4, 2, 8);
  std::vector<float> state = in.state, o(4 * 2 * 8);
  const auto refused = [&](const std::string& what,
                           const std::function<void(LightningAttentionArgs&)>& change) {
    LightningAttentionArgs args = Args(in, state.data(), o.data());
    change(args);
    ExpectRefused(what, LightningAttention(*backend, args));
  };
  const float bad[] = {-1.0f, 1.0f}, nan[] = {NAN, 1.0f};
  refused("no heads", [](auto& args) { args.heads = 0; });
  refused("no dim", [](auto& args) { args.head_dim = 0; });
  refused("slopes", [](auto& args) { args.slopes = args.slopes.first(1); });
  refused("growing state", [&](auto& args) { args.slopes = bad; });
  refused("NaN slope", [&](auto& args) { args.slopes = nan; });
  refused("null", [](auto& args) { args.state = nullptr; });
  refused("overflow", [](auto& args) { args.tokens = SIZE_MAX / 4; });
}

}  // namespace
}  // namespace fathom::testing
