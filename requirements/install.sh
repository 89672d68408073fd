#!/bin/sh
# Sets up .venv for one level of requirements: run, test or dev. Called by the Makefile from the project folder.
#
# Every package is pinned by hash. uv does it in seconds; where it cannot start or cannot reach a source that pip is
# configured for, plain pip reads the same files. No source of packages is named here: that is the machine's own setting.
set -eu

level=$1
venv=.venv
python=$venv/bin/python

fail() {
    printf 'Salah: %s\n' "$1" >&2
    exit 2
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# The Python to build with: the one named by PYTHON=, else the first on the path that is new enough.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        new_enough "$PYTHON" || fail "PYTHON=$PYTHON bukan Python 3.11 atau lebih baru; sebutkan yang lain, misalnya: make install PYTHON=python3.11"
        printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3 python3.11 python3.12 python3.13 python3.14 python; do
        if new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "Python 3.11 atau lebih baru tidak ada di mesin ini; pasang dahulu (Debian/Ubuntu: sudo apt install python3 python3-venv), atau sebutkan letaknya: make install PYTHON=/letak/python3"
}

make_venv() {
    base=$(find_python)
    "$base" -c 'import venv' 2>/dev/null || fail "Modul venv tidak ada pada $base; pasang dahulu (Debian/Ubuntu: sudo apt install python3-venv), lalu ulangi perintah ini."
    "$base" -c 'import ensurepip' 2>/dev/null || fail "pip bawaan (ensurepip) tidak ada pada $base; pasang dahulu (Debian/Ubuntu: sudo apt install python3-venv), lalu ulangi perintah ini."
    echo "Menyiapkan $venv dengan $("$base" --version) ..."
    "$base" -m venv --clear "$venv" || fail "Lingkungan $venv tidak dapat dibuat; periksa ruang kosong dan izin menulis di $PWD."
}

venv_is_usable() {
    [ -x "$python" ] && new_enough "$python" && "$python" -m pip --version >/dev/null 2>&1 &&
        [ "$(cat "$venv/.place" 2>/dev/null)" = "$PWD" ]
}

# pip's own source of packages, told to uv through its environment: uv does not read pip's settings.
borrow_pip_settings() {
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
        index=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}
        if [ -n "$index" ]; then
            export UV_DEFAULT_INDEX="$index"
        fi
    fi
    certificate=${PIP_CERT:-$("$python" -m pip config get global.cert 2>/dev/null || true)}
    if [ -z "${SSL_CERT_FILE:-}" ] && [ -n "$certificate" ]; then
        export SSL_CERT_FILE="$certificate"
    fi
}

with_uv() {
    "$python" -m pip install --quiet --only-binary :all: --require-hashes -r requirements/bootstrap.txt 2>/dev/null &&
        "$venv/bin/uv" pip sync --quiet --python "$python" --require-hashes "requirements/$level.txt" 2>"$venv/uv.log" &&
        "$venv/bin/uv" pip install --quiet --python "$python" --no-deps --no-build-isolation -e . 2>>"$venv/uv.log"
}

with_pip() {
    "$python" -m pip install --quiet --no-deps --require-hashes -r "requirements/$level.txt" &&
        "$python" -m pip install --quiet --no-index --no-deps --no-build-isolation -e .
}

# A virtual environment keeps the highest level it was ever given, so that `make demo` takes no tool from a developer.
if venv_is_usable; then
    for higher in test dev; do
        if [ -e "$venv/.installed-$higher" ] && [ "$level" != dev ]; then
            level=$higher
        fi
    done
else
    make_venv
fi

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0
export UV_SYSTEM_CERTS=1 UV_NO_PROGRESS=1 UV_LINK_MODE=copy UV_HTTP_RETRIES=1
unset PYTHONPATH PYTHONHOME
borrow_pip_settings
echo "Memasang paket ($level.txt) ..."
if ! with_uv; then
    echo "uv tidak dapat dipakai di sini; dilanjutkan dengan pip ..."
    with_pip || fail "Paket tidak dapat dipasang; periksa sambungan internet atau pengaturan pip di mesin ini, lalu ulangi perintah ini."
fi

printf '%s\n' "$PWD" >"$venv/.place"
case $level in
dev) touch "$venv/.installed-run" "$venv/.installed-test" "$venv/.installed-dev" ;;
test) touch "$venv/.installed-run" "$venv/.installed-test" ;;
*) touch "$venv/.installed-run" ;;
esac
