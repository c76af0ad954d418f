// SPDX-License-Identifier: Apache-2.0
// What the parts of `fathom bench` share.
#pragma once

#include <string>
#include <vector>

#include "apps/app.h"

namespace fathom {

// Any ids do: the work does not depend on their values but through the experts' load, which real
// text does not even out either. The same sequence for every engine: x -> 1103515245 x + 12345 mod
// 2^31, upper bits.
std::vector<Token> BenchTokens(size_t count, int vocabulary);

struct StateBenchFlags {
  size_t tokens = 131'072;
  bool peers = false;   // llama.cpp does the same
  std::string restore;  // in a process of its own: this file alone
  bool save_again = false;
};

struct OperatorsBenchFlags {
  size_t tokens = 65'536;
  std::string svg;  // where the plot goes; empty: nowhere
};

// fathom bench operators: what each operator costs per token, against the length.
int RunOperatorsBench(const Common& common, const OperatorsBenchFlags& flags);

// fathom bench state: reads, saves, restores in a new process, and again after a save was killed.
int RunStateBench(const Common& common, const StateBenchFlags& flags);

}  // namespace fathom
