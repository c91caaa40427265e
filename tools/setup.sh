#!/bin/sh
# Sets up what the Makefile's targets need, and does nothing twice.
#
#   tools/setup.sh          for the booklet: .venv, and the libraries that lay out text
#   tools/setup.sh check    for looking at the code as well: the packages of the tests
#   tools/setup.sh tests    for the tests as well: poppler's tools and a Java runtime
#   tools/setup.sh slow     for the slow tests too: Chromium, and Xvfb for it to print on
#   tools/setup.sh wheel    for the booklet and for building the package
#
# PYTHON=…    the interpreter to build .venv with
# NO_APT=1    install nothing on the system: only say what is missing
#
# Ends with 3 if the machine lacks something that this script may not install.

set -eu
unset CDPATH
cd -- "$(dirname -- "$0")/.."

wanted=${1:-booklet}
case $wanted in
    booklet) locks="requirements.lock" ;;
    check | tests) locks="requirements.lock requirements-tests.lock" ;;
    slow) locks="requirements.lock requirements-tests.lock requirements-slow.lock requirements-wheel.lock" ;;
    wheel) locks="requirements.lock requirements-wheel.lock" ;;
    *)
        sed -n '2,/^$/s/^# \{0,1\}//p' tools/setup.sh
        exit 2
        ;;
esac
case "${OS:-}" in
    Windows_NT) bin=.venv/Scripts ;;
    *) bin=.venv/bin ;;
esac
if [ "$(uname -s)" = Darwin ] && command -v brew >/dev/null; then
    # The loader does not look into Homebrew's folder by itself.
    DYLD_FALLBACK_LIBRARY_PATH="$(brew --prefix)/lib"
    export DYLD_FALLBACK_LIBRARY_PATH
fi

say() { printf '%s\n' "setup: $*" >&2; }

stop() {
    say "$*"
    exit 3
}

# --- Python -----------------------------------------------------------------

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

has_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null
}

find_python() { # the first that is new enough and has venv, else the first new enough
    without_venv=
    set -- python3.13 python3.12 python3.11 python3 python
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; fi
    for candidate; do
        if is_new_enough "$candidate"; then
            if has_venv "$candidate"; then
                printf '%s\n' "$candidate"
                return
            fi
            without_venv=${without_venv:-$candidate}
        fi
    done
    [ -n "$without_venv" ] && printf '%s\n' "$without_venv"
}

# --- What the system must hold ----------------------------------------------
# Everything is named after its Debian package.

# Opens each library as WeasyPrint will, and prints the packages of those that do not open.
missing_libraries() {
    "$1" - <<'END'
import ctypes
import ctypes.util
import os
from contextlib import suppress

if hasattr(os, "add_dll_directory"):
    for folder in (r"C:\msys64\ucrt64\bin", r"C:\msys64\mingw64\bin"):
        with suppress(OSError):
            os.add_dll_directory(folder)


def opens(stem):
    names = [f"lib{stem}.so.0", f"lib{stem}.dylib", f"lib{stem}.0.dylib", f"lib{stem}-0.dll"]
    for name in [*names, ctypes.util.find_library(stem)]:
        with suppress(OSError):
            if name and ctypes.CDLL(name):
                return True
    return False


packages = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
print(*(package for stem, package in packages.items() if not opens(stem)))
END
}

java_version() { # 17 for "17.0.2", 8 for "1.8.0_292", 0 for none
    java=java
    if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; fi
    version=$("$java" -version 2>&1 |
        sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
    printf '%s\n' "${version:-0}"
}

has_any() { # of these programs
    for program; do
        if command -v "$program" >/dev/null; then return; fi
    done
    return 1
}

runs_tests() { [ "$wanted" = tests ] || [ "$wanted" = slow ]; }

find_missing() { # the python to look with; sets $missing
    missing=$(missing_libraries "$1")
    if [ "$1" != "$bin/python" ] && ! has_venv "$1"; then missing="python3-venv $missing"; fi
    if runs_tests; then
        if ! { command -v pdfinfo && command -v pdftotext; } >/dev/null; then
            missing="$missing poppler-utils"
        fi
        if [ "$(java_version)" -lt 11 ]; then missing="$missing default-jre-headless"; fi
    fi
    if [ "$wanted" = slow ]; then
        if ! has_any chromium google-chrome; then missing="$missing chromium"; fi
        if [ "$(uname -s)" = Linux ] && ! has_any Xvfb; then missing="$missing xvfb"; fi
    fi
    # shellcheck disable=SC2086,SC2116  # drops the spaces around what is not missing
    missing=$(echo $missing)
}

apt_install() {
    if [ -n "${NO_APT:-}" ] || ! command -v apt-get >/dev/null; then return 1; fi
    if [ "$(id -u)" = 0 ]; then
        as_root="env"
    elif sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    else
        return 1
    fi
    say "installing $* with apt-get"
    apt="$as_root DEBIAN_FRONTEND=noninteractive apt-get -qq"
    $apt install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
        { $apt update && $apt install -y --no-install-recommends "$@" >/dev/null; }
}

# Prints the command that installs the packages named after the manager's own name.
command_to_type() {
    manager=$1
    shift
    tests=
    slow=
    if runs_tests; then tests=yes; fi
    if [ "$wanted" = slow ]; then slow=yes; fi
    case $manager in
        apt-get) echo "sudo apt-get install -y $*" ;;
        dnf) echo "sudo dnf install -y python3 pango harfbuzz${tests:+ poppler-utils java-latest-openjdk-headless}${slow:+ chromium xorg-x11-server-Xvfb}" ;;
        brew) echo "brew install python pango harfbuzz${tests:+ poppler && brew install --cask temurin}${slow:+ chromium}" ;;
        pacman) # MSYS2 names its packages after the environment and has no Java
            of=${MINGW_PACKAGE_PREFIX:-mingw-w64-ucrt-x86_64}
            echo "pacman -S --needed $of-pango $of-harfbuzz${tests:+ $of-poppler   (and any Java runtime from 11 on${slow:+, and Chrome})}"
            ;;
    esac
}

stop_for() { # what is missing
    say "missing on this system: $*"
    known=
    for manager in apt-get dnf brew pacman; do
        if command -v "$manager" >/dev/null; then
            known=$manager
            break
        fi
    done
    for manager in ${known:-apt-get dnf brew pacman}; do
        say "type: $(command_to_type "$manager" "$@")"
    done
    stop "then run the same command again"
}

need_system_packages() { # the python to look with
    find_missing "$1"
    if [ -z "$missing" ]; then return; fi
    # shellcheck disable=SC2086  # a list of names
    apt_install $missing || stop_for $missing
    find_missing "$1"
    # shellcheck disable=SC2086
    if [ -n "$missing" ]; then stop_for $missing; fi
}

# --- .venv ------------------------------------------------------------------
# Each step writes a stamp when it is done: what the step depended on. While a step changes what
# is installed, its stamp says so, and a .venv that was left like this is made anew.

place_key="$(pwd -P)"
package_key="$(cat pyproject.toml clinicpress/__init__.py tools/in_place.py | cksum)"
wheels=.venv/wheels

stamp_of() { printf '%s\n' ".venv/$1.stamp"; }

holds() { [ "$(cat "$(stamp_of "$1")" 2>/dev/null)" = "$2" ]; }

stamp() { printf '%s\n' "$2" >"$(stamp_of "$1")"; }

lock_key() { cksum <"$1"; }

venv_is_sound() {
    holds place "$place_key" && ! grep -qx begun .venv/*.stamp &&
        "$bin/python" -c 'import pip' 2>/dev/null
}

pip_quietly() { "$bin/python" -m pip "$@" --quiet --disable-pip-version-check; }

make_venv() { # the python to make it with
    rm -rf .venv
    say "making .venv with $("$1" --version)"
    "$1" -m venv .venv
    stamp place "$place_key"
}

what_for() { # a lock
    case $1 in
        *-tests.lock) echo "what the tests need" ;;
        *-slow.lock) echo "what the slow tests need" ;;
        *-wheel.lock) echo "what builds the package" ;;
        *) echo "what printing needs" ;;
    esac
}

# What cannot be fetched leaves what is installed as it is, and need not be fetched twice.
install_locked() { # a lock
    say "installing $(what_for "$1"), as pinned in $1"
    pip_quietly download --require-hashes --only-binary :all: --dest "$wheels" -r "$1" ||
        stop "the packages could not be fetched; mend the cause above and run this again"
    stamp "$1" begun
    pip_quietly install --no-index --find-links "$wheels" --require-hashes -r "$1" ||
        stop "the packages could not be installed; mend the cause above and run this again"
    stamp "$1" "$(lock_key "$1")"
    rm -rf "$wheels"
}

install_package() {
    say "installing clinicpress from this folder"
    mkdir -p "$wheels"
    wheel=$("$bin/python" tools/in_place.py "$wheels")
    stamp package begun
    pip_quietly install --no-index --no-deps --force-reinstall "$wheel" ||
        stop "clinicpress could not be installed; mend the cause above and run this again"
    stamp package "$package_key"
    rm -rf "$wheels"
}

if venv_is_sound; then
    python=$bin/python
else
    python=$(find_python) || { [ -z "${PYTHON:-}" ] && apt_install python3-venv && python=$(find_python); } ||
        stop "Python 3.11 or newer is needed${PYTHON:+, and $PYTHON is not};" \
            "install it (Debian, Ubuntu: sudo apt-get install -y python3-venv) or name one with PYTHON=…"
fi
need_system_packages "$python"
if [ "$python" != "$bin/python" ]; then make_venv "$python"; fi
for lock in $locks; do
    if ! holds "$lock" "$(lock_key "$lock")"; then install_locked "$lock"; fi
done
if ! holds package "$package_key"; then install_package; fi
