#!/bin/sh
# check.sh PATH… [OPTION]…: `strategy-advisor check` of this checkout, in the current folder. Builds it where it is not built.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
[ -f "$here/dist/cli.mjs" ] || (cd "$here" && npm ci --silent && npm run --silent build) >/dev/null
exec node "$here/dist/cli.mjs" check "$@"
