"""Every setting that may be set from outside: one table with name, default and help."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One environment variable. `default` is text, as it would be typed."""

    name: str
    default: str
    help: str

    def value(self) -> str:
        """What the environment says, or the default; an empty variable counts as not set."""
        return os.environ.get(self.name, "").strip() or self.default


SETTINGS = [
    Setting("SP2K_DATA_DIR", "./data", "Folder basis data, berkas bukti, dan kata sandi contoh."),
    Setting("PORT", "8000", "Porta server."),
    Setting("SP2K_HOSTS", "localhost,127.0.0.1,[::1]", "Nama host yang boleh dipakai pengunjung, dipisah koma."),
    Setting(
        "SP2K_SECRET_KEY", "", "Kunci rahasia; bila kosong dibuat sekali dan disimpan di SP2K_DATA_DIR/secret-key."
    ),
    Setting("SP2K_DEBUG", "0", "1 menampilkan rincian galat; hanya untuk pengembang."),
    Setting("SP2K_DEMONSTRATION", "0", "1 menyajikan data contoh; diatur sendiri oleh `sp2k demo`."),
    Setting(
        "SP2K_PROXIES", "0", "Banyaknya proksi sendiri di depan server; alamat pengunjung dibaca dari X-Forwarded-For mereka."
    ),
    Setting(
        "SP2K_BUSY_SECONDS", "20", "Berapa detik penyimpanan menunggu basis data yang sedang dipakai proses lain."
    ),
    Setting("SP2K_HTTPS", "0", "1 bila situs disajikan lewat HTTPS; mengatur kuki, HSTS, dan pengalihan."),
]
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def setting(name: str) -> str:
    """Return the value of a setting named in the table; a name not in the table is a KeyError."""
    return _BY_NAME[name].value()


def is_on(name: str) -> bool:
    """Return whether a switch is on: 1, ya, true or on."""
    return setting(name).lower() in {"1", "ya", "true", "on"}


def is_off(name: str) -> bool:
    """Return whether a switch is off by what the environment says, not by its default."""
    return os.environ.get(_BY_NAME[name].name, "").strip() == "0"


def whole_number(name: str) -> int:
    """Return a setting that is a whole number; what is none counts as not set."""
    return int(setting(name) if setting(name).isdecimal() else _BY_NAME[name].default)
