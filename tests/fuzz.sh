#!/bin/sh
# Feeds the plan reader and the engine with mutated plans, under the address and undefined-behaviour sanitizers.
# usage: tests/fuzz.sh [SECONDS]     (packages clang libclang-rt-14-dev)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build-fuzz
[ -d "$build" ] || CC=clang meson setup "$build" "$root" -Db_sanitize=address,undefined -Db_lundef=false \
  -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
ninja -C "$build" src/cli/portolan-cli >/dev/null
libraries="$build/src/libio.a $build/src/libplan.a $build/src/libengine.a"
# shellcheck disable=SC2046,SC2086
clang -g -O1 -fsanitize=fuzzer,address,undefined -I"$root/src" $(pkg-config --cflags gio-2.0 libxml-2.0) \
  "$root/tests/fuzz-plan.c" -Wl,--whole-archive "$build/src/libio.a" -Wl,--no-whole-archive $libraries \
  $(pkg-config --libs gio-unix-2.0 libxml-2.0) -lm -o "$build/fuzz-plan"
mkdir -p "$build/corpus"
cp -n "$root"/tests/corpus/*/*.portolan "$root"/data/templates/*.portolan "$build/corpus/" 2>/dev/null || true
cd "$build"
G_SLICE=always-malloc ./fuzz-plan -max_total_time="${1:-60}" -timeout=10 -rss_limit_mb=2048 -max_len=65536 corpus
