// SPDX-License-Identifier: Apache-2.0
#include "apps/eval_score.h"
#include "apps/svg.h"

namespace fathom {
namespace {

constexpr double kRow = 24, kTop = 56, kLeft = 310, kAxis = 460, kRight = 110, kBottom = 36;

struct Row {
  std::string name;
  size_t part = 0, whole = 0;
};

std::vector<Row> RowsOf(const SetScores& sets) {
  std::vector<Row> rows;
  for (const auto& [name, score] : sets) {
    if (score.kind != "audit") {
      rows.push_back({name, score.right, score.count});
      continue;
    }
    size_t found = 0, missed = 0, alarms = 0;
    for (const auto& [family, count] : score.families) {
      found += count.found;
      missed += count.missed;
      alarms += count.false_alarms;
    }
    rows.push_back({name + ", recall", found, found + missed});
    rows.push_back({name + ", precision", found, found + alarms});
  }
  return rows;
}

std::string RowSvg(const Row& row, double y) {
  std::string out = SvgText(kLeft - 10, y + 4, " text-anchor=\"end\"", row.name);
  if (row.whole == 0) return out + SvgText(kLeft + 4, y + 4, " class=\"dim\"", "nothing to count");
  const double share = static_cast<double>(row.part) / static_cast<double>(row.whole);
  const Interval interval = WilsonInterval(row.part, row.whole);
  out += SvgFormat("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" class=\"interval\"/>\n",
                kLeft + kAxis * interval.low, kLeft + kAxis * interval.high, y, y);
  out += SvgFormat("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" class=\"share\"/>\n",
                kLeft + kAxis * share, y);
  return out + SvgText(kLeft + kAxis + 12, y + 4, " class=\"dim\"",
                    SvgFormat("%.1f %% of %zu", 100 * share, row.whole));
}

}  // namespace

std::string ScoresSvg(const SetScores& sets, const std::string& title) {
  const std::vector<Row> rows = RowsOf(sets);
  const double bottom = kTop + kRow * static_cast<double>(rows.size());
  const double width = kLeft + kAxis + kRight, height = bottom + kBottom;
  std::string svg = SvgFormat(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" "
      "height=\"%.0f\" role=\"img\">\n",
      width, height, width, height);
  svg += "<title>" + SvgEscaped(title) + "</title>\n";
  svg +=
      "<style>svg{background:#fff;font:13px system-ui,sans-serif;fill:#1b1f24}"
      ".dim{fill:#59636e}.grid{stroke:#d0d7de}.interval{stroke:#0072b2;stroke-width:3;"
      "stroke-opacity:.45}.share{fill:#0072b2}"
      "@media(prefers-color-scheme:dark){svg{background:#0d1117;fill:#e6edf3}"
      ".dim{fill:#9198a1}.grid{stroke:#3d444d}.interval{stroke:#56b4e9}.share{fill:#56b4e9}}"
      "</style>\n";
  svg += SvgText(16, 26, " font-weight=\"600\"", title);
  for (int tenth = 0; tenth <= 10; tenth += 2) {
    const double x = kLeft + kAxis * tenth / 10;
    svg += SvgFormat(
        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>\n", x, x,
                  kTop - 12, bottom);
    svg += SvgText(x, bottom + 18, " text-anchor=\"middle\" class=\"dim\"",
                std::to_string(10 * tenth) + " %");
  }
  for (size_t i = 0; i < rows.size(); ++i)
    svg += RowSvg(rows[i], kTop + kRow * (static_cast<double>(i) + 0.3));
  return svg + "</svg>\n";
}

}  // namespace fathom
