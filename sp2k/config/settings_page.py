"""docs/settings.md, printed from the table of settings. `make docs` writes it; a test fails when it is stale."""

from pathlib import Path

from sp2k.config.env import SETTINGS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"

HEADING = """\
# Pengaturan

Halaman ini dicetak dari `sp2k/config/env.py` oleh `make docs`; jangan disunting dengan tangan.
Semua pengaturan datang dari variabel lingkungan, dan hanya yang ada di tabel ini. Variabel kosong dianggap tidak diisi.
Dengan make, pengaturan dapat ditulis di belakang perintah: `make demo PORT=8080 SP2K_DATA_DIR="/srv/data sp2k"`.

| nama | bawaan | gunanya |
|---|---|---|
"""


def page() -> str:
    """Return the page: a line a setting, in the order of the table."""
    return HEADING + "".join(
        f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else '(kosong)'} | {setting.help} |\n"
        for setting in SETTINGS
    )


def write() -> None:
    """Write the page to docs/settings.md."""
    PAGE.write_text(page(), encoding="utf-8")
