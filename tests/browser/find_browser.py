"""Find a Chromium for the browser tests, or get one: the machine's own, Playwright's, Debian's package.

`python find_browser.py --install` is what `make test` calls; it prints where the browser is, or one sentence and
exit code 1. The tests themselves only look (`find_browser()`), they install nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/snap/bin/chromium")
DOWNLOAD_SECONDS = 300
QUIET_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def flags() -> list[str]:
    """Return the flags every start of the browser gets; root has no sandbox to start in."""
    return QUIET_FLAGS + (["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])


def starts(path: str) -> bool:
    """Return whether the browser at `path` really opens an empty page: a file that is there may lack libraries."""
    with tempfile.TemporaryDirectory() as profile:
        command = [path, "--headless", *flags(), f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
        try:
            answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return answer.returncode == 0 and "<html" in answer.stdout


def of_the_machine() -> list[str]:
    """Return the browsers named by SP2K_BROWSER or installed on the machine, the first to be tried first."""
    named = os.environ.get("SP2K_BROWSER", "")
    found = [shutil.which(name) for name in NAMES] + [place for place in PLACES if Path(place).exists()]
    return [path for path in [named, *found] if path]


def of_playwright() -> list[str]:
    """Return the browser Playwright downloaded for itself, if it did."""
    ask = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    try:
        answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return []
    path = answer.stdout.strip()
    return [path] if path and Path(path).exists() else []


def find_browser() -> str | None:
    """Return the path of a browser that starts, or None."""
    return next((path for path in of_the_machine() + of_playwright() if starts(path)), None)


def _ran(command: list[str], seconds: int, **environment: str) -> bool:
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def download() -> bool:
    """Let Playwright fetch its own Chromium."""
    command = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    return _ran(command, DOWNLOAD_SECONDS, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT="15000")


def debian_package() -> bool:
    """Install Debian's package, where root may."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    return _ran(["apt-get", "update"], 300, **quiet) and _ran(
        ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"], 900, **quiet
    )


def install_browser() -> str | None:
    """Return a browser that starts, getting one if the machine has none; None if none can be had."""
    found = find_browser()
    for name, get in (("unduhan Playwright", download), ("paket chromium Debian", debian_package)):
        if found:
            break
        print(f"Peramban belum ada; mencoba {name} ...", file=sys.stderr)
        found = find_browser() if get() else None
    return found


def main(arguments: list[str]) -> int:
    """Print the browser's path; exit code 1 and a sentence when there is none."""
    path = install_browser() if "--install" in arguments else find_browser()
    if path is None:
        print(
            "Salah: tidak ada peramban Chromium yang dapat dijalankan. Pasang dahulu (Debian: apt install chromium) "
            "atau sebutkan letaknya: SP2K_BROWSER=/letak/chromium make test",
            file=sys.stderr,
        )
        return 1
    print(f"Peramban untuk uji: {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
