#!/usr/bin/env bash
# Makes .venv where there is none that works, and installs into it what install.py says is missing.
#   scripts/install.sh            what the product needs
#   scripts/install.sh --dev      and what the tests need
set -eu
cd "$(dirname "$0")/.."

if ! .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
  python="$(scripts/find_python.sh)"
  echo "파이썬 가상환경(.venv)을 만듭니다: $("$python" --version)"
  "$python" -m venv --clear .venv
fi
exec .venv/bin/python scripts/install.py "$@"
