// SPDX-License-Identifier: Apache-2.0
// fathom bench operators: what each operator costs per token of a prefill, against its length. The
// prompt is read in equal parts; of each part every operator's time is divided by its tokens. A
// straight line is fitted to every operator, and their sum carried on to a million tokens.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <span>

#include "apps/bench.h"
#include "apps/bench_plot.h"
#include "apps/progress.h"
#include "base/files.h"
#include "base/json.h"
#include "kernels/operator_times.h"

namespace fathom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kParts = 32;
constexpr size_t kPartTokensMin = 512;  // one chunk of prefill
constexpr size_t kMillion = size_t{1} << 20;

// Microseconds per token of one part, the last for what no operator took.
using Costs = std::array<double, kOperators + 1>;

struct Part {
  size_t begin = 0, end = 0;
  double seconds = 0;
  Costs costs{};

  double middle() const { return static_cast<double>(begin + end) / 2; }
};

// cost = constant + linear * position
struct Line {
  double constant = 0, linear = 0;

  double At(double position) const { return constant + linear * position; }
  // Microseconds of positions 0 to `tokens`.
  double Sum(double tokens) const { return tokens * At(tokens / 2); }
};

std::string NameOf(size_t op) {
  return op < kOperators ? std::string(OperatorName(static_cast<Operator>(op))) : "rest";
}

// What people read: operators that belong together.
struct Group {
  const char* name;
  std::vector<Operator> operators;  // none: the rest
};

const std::vector<Group>& Groups() {
  static const std::vector<Group> kGroups = {
      {"lightning attention", {Operator::kLightningAttention}},
      {"softmax attention", {Operator::kSoftmaxAttention, Operator::kKvWrite, Operator::kRope}},
      {"router, experts", {Operator::kMoeRoute, Operator::kMoeExperts}},
      {"projections", {Operator::kMatmul}},
      {"norms", {Operator::kRmsNorm, Operator::kGatedNorm}},
      {"embedding, head", {Operator::kEmbed, Operator::kHead}},
      {"rest", {}}};
  return kGroups;
}

double CostOf(const Group& group, const Costs& costs) {
  if (group.operators.empty()) return costs[kOperators];
  double sum = 0;
  for (const Operator op : group.operators) sum += costs[static_cast<size_t>(op)];
  return sum;
}

// Least squares; a constant where there is one part only.
Line Fit(const std::vector<Part>& parts, const std::function<double(const Part&)>& cost) {
  double x = 0, y = 0, xx = 0, xy = 0;
  const auto count = static_cast<double>(parts.size());
  for (const Part& part : parts) {
    x += part.middle() / count;
    y += cost(part) / count;
  }
  for (const Part& part : parts) {
    xx += (part.middle() - x) * (part.middle() - x);
    xy += (part.middle() - x) * (cost(part) - y);
  }
  const double linear = xx > 0 ? xy / xx : 0;
  return {y - linear * x, linear};
}

Line FitOf(const std::vector<Part>& parts, size_t op) {
  return Fit(parts, [op](const Part& part) { return part.costs[op]; });
}

Line FitOf(const std::vector<Part>& parts, const Group& group) {
  return Fit(parts, [&](const Part& part) { return CostOf(group, part.costs); });
}

double Whole(const Part& part) {
  return part.seconds * 1e6 / static_cast<double>(part.end - part.begin);
}

Result<std::vector<Part>> Measure(Engine& engine, OperatorTimes& times, size_t count,
                                  ProgressLine& progress) {
  const std::vector<Token> tokens = BenchTokens(count, engine.info().vocabulary);
  const size_t chunk = std::min(count, kPartTokensMin);
  auto warm = engine.NewSession({.context_tokens_max = chunk});
  if (!warm) return warm.error();
  if (auto status = warm->Append(std::span(tokens).first(chunk)); !status) return status.error();

  auto session = engine.NewSession({.context_tokens_max = count});
  if (!session) return session.error();
  const size_t step =
      std::max((count / kParts + kPartTokensMin - 1) / kPartTokensMin, size_t{1}) * kPartTokensMin;
  std::vector<Part> parts;
  for (size_t begin = 0; begin < count; begin += step) {
    Part part{.begin = begin, .end = std::min(count, begin + step)};
    progress.Stage("reading " + Thousands(part.end) + " of " + Thousands(count) + " tokens");
    times = {};
    const auto start = Clock::now();
    const auto status = session->Append(std::span(tokens).subspan(begin, part.end - begin),
                                        {.cancel = Interrupted()});
    if (!status) return status.error();
    part.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const double scale = 1e6 / static_cast<double>(part.end - begin);
    double known = 0;
    for (size_t op = 0; op < kOperators; ++op) {
      part.costs[op] = times.seconds[op] * scale;
      known += part.costs[op];
    }
    part.costs[kOperators] = Whole(part) - known;
    parts.push_back(part);
  }
  return parts;
}

double MillionSeconds(const std::vector<Part>& parts) {
  return Fit(parts, Whole).Sum(static_cast<double>(kMillion)) * 1e-6;
}

Json ToJson(const Engine& engine, const std::vector<Part>& parts) {
  Json rows = Json::EmptyArray(), fit = Json::EmptyObject(), lines = Json::EmptyObject();
  double seconds = 0;
  for (const Part& part : parts) {
    Json row = Json::EmptyObject(), costs = Json::EmptyObject();
    for (size_t op = 0; op <= kOperators; ++op) costs.Set(NameOf(op), part.costs[op]);
    row.Set("begin", part.begin);
    row.Set("end", part.end);
    row.Set("seconds", part.seconds);
    row.Set("us_per_token", Whole(part));
    row.Set("operators", std::move(costs));
    rows.Push(std::move(row));
    seconds += part.seconds;
  }
  for (size_t op = 0; op <= kOperators; ++op) {
    const Line line = FitOf(parts, op);
    Json one = Json::EmptyObject();
    one.Set("constant", line.constant);
    one.Set("linear", line.linear);
    lines.Set(NameOf(op), std::move(one));
  }
  fit.Set("form", "us per token = constant + linear * position, least squares");
  fit.Set("operators", std::move(lines));
  fit.Set("million_tokens", kMillion);
  fit.Set("million_tokens_seconds", MillionSeconds(parts));
  Json json = Json::EmptyObject();
  json.Set("model", engine.info().name);
  json.Set("dtype", engine.info().weights_type);
  json.Set("device", engine.device());
  json.Set("threads", engine.thread_count());
  json.Set("tokens", parts.back().end);
  json.Set("seconds", seconds);
  json.Set("rows", std::move(rows));
  json.Set("fit", std::move(fit));
  return json;
}

void Print(const Engine& engine, const std::vector<Part>& parts) {
  double seconds = 0;
  for (const Part& part : parts) seconds += part.seconds;
  const size_t tokens = parts.back().end;
  std::printf("%s, %s, %s, %d threads: %s tokens in %s\n\n", engine.info().name.c_str(),
              engine.info().weights_type.c_str(), engine.device().c_str(), engine.thread_count(),
              Thousands(tokens).c_str(), Duration(seconds).c_str());
  // The columns: parts at the first, and about an eighth, a half and the whole of the length.
  const size_t last = parts.size() - 1;
  const size_t shown[] = {0, last / 8, last / 2, last};
  std::printf("us per token at      ");
  for (const size_t at : shown)
    std::printf("%12s", Thousands(static_cast<size_t>(parts[at].middle())).c_str());
  std::printf("   fitted: constant + linear per 1,024 tokens\n");
  const auto line = [&](const char* name, const std::function<double(const Part&)>& cost) {
    std::printf("%-21s", name);
    for (const size_t at : shown) std::printf("%12.2f", cost(parts[at]));
    const Line fit = Fit(parts, cost);
    std::printf("   %.2f %+.4f\n", fit.constant, fit.linear * 1'024);
  };
  for (const Group& group : Groups())
    line(group.name, [&](const Part& part) { return CostOf(group, part.costs); });
  line("all", Whole);
  std::printf("\n%s tokens by that fit: %s\n", Thousands(kMillion).c_str(),
              Duration(MillionSeconds(parts)).c_str());
}

std::string Plot(const Engine& engine, const std::vector<Part>& parts) {
  std::vector<PlotSeries> all;
  for (const Group& group : Groups()) {
    if (group.operators.empty()) continue;
    PlotSeries series{.name = group.name, .points = {}, .fit = {}};
    const Line fit = FitOf(parts, group);
    for (const Part& part : parts) {
      series.points.push_back({part.middle(), CostOf(group, part.costs)});
      series.fit.push_back({part.middle(), fit.At(part.middle())});
    }
    all.push_back(std::move(series));
  }
  return LogPlotSvg({.title = "Prefill of " + engine.info().name + ", " +
                              engine.info().weights_type + ", " + engine.device() + ", " +
                              std::to_string(engine.thread_count()) + " threads",
                     .x_name = "position in the prompt, tokens",
                     .y_name = "us per token",
                     .series = std::move(all)});
}

}  // namespace

int RunOperatorsBench(const Common& common, const OperatorsBenchFlags& flags) {
  ProgressLine progress({.quiet = common.quiet});
  progress.Stage("loading the model " + common.model);
  Common on_cpu = common;
  on_cpu.device = "cpu";  // a device's operators return before their work is done
  OperatorTimes times;
  auto model = LoadModel(on_cpu, &times);
  if (!model) return Fail(model.error());
  auto parts = Measure(*model->engine, times, flags.tokens, progress);
  progress.Done();
  if (!parts) return Fail(parts.error());
  if (!flags.svg.empty()) {
    if (auto status = AtomicWriteFile(flags.svg, Plot(*model->engine, *parts), 0644); !status)
      return Fail(status.error());
  }
  if (common.json) {
    std::printf("%s\n", ToJson(*model->engine, *parts).Dump().c_str());
  } else {
    Print(*model->engine, *parts);
  }
  return kExitDone;
}

}  // namespace fathom
