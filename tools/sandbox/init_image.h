// SPDX-License-Identifier: Apache-2.0
// The bytes of the program in tools/sandbox/init, carried by ours: installed or not, the one that
// runs is the one that was built with us, and there is no path to it that could lie.
#pragma once

#include <string_view>

namespace fathom {

std::string_view SandboxInitImage();

}  // namespace fathom
