#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What `./fathom test --gpu` runs: every operator and the engine on the machine's CUDA device, then one table of speeds
# in which each row has been checked on the same inputs just before.
#
#   tests/gpu.sh BUILD [LOG [PARTS]]     BUILD: a build folder with FATHOM_CUDA; LOG: where the raw log goes
#                                        (docs/gpu/...); PARTS: some of "tests sanitize speeds engines long full",
#                                        else "tests speeds full"
#
# tests: the operators and the engine; sanitize: the operators' small shapes under compute-sanitizer; speeds: each operator;
# engines: prefill and decode of two shapes; long: nano reads a million tokens on the device and on the CPU (minutes of all its
# cores, or the file that FATHOM_DEVICE_LONG_CPU names, engine/device_test.cc); full: M1 at full size.
# Ends with 2 where there is no device, and with 1 when a test fails. Torch's kernels are measured beside where torch
# is there, flash-linear-attention's where FATHOM_PEERS names a folder that holds it, transformers' MiniMax where that is
# installed; of each that is not, a line says so. tests/gpu/table.py makes kernels/README.md's table from the log.
set -euo pipefail
root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
build=${1:?usage: tests/gpu.sh BUILD [LOG]}
log=${2:-/dev/null}
parts=" ${3:-tests speeds full} "
seed=${FATHOM_SEED:-1}
revision=${FATHOM_REVISION:-$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)}
operators=(embed rms_norm gated_norm rope moe_route matmul moe_experts lightning_attention softmax_attention sample)

run() { # run NAME PROGRAM...: one line a program, its output in the log
  local name=$1 output status=0
  shift
  output=$("$@" 2>&1) || status=$?
  {
    printf '== %s, status %s\n%s\n' "$name" "$status" "$output"
  } >>"$log"
  printf '%-28s %s\n' "$name" "$(tail -n 1 <<<"$output")"
  ((status == 0)) || failed=1
}

failed=0
: >"$log"
device=$("$build/kernels/kernels_backend_test" --gtest_filter='Cuda.DeviceIsOpened' 2>&1) || true
if ! grep -q 'OK.*Cuda.DeviceIsOpened' <<<"$device"; then
  printf 'no CUDA device that this build can use:\n%s\n' "$(grep -i 'cuda' <<<"$device" | tail -n 3)" >&2
  exit 2
fi
{
  printf 'revision %s, seed %s\n' "$revision" "$seed"
  grep 'multiprocessors' <<<"$device" || true
  sha256sum "$build/kernels/lightning_attention_test" "$build/engine/engine_device_test" | cut -c1-16,65-
} | tee -a "$log"
if [[ $parts == *' tests '* ]]; then
  for operator in "${operators[@]}"; do run "$operator" "$build/kernels/${operator}_test" --gtest_brief=1; done
  run engine env -u FATHOM_DEVICE_LONG "$build/engine/engine_device_test" --gtest_brief=1
fi
if [[ $parts == *' sanitize '* ]] && ! command -v compute-sanitizer >/dev/null; then
  echo 'no compute-sanitizer: the small shapes are not checked with it' | tee -a "$log"
  failed=1
elif [[ $parts == *' sanitize '* ]]; then
  for tool in memcheck racecheck; do
    for operator in embed rms_norm gated_norm rope moe_route matmul moe_experts lightning_attention softmax_attention; do
      case $operator in
        embed) shapes='*GivesTheStoredRow*' ;;
        matmul) shapes='*ForEveryWeightType*' ;;
        moe_experts) shapes='*ForEveryWeightType*:*ManyBf16Rows*:*SmallTypesInPlace*:*InARow*' ;;
        lightning_attention) shapes='*EqualsReference*:*InARow*' ;;
        softmax_attention) shapes='*WritesEveryElement*:*DeviceShapes*:*ManyRows*' ;;
        *) shapes='*EqualsReference*' ;;
      esac
      run "$tool $operator" timeout 150 compute-sanitizer --tool "$tool" --error-exitcode 9 \
        "$build/kernels/${operator}_test" --gtest_brief=1 --gtest_filter="$shapes"
    done
  done
fi
if ! python3 -c 'import torch' 2>/dev/null; then
  echo 'no torch: speeds are not measured' | tee -a "$log"
  exit "$failed"
fi
if [[ $parts == *' speeds '* ]]; then
  python3 "$root/tests/gpu/bench.py" --library "$build/kernels/libfathom_kernels_c.so" --seed "$seed" \
    --revision "$revision" 2>&1 | tee -a "$log" || failed=1
  python3 "$root/tests/gpu/triton_peers.py" --library "$build/kernels/libfathom_kernels_c.so" --seed "$seed" \
    --revision "$revision" 2>&1 | tee -a "$log" || failed=1
fi
if [[ $parts == *' engines '* ]]; then
  for shape in tests/shapes/m1_1500m.json models/nano/config.json; do
    "$build/engine/shape_bench" "$root/$shape" bf16 cuda:0 16384 4096 64 2>&1 | tee -a "$log" || failed=1
    python3 "$root/tests/gpu/transformers_peer.py" --shape "$root/$shape" --tokens 16384 2>&1 | tee -a "$log" || failed=1
  done
fi
if [[ $parts == *' long '* ]]; then
  FATHOM_DEVICE_LONG=1048576,1048576 "$build/engine/engine_device_test" --gtest_brief=1 \
    --gtest_filter='DeviceNano.LongReadEqualsTheCpus' 2>&1 | tee -a "$log" || failed=1
fi
if [[ $parts == *' full '* ]]; then
  python3 "$root/tests/gpu/full_size.py" --library "$build/kernels/libfathom_kernels_c.so" \
    --bench "$build/engine/shape_bench" 2>&1 | tee -a "$log" || failed=1
fi
exit "$failed"
