// SPDX-License-Identifier: Apache-2.0
#include "apps/bench_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "apps/svg.h"

namespace fathom {
namespace {

constexpr double kWidth = 860, kHeight = 480, kLeft = 70, kRight = 190, kTop = 50, kBottom = 60;
constexpr double kLabelHeight = 16;  // labels at the lines' ends stay this far apart
constexpr const char* kColours[] = {"#0072b2", "#d55e00", "#009e73",
                                    "#cc79a7", "#e69f00", "#56b4e9"};

// One axis: decades that hold all values, and where a value lies.
struct Axis {
  double low = std::numeric_limits<double>::max(), high = 0;  // of the values
  double from = 0, to = 0;                                    // on the page

  void Hold(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  double At(double value) const {
    return from + (to - from) * std::log10(value / low) / std::log10(high / low);
  }
};

std::string Lines(const Axis& x, const Axis& y, const std::vector<PlotPoint>& points,
                  const char* colour, const char* more) {
  std::string out =
      "<polyline fill=\"none\" stroke=\"" + std::string(colour) + "\"" + more + " points=\"";
  for (const PlotPoint& point : points) {
    if (point.x >= x.low && point.y >= y.low)
      out += SvgFormat("%.1f,%.1f ", x.At(point.x), y.At(point.y));
  }
  return out + "\"/>\n";
}

std::string Grid(const Axis& x, const Axis& y) {
  std::string out;
  for (double at = 1; at <= x.high; at *= 2) {
    if (at < x.low) continue;
    const std::string name = at >= 1'024 ? SvgFormat("%.0fK", at / 1'024) : SvgFormat("%.0f", at);
    out += SvgFormat("<path stroke=\"#ddd\" d=\"M%.1f %.1fV%.1f\"/>\n", x.At(at), y.from, y.to) +
           SvgText(x.At(at), y.from + 18, " text-anchor=\"middle\"", name);
  }
  for (double at = 1e-6; at <= y.high; at *= 10) {
    if (at < y.low) continue;
    out += SvgFormat("<path stroke=\"#ddd\" d=\"M%.1f %.1fH%.1f\"/>\n", x.from, y.At(at), x.to) +
           SvgText(x.from - 8, y.At(at) + 4, " text-anchor=\"end\"", SvgFormat("%g", at));
  }
  return out;
}

// The names at the lines' right ends, moved apart.
std::string Names(const Axis& x, const Axis& y, const std::vector<PlotSeries>& series) {
  struct Name {
    double at;
    size_t index;
  };
  std::vector<Name> names;
  for (size_t i = 0; i < series.size(); ++i) {
    const double value = series[i].points.empty() ? y.low : series[i].points.back().y;
    names.push_back({y.At(std::max(value, y.low)), i});
  }
  std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.at > b.at; });
  std::string out;
  double below = y.from + kLabelHeight;
  for (const Name& name : names) {
    below = std::min(name.at, below - kLabelHeight);
    const std::string fill =
        " fill=\"" + std::string(kColours[name.index % std::size(kColours)]) + "\"";
    out += SvgText(x.to + 8, below + 4, fill.c_str(), series[name.index].name);
  }
  return out;
}

}  // namespace

std::string LogPlotSvg(const PlotArgs& args) {
  Axis x{.from = kLeft, .to = kWidth - kRight}, y{.from = kHeight - kBottom, .to = kTop};
  for (const PlotSeries& series : args.series) {
    for (const PlotPoint& point : series.points) {
      if (point.x > 0) x.Hold(point.x);
      if (point.y > 0) y.Hold(point.y);
    }
  }
  y.low = std::pow(10, std::floor(std::log10(std::min(y.low, y.high / 10))));
  y.high = std::pow(10, std::ceil(std::log10(y.high)));
  x.low = std::min(x.low, x.high / 2);
  std::string out = SvgFormat(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
      "font-family=\"sans-serif\" font-size=\"12\">\n"
      "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
      kWidth, kHeight);
  out += SvgText(kLeft, 24, " font-size=\"15\"", args.title) + Grid(x, y);
  out += SvgText((x.from + x.to) / 2, kHeight - 16, " text-anchor=\"middle\"", args.x_name);
  out += SvgText(8, kTop - 8, "", args.y_name);
  for (size_t i = 0; i < args.series.size(); ++i) {
    const char* colour = kColours[i % std::size(kColours)];
    out += Lines(x, y, args.series[i].points, colour, " stroke-width=\"2\"");
    out += Lines(x, y, args.series[i].fit, colour, " stroke-dasharray=\"2 4\"");
  }
  return out + Names(x, y, args.series) + "</svg>\n";
}

}  // namespace fathom
