// SPDX-License-Identifier: Apache-2.0
#include "tools/sandbox/init_image.h"

asm(".section .rodata\n"
    ".balign 16\n"
    "fathom_sandbox_init_begin:\n"
    ".incbin \"" FATHOM_SANDBOX_INIT
    "\"\n"
    "fathom_sandbox_init_end:\n"
    ".byte 0\n"
    ".text\n");

extern const char image_begin[] asm("fathom_sandbox_init_begin");
extern const char image_end[] asm("fathom_sandbox_init_end");

namespace fathom {

std::string_view SandboxInitImage() {
  return {image_begin, static_cast<size_t>(image_end - image_begin)};
}

}  // namespace fathom
