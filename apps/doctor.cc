// SPDX-License-Identifier: Apache-2.0
// fathom doctor: what this machine offers, where things are stored, and what is missing.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>

#include "apps/app.h"
#include "apps/progress.h"
#include "apps/version.h"
#include "base/files.h"
#include "base/json.h"
#include "kernels/backend.h"
#include "tools/sandbox/sandbox.h"

namespace fathom {
namespace {

struct Check {
  std::string name;
  bool ok;
  std::string detail;
  bool needed = false;  // its failure makes doctor's exit code 1
};

Check ModelCheck(const Common& common) {
  auto model = LoadModel(common);
  if (!model) return {"model", false, model.error().Text(), true};
  const ModelInfo& info = model->engine->info();
  return {"model", true,
          info.name + ", " + info.weights_type + ", " + Megabytes(info.weights_bytes) +
              ", sha256 " + info.sha256.substr(0, 16),
          true};
}

Check PlaceCheck(const std::string& name, const std::string& path) {
  std::error_code error;
  const bool exists = std::filesystem::exists(path, error);
  const auto space = std::filesystem::space(exists ? path : "/", error);
  return {name, true,
          path + (exists ? "" : " (not made yet)") + ", " + Megabytes(space.available) + " free"};
}

Check CatalogCheck() {
  auto catalog = OpenCatalog();
  if (!catalog) return {"catalog", false, catalog.error().Text(), true};
  auto records = (*catalog)->List();
  if (!records) return {"catalog", false, records.error().Text(), true};
  size_t bytes = 0;
  for (const ReadingRecord& record : *records) bytes += record.state_bytes;
  return {"catalog", true,
          std::to_string(records->size()) + " windows kept, " + Megabytes(bytes) + " of states"};
}

Check IsaCheck() {
  for (const Isa isa : {Isa::kAvx512, Isa::kAvx2, Isa::kScalar}) {
    if (IsaSupported(isa)) {
      return {"processor", true,
              std::string(IsaName(isa)) + " kernels, " +
                  std::to_string(ThreadPool().thread_count()) + " threads" +
                  (isa == Isa::kScalar ? " (slow: no AVX2)" : "")};
    }
  }
  return {"processor", false, "no kernels for this processor", true};
}

Check CudaCheck() {
  const auto device = DescribeCudaDevice(0);
  if (device) return {"gpu", true, *device};
  return {"gpu", false, device.error().message + "; the CPU is used"};
}

int RunDoctor(const Common& common) {
  auto places = UserPlaces();
  if (!places) return Fail(places.error());
  std::vector<Check> checks = {
      {"version", true, VersionText()},
      IsaCheck(),
      CudaCheck(),
      ModelCheck(common),
      PlaceCheck("config", places->config),
      PlaceCheck("data", places->data),
      PlaceCheck("cache", places->cache),
      CatalogCheck(),
  };
  for (const SandboxLayer& layer : Sandbox::Probe().layers()) {
    const std::string off = layer.holds ? "" : "; command tools stay off";
    checks.push_back({layer.name, layer.holds, "sandbox: " + layer.detail + off});
  }
  bool healthy = true;
  Json json = Json::EmptyObject();
  for (const Check& check : checks) {
    healthy = healthy && (check.ok || !check.needed);
    if (common.json) {
      Json entry = Json::EmptyObject();
      entry.Set("ok", check.ok);
      entry.Set("needed", check.needed);
      entry.Set("detail", check.detail);
      json.Set(check.name, std::move(entry));
    } else {
      std::printf("%-4s %-10s %s\n", check.ok ? "ok" : (check.needed ? "FAIL" : "-"),
                  check.name.c_str(), check.detail.c_str());
    }
  }
  if (common.json) std::printf("%s\n", json.Dump().c_str());
  return healthy ? kExitDone : kExitNegative;
}

}  // namespace

void AddDoctor(CLI::App& app, Common& common, Run& run) {
  CLI::App* doctor =
      app.add_subcommand("doctor", "Check this machine and say what is stored where");
  doctor->callback([&common, &run] { run = [&common] { return RunDoctor(common); }; });
}

}  // namespace fathom
