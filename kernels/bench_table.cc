// SPDX-License-Identifier: Apache-2.0
// Measures every operator on nano's shapes and prints the table of kernels/README.md.
//   bench_table [--threads N] [--filter TEXT] [--clock wall|cpu] [--write kernels/README.md]
// --clock cpu counts the calling thread's own time, fastest run: with --threads 1, for comparing
// builds on a busy machine.
// --write replaces what stands between the two marks in that file.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>

#include "base/check.h"
#include "kernels/dtype.h"
#include "kernels/support/bench.h"
#include "kernels/support/peak_isa.h"

namespace fathom::bench {

std::vector<float> Values(size_t count, uint64_t seed, float scale) {
  std::mt19937 engine(static_cast<uint32_t>(seed));
  std::vector<float> values(count);
  for (float& value : values) value = scale * (static_cast<float>(engine() >> 8) * 0x1p-23f - 1);
  return values;
}

std::vector<std::byte> StoredQ8(size_t rows, size_t columns, uint64_t seed) {
  const std::vector<float> values = Values(rows * columns, seed, 0.1f);
  const size_t row_bytes = DTypeRowBytes(DType::kQ8_0, columns);
  std::vector<std::byte> bytes(rows * row_bytes);
  for (size_t row = 0; row < rows; ++row) {
    QuantizeRow(DType::kQ8_0, values.data() + row * columns, columns,
                bytes.data() + row * row_bytes);
  }
  return bytes;
}

double RelativeError(const std::vector<float>& actual, const std::vector<float>& expected) {
  double largest = 1e-30, error = 0;
  for (size_t i = 0; i < actual.size(); ++i) {
    largest = std::max(largest, std::fabs(double{expected[i]}));
    error = std::max(error, std::fabs(double{actual[i]} - expected[i]));
  }
  return error / largest;
}

namespace {

bool cpu_clock = false;

double Seconds() {
  timespec now{};
  clock_gettime(cpu_clock ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Median (cpu clock: least) of 21 samples of at least 1 ms each, after one sample to warm up.
double RunSeconds(const std::function<void()>& run) {
  run();
  double begin = Seconds();
  run();
  const size_t repeat =
      std::max<size_t>(1, static_cast<size_t>(1e-3 / std::max(Seconds() - begin, 1e-9)));
  std::vector<double> samples;
  for (int i = 0; i < 21; ++i) {
    begin = Seconds();
    for (size_t r = 0; r < repeat; ++r) run();
    samples.push_back((Seconds() - begin) / static_cast<double>(repeat));
  }
  std::sort(samples.begin(), samples.end());
  return samples[cpu_clock ? 0 : samples.size() / 2];
}

struct Roofs {
  double f32 = 0, pairs = 0, quads = 0, bf16 = 0, memory = 0;  // per second, all threads
};

Roofs MeasureRoofs(const Backend& backend) {
  const double threads = backend.pool().thread_count();
  const auto per_second = [&](auto peak) {
    double done = 0;
    const double seconds = RunSeconds([&] {
      const auto body = [&](int worker) {
        float sink = 0;
        const double operations = peak(size_t{200'000}, &sink);
        if (worker == 0) done = operations + static_cast<double>(sink) * 0;
      };
      backend.pool().Run(std::ref(body));
    });
    return done * threads / seconds;
  };
  Roofs roofs;
  roofs.f32 = per_second(FATHOM_PICK(backend.isa(), PeakF32));
  roofs.pairs = per_second(FATHOM_PICK(backend.isa(), PeakPairs));
  roofs.quads = per_second(FATHOM_PICK(backend.isa(), PeakQuads));
  roofs.bf16 = backend.isa() == Isa::kAvx512 ? roofs.pairs : roofs.f32;
  // A thread's share is larger than its own cache, and all of it smaller than the shared one of
  // desktop parts.
  constexpr size_t kBytes = size_t{5} << 20;
  const std::vector<float> data(kBytes / 4 * static_cast<size_t>(threads));
  volatile float keep = 0;
  const double seconds = RunSeconds([&] {
    const auto body = [&](int worker) {
      const float sum = FATHOM_PICK(backend.isa(), ReadAll)(
          data.data() + kBytes / 4 * static_cast<size_t>(worker), kBytes);
      if (worker == 0) keep = sum;
    };
    backend.pool().Run(std::ref(body));
  });
  roofs.memory = static_cast<double>(kBytes) * threads / seconds;
  return roofs;
}

std::string Line(const Row& row, const Roofs& roofs) {
  const double seconds = RunSeconds(row.run);
  const double rate = row.amount / seconds;
  const double roof = row.roof == Roof::kPairs   ? roofs.pairs
                      : row.roof == Roof::kQuads ? roofs.quads
                      : row.roof == Roof::kBf16  ? roofs.bf16
                      : row.roof == Roof::kF32   ? roofs.f32
                                                 : roofs.memory;
  char error[32] = "-", line[256];
  if (row.error) std::snprintf(error, sizeof(error), "%.1e", row.error());
  std::snprintf(line, sizeof(line), "| %s | %s | %.1f | %.0f %s | %.0f %% | %s |\n", row.op.c_str(),
                row.shape.c_str(), seconds * 1e6, rate * 1e-9,
                row.roof == Roof::kMemory ? "GB/s" : "GFLOP/s", 100 * rate / roof, error);
  return line;
}

std::string Table(const Backend& backend, const std::string& filter) {
  const Roofs roofs = MeasureRoofs(backend);
  const char* clock = cpu_clock ? ", time the thread itself ran (the machine was busy)" : "";
  char head[512];
  std::snprintf(head, sizeof(head),
                "%s, %d threads%s. Measured most of this machine: %.0f GFLOP/s f32, %.0f GFLOP/s "
                "on 16-bit pairs, %.0f on 8-bit quads, %.0f GB/s read from the shared cache.\n\n"
                "| operator | shape | µs | rate | of the most | error |\n"
                "|---|---|---:|---:|---:|---:|\n",
                std::string(IsaName(backend.isa())).c_str(), backend.pool().thread_count(), clock,
                roofs.f32 * 1e-9, roofs.pairs * 1e-9, roofs.quads * 1e-9, roofs.memory * 1e-9);
  std::string table = head;
  std::fputs(head, stdout);
  const Add add = [&](Row row) {
    if ((row.op + " " + row.shape).find(filter) == std::string::npos) return;
    const std::string line = Line(row, roofs);
    std::fputs(line.c_str(), stdout);
    table += line;
  };
  for (auto* op : {Embed, RmsNorm, Matmul, Rope, SoftmaxAttention, LightningAttention, GatedNorm,
                   MoeRoute, MoeExperts, Sample}) {
    op(backend, add);
  }
  return table;
}

bool Write(const std::string& path, const std::string& table) {
  const std::string begin = "<!-- bench_table begin -->\n", end = "<!-- bench_table end -->";
  std::ifstream in(path);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const size_t from = text.find(begin), to = text.find(end);
  if (from == std::string::npos || to == std::string::npos || to < from) return false;
  text.replace(from + begin.size(), to - from - begin.size(), table);
  std::ofstream out(path, std::ios::trunc);
  out << text;
  return static_cast<bool>(out);
}

int Main(int argc, char** argv) {
  int threads = 0;
  std::string filter, write;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--threads") == 0) std::sscanf(argv[i + 1], "%d", &threads);
    if (std::strcmp(argv[i], "--filter") == 0) filter = argv[i + 1];
    if (std::strcmp(argv[i], "--clock") == 0) cpu_clock = std::strcmp(argv[i + 1], "cpu") == 0;
    if (std::strcmp(argv[i], "--write") == 0) write = argv[i + 1];
  }
  ThreadPool pool(threads);
  const auto backend = Backend::Create(pool);
  if (!backend) {
    std::fprintf(stderr, "%s\n", backend.error().Text().c_str());
    return 2;
  }
  const std::string table = Table(**backend, filter);
  if (!write.empty() && !Write(write, table)) {
    std::fprintf(stderr, "%s: no marks to write between\n", write.c_str());
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace fathom::bench

int main(int argc, char** argv) {
  return fathom::bench::Main(argc, argv);
}
