# SPDX-License-Identifier: Apache-2.0
# Writes build_id.h: one hash over everything that decides the bits a model computes. Saved states carry it.
#   cmake -DROOT=... -DOUT=... "-DCOMPILER=..." -P build_id.cmake
file(GLOB_RECURSE sources ${ROOT}/kernels/*.cc ${ROOT}/kernels/*.h ${ROOT}/kernels/*.cu ${ROOT}/kernels/*.cuh
     ${ROOT}/engine/*.cc ${ROOT}/engine/*.h
     ${ROOT}/base/thread_pool.cc)
list(FILTER sources EXCLUDE REGEX "_test\\.cc$|_bench\\.cc$|_ref\\.cc$|/fuzz/|/tokenizer/|/chat/")
list(SORT sources)
set(all "${COMPILER}")
foreach(source ${sources})
  file(SHA256 ${source} hash)
  string(APPEND all "${hash}\n")
endforeach()
string(SHA256 id "${all}")
string(SUBSTRING ${id} 0 16 id)
set(text "// SPDX-License-Identifier: Apache-2.0
// Made by engine/build_id.cmake.
#pragma once
namespace fathom {
inline constexpr char kEngineBuildId[] = \"${id}\";
}  // namespace fathom
")
file(CONFIGURE OUTPUT ${OUT} CONTENT "${text}")
