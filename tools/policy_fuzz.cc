// SPDX-License-Identifier: Apache-2.0
// Any bytes as a policy file: refused, or it cannot loosen what no file may loosen.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "tools/builtin.h"
#include "tools/policy.h"

using namespace fathom;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Registry* const registry = [] {
    static Registry tools;
    CHECK(AddBuiltinTools(&tools).ok());
    return &tools;
  }();
  const auto policy =
      ParsePolicy({reinterpret_cast<const char*>(data), size}, "fuzz.yaml", *registry);
  if (!policy) return 0;
  static Taint* const tainted = [] {
    static Taint taint;
    taint.Add("fuzz");
    return &taint;
  }();
  const Grants grants;
  const Json arguments = Json::EmptyObject();
  const ToolSpec outward{.name = "x", .effect = Effect::kOutward};
  CHECK(Decide(*policy, {outward, arguments, *tainted, grants, {}}).verdict == Verdict::kDeny);
  ToolSpec write{.name = "x", .effect = Effect::kWriteWorkspace};
  CHECK(Decide(*policy, {write, arguments, *tainted, grants, {}}).verdict != Verdict::kAllow);
  write.paths = [](const Json&) { return ToolPaths{.writes = {".git/config"}}; };
  CHECK(Decide(*policy, {write, arguments, *tainted, grants, {}}).verdict == Verdict::kDeny);
  return 0;
}
