#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds llama.cpp's server, CPU only, from the source that the npm package node-llama-cpp carries, and prints its path.
#
#   build_server.sh            into build/llama of the source tree
#   build_server.sh --check    builds nothing: prints the path if it is built and current
#
# The package is looked for in $FATHOM_PEERS (a folder with node_modules) or beside this file. A build that was stopped
# goes on where it was; ccache is used when there is one; FATHOM_PEERS_JOBS limits how many files are compiled at once.
# Exit status 77: the package or a tool is not there, or nothing is built under --check.
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
root=$(dirname "$(dirname "$(dirname "$here")")")
package="${FATHOM_PEERS:-$here}/node_modules/node-llama-cpp/llama"
bundle="$package/gitRelease.bundle"
folder="$root/build/llama"
server="$folder/build/bin/llama-server"

absent() {
  printf 'build_server.sh: %s\n' "$*" >&2
  exit 77
}

[[ -f $bundle ]] || absent "no $bundle: npm install --prefix tests/peers/llama, or name a folder that has it in FATHOM_PEERS"
for tool in git cmake ninja; do command -v "$tool" >/dev/null || absent "$tool is not installed"; done
head=$(git bundle list-heads "$bundle" | cut -d ' ' -f 1 | head -n 1)

is_current() { [[ -x $server && -f $folder/built && $(<"$folder/built") == "$head" ]]; }

if ! is_current; then
  [[ ${1:-} != --check ]] || absent "llama.cpp's server is not built; $here/build_server.sh does that"
  mkdir -p "$folder"
  exec {lock}>"$folder/.lock"
  flock "$lock" # two starts at once build once
  log="$folder/build.log"
  if [[ ! -d $folder/source ]] || [[ $(git -C "$folder/source" rev-parse HEAD) != "$head" ]]; then
    rm -rf "$folder/source" "$folder/source.new"
    git clone --quiet -c advice.detachedHead=false "$bundle" "$folder/source.new"
    mv "$folder/source.new" "$folder/source"
  fi
  options=(-DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF
    -DLLAMA_BUILD_APP=OFF -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF -DGGML_OPENMP=OFF)
  if command -v ccache >/dev/null; then
    options+=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DGGML_CCACHE=OFF)
  fi
  {
    cmake -S "$folder/source" -B "$folder/build" -G Ninja "${options[@]}" &&
      ninja -C "$folder/build" -j "${FATHOM_PEERS_JOBS:-$(nproc)}" llama-server
  } >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    printf 'build_server.sh: the build failed; the whole log is %s\n' "$log" >&2
    exit 5
  }
  printf '%s\n' "$head" >"$folder/built"
fi
printf '%s\n' "$server"
