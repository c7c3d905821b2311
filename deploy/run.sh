#!/bin/sh
# Runs Quotedesk on a machine that has Python 3.11 to 3.14 and nothing else:
#
#   sh deploy/run.sh demo [...]   the sample corpus, asked a question, and the sandbox; arguments go to `quotedesk demo`
#   sh deploy/run.sh test [...]   the tests; arguments go to pytest
#   sh deploy/run.sh check        format, lint, types and import contracts
#
# The packages locked in deploy/lock go into .venv in this checkout, checked by their hashes; nothing else is touched.
# PYTHON names the interpreter that .venv is made with. pip's own settings (PIP_INDEX_URL, PIP_CERT, pip.conf ...) hold.
set -eu

fail() {
    printf '%s\n' "$1" >&2
    exit "${2-1}"
}

case ${1-} in
    demo) lock=requirements ;;
    test | check) lock=dev ;;
    *) fail "usage: sh deploy/run.sh demo|test|check [arguments]" 2 ;;
esac
command=$1
shift
CDPATH='' cd -- "$(dirname -- "$0")/.."
root=$(pwd -P)
venv=$root/.venv
unset PYTHONHOME PYTHONPATH
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0

suits() {
    "$1" -c 'import sys, sqlite3, ssl, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

find_python() {
    for python in ${PYTHON:+"$PYTHON"} python3.14 python3.13 python3.12 python3.11 python3 python; do
        if suits "$python"; then return; fi
        if [ -n "${PYTHON:-}" ]; then fail "PYTHON is $PYTHON, which is no Python 3.11 to 3.14 with venv, ssl and sqlite3."; fi
    done
    fail "Quotedesk needs Python 3.11 to 3.14 (with venv, ssl and sqlite3), and none was found: install one, or name it in PYTHON."
}

# What .venv was made from: the interpreter, the place (a checkout may move) and the lock.
stamp() {
    "$venv/bin/python" -c 'import hashlib, sys
print(sys.version, sys.prefix, hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "deploy/lock/$1.txt"
}

installed() {
    [ -f "$venv/installed-$lock" ] && [ "$(stamp $lock 2>/dev/null)" = "$(cat "$venv/installed-$lock")" ]
}

# `.venv/unfinished` stands from the first moment to the last: a .venv that holds it was broken off, and is made anew.
make_venv() {
    if [ -e "$venv/unfinished" ] || ! suits "$venv/bin/python"; then
        find_python
        echo "Making .venv with $("$python" -V)"
        rm -rf "$venv"
        mkdir "$venv"
        : >"$venv/unfinished"
        "$python" -m venv --without-pip "$venv"
    fi
}

install() {
    make_venv
    : >"$venv/unfinished"
    echo "Installing the packages of deploy/lock/$lock.txt, which takes a minute or two the first time"
    if [ ! -f "$venv/pip.whl" ] && ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        "$venv/bin/python" -m ensurepip >/dev/null 2>&1 || "$venv/bin/python" deploy/lock/fetch_pip.py "$venv/pip.whl"
    fi
    if [ -f "$venv/pip.whl" ]; then set -- "$venv/pip.whl/pip"; else set -- -m pip; fi # a wheel runs where it lies
    "$venv/bin/python" "$@" install -qq --require-hashes --only-binary :all: -r "deploy/lock/$lock.txt"
    "$venv/bin/python" - "$root" <<'END'
import pathlib, shlex, sys, sysconfig
root = pathlib.Path(sys.argv[1])
pathlib.Path(sysconfig.get_path("purelib"), "quotedesk.pth").write_text(f"{root}\n", encoding="utf-8")
command = root / ".venv/bin/quotedesk"
command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m bot "$@"\n', encoding="utf-8")
command.chmod(0o755)
END
    stamp requirements >"$venv/installed-requirements" # which the development packages include
    if [ $lock = dev ]; then stamp dev >"$venv/installed-dev"; fi
    rm "$venv/unfinished"
}

# One line where all is well, the tool's own words where not; every step runs.
step() {
    name=$1
    shift
    if said=$("$@" 2>&1); then echo "$name: ok"; else
        printf '%s\n' "$said"
        failed="$failed $name"
    fi
}

check() {
    failed=''
    step format "$venv/bin/python" -m ruff format --check .
    step lint "$venv/bin/python" -m ruff check .
    step types "$venv/bin/python" -m pyright
    step imports "$venv/bin/python" -c 'from importlinter.cli import lint_imports_command as run; run()' --no-logo
    [ -z "$failed" ] || fail "Failed:$failed"
}

installed || install
case $command in
    demo) exec "$venv/bin/quotedesk" demo "$@" ;;
    test) exec "$venv/bin/python" -m pytest "$@" ;;
    check) check ;;
esac
