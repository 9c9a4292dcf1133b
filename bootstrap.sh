#!/bin/sh
# Make .venv from uv.lock on a machine that has nothing but python3. Prints what it does; needs no root.
#
#   sh bootstrap.sh [--group docs]
#
# PYTHON names the interpreter (default: the first of python3, python3.13 ... that is new enough). uv is taken from
# PATH if it is there, else brought into .uv/ by whatever this machine has: venv, pip, or Debian's own pip wheel.
set -u
cd "$(dirname "$0")" || exit 1

UV_VERSION=0.13.9
OLDEST_UV=8 # uv 0.8 reads this lock
here=$PWD/.uv

say() { printf '%s\n' "ondit: $*" >&2; }
stop() {
  printf '\n' >&2
  while [ $# -gt 0 ]; do say "$1"; shift; done
  exit 1
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    new_enough "$python" && return
  done
  found=$("${PYTHON:-python3}" --version 2>&1) || found="no python3"
  stop "Ondit needs Python 3.11 or later; this machine has: $found." \
    "Install a later one (Debian 12 and Ubuntu 24.04 have it: apt-get install python3)," \
    "or name it: make demo PYTHON=/path/to/python3.12"
}

# A uv that runs and is not too old for the lock.
usable() {
  version=$("$1" --version 2>/dev/null) || return 1
  minor=$(printf '%s' "$version" | sed -n 's/^uv 0\.\([0-9]*\)\..*/\1/p')
  [ -z "$minor" ] || [ "$minor" -ge "$OLDEST_UV" ]
}

pip_install() { # how pip is called...
  "$@" install --quiet --disable-pip-version-check --retries 2 --timeout 30 --target "$here/lib" \
    --upgrade --only-binary :all: "uv==$UV_VERSION" >>"$here/log" 2>&1
}

with_venv() {
  "$python" -m venv "$here/venv" >>"$here/log" 2>&1 && pip_install "$here/venv/bin/python" -m pip
}

with_pip() { "$python" -m pip --version >>"$here/log" 2>&1 && pip_install "$python" -m pip; }

# Debian takes ensurepip out of python3, but keeps pip as a wheel in a package that needs no installing.
with_debian_wheel() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  lists=$here/apt && mkdir -p "$lists/lists/partial" "$lists/cache/archives/partial" || return 1
  set -- -qq -o Dir::State::lists="$lists/lists" -o Dir::Cache="$lists/cache" -o Debug::NoLocking=1 \
    -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none
  (apt-get "$@" update && cd "$lists" && apt-get "$@" download python3-pip-whl &&
    dpkg-deb -x python3-pip-whl_*.deb .) >>"$here/log" 2>&1 || return 1
  wheel=$(ls "$lists"/usr/share/python-wheels/pip-*.whl 2>/dev/null) || return 1
  pip_install "$python" "$wheel/pip"
}

find_uv() {
  for uv in uv "$here/bin/uv"; do usable "$uv" && return; done
  mkdir -p "$here/bin" && : >"$here/log" || stop "cannot write to $PWD"
  say "fetching uv $UV_VERSION, which makes the environment ..."
  for way in with_venv with_pip with_debian_wheel; do
    printf '\n== %s\n' "$way" >>"$here/log"
    $way && mv -f "$here/lib/bin/uv" "$here/bin/uv" && break
  done
  rm -rf "$here/venv" "$here/lib" "$here/apt"
  uv=$here/bin/uv
  usable "$uv" && return
  tail -n 15 "$here/log" >&2
  if "$python" -c 'import ensurepip' 2>/dev/null || "$python" -m pip --version >/dev/null 2>&1; then
    unreachable
  fi
  stop "Python is here, but neither its venv nor its pip, so nothing can be fetched." \
    "As root: apt-get install python3-venv   (then say make again)" \
    "If that fails too, the network or a proxy is in the way."
}

unreachable() {
  stop "The Python package index cannot be reached (or refuses; see the lines above)." \
    "Ondit works offline, but its libraries have to be fetched once. Check the network; behind a proxy set" \
    "HTTPS_PROXY, and SSL_CERT_FILE where it signs with a certificate of its own. Then say make again."
}

sync() {
  log=$here.log
  say "making .venv from uv.lock (a minute or two the first time) ..."
  UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 UV_PROJECT_ENVIRONMENT=.venv \
    "$uv" sync --locked --quiet --python "$python" "$@" 2>"$log" && { rm -f "$log"; return; }
  cat "$log" >&2
  if grep -q -i -E 'connect|dns|resolve host|timed out|sending request|certificate|tunnel|offline|fetch' "$log"; then
    unreachable
  fi
  stop "The environment could not be made from uv.lock; uv says why above."
}

find_python
find_uv
sync "$@"
say "ready: .venv ($(.venv/bin/python --version))"
