#!/bin/sh
# The test suite with every program under valgrind: an error or a leak of ours fails the test.
# usage: tests/valgrind.sh [BUILD]     (PTL_RANDOM_PLANS, by default 100, keeps it within an hour)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:-$root/build}" && pwd)
export G_DEBUG=fatal-warnings,gc-friendly G_SLICE=always-malloc PTL_SOURCE_ROOT="$root" CK_FORK=no
export PTL_RANDOM_PLANS="${PTL_RANDOM_PLANS:-100}"
valgrind="valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite \
  --error-exitcode=99 --suppressions=/usr/share/glib-2.0/valgrind/glib.supp"
cli=$build/valgrind/portolan-cli
mkdir -p "$build/valgrind"
printf '#!/bin/sh\nexec %s %s "$@"\n' "$valgrind" "$build/src/cli/portolan-cli" >"$cli"
chmod +x "$cli"

ninja -C "$build" >/dev/null
for room in engine plan io; do
  echo "+ $room"
  $valgrind "$build/tests/test-$room"
done
cd "$root/tests"
for test in "documents/test_documents.py $cli" "corpus/test_schema.py $root $cli" "cli/test_cli.py $root $cli" \
  "rules/test_rules.py $root $cli" "rules/test_new_data.py $root $cli" "reference/test_random.py $cli"; do
  echo "+ $test"
  # shellcheck disable=SC2086
  python3 $test | tail -n 3
done
