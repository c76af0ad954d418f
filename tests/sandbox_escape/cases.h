// SPDX-License-Identifier: Apache-2.0
// What a hostile command tries. The program `sandbox_escape_program` runs one case by name and
// exits with kEscaped when it got what it wanted; the test runs each inside the sandbox, where none
// may, and outside as a control, where each must.
#pragma once

#include <string>
#include <vector>

namespace fathom::escape {

constexpr int kEscaped = 42;
constexpr int kHeldBack = 1;

// What the driver has laid out, as arguments of the program in this order.
struct Scene {
  std::string outside;    // a folder beside the workspace: secret, home/.ssh/id, other/file
  std::string workspace;  // with .git/config, .fathom.yaml, read-only/file
  std::string driver;     // its process id
  std::string port;       // where the driver answers TCP (v4, v6) and UDP
  std::string abstract;   // name of an abstract socket the driver listens on
};

enum class Kind {
  kActs,    // exits with kEscaped when it succeeded
  kLeaves,  // succeeded when `trace`, a file of the scene, is there afterwards
  kLives,   // succeeded when the file `heartbeat` still grows after the program has ended
  kHangs,   // never ends by itself; outside it must still be there, inside the call must return
};

struct Case {
  const char* name;
  Kind kind;
  bool (*attempt)(const Scene&);
  bool root_only = false;  // outside, too, only root can
  const char* trace = "";  // kLeaves: an absolute path, or one relative to the scene
};

const std::vector<Case>& FileCases();
const std::vector<Case>& ProcessCases();
const std::vector<Case>& KernelCases();
std::vector<Case> AllCases();

}  // namespace fathom::escape
