#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds every fuzz target with clang, AddressSanitizer and UndefinedBehaviorSanitizer and runs each.
#
#   tests/fuzz/run.sh [SECONDS] [NAME...]     SECONDS for each target (600), only the targets named
#
# One line a target: executions, edges covered, findings. Inputs that cover something new are kept in
# build/fuzz/corpus/NAME, a finding stays in build/fuzz/findings/NAME-*. Exit status 1 if there is one.
set -euo pipefail

root=$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")
build=${FATHOM_FUZZ_BUILD:-$root/build/fuzz}
seconds=${1:-600}
[[ $seconds =~ ^[0-9]+$ ]] || { echo "usage: tests/fuzz/run.sh [SECONDS] [NAME...]" >&2; exit 2; }
shift || true
memory_mb=2048
timeout_s=10

build_targets() {
  [[ -f $build/build.ninja ]] ||
    cmake -S "$root" -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ \
      -DFATHOM_TESTS=ON -DFATHOM_FUZZ=ON "-DFATHOM_SANITIZE=address,undefined" >"$build.configure.log"
  ninja -C "$build" ${FATHOM_FUZZ_JOBS:+-j"$FATHOM_FUZZ_JOBS"} fathom_fuzzers >"$build/fuzz-build.log" ||
    { tail -n 30 "$build/fuzz-build.log" >&2; exit 5; }
}

# Small valid files, from which mutation reaches deep.
seed() {
  local folder=$1 name=$2
  case $name in
    json_fuzz | json_schema_fuzz | grammar_fuzz) printf '{"a": [1, -2.5e3, "\\u00e9", null, true], "type": "object"}' >"$folder/seed" ;;
    yaml_fuzz) printf 'a: 1\nb:\n  - "x"\n  - {c: yes}\n' >"$folder/seed" ;;
    ignore_fuzz) printf '*.o\n!keep.o\n/build/\ndoc/**/x\n' >"$folder/seed" ;;
    profile_fuzz) cp "$root"/configs/models/*.yaml "$folder/" 2>/dev/null || true ;;
    tokenizer_json_fuzz | encode_fuzz) head -c 20000 "$root/models/nano/tokenizer.json" >"$folder/seed" ;;
    framing_fuzz)
      printf 'POST /a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer token-0123456789\r\n' >"$folder/seed"
      printf 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n' >>"$folder/seed"
      ;;
    fields_fuzz) printf '{"model": "a", "n": 1, "stop": ["b"], "stream_options": {"include_usage": true}}' >"$folder/seed" ;;
    config_fuzz) cp "$root/models/nano/config.json" "$folder/seed" ;;
    tool_call_parser_fuzz)
      printf 'a<tool_calls>\n{"name": "f", "arguments": {"x": 1}}\n</tool_calls>b<think>c</think>' >"$folder/seed"
      ;;
    expression_fuzz) printf 'max(-2^2 * (1.5 + .25e3), 7 %% 3) / sqrt(2)' >"$folder/seed" ;;
    patch_fuzz) printf -- '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n-two\n+TWO\n\0one\ntwo\n' >"$folder/seed" ;;
    policy_fuzz) cp "$root"/configs/policies/*.yaml "$folder/" ;;
    workflow_fuzz) cp "$root"/configs/workflows/*.yaml "$root"/tests/workflow/broken/*.yaml "$folder/" ;;
    citation_fuzz) printf '\010int a = 1;\nint b;\n\0def f():\n  return 2\n\0return 2 #3\nint a = 1; #1\n' >"$folder/seed" ;;
    suppress_fuzz)
      printf 'x = 1  # fathom: ignore[weak-hash] a checksum\n' >"$folder/seed-comment"
      printf 'suppress:\n  - path: "legacy/**"\n    rule: xss\n    reason: old\n' >"$folder/seed-yaml"
      printf '{"runs": [{"results": [{"partialFingerprints": {"a/v1": "0123"}}]}], "findings": [{"fingerprint": "01"}]}' \
        >"$folder/seed-baseline"
      ;;
    state_file_fuzz)
      printf 'M{"model":"model","build":"build","numerics":"numerics","position":3,"hidden":4,' >"$folder/seed"
      printf '"payload_bytes":$N,"payload_xxh3_tree":"$C","page_blocks":"",' >>"$folder/seed"
      cp "$folder/seed" "$folder/seed-block"
      printf '"checkpoints":[],"checkpoint_blocks":""}' >>"$folder/seed"
      printf '"checkpoints":[64],"checkpoint_blocks":"99aa06d3014798d86001c324468d497f"}' >>"$folder/seed-block"
      ;;
    safetensors_fuzz)
      { printf '\x40\0\0\0\0\0\0\0'; printf '%-64s' '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'; printf '\0\0\0\0'; } \
        >"$folder/seed"
      ;;
    gguf_fuzz) printf 'GGUF\3\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0a\1\0\0\0\1\0\0\0\0\0\0\0' >"$folder/seed" ;;
  esac
}

run_target() {
  local fuzzer=$1 name corpus log status=0
  name=$(basename "$fuzzer")
  corpus=$build/corpus/$name
  log=$build/fuzz-$name.log
  mkdir -p "$corpus" "$build/findings"
  seed "$corpus" "$name"
  "$fuzzer" -max_total_time="$seconds" -timeout="$timeout_s" -rss_limit_mb="$memory_mb" -max_len=65536 \
    -print_final_stats=1 -artifact_prefix="$build/findings/$name-" "$corpus" >"$log" 2>&1 || status=$?
  local runs edges found
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
  edges=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1 | cut -d' ' -f2 || true)
  found=$(find "$build/findings" -name "$name-*" -newer "$build/.fuzz-started" | wc -l)
  ((status == 0)) || ((found > 0)) || found=1
  printf '%-24s %12s executions  %6s edges  %s findings\n' "$name" "${runs:-0}" "${edges:-0}" "$found"
  ((found == 0)) || { grep -m 3 -E 'ERROR|SUMMARY|runtime error|internal error' "$log" >&2 || true; }
  return $((found > 0))
}

mkdir -p "$build"
build_targets
touch "$build/.fuzz-started"
failed=0
while read -r fuzzer; do
  name=$(basename "$fuzzer")
  (($# == 0)) || [[ " $* " == *" $name "* ]] || continue
  run_target "$fuzzer" || failed=1
done < <(find "$build" -type f -name '*_fuzz' -perm -u+x | sort)
exit "$failed"
