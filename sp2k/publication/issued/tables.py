"""Turnout and documents as tables for an export."""

from sp2k.base.documents.tables import csv_text, sample_line
from sp2k.base.language import of_record
from sp2k.editions.models import Edition
from sp2k.publication.models import Amendment, Decree, Minutes
from sp2k.results.turnout.reading import turnouts_of
from sp2k.results.turnout.wording import empty_seats_said


@of_record
def turnout_csv(edition: Edition) -> str:
    """Return each stage's counts, then each regency that declined, each entry not judged, and each empty seat."""
    rows: list[tuple] = []
    for turnout in turnouts_of(edition):
        stage = turnout.stage.code
        rows += [
            (stage, "terdaftar", "", turnout.n_entries, ""), (stage, "dinilai", "", turnout.n_judged, ""),
            (stage, "tidak dinilai", "", turnout.n_unjudged, ""),
        ]  # fmt: skip
        rows += [(stage, "tidak ikut", row.name, "", row.reason) for row in turnout.own_declined]
        rows += [(stage, "tidak dinilai", row.name, "", row.reason) for row in turnout.unjudged]
        for seat in empty_seats_said(turnout):
            rows += [(stage, f"kursi kosong: {seat.institution}", absence, "", seat.effect) for absence in seat.absences]
    return csv_text(["tahap", "perihal", "nama", "banyaknya", "keterangan"], rows, first_line=_sample(edition))


@of_record
def documents_csv(edition: Edition) -> str:
    """Return minutes, decree and corrections with number, date, hash, and the head that each prints."""
    rows = [
        ("berita acara", row.number, row.signed_on, row.document_id, row.journal_size, row.journal_head, row.reason)
        for row in Minutes.objects.filter(stage__edition=edition).order_by("stage__position", "revision")
    ]
    rows += [
        ("keputusan", row.number, row.signed_on, row.document_id, row.journal_size, row.journal_head, "")
        for row in Decree.objects.filter(edition=edition)
    ]
    rows += [
        ("pembetulan", row.number, row.signed_on, row.document_id, row.journal_size, row.journal_head,
         f"{row.corrects} Alasan: {row.reason}")
        for row in Amendment.objects.filter(decree__edition=edition, approved_at__isnull=False)
    ]  # fmt: skip
    header = ["naskah", "nomor", "tanggal", "sha256", "baris_jurnal", "kepala_jurnal", "keterangan"]
    return csv_text(header, [tuple(str(cell) for cell in row) for row in rows], first_line=_sample(edition))


def _sample(edition: Edition) -> str:
    return sample_line(str(edition)) if edition.is_sample else ""
