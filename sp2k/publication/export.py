"""Exporting an edition: for each frozen stage the very bytes that were counted and what came out."""

from pathlib import Path

from sp2k.base.faults.whole_files import write_whole
from sp2k.base.refusals import Refused
from sp2k.editions.models import Edition
from sp2k.publication.issued.tables import documents_csv, turnout_csv
from sp2k.results.frozen import require_frozen
from sp2k.results.models import FrozenTally


def export_edition(edition: Edition, folder: Path) -> dict[str, list[str]]:
    """Write `STAGE/rules.yaml`, `sheets.csv` and `places.csv` for every frozen stage; return the names by folder.

    `naskah` holds who was judged at each stage, and the documents with number, date and hash, corrections beside what they
    correct.
    """
    tallies = (
        FrozenTally.objects.filter(stage__edition=edition, scope="").select_related("stage").order_by("stage__position")
    )
    if not tallies:
        raise Refused(f"Belum ada tahap edisi {edition.code} yang dibekukan, jadi belum ada yang dapat diekspor.")
    written = {tally.stage.code: _write(folder / tally.stage.code, _files(require_frozen(tally))) for tally in tallies}
    tables = {"kehadiran.csv": turnout_csv(edition), "naskah.csv": documents_csv(edition)}
    return written | {"naskah": _write(folder / "naskah", tables)}


def _files(tally: FrozenTally) -> dict[str, str]:
    return {
        "rules.yaml": tally.rules,
        "sheets.csv": tally.sheets,
        "places.csv": tally.places,
        "jejak.csv": tally.trace,
    }


def _write(folder: Path, files: dict[str, str]) -> list[str]:
    try:
        for name, text in files.items():
            write_whole(folder / name, text.encode())
    except OSError as error:
        raise Refused(
            f"Tidak dapat menulis ke {folder}: {error.strerror}. Periksa izin dan ruang kosongnya."
        ) from error
    return list(files)
