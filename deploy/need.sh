#!/bin/sh
# Sees to it that what the build needs is there: `need.sh cc node chromium postgres python xmlsec`.
# On Debian as root it installs what is missing; elsewhere it says the exact command.
set -eu

packages=""
for need in "$@"; do
    case "$need" in
    cc) command -v cc >/dev/null 2>&1 || packages="$packages build-essential" ;;
    node)
        if ! command -v npm >/dev/null 2>&1; then
            echo "Node.js with npm is missing: install Node 20 or newer from https://nodejs.org" >&2
            exit 1
        fi
        ;;
    chromium) command -v chromium >/dev/null 2>&1 || packages="$packages chromium" ;;
    postgres) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || packages="$packages postgresql" ;;
    python) python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || packages="$packages python3-venv python3-pip" ;;
    xmlsec) command -v xmlsec1 >/dev/null 2>&1 || packages="$packages xmlsec1" ;;
    *) echo "need.sh: what is $need?" >&2; exit 2 ;;
    esac
done

if ! command -v cargo >/dev/null 2>&1; then
    echo "Rust is missing: install it from https://rustup.rs (1.95 or newer)" >&2
    exit 1
fi
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing:$packages" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # a list of package names
    apt-get install -y -qq --no-install-recommends $packages >/dev/null
else
    echo "missing:$packages" >&2
    echo "please run: sudo apt-get install$packages" >&2
    exit 1
fi
