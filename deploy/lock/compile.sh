#!/bin/sh
# Writes the lock files anew from pyproject.toml, with uv (UV names it; `pip install uv` brings it).
# Pins stay as they are unless they must move; `sh deploy/lock/compile.sh --upgrade` moves all of them.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."

compile() {
    output=$1
    shift
    "${UV:-uv}" pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
        --no-emit-find-links --custom-compile-command "sh deploy/lock/compile.sh" --output-file "deploy/lock/$output" "$@"
}

compile requirements.txt pyproject.toml "$@"
compile dev.txt pyproject.toml --group dev "$@"
echo pip | compile pip.txt - "$@"
