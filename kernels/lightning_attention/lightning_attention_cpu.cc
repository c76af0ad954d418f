// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/lightning_attention/lightning_attention.h"
#include "kernels/lightning_attention/lightning_attention_isa.h"
#include "kernels/operator_times.h"
#include "kernels/support/args.h"

namespace fathom {
namespace {

constexpr size_t kDecays = kLightningBlock + 1;
constexpr size_t kHeadDimMax = 4096;

Status Check(const LightningAttentionArgs& args) {
  FATHOM_REQUIRE("lightning_attention", args.heads > 0 && args.head_dim > 0,
                 "heads or head_dim is 0");
  FATHOM_REQUIRE("lightning_attention", args.head_dim <= kHeadDimMax, "head_dim is above 4096");
  FATHOM_REQUIRE("lightning_attention", FitsMemory(args.tokens, args.heads, 3 * args.head_dim),
                 "qkv is too large");
  FATHOM_REQUIRE(
      "lightning_attention", args.slopes.size() == args.heads,
      std::to_string(args.slopes.size()) + " slopes for " + std::to_string(args.heads) + " heads");
  for (const float slope : args.slopes) {
    FATHOM_REQUIRE("lightning_attention", slope >= 0 && std::isfinite(slope),
                   "a slope is negative or not finite");
  }
  FATHOM_REQUIRE("lightning_attention", args.qkv && args.state && args.o, "a buffer is null");
  return OkStatus();
}

}  // namespace

double LightningSlope(size_t head, size_t heads, size_t layer, size_t layers) {
  size_t power = 1;
  while (power * 2 <= heads) power *= 2;
  double base = 0;
  if (head < power) {
    base = std::exp2(-8.0 * static_cast<double>(head + 1) / static_cast<double>(power));
  } else {
    base =
        std::exp2(-4.0 * static_cast<double>(2 * (head - power) + 1) / static_cast<double>(power));
  }
  if (layers <= 1) return base * (1 + 1e-5);
  return base * (1 - static_cast<double>(layer) / static_cast<double>(layers - 1) + 1e-5);
}

Status LightningAttention(const Backend& backend, const LightningAttentionArgs& args) {
  if (args.tokens == 0) return OkStatus();
  if (Status status = Check(args); !status) return status;
  FATHOM_ON_CUDA(backend, LightningAttentionCuda, args);
  const OperatorTimer timer(backend, Operator::kLightningAttention);
  Scratch::Frame frame(backend.scratch());
  const size_t dim = args.head_dim, width = args.heads * dim;
  const size_t threads = static_cast<size_t>(backend.pool().thread_count());
  const size_t floats = (FATHOM_PICK(backend.isa(), LightningScratchFloats)(dim) + 15) / 16 * 16;
  float* scratch = frame.Take<float>(threads * floats);
  float* decays = frame.Take<float>(args.heads * kDecays);
  const size_t powers = std::min(args.tokens, kLightningBlock);
  for (size_t head = 0; head < args.heads; ++head) {
    for (size_t n = 0; n < kDecays; ++n) {
      decays[head * kDecays + n] =
          n <= powers
              ? static_cast<float>(std::exp(-double{args.slopes[head]} * static_cast<double>(n)))
              : 0.0f;
    }
  }
  const auto body = [&](size_t begin, size_t end, int worker) {
    for (size_t head = begin; head < end; ++head) {
      FATHOM_PICK(backend.isa(), LightningHead)
      ({args.tokens, dim, args.qkv + head * 3 * dim, 3 * width, decays + head * kDecays,
        args.state + head * dim * dim, args.o + head * dim, width,
        scratch + static_cast<size_t>(worker) * floats});
    }
  };
  backend.pool().For(args.heads, 1, std::ref(body));
  return OkStatus();
}

namespace {

Status CheckBf16(const Backend& backend, const LightningBf16Args& args, bool decode) {
  if (!backend.on_device()) {
    return Error{Code::kUnavailable, "lightning_attention: the bf16 form needs a CUDA device", ""};
  }
  FATHOM_REQUIRE("lightning_attention", args.heads > 0, "heads is 0");
  FATHOM_REQUIRE("lightning_attention",
                 args.tokens < size_t{INT32_MAX} && FitsMemory(args.tokens, args.heads, 3 * 128),
                 "too many tokens");
  FATHOM_REQUIRE("lightning_attention", decode || args.slopes.size() == args.heads,
                 "slopes are not one a head");
  FATHOM_REQUIRE("lightning_attention", args.qkv && args.state && args.o, "a buffer is null");
  FATHOM_REQUIRE("lightning_attention",
                 !decode || (args.gate && args.weight && args.squares && args.decays_on_device),
                 "a buffer of decode is null");
  return OkStatus();
}

}  // namespace

Status LightningPrefillBf16(const Backend& backend, const LightningBf16Args& args) {
  if (args.tokens == 0) return OkStatus();
  if (Status status = CheckBf16(backend, args, false); !status) return status;
  FATHOM_ON_CUDA(backend, LightningPrefillCuda, args);
  return OkStatus();
}

Status LightningDecodeBf16(const Backend& backend, const LightningBf16Args& args) {
  if (args.tokens == 0) return OkStatus();
  if (Status status = CheckBf16(backend, args, true); !status) return status;
  FATHOM_ON_CUDA(backend, LightningDecodeCuda, args);
  return OkStatus();
}

}  // namespace fathom
