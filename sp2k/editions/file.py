"""An edition file as read: every stage, seat, quota, title and date, in types that hold. No database is asked.

The form is described in `docs/methods/berkas-edisi.md`; what the count reads of a stage keeps the count's own words.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sp2k.accounts.roles import Role
from sp2k.base.exactyaml import YamlError, load
from sp2k.base.refusals import BadInput
from sp2k.editions.defaults import KINDS, OF_EDITIONS
from sp2k.editions.reading import Finding, Section, wrong
from sp2k.journal.canonical import NotCanonical, canonical

WHOLE_REGION = "wilayah"
DISCLOSURES = ("sendiri", "total", "semua", "calon")
COMBINATIONS = ("rata_rata", "rata_rata_pangkas", "median", "dua_arah")
SCOPES = ("semua", "kabupaten_kota")
TIE_WAYS = ("berbagi", "pleno")  # how a tie is ended after the chain; where the file is silent: the plenary
ACTS = ("kunci_aturan", "kunci_tahap", "kunci_dini", "panel", "jadwal", "pengumuman", "hasil", "terbit")
LOCK, EARLY_LOCK = "kunci_tahap", "kunci_dini"  # locking a stage after its deadline, and before
BY_KIND = LOCK  # its approvals may be declared kind of stage by kind of stage
CALENDAR_KEYS = ("mulai", "selesai", "verifikasi_sampai")
EDITION_CALENDAR_KEYS = ("libur", "pengumuman")

_CODE = r"[a-z0-9][a-z0-9-]*"
_CODE_FORM = "pakai huruf kecil, angka, dan tanda hubung"
EDITION_KEYS = (
    "edisi", "nama", "singkatan", "tahun", "wilayah", "zona", "penyelenggara", "libur", "tahap", "gelar", "persetujuan",
    "pengumuman", "keputusan", "faktor_kedua", "desa",
)  # fmt: skip
STAGE_KEYS = (
    "kode", "jenis", "nama", "tempat", "peserta", "instrumen", "kursi", "boleh_tidak_ikut", "pengungkapan",
    *CALENDAR_KEYS,
    "sumber", "gabung", "pangkas", "bila_pangkas_kurang", "bila_kosong", "bila_tanpa_lembar", "bulat", "bawaan",
    "temuan", "alasan_ekstrem", "klaim_oleh_juri", "kuota", "seri", "seri_habis", "benih",
)  # fmt: skip


class EditionFileError(BadInput):
    """An edition file that cannot be read whole; `findings` are all its faults, the message is the first few."""

    def __init__(self, name: str, findings: tuple[Finding, ...]):
        more = f" Dan {len(findings) - 5} kesalahan lain." if len(findings) > 5 else ""
        super().__init__(f"{name} tidak dapat dibaca. " + " ".join(f.sentence for f in findings[:5]) + more)
        self.findings = findings


@dataclass(frozen=True)
class Holiday:
    day: date
    name: str


@dataclass(frozen=True)
class SeatFile:
    code: str
    institution: str
    is_chair: bool


@dataclass(frozen=True)
class Quota:
    """How many go on: of each kabupaten/kota, or overall."""

    scope: str
    number: int


@dataclass(frozen=True)
class Carry:
    """What a stage takes over from an earlier one: `ganti` only for tie-breaks, `tambah` and `bobot` in points."""

    method: str
    stage: str
    weight: Decimal | None
    own_weight: Decimal | None


@dataclass(frozen=True)
class StageFile:
    """One stage. Instants are aware; `source` and the texts of `tie_breaks` are the count's own words.

    `rules` is the whole stage as read, without its dates: what is stored with the stage and what the count reads.
    """

    code: str
    kind: str
    name: str
    entrants: str
    instrument: str | None
    opens_at: datetime
    closes_at: datetime
    checks_until: datetime | None
    seats: tuple[SeatFile, ...]
    source: str
    carry: Carry | None
    quota: Quota | None
    tie_breaks: tuple[str, ...]
    may_decline: bool
    disclosure: str
    rules: Mapping

    @property
    def ends_at(self) -> datetime:
        """The last instant at which anything is taken, verification included."""
        return self.checks_until or self.closes_at


@dataclass(frozen=True)
class ApprovalRule:
    """`persons` different accounts with `role`; or a paper of that role recorded by the persons of `paper`."""

    role: str
    persons: int
    paper: "ApprovalRule | None" = None


@dataclass(frozen=True)
class Villages:
    """Which kecamatan have desa and which have none, by their codes or those of a whole kabupaten/kota."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionFile:
    """A whole edition file. `data` is the file as read, decimals as text: what is stored and hashed.

    `titles` are in full, as decreed; `short_titles` has the form for pictures of those that declare one.
    """

    code: str
    name: str
    short_name: str
    year: int
    region: str
    zone: str
    organiser: str
    holidays: tuple[Holiday, ...]
    stages: tuple[StageFile, ...]
    titles: tuple[str, ...]
    short_titles: Mapping[str, str]
    approvals: Mapping[str, tuple[ApprovalRule, ...]]
    announced_at: datetime | None
    decree: Mapping
    second_factor: tuple[str, ...]
    villages: Villages
    data: Mapping


def read_edition(text: str, *, name: str) -> EditionFile:
    """Read an edition file.

    Raises
    ------
    EditionFileError
        With every unknown key, missing key and value of a wrong kind, each a sentence naming its place.
    """
    try:
        data = load(unicodedata.normalize("NFC", text), name=name)
    except YamlError as error:
        raise EditionFileError(name, (wrong(name, str(error)),)) from None
    if not isinstance(data, Mapping):
        raise EditionFileError(name, (wrong(name, f"{name} bukan berkas edisi; isinya harus pasangan kunci dan isi."),))
    faults: list[Finding] = []
    edition = _edition(Section(data, "bagian utama", faults, EDITION_KEYS))
    if not faults:
        faults += _not_storable(edition.data)
    if faults:
        raise EditionFileError(name, tuple(faults))
    return edition


def plain(value):
    """Return data as the database and the journal keep it: decimals as their text, all else as it is."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return format(value, "f") if isinstance(value, Decimal) else value


def _edition(main: Section) -> EditionFile:
    zone = _zone(main)
    stages = [_stage(part, zone) for part in main.sections("tahap", STAGE_KEYS, place="tahap")]
    titles = _titles(main)
    if main.data.get("tahap") == []:
        main.fault('"tahap" kosong; sebuah edisi mempunyai sedikitnya satu tahap')
    return EditionFile(
        code=main.text("edisi", longest=40, pattern=_CODE, form=_CODE_FORM),
        name=main.text("nama", longest=200),
        short_name=main.text("singkatan", longest=40),
        year=main.whole("tahun", lowest=2000, highest=2100),
        region=main.text("wilayah", longest=13),
        zone=zone.key,
        organiser=main.text("penyelenggara", longest=200),
        holidays=_holidays(main),
        stages=tuple(stages),
        titles=tuple(name for name, _ in titles),
        short_titles={name: short for name, short in titles if short},
        approvals=_approvals(main),
        announced_at=main.instant("pengumuman", zone, optional=True),
        decree=_decree(main),
        second_factor=main.texts("faktor_kedua", longest=1) if main.has("faktor_kedua") else OF_EDITIONS["faktor_kedua"].value,
        villages=_villages(main),
        data=plain(main.data),
    )


def _not_storable(data: Mapping) -> list[Finding]:
    """What the journal could not hash is refused here, where it can still be mended."""
    try:
        canonical(data)
    except NotCanonical as error:
        place = str(error).partition(":")[0].removeprefix("$.")
        sentence = (
            f"Isi {place} tidak dapat disimpan: nama kunci hanya boleh huruf kecil, angka, dan garis bawah "
            "(paling banyak 32), dan teks tanpa karakter kendali."
        )
        return [wrong(place, sentence)]
    return []


def _zone(main: Section) -> ZoneInfo:
    name = main.text("zona", longest=40)
    try:
        return ZoneInfo(name or "Asia/Jakarta")
    except (KeyError, ValueError, OSError):
        main.fault(f'zona "{name}" tidak dikenal; pakai Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura')
        return ZoneInfo("Asia/Jakarta")


def _holidays(main: Section) -> tuple[Holiday, ...]:
    parts = main.sections("libur", ("tanggal", "nama"), optional=True, place="libur")
    return tuple(Holiday(part.day("tanggal"), part.text("nama", longest=120)) for part in parts)


def _stage(part: Section, zone: ZoneInfo) -> StageFile:
    seats = part.sections("kursi", ("kode", "lembaga", "ketua"), optional=True)
    _read_the_rest(part)
    return StageFile(
        code=part.text("kode", longest=30, pattern=_CODE, form=_CODE_FORM),
        kind=part.choice("jenis", KINDS),
        name=part.text("nama", longest=120),
        entrants=part.text("peserta", longest=30),
        instrument=part.text("instrumen", longest=80, optional=True),
        opens_at=part.instant("mulai", zone),
        closes_at=part.instant("selesai", zone),
        checks_until=part.instant("verifikasi_sampai", zone, optional=True),
        seats=tuple(_seat(seat) for seat in seats),
        source=part.choice("sumber", ("poin", "bawaan", "juri")),
        carry=_carry(part),
        quota=_quota(part),
        tie_breaks=part.texts("seri", longest=80, optional=True),
        may_decline=part.truth("boleh_tidak_ikut"),
        disclosure=part.choice("pengungkapan", DISCLOSURES),
        rules=plain({key: value for key, value in part.data.items() if key not in CALENDAR_KEYS}),
    )


def _seat(part: Section) -> SeatFile:
    return SeatFile(
        part.text("kode", longest=30, pattern=_CODE, form=_CODE_FORM),
        part.text("lembaga", longest=200),
        part.truth("ketua"),
    )


def _read_the_rest(part: Section) -> None:
    """Keys that only the count or the page reads: they are checked here and stay in `rules`."""
    part.text("tempat", longest=200, optional=True)
    way = part.choice("gabung", COMBINATIONS, optional=True)
    trim = part.whole("pangkas", lowest=1, highest=100, optional=True)
    part.choice("bila_pangkas_kurang", ("tolak", "rata_rata"), optional=True)
    if way == "rata_rata_pangkas" and trim is None:
        part.fault('"gabung" rata_rata_pangkas memerlukan "pangkas"')
    if way != "rata_rata_pangkas" and trim is not None:
        part.fault('"pangkas" hanya berarti bersama "gabung" rata_rata_pangkas')
    _read_tie_ways(part)
    part.text("benih", longest=200, optional=True)
    part.choice("bila_kosong", ("tolak", "abaikan"), optional=True)
    part.choice("bila_tanpa_lembar", ("tolak", "tidak_dinilai"), optional=True)
    if rounding := part.section("bulat", ("indikator", "aspek", "nilai"), optional=True):
        for key in ("indikator", "aspek", "nilai"):
            rounding.whole(key, lowest=0, highest=6, optional=True)
    _read_extremes(part)
    part.truth("klaim_oleh_juri")
    verdicts = part.data.get("temuan")
    if found := part.section("temuan", verdicts if isinstance(verdicts, Mapping) else (), optional=True):
        for verdict in found.data:
            found.number(verdict)
            if not isinstance(verdict, str) or not re.fullmatch(r"[a-z][a-z0-9_]{0,19}", verdict):
                found.fault(f'temuan "{verdict}" harus satu kata: huruf kecil, angka, garis bawah, paling banyak 20')


def _read_tie_ways(part: Section) -> None:
    ways = part.texts("seri_habis", longest=20, optional=True)
    if part.has("seri_habis") and not ways:
        part.fault(f'"seri_habis" kosong; tulis {" atau ".join(TIE_WAYS)}, atau hapus kunci itu')
    for way in ways:
        if way not in TIE_WAYS:
            part.fault(f'"seri_habis" memuat "{way}"; yang dikenal: {", ".join(TIE_WAYS)}')
    if len(set(ways)) < len(ways):
        part.fault('"seri_habis" memuat satu cara dua kali')


def _read_extremes(part: Section) -> None:
    """Beyond which marks a juror says why."""
    if extremes := part.section("alasan_ekstrem", ("di_bawah", "di_atas"), optional=True):
        below = extremes.number("di_bawah", optional=True)
        above = extremes.number("di_atas", optional=True)
        if below is None and above is None:
            extremes.fault('harus memuat "di_bawah", "di_atas", atau keduanya')
        elif None not in (below, above) and below > above:
            extremes.fault('"di_bawah" lebih besar daripada "di_atas", sehingga setiap nilai memerlukan alasan')


def _carry(part: Section) -> Carry | None:
    carry = part.section("bawaan", ("cara", "tahap", "bobot", "bobot_tahap"), optional=True)
    if carry is None:
        return None
    return Carry(
        carry.choice("cara", ("ganti", "tambah", "bobot")),
        carry.text("tahap", longest=30),
        carry.number("bobot", optional=True),
        carry.number("bobot_tahap", optional=True),
    )


def _quota(part: Section) -> Quota | None:
    quota = part.section("kuota", ("lingkup", "jumlah"), optional=True)
    if quota is None:
        return None
    return Quota(quota.choice("lingkup", SCOPES), quota.whole("jumlah", lowest=1, highest=10_000))


def _titles(main: Section) -> list[tuple[str, str | None]]:
    """Each title with its short form or None; an item is a text, or `nama` with `pendek` for pictures."""
    plain_or_both = main.data.get("gelar")
    if not isinstance(plain_or_both, list) or not any(isinstance(item, Mapping) for item in plain_or_both):
        return [(name, None) for name in main.texts("gelar", longest=80)]
    named = [item if isinstance(item, Mapping) else {"nama": item} for item in plain_or_both]
    parts = [Section(item, f"gelar ke-{n}", main.faults, ("nama", "pendek")) for n, item in enumerate(named, start=1)]
    return [(part.text("nama", longest=80), part.text("pendek", longest=40, optional=True)) for part in parts]


def _approvals(main: Section) -> dict[str, tuple[ApprovalRule, ...]]:
    acts = main.section("persetujuan", ACTS)
    if acts is None:
        return {}
    found = {act: _rules(acts, act) for act in ACTS if acts.has(act) and not _is_by_kind(acts, act)}
    if acts.has(BY_KIND) and _is_by_kind(acts, BY_KIND):
        kinds = acts.section(BY_KIND, KINDS)
        found |= {f"{BY_KIND} {kind}": _rules(kinds, kind) for kind in KINDS if kinds.has(kind)}
    return found


def _is_by_kind(acts: Section, act: str) -> bool:
    return act == BY_KIND and isinstance(acts.data.get(act), Mapping)


def _rules(part: Section, key: str) -> tuple[ApprovalRule, ...]:
    return tuple(_approval(rule) for rule in part.sections(key, ("peran", "orang", "kertas_oleh"), optional=True))


def _approval(part: Section, *, is_paper: bool = False) -> ApprovalRule:
    paper = None if is_paper else part.section("kertas_oleh", ("peran", "orang"), optional=True)
    return ApprovalRule(
        part.choice("peran", Role.values),
        part.whole("orang", lowest=1, highest=20),
        _approval(paper, is_paper=True) if paper else None,
    )


def _villages(main: Section) -> Villages:
    part = main.section("desa", ("ada", "tidak_ada"), optional=True)
    if part is None:
        return Villages()
    return Villages(*(part.texts(key, longest=8, optional=True) for key in ("ada", "tidak_ada")))


def _decree(main: Section) -> Mapping:
    """Here the wording only has to be a mapping; `decree.py` reads and checks its words."""
    decree = main.data.get("keputusan")
    if decree is not None and not isinstance(decree, Mapping):
        main.fault('"keputusan" harus berupa pasangan kunci dan isi')
        return {}
    return plain(decree or {})
