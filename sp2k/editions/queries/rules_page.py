"""The rules of an edition in words, part by part: exactly what the lock's hash is taken of, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.accounts.roles import Role
from sp2k.base.language import spoken_instant
from sp2k.base.wording import number_in_words
from sp2k.editions.defaults import caution_of, silent_in_edition, silent_in_stage
from sp2k.editions.file import ACTS, EDITION_CALENDAR_KEYS, EDITION_KEYS
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import rules_content
from sp2k.editions.queries.acts import act_name
from sp2k.instruments.models import Instrument
from sp2k.journal.canonical import canonical
from sp2k.regions.queries import names_at, regions_listed_as


@dataclass(frozen=True)
class Line:
    """One key of the rules: its name, what stands under it as one sentence or several, and the key itself."""

    key: str
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part of the rules; `silent` are the keys it leaves out, each with what holds instead."""

    title: str
    lines: tuple[Line, ...]
    silent: tuple[Line, ...] = ()


@dataclass(frozen=True)
class UsedInstrument:
    """An instrument by the hash that the lock takes in."""

    code: str
    name: str
    n_indicators: int
    sha256: str
    stages: tuple[str, ...]


@dataclass(frozen=True)
class RulesPage:
    main: Part
    stages: tuple[Part, ...]
    decree: Part
    instruments: tuple[UsedInstrument, ...]
    canonical: str
    cautions: tuple[str, ...] = ()


def rules_page(edition: Edition) -> RulesPage:
    """Return the rules as they are, or will be, locked."""
    content = rules_content(edition)
    main = {key: content[key] for key in content if key not in ("tahap", "keputusan", "sidik_instrumen")}
    if main.get("desa"):
        main["desa"] = _with_names(main["desa"], edition.regions_at)
    return RulesPage(
        Part(_("Edisi"), tuple(_lines(main, EDITION_KEYS)), _silent(silent_in_edition(edition.rules))),
        tuple(
            Part(str(stage.get("nama", "")), tuple(_lines(stage, ())), _silent(silent_in_stage(whole)))
            for stage, whole in zip(content["tahap"], edition.rules["tahap"], strict=True)
        ),
        Part(_("Surat keputusan"), tuple(_lines(content.get("keputusan") or {}, ()))),
        _instruments(content),
        canonical(content).decode(),
        tuple(str(said) for stage in edition.rules["tahap"] if (said := caution_of(stage))),
    )


def past_dates(edition: Edition, now: datetime) -> tuple[str, ...]:
    """The stages of a draft whose last deadline has passed: locked like this they would take nothing from anybody."""
    if edition.has_locked_rules:
        return ()
    past = [stage for stage in edition.stages.all() if stage.has_ended(now)]
    return tuple(f"{stage.name}: {spoken_instant(stage.ends_at, edition.zone)}" for stage in past)


def not_in_the_lock() -> tuple[str, ...]:
    """Return the keys that stay outside of the hash: what can still change after the lock."""
    return EDITION_CALENDAR_KEYS


def _with_names(villages: Mapping[str, list], at: datetime) -> dict[str, list[str]]:
    """The codes with the names that the edition's own list of regions gives them: a newer list may have exchanged codes."""
    listed = regions_listed_as([code for codes in villages.values() for code in codes or ()], at=at)
    renamed = names_at([region.code for region in listed.values()], at)
    named = {code: f"{code} {renamed.get(region.code, region.name)}" for code, region in listed.items()}
    return {key: [named.get(code, code) for code in codes or ()] for key, codes in villages.items()}


def _silent(found: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(Line(key, _labels().get(key) or _named_act(key), (words,)) for key, words in found.items())


def _named_act(key: str) -> str:
    return str(act_name(key)) if key in ACTS else key


def _instruments(content: Mapping) -> tuple[UsedInstrument, ...]:
    pairs = dict(tuple(pair) for pair in content["sidik_instrumen"])
    rows = Instrument.objects.filter(code__in=pairs).order_by("code")
    return tuple(
        UsedInstrument(
            row.code, row.name, row.n_indicators, pairs[row.code],
            tuple(stage["nama"] for stage in content["tahap"] if stage.get("instrumen") == row.code),
        )
        for row in rows
    )  # fmt: skip


def _lines(data: Mapping, order: Iterable[str]) -> Iterable[Line]:
    keys = [*(key for key in order if key in data), *(key for key in data if key not in order)]
    for key in keys:
        if data[key] is not None:
            yield Line(key, _labels().get(key, key), tuple(_in_words(key, data[key])))


def _in_words(key: str, value) -> Iterable[str]:
    reader = _READERS.get(key)
    if reader is not None:
        yield from reader(value)
    elif isinstance(value, list):
        yield from (_choices().get((key, item)) or _plain(item) for item in value)
    elif isinstance(value, Mapping):
        yield from (f"{name}: {_plain(item)}" for name, item in value.items())
    else:
        yield _choices().get((key, value)) or _plain(value)


def _plain(value) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return value if isinstance(value, str) else canonical(value).decode()


def _seats(seats) -> Iterable[str]:
    for seat in seats:
        chair = f", {_('ketua')}" if seat.get("ketua") else ""
        yield f"{seat['lembaga']} ({seat['kode']}){chair}"


def _quota(quota) -> Iterable[str]:
    number = number_in_words(quota["jumlah"])
    if quota["lingkup"] == "semua":
        yield _("%(n)s dari semua peserta") % {"n": number}
    else:
        yield _("%(n)s dari tiap kabupaten/kota") % {"n": number}


def _carry(carry) -> Iterable[str]:
    told = {key: _comma(carry[key]) for key in ("bobot", "bobot_tahap") if carry.get(key) is not None}
    told["stage"] = carry["tahap"]
    if carry["cara"] == "bobot":
        yield _("%(bobot_tahap)s × nilai tahap ini + %(bobot)s × nilai tahap %(stage)s") % told
    elif carry["cara"] == "tambah":
        told.setdefault("bobot", "1")
        yield _("nilai tahap ini, bila ada, + %(bobot)s × nilai tahap %(stage)s") % told
    else:
        yield _("nilai tahap %(stage)s hanya memutus seri") % told


def _rounding(rounding) -> Iterable[str]:
    for part, decimals in rounding.items():
        yield ngettext(
            "%(part)s: %(n)s desimal, setengah ke atas",
            "%(part)s: %(n)s desimal, setengah ke atas",
            decimals,
        ) % {"part": part, "n": decimals}


def _findings(verdicts) -> Iterable[str]:
    for verdict, points in verdicts.items():
        yield _("%(verdict)s: %(points)s poin") % {"verdict": verdict.replace("_", " "), "points": _comma(points)}


def _approvals(acts) -> Iterable[str]:
    for act, rules in acts.items():
        if isinstance(rules, Mapping):
            for kind, own in rules.items():
                yield f"{act_name(act)} ({Stage.Kind(kind).label}): {_all_asked(own)}"
        else:
            yield f"{act_name(act)}: {_all_asked(rules)}"


def _all_asked(rules) -> str:
    return " + ".join(_asked(rule) for rule in rules or ()) or _("tidak diminta")


def _asked(rule) -> str:
    told = {"n": rule["orang"], "role": Role(rule["peran"]).label}
    words = _("%(n)s orang %(role)s") % told
    if paper := rule.get("kertas_oleh"):
        recorders = {"n": paper["orang"], "role": Role(paper["peran"]).label}
        words += " " + _("(atau suratnya dicatat %(n)s orang %(role)s)") % recorders
    return words


def _villages(declared) -> Iterable[str]:
    for key, label in (("ada", _("mempunyai desa")), ("tidak_ada", _("tanpa desa"))):
        if declared.get(key):
            yield f"{label}: {', '.join(declared[key])}"


def _extremes(limits) -> Iterable[str]:
    for key, word in (("di_bawah", _("di bawah")), ("di_atas", _("di atas"))):
        if limits.get(key) is not None:
            yield f"{word} {_comma(limits[key])}"


def _numbered(titles) -> Iterable[str]:
    for place, title in enumerate(titles, start=1):
        if isinstance(title, str):
            yield f"{place}. {title}"
        else:
            yield _("%(place)d. %(title)s (pada gambar: %(short)s)") % {
                "place": place, "title": title["nama"], "short": title.get("pendek", title["nama"]),
            }  # fmt: skip


def _comma(value) -> str:
    return number_in_words(value)


_READERS = {
    "kursi": _seats, "kuota": _quota, "bawaan": _carry, "bulat": _rounding, "temuan": _findings,
    "persetujuan": _approvals, "gelar": _numbered, "desa": _villages, "alasan_ekstrem": _extremes,
}  # fmt: skip


def _labels() -> dict[str, str]:
    return {
        "edisi": _("Kode"), "nama": _("Nama"), "singkatan": _("Singkatan"), "tahun": _("Tahun"), "wilayah": _("Wilayah"),
        "zona": _("Zona waktu"), "penyelenggara": _("Penyelenggara"), "gelar": _("Gelar"),
        "faktor_kedua": _("Peran dengan faktor kedua"), "desa": _("Desa menurut wilayah"),
        "persetujuan": _("Persetujuan"), "kode": _("Kode"), "jenis": _("Jenis"), "tempat": _("Tempat"),
        "peserta": _("Peserta"), "instrumen": _("Instrumen"), "kursi": _("Kursi juri"),
        "boleh_tidak_ikut": _("Boleh tidak ikut"), "klaim_oleh_juri": _("Juri mencatat klaim paparan"),
        "pengungkapan": _("Yang dibuka"), "sumber": _("Sumber nilai"),
        "alasan_ekstrem": _("Nilai yang wajib diberi alasan"), "gabung": _("Cara menggabung juri"), "pangkas": _("Dipangkas"),
        "bila_pangkas_kurang": _("Bila kurang untuk dipangkas"),
        "bila_kosong": _("Bila satu nilai kosong"), "bila_tanpa_lembar": _("Bila peserta tanpa lembar"),
        "bulat": _("Pembulatan"), "bawaan": _("Nilai bawaan"), "temuan": _("Poin temuan lapang"), "kuota": _("Yang lolos"),
        "seri": _("Pemutus seri, berurutan"), "benih": _("Benih undian"),
        "seri_habis": _("Sesudah pemutus seri habis"),
        "verifikasi_sampai": _("Batas verifikasi"), "libur": _("Hari libur"), "kertas": _("Kertas"), "penetap": _("Penetap"),
        "tentang": _("Tentang"), "menimbang": _("Menimbang"), "mengingat": _("Mengingat"),
        "memperhatikan": _("Memperhatikan"), "diktum": _("Diktum"), "lampiran": _("Lampiran"), "kota": _("Kota"),
        "penandatangan": _("Penandatangan"), "tembusan": _("Tembusan"),
    }  # fmt: skip


def _choices() -> dict[tuple[str, object], str]:
    return {
        ("jenis", "isian"): _("pengisian oleh kecamatan"), ("jenis", "seleksi"): _("peringkat dan calon kabupaten/kota"),
        ("jenis", "penilaian"): _("penilaian juri"), ("jenis", "kunjungan"): _("tinjau lapang"),
        ("peserta", "wilayah"): _("semua kecamatan"), ("sumber", "poin"): _("isian yang diverifikasi"),
        ("sumber", "juri"): _("lembar juri"), ("sumber", "bawaan"): _("nilai tahap sebelumnya saja"),
        ("gabung", "rata_rata"): _("rata-rata juri yang hadir"), ("gabung", "rata_rata_pangkas"): _("rata-rata terpangkas"),
        ("gabung", "median"): _("median"), ("gabung", "dua_arah"): _("penyesuaian dua arah"),
        ("bila_kosong", "tolak"): _("hitungan ditolak"), ("bila_kosong", "abaikan"): _("nilai itu diabaikan, bukan nol"),
        ("bila_tanpa_lembar", "tolak"): _("hitungan ditolak"),
        ("bila_tanpa_lembar", "tidak_dinilai"): _("peserta tidak dinilai"),
        ("bila_pangkas_kurang", "tolak"): _("hitungan ditolak"),
        ("bila_pangkas_kurang", "rata_rata"): _("rata-rata biasa"),
        ("seri_habis", "pleno"): _("rapat pleno dengan berita acara"),
        ("seri_habis", "berbagi"): _("tempat bersama; yang seri di batas semuanya lolos"),
        ("pengungkapan", "sendiri"): _("masing-masing melihat nilainya sendiri"),
        ("pengungkapan", "total"): _("jumlah nilai"), ("pengungkapan", "semua"): _("lembar juri dengan nama samaran"),
        ("pengungkapan", "calon"): _("hanya siapa calonnya"),
    }  # fmt: skip
