"""Region, titles, approvals and the decree's wording."""

from collections import Counter
from collections.abc import Iterator

from sp2k.accounts.policy import POLICY
from sp2k.accounts.roles import Role
from sp2k.base.language import of_record
from sp2k.editions.approvals import AT_LEAST_TWO
from sp2k.editions.decree import ATTENDANCE, wording_findings
from sp2k.editions.file import ApprovalRule, EditionFile
from sp2k.editions.reading import Finding, listed, notice, wrong
from sp2k.regions.files import why_no_code
from sp2k.regions.parts import RegionParts

# Words of the site's addresses and names of chains that belong to no edition.
TAKEN_CODES = {"baru", "persetujuan", "wilayah", "pejabat", "akun", "pemasangan"}
REQUIRED_ACTS = ("kunci_aturan", "hasil", "terbit")
_AT_MOST = {Role.CHAIR: 1, Role.LEADER: 2}  # one chair; Sekda and head of government


def check_office(edition: EditionFile, region: RegionParts | None) -> Iterator[Finding]:
    """Yield findings on all that is not a stage."""
    yield from _region(edition, region)
    if edition.code in TAKEN_CODES:
        yield wrong("edisi", f'Kode edisi tidak dapat "{edition.code}": kode itu dipakai alamat halaman.')
    for title, count in Counter(edition.titles).items():
        if count > 1:
            yield wrong("gelar", f'Gelar "{title}" tertulis {count} kali.')
    for short, count in Counter(edition.short_titles.get(title, title) for title in edition.titles).items():
        if count > 1 and edition.short_titles:
            yield wrong(
                "gelar", f'Bentuk pendek "{short}" dipakai {count} gelar, sehingga pada gambar tidak terbedakan.'
            )
    for act in REQUIRED_ACTS:
        if not edition.approvals.get(act):
            yield wrong("persetujuan", f"Persetujuan untuk {act} belum dinyatakan.")
    for act, rules in edition.approvals.items():
        yield from _approvals(act, rules)
    yield from _second_factor(edition.second_factor)
    if edition.decree:
        yield from wording_findings(edition.decree, stages=[stage.code for stage in edition.stages])
        yield from _attendance(edition.decree)
    else:
        yield wrong("keputusan", "Bagian keputusan belum ada; tanpa isinya surat keputusan tidak dapat dibuat.")


def _region(edition: EditionFile, region: RegionParts | None) -> Iterator[Finding]:
    if reason := why_no_code(edition.region):
        yield wrong("wilayah", f"Pada wilayah, {reason.partition('. ')[0]}.")
    elif region is None:
        yield wrong("wilayah", f"Wilayah {edition.region} tidak ada dalam daftar wilayah.")
    elif not region.regencies:
        yield wrong("wilayah", f"Wilayah {region.name} ({region.code}) tidak terdiri atas kecamatan.")


def _attendance(decree) -> Iterator[Finding]:
    considering = decree.get("menimbang")
    if isinstance(considering, list) and not any(f"{{{ATTENDANCE}}}" in str(text) for text in considering):
        yield notice(
            "keputusan",
            f"Menimbang tidak memuat {{{ATTENDANCE}}}. Bila ada yang tidak dinilai, tidak ikut, atau kursi yang kosong, "
            "kalimatnya disisipkan sebelum butir terakhir; periksa huruf yang disebut butir itu.",
        )


def _second_factor(roles: tuple[str, ...]) -> Iterator[Finding]:
    for role, count in Counter(roles).items():
        if role not in Role.values:
            yield wrong("faktor_kedua", f'Peran "{role}" pada faktor_kedua tidak dikenal; pilih {listed(Role.values)}.')
        elif count > 1:
            yield wrong("faktor_kedua", f"Peran {_named(role)} tertulis {count} kali pada faktor_kedua.")


def _approvals(act: str, rules: tuple[ApprovalRule, ...]) -> Iterator[Finding]:
    place = f"persetujuan {act}"
    for role, count in Counter(rule.role for rule in rules).items():
        if count > 1:
            yield wrong(place, f"Persetujuan {act} menyebut {_named(role)} {count} kali; gabungkan menjadi satu.")
    for rule in rules:
        yield from _approval(act, place, rule)
    if act in AT_LEAST_TWO and sum(rule.persons for rule in rules) < 2:
        yield wrong(place, f"Persetujuan {act} meminta satu orang, padahal tindakan itu sedikitnya oleh dua orang.")
    outside = sum(rule.persons for rule in rules if rule.role != Role.BUREAU)
    if outside > 1:
        yield wrong(
            place, f"Persetujuan {act} menunggu {outside} orang di luar penyelenggara provinsi; paling banyak 1."
        )


def _approval(act: str, place: str, rule: ApprovalRule) -> Iterator[Finding]:
    approvers = sorted(role for role in POLICY["approval.give"].roles)
    if rule.role not in approvers:
        yield wrong(
            place,
            f"Persetujuan {act} meminta peran {_named(rule.role)}, yang tidak memberi persetujuan; "
            f"pilih {listed(approvers)}.",
        )
    elif rule.persons > (most := _AT_MOST.get(rule.role, rule.persons)):
        yield wrong(
            place,
            f"Persetujuan {act} meminta {rule.persons} orang {_named(rule.role)}, padahal paling banyak ada {most}.",
        )
    if rule.paper and (rule.paper.role != Role.BUREAU or rule.paper.persons < 2):
        yield wrong(
            place,
            f"Surat persetujuan {act} harus dicatat sedikitnya 2 orang {_named(Role.BUREAU)}, "
            f"tertulis {rule.paper.persons} orang {_named(rule.paper.role)}.",
        )


@of_record
def _named(role: str) -> str:
    return f"{Role(role).label} ({role})"
