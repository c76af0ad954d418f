// SPDX-License-Identifier: Apache-2.0
// A line plot on logarithmic axes as SVG text: a constant is flat there, what grows with x rises by
// one decade a decade.
#pragma once

#include <string>
#include <vector>

namespace fathom {

struct PlotPoint {
  double x = 0, y = 0;  // what is not above 0 is left out
};

struct PlotSeries {
  std::string name;
  std::vector<PlotPoint> points;
  std::vector<PlotPoint> fit;  // dashed
};

struct PlotArgs {
  std::string title, x_name, y_name;  // plain text: escaped here
  std::vector<PlotSeries> series;
};

std::string LogPlotSvg(const PlotArgs& args);

}  // namespace fathom
