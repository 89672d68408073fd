"""Accounts of the demonstration: one ready login a role, and people behind the desks who cannot sign in."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.base.faults.whole_files import write_whole
from sp2k.regions.models import Region

# fmt: off
_WORDS = (  # noqa: SIM905  a list is easier to read and to extend as one text
    "padi kopi jati bambu melati sawah ladang sungai gunung pantai rawa hutan kelapa pinang cengkeh pala "
    "kunyit jahe tebu randu mangga durian salak nangka sirih serai kemiri lontar garam perahu jala layar "
    "dayung lumbung gapura "
).split()
# fmt: on


@dataclass(frozen=True)
class Login:
    """A ready login: what it is for, its name, and its roles as pairs of letter and region code."""

    purpose: str
    username: str
    name: str
    roles: tuple[tuple[str, str], ...]


def ready_logins(region: str, regency: str, kecamatan: str) -> list[Login]:
    """The logins that get a password, for an edition of `region` shown through one regency and one kecamatan."""
    return [
        Login("Penyelenggara provinsi", "provinsi", "Penyelenggara Provinsi (contoh)", (("B", region),)),
        Login(
            "Penyelenggara provinsi, orang kedua", "provinsi2", "Penyelenggara Provinsi 2 (contoh)", (("B", region),)
        ),
        Login("Penyelenggara kabupaten/kota", "kabupaten", "Penyelenggara Kabupaten (contoh)", (("R", regency),)),
        Login("Verifikator kabupaten/kota", "verifikator", "Verifikator Kabupaten (contoh)", (("V", regency),)),
        Login("Camat dan staf", "camat", "Operator Kecamatan (contoh)", (("C", kecamatan),)),
        Login("Ketua juri", "ketua", "Ketua Juri (contoh)", (("K", region),)),
        Login("Juri", "juri", "Juri 2 (contoh)", (("J", region),)),
        Login("Pengawas", "pengawas", "Pengawas Inspektorat (contoh)", (("I", region),)),
        Login("Pimpinan", "pimpinan", "Pimpinan (contoh)", (("G", region),)),
        Login("Administrator sistem", "admin", "Administrator (contoh)", (("T", region),)),
    ]


def make_logins(logins: list[Login]) -> list[tuple[Login, str]]:
    """Create the ready logins and return each with its fresh password of four words."""
    made = []
    for login in logins:
        password = "-".join(secrets.choice(_WORDS) for _ in range(4))
        create_user(login.username, login.name, roles=list(login.roles), password=password)
        made.append((login, password))
    return made


def write_logins(path: Path, made: list[tuple[Login, str]]) -> None:
    """Write the logins to a file that only its owner may read."""
    lines = [f"{login.purpose:<38} {login.username:<12} {password}" for login, password in made]
    text = "Data contoh. Faktor kedua mati pada data peragaan.\n" + "\n".join(lines) + "\n"
    write_whole(path, text.encode())


@dataclass
class Crew:
    """Who acts in a regency and on the panels, made when first asked for; none of them can sign in."""

    region: str

    def of_regency(self, role: str, regency: Region) -> User:
        """The sample organiser, verifier or operator of a regency."""
        word = {"R": "penyelenggara", "V": "verifikator", "C": "operator"}[role]
        return self._person(
            f"{word}-{regency.code}", f"{word.capitalize()} {regency.name} (contoh)", role, regency.code
        )

    def operator(self, kecamatan: Region) -> User:
        """The operator of a kecamatan: the ready one where it is hers, else the sample operator of its regency."""
        ready = User.objects.filter(username="camat", memberships__region=kecamatan).first()
        return ready or self.of_regency("C", kecamatan.parent)

    def juror(self, number: int) -> User:
        """The person in the panel's seat of that number: chair first, then the ready juror, then others."""
        if ready := User.objects.filter(username={1: "ketua", 2: "juri"}.get(number, "")).first():
            return ready
        return self._person(f"juri-{number}", f"Juri {number} (contoh)", "J", self.region)

    def _person(self, username, name, role, code) -> User:
        return User.objects.filter(username=username).first() or create_user(username, name, roles=[(role, code)])
