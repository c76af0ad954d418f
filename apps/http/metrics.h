// SPDX-License-Identifier: Apache-2.0
// Metrics: counters and histograms in Prometheus' text format 0.0.4, with the names that
// OpenTelemetry's GenAI conventions give them, and our own under fathom_. Labels hold routes,
// status codes and token kinds, never anything of a prompt.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fathom::http {

class Histogram {
 public:
  explicit Histogram(std::span<const double> bounds) : bounds_(bounds.begin(), bounds.end()) {
    counts_.resize(bounds_.size() + 1);
  }
  void Add(double value);
  // The lines of one series; `labels` without braces, may be empty.
  void Print(std::string_view name, const std::string& labels, std::string* out) const;

 private:
  std::vector<double> bounds_;
  std::vector<uint64_t> counts_;
  double sum_ = 0;
  uint64_t count_ = 0;
};

struct RequestFacts {
  std::string route;
  int status = 0;
  double seconds = 0;
};

struct Usage {
  size_t prompt = 0;
  size_t cached = 0;  // of the prompt, not computed again
  size_t thinking = 0;
  size_t output = 0;  // thinking included
  double seconds = 0;
  double first_token_seconds = 0;  // 0: no token
};

struct GenerationFacts {
  std::string operation;  // "chat", "text_completion", "embeddings"
  Usage usage;
  size_t citations = 0, dropped_citations = 0;
};

// Why a known conversation could not go on from what was kept of it.
struct PrefixLoss {
  std::string created;  // UTC, ISO 8601
  std::string operation;
  std::string reason;
  size_t tokens_again = 0;
};

struct Prefixes {
  uint64_t hits = 0;               // requests that computed a part of their prompt only
  uint64_t misses = 0;             // requests that computed all of it
  std::vector<PrefixLoss> recent;  // newest first
};

struct Gauges {
  std::string model;
  size_t running = 0, queued = 0, connections = 0;
  size_t state_bytes = 0;
};

struct Totals {
  uint64_t requests = 0, input_tokens = 0, cached_tokens = 0, output_tokens = 0;
};

class Metrics {
 public:
  Metrics();
  void CountRequest(const RequestFacts& facts);
  void CountGeneration(const GenerationFacts& facts);
  void CountPrefixLoss(PrefixLoss loss);
  Totals totals() const;
  Prefixes prefixes() const;
  std::string Text(const Gauges& gauges) const;

 private:
  struct Operation {
    Operation();
    Histogram input, output, request, first_token, per_token;
  };
  mutable std::mutex mutex_;
  Totals totals_;
  Prefixes prefixes_;
  uint64_t reasoning_tokens_ = 0, citations_ = 0, dropped_citations_ = 0;
  std::map<std::string, uint64_t> requests_;  // by label text
  std::map<std::string, Operation> operations_;
};

}  // namespace fathom::http
