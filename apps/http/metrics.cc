// SPDX-License-Identifier: Apache-2.0
#include "apps/http/metrics.h"

#include <algorithm>
#include <charconv>

namespace fathom::http {
namespace {

constexpr size_t kPrefixLossesMax = 50;

// The buckets of OpenTelemetry's GenAI conventions.
constexpr double kTokenBounds[] = {1,     4,     16,     64,      256,     1024,     4096,
                                   16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864};
constexpr double kSecondBounds[] = {0.01, 0.02, 0.04, 0.08,  0.16,  0.32,  0.64,
                                    1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92};
constexpr double kFirstTokenBounds[] = {0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1,
                                        0.25,  0.5,   0.75, 1.0,  2.5,  5.0,  7.5,  10.0};
constexpr double kPerTokenBounds[] = {0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15,
                                      0.2,   0.3,   0.4,  0.5,   0.75, 1.0,   2.5};

std::string Number(double value) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

void Head(std::string_view name, std::string_view type, std::string_view help, std::string* out) {
  *out += "# HELP " + std::string(name) + " " + std::string(help) + "\n";
  *out += "# TYPE " + std::string(name) + " " + std::string(type) + "\n";
}

void Line(std::string_view name, const std::string& labels, double value, std::string* out) {
  *out +=
      std::string(name) + (labels.empty() ? "" : "{" + labels + "}") + " " + Number(value) + "\n";
}

void One(std::string_view name, std::string_view type, std::string_view help, double value,
         std::string* out) {
  Head(name, type, help, out);
  Line(name, "", value, out);
}

}  // namespace

void Histogram::Add(double value) {
  const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
  ++counts_[static_cast<size_t>(at)];
  sum_ += value;
  ++count_;
}

void Histogram::Print(std::string_view name, const std::string& labels, std::string* out) const {
  const std::string before = labels.empty() ? "" : labels + ",";
  uint64_t so_far = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    so_far += counts_[i];
    const std::string bound = i < bounds_.size() ? Number(bounds_[i]) : "+Inf";
    Line(std::string(name) + "_bucket", before + "le=\"" + bound + "\"",
         static_cast<double>(so_far), out);
  }
  Line(std::string(name) + "_sum", labels, sum_, out);
  Line(std::string(name) + "_count", labels, static_cast<double>(count_), out);
}

Metrics::Operation::Operation()
    : input(kTokenBounds),
      output(kTokenBounds),
      request(kSecondBounds),
      first_token(kFirstTokenBounds),
      per_token(kPerTokenBounds) {}

Metrics::Metrics() = default;

void Metrics::CountRequest(const RequestFacts& facts) {
  std::lock_guard lock(mutex_);
  ++totals_.requests;
  const std::string route = facts.route.empty() ? "other" : facts.route;
  ++requests_["route=\"" + route + "\",status=\"" + std::to_string(facts.status) + "\""];
}

void Metrics::CountGeneration(const GenerationFacts& facts) {
  const Usage& usage = facts.usage;
  std::lock_guard lock(mutex_);
  totals_.input_tokens += usage.prompt;
  totals_.cached_tokens += usage.cached;
  totals_.output_tokens += usage.output;
  ++(usage.cached > 0 ? prefixes_.hits : prefixes_.misses);
  reasoning_tokens_ += usage.thinking;
  citations_ += facts.citations;
  dropped_citations_ += facts.dropped_citations;
  Operation& operation = operations_[facts.operation];
  operation.input.Add(static_cast<double>(usage.prompt));
  operation.output.Add(static_cast<double>(usage.output));
  operation.request.Add(usage.seconds);
  if (usage.first_token_seconds > 0) operation.first_token.Add(usage.first_token_seconds);
  if (usage.output > 1) {
    operation.per_token.Add((usage.seconds - usage.first_token_seconds) /
                            static_cast<double>(usage.output - 1));
  }
}

void Metrics::CountPrefixLoss(PrefixLoss loss) {
  std::lock_guard lock(mutex_);
  prefixes_.recent.insert(prefixes_.recent.begin(), std::move(loss));
  if (prefixes_.recent.size() > kPrefixLossesMax) prefixes_.recent.pop_back();
}

Prefixes Metrics::prefixes() const {
  std::lock_guard lock(mutex_);
  return prefixes_;
}

Totals Metrics::totals() const {
  std::lock_guard lock(mutex_);
  return totals_;
}

std::string Metrics::Text(const Gauges& gauges) const {
  std::lock_guard lock(mutex_);
  std::string out;
  const std::string model = "gen_ai_request_model=\"" + gauges.model + "\"";
  const auto print = [&](std::string_view name, std::string_view help,
                         Histogram Operation::*which) {
    Head(name, "histogram", help, &out);
    for (const auto& [operation, series] : operations_) {
      (series.*which).Print(name, "gen_ai_operation_name=\"" + operation + "\"," + model, &out);
    }
  };
  print("gen_ai_server_request_duration_seconds", "Time of a generation.", &Operation::request);
  print("gen_ai_server_time_to_first_token_seconds", "Time until the first token.",
        &Operation::first_token);
  print("gen_ai_server_time_per_output_token_seconds", "Time between tokens after the first.",
        &Operation::per_token);
  Head("gen_ai_client_token_usage", "histogram", "Tokens of a generation.", &out);
  for (const auto& [operation, series] : operations_) {
    const std::string labels = "gen_ai_operation_name=\"" + operation + "\"," + model;
    series.input.Print("gen_ai_client_token_usage", labels + ",gen_ai_token_type=\"input\"", &out);
    series.output.Print("gen_ai_client_token_usage", labels + ",gen_ai_token_type=\"output\"",
                        &out);
  }
  const auto count = [&](std::string_view name, std::string_view help, uint64_t value) {
    One(name, "counter", help, static_cast<double>(value), &out);
  };
  count("gen_ai_usage_input_tokens_total", "Prompt tokens.", totals_.input_tokens);
  count("gen_ai_usage_output_tokens_total", "Generated tokens.", totals_.output_tokens);
  count("gen_ai_usage_cache_read_input_tokens_total", "Prompt tokens that were not computed again.",
        totals_.cached_tokens);
  count("gen_ai_usage_reasoning_output_tokens_total", "Generated tokens of thinking.",
        reasoning_tokens_);
  count("fathom_citations_verified_total", "Citations whose bytes stand in the corpus.",
        citations_);
  count("fathom_citations_dropped_total", "Citations that were not shown.", dropped_citations_);
  Head("fathom_http_requests_total", "counter", "Requests by route and status.", &out);
  for (const auto& [labels, value] : requests_)
    Line("fathom_http_requests_total", labels, static_cast<double>(value), &out);
  const auto gauge = [&](std::string_view name, std::string_view help, size_t value) {
    One(name, "gauge", help, static_cast<double>(value), &out);
  };
  gauge("fathom_generations_running", "Generations that take turns now.", gauges.running);
  gauge("fathom_generations_queued", "Generations that wait.", gauges.queued);
  gauge("fathom_http_connections", "Open connections.", gauges.connections);
  gauge("fathom_state_bytes", "Model states in memory, those in use too.", gauges.state_bytes);
  return out;
}

}  // namespace fathom::http
