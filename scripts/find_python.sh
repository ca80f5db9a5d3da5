#!/usr/bin/env bash
# Prints $PYTHON where it is set, else the first Python 3.11, else 3.12, that runs and can make a
# virtual environment.
# A name on the PATH proves nothing: pyenv's shims exist without a version behind them, and
# Debian's python3 comes without ensurepip. So each candidate is asked.
set -u

fits() { # fits PYTHON MINOR: it runs, is 3.MINOR, and can make a virtual environment
  "$1" -c "import sys, ensurepip, venv; sys.exit(sys.version_info[:2] != (3, $2))" \
    >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
  if fits "$PYTHON" 11 || fits "$PYTHON" 12; then
    command -v "$PYTHON"
    exit 0
  fi
  echo "PYTHON=$PYTHON 은 venv 모듈을 갖춘 Python 3.11 또는 3.12가 아닙니다." \
    "경로를 확인해 주세요." >&2
  exit 2
fi

for minor in 11 12; do
  for candidate in "python3.$minor" python3 python \
    "${PYENV_ROOT:-$HOME/.pyenv}/versions/3.$minor."*/bin/python; do
    if fits "$candidate" "$minor"; then
      command -v "$candidate"
      exit 0
    fi
  done
done

echo "Python 3.11 또는 3.12를 찾지 못했습니다(venv 모듈 포함). 설치한 뒤 다시 실행해 주세요." \
  "Debian·Ubuntu: apt install python3.11 python3.11-venv, 다른 곳에 있다면: make run PYTHON=파이썬_경로" >&2
exit 2
