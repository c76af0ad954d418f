// SPDX-License-Identifier: Apache-2.0
// The block nearest to given values: each group's scale by a search over rounding grids and least
// squares, then all scales as small multiples of one f16.
#include <algorithm>
#include <cmath>

#include "kernels/blocks.h"

namespace fathom {
namespace {

// Grids around the one on which the largest value is the last code.
constexpr int kGridSteps = 9;
constexpr float kGridShare = 1.0f / 80;  // of the last code

// To the nearest integer for |value| < 2^22.
float Round(float value) {
  return (value + 0x1.8p23f) - 0x1.8p23f;
}

float RoundToHalf(float value) {
  return F16ToFloat(FloatToF16(value));
}

// The integers of one type: a code for a value in units of the scale, and what a code stands for.
class Codes {
 public:
  explicit Codes(DType type) : type_(type), shape_(BlockTypeOf(type)) {}

  float least() const {
    return type_ == DType::kIQ4XS ? kIq4Values[0] : static_cast<float>(-shape_.offset);
  }
  float most() const {
    return type_ == DType::kIQ4XS ? kIq4Values[15]
                                  : static_cast<float>(shape_.code_max - shape_.offset);
  }
  uint8_t Nearest(float units) const {
    if (type_ != DType::kIQ4XS)
      return static_cast<uint8_t>(std::clamp(Round(units), least(), most()) - least());
    int code = 0;
    while (code < 15 && units * 2 > static_cast<float>(kIq4Values[code] + kIq4Values[code + 1]))
      ++code;
    return static_cast<uint8_t>(code);
  }
  float Value(uint8_t code) const {
    return type_ == DType::kIQ4XS ? kIq4Values[code] : static_cast<float>(code) + least();
  }

 private:
  DType type_;
  const BlockType& shape_;
};

// The scale s that makes sum (x - s c)^2 least over the grids tried.
float BestScale(const Codes& codes, const float* x, size_t count) {
  float extreme = 0;
  for (size_t i = 0; i < count; ++i) {
    if (std::fabs(x[i]) > std::fabs(extreme)) extreme = x[i];
  }
  if (std::fabs(extreme) < 1e-30f) return 0;
  float best = 0, gain = 0;
  for (const float end : {codes.least(), codes.most()}) {
    for (int step = -kGridSteps; step <= kGridSteps; ++step) {
      const float inverse = end * (1 + kGridShare * static_cast<float>(step)) / extreme;
      float xc = 0, cc = 0;
      for (size_t i = 0; i < count; ++i) {
        const float c = codes.Value(codes.Nearest(inverse * x[i]));
        xc += x[i] * c;
        cc += c * c;
      }
      if (cc > 0 && xc * xc > gain * cc) {
        gain = xc * xc / cc;
        best = xc / cc;
      }
    }
  }
  return best;
}

struct ScaleAndMin {
  float scale = 0, min = 0;  // x is near scale * c - min
};

// The same with an offset that is at least 0, for codes from 0.
ScaleAndMin BestScaleAndMin(const float* x, size_t count, int code_max) {
  float least = 0, most = -HUGE_VALF, sum_x = 0, sum_xx = 0;
  for (size_t i = 0; i < count; ++i) {
    least = std::min(least, x[i]);
    most = std::max(most, x[i]);
    sum_x += x[i];
    sum_xx += x[i] * x[i];
  }
  const float n = static_cast<float>(count), top = static_cast<float>(code_max);
  if (most - least < 1e-30f) return {0, -least};
  ScaleAndMin best{0, -least};
  float error = HUGE_VALF;
  for (int step = -kGridSteps; step <= kGridSteps; ++step) {
    const float inverse = top * (1 + kGridShare * static_cast<float>(step)) / (most - least);
    float c1 = 0, cc = 0, xc = 0;
    for (size_t i = 0; i < count; ++i) {
      const float c = std::clamp(Round(inverse * (x[i] - least)), 0.0f, top);
      c1 += c;
      cc += c * c;
      xc += x[i] * c;
    }
    const float determinant = n * cc - c1 * c1;
    if (determinant <= 0) continue;
    ScaleAndMin one{(n * xc - c1 * sum_x) / determinant, -(cc * sum_x - c1 * xc) / determinant};
    if (one.min < 0) one = {cc > 0 ? xc / cc : 0, 0};
    const float off = sum_xx + one.scale * one.scale * cc + n * one.min * one.min -
                      2 * one.scale * xc + 2 * one.min * sum_x - 2 * one.scale * one.min * c1;
    if (off < error && one.scale > 0) {
      error = off;
      best = one;
    }
  }
  return best;
}

void QuantizeWithMins(const BlockType& shape, const float* x, Block& block) {
  ScaleAndMin groups[kBlockGroupsMax];
  float scale_max = 0, min_max = 0;
  const size_t count = shape.values / shape.group;
  for (size_t j = 0; j < count; ++j) {
    groups[j] = BestScaleAndMin(x + j * shape.group, shape.group, shape.code_max);
    scale_max = std::max(scale_max, groups[j].scale);
    min_max = std::max(min_max, groups[j].min);
  }
  const float top = static_cast<float>(shape.scale_max);
  block.d = RoundToHalf(scale_max / top);
  block.d_min = RoundToHalf(min_max / top);
  const auto multiple = [&](float value, float d) {
    return d > 0 ? std::clamp(Round(value / d), 0.0f, top) : 0.0f;
  };
  for (size_t j = 0; j < count; ++j) {
    const float scale = multiple(groups[j].scale, block.d),
                min = multiple(groups[j].min, block.d_min);
    block.scales[j] = static_cast<int8_t>(scale);
    block.mins[j] = static_cast<uint8_t>(min);
    const float step = scale * block.d;
    for (size_t i = j * shape.group; i < (j + 1) * shape.group && step > 0; ++i) {
      block.codes[i] = static_cast<uint8_t>(std::clamp(Round((x[i] + min * block.d_min) / step),
                                                       0.0f, static_cast<float>(shape.code_max)));
    }
  }
}

// Codes of one group on the grid d * scale; returns the squared error.
float SetCodes(const Codes& codes, const float* x, size_t count, float step, uint8_t* out) {
  float error = 0;
  for (size_t i = 0; i < count; ++i) {
    out[i] = step != 0 ? codes.Nearest(x[i] / step) : codes.Nearest(0);
    const float off = x[i] - step * codes.Value(out[i]);
    error += off * off;
  }
  return error;
}

}  // namespace

void QuantizeBlock(DType type, const float* x, Block& block) {
  const BlockType& shape = BlockTypeOf(type);
  block = {};
  if (shape.has_mins) return QuantizeWithMins(shape, x, block);
  const Codes codes(type);
  const size_t count = shape.values / shape.group;
  float scales[kBlockGroupsMax], largest = 0;
  for (size_t j = 0; j < count; ++j) {
    scales[j] = BestScale(codes, x + j * shape.group, shape.group);
    if (std::fabs(scales[j]) > std::fabs(largest)) largest = scales[j];
  }
  const float low = static_cast<float>(shape.scale_min), high = static_cast<float>(shape.scale_max);
  // The largest scale becomes the largest multiple: the negative one where there is one.
  block.d = RoundToHalf(low < 0 ? largest / low : largest / high);
  for (size_t j = 0; j < count; ++j) {
    const float wanted = block.d != 0 ? scales[j] / block.d : 0;
    const float near = std::clamp(Round(wanted), low, high);
    float best = HUGE_VALF;
    uint8_t tried[kBlockValuesMax];
    for (const float scale : {near, near - 1, near + 1}) {
      if (scale < low || scale > high) continue;
      const float error = SetCodes(codes, x + j * shape.group, shape.group, scale * block.d, tried);
      if (error >= best) continue;
      best = error;
      block.scales[j] = static_cast<int8_t>(scale);
      std::copy(tried, tried + shape.group, block.codes + j * shape.group);
    }
  }
}

}  // namespace fathom
