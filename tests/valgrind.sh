#!/bin/sh
# The test suite with every program under valgrind: an error or a leak of ours fails the test. All tests run, also
# after one that failed; the exit status is then 1.
# usage: tests/valgrind.sh [BUILD]     (PTL_RANDOM_PLANS, by default 100, keeps it within an hour)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:-$root/build}" && pwd)
export G_DEBUG=fatal-warnings,gc-friendly G_SLICE=always-malloc PTL_SOURCE_ROOT="$root" CK_FORK=no
export PTL_RANDOM_PLANS="${PTL_RANDOM_PLANS:-100}"
valgrind="valgrind --quiet --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite \
  --error-exitcode=99 --suppressions=/usr/share/glib-2.0/valgrind/glib.supp --suppressions=$root/tests/valgrind.supp"
logs=$build/valgrind
cli=$logs/portolan-cli
failed=

# Runs a test with its output in a log, of which the end is shown.
run() {
  name=$1
  shift
  echo "+ $name"
  if "$@" >"$logs/$name.log" 2>&1; then
    tail -n 3 "$logs/$name.log"
  else
    echo "FAILED with status $?; the end of $logs/$name.log:"
    tail -n 20 "$logs/$name.log"
    failed="$failed $name"
  fi
}

mkdir -p "$logs"
printf '#!/bin/sh\nexec %s %s "$@"\n' "$valgrind" "$build/src/cli/portolan-cli" >"$cli"
chmod +x "$cli"

ninja -C "$build" >/dev/null
for room in engine plan edit io draw; do
  # shellcheck disable=SC2086
  run "$room" $valgrind "$build/tests/test-$room"
done
cd "$root/tests"
run documents python3 documents/test_documents.py "$cli"
run corpus python3 corpus/test_schema.py "$root" "$cli"
run cli python3 cli/test_cli.py "$root" "$cli"
run draw-command python3 draw/test_draw.py "$root" "$cli"
run checks python3 rules/test_checks.py "$root" "$cli"
run rules python3 rules/test_rules.py "$root" "$cli"
run new-data python3 rules/test_new_data.py "$root" "$cli"
# The window from start to end, with what GTK keeps suppressed by the file that comes with it.
if [ -x "$build/src/app/portolan" ]; then
  window=$logs/portolan
  printf '#!/bin/sh\nexec %s --suppressions=/usr/share/gtk-4.0/valgrind/gtk.supp %s "$@"\n' \
    "$valgrind" "$build/src/app/portolan" >"$window"
  chmod +x "$window"
  run window-start /usr/bin/python3 window/test_start.py "$root" "$window"
fi
run random-plans python3 reference/test_random.py "$cli"

if [ -n "$failed" ]; then
  echo "failed:$failed"
  exit 1
fi
