"""Titles from the last frozen count, and the sealed result."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_edition, held_stage
from sp2k.editions.models import Edition, ReturnedResult
from sp2k.entries.sealing import Sending, seal
from sp2k.journal import actions as journal
from sp2k.results.actions.conditions import refuse_missing_approvals, tally_to_use, way_out
from sp2k.results.models import Award, Decision
from sp2k.results.opening import opened_edition, refuse_changed_edition
from sp2k.results.opening.decided import answer_content, awards_content
from sp2k.results.queries import result_content
from sp2k.results.ties.groups import holders_by_title, is_shared_place, n_placed, tie_at
from sp2k.results.ties.ruled import placements_of

LONGEST = 2000


@transaction.atomic
def give_titles(edition: Edition, *, by, now: datetime) -> list[Award]:
    """Give each declared title to the holder of its place in the last stage's frozen count."""
    last = held_stage(edition.stages.last())
    edition = last.edition
    require(by, "titles.give", last, now=now)
    refuse_changed_edition(edition, "Pemberian gelar")
    if edition.awards.exists():
        raise Refused("Gelar edisi ini sudah diberikan.")
    tally = tally_to_use(last)
    awards = [
        Award(
            edition=edition, position=title.place, title=title.name, placement=holder,
            entry=holder.participation.entry, is_shared=is_shared_place([holder]),
        )  # fmt: skip
        for title, holder in title_holders(tally)
    ]
    Award.objects.bulk_create(awards)
    body = {"stage": last.code, "n": len(awards)}
    journal.append_sealed(edition.chain_id, "titles.give", body, awards_content(awards), by=by, now=now)
    return awards


@transaction.atomic
def decide_result(edition: Edition, *, by, now: datetime) -> Decision:
    """Seal the result once the approvals that the edition declares are given."""
    edition = held_edition(edition.pk)
    require(by, "result.decide", edition, now=now)
    if not edition.awards.exists():
        raise Refused("Gelar belum diberikan. Beri gelar lebih dahulu, baru tetapkan hasil.")
    if Decision.objects.filter(edition=edition).exists():
        raise Refused("Hasil edisi ini sudah ditetapkan.")
    if edition.standing_return:
        raise Refused("Hasil dikembalikan pimpinan dan belum diajukan lagi. Jawab pengembaliannya lebih dahulu.")
    refuse_missing_approvals(edition, "hasil", edition.result_subject, by)
    refuse_changed_people("Penetapan hasil")
    opened_edition(edition).refuse_faults("Penetapan hasil")
    sealed = seal(result_content(edition), Sending())
    sealed.pop("op_id")
    decision = Decision.objects.create(edition=edition, by=by, at=now, **sealed)
    journal.append(edition.chain_id, "result.seal", {"c": decision.commitment}, by=by, now=now)
    return decision


@transaction.atomic
def return_result(edition: Edition, reason: str, *, by, now: datetime) -> ReturnedResult:
    """A leader sends the result back with a reason. Every yes given so far lapses; the places do not change."""
    edition = held_edition(edition.pk)
    require(by, "result.return", edition, now=now)
    refuse_changed_edition(edition, "Pengembalian hasil")
    reason = clean_text(reason, name="Alasan pengembalian", longest=LONGEST)
    if not reason:
        raise BadInput("Tulis alasan pengembalian. Penyelenggara perlu tahu apa yang harus dijelaskan.")
    if not edition.awards.exists():
        raise Refused("Belum ada hasil yang diajukan: gelar belum diberikan.")
    if Decision.objects.filter(edition=edition).exists():
        raise Refused("Hasil edisi ini sudah ditetapkan dan tidak dikembalikan lagi.")
    if edition.standing_return:
        raise Refused("Hasil ini sudah dikembalikan dan menunggu jawaban penyelenggara.")
    number = edition.returns.count() + 1
    sealed = seal({"edition": edition.code, "number": number, "reason": reason}, Sending())
    sealed.pop("op_id")
    returned = ReturnedResult.objects.create(edition=edition, number=number, reason=reason, by=by, at=now, **sealed)
    journal.append(edition.chain_id, "result.return", {"number": number, "c": returned.commitment}, by=by, now=now)
    return returned


@transaction.atomic
def propose_result(edition: Edition, answer: str, *, by, now: datetime) -> ReturnedResult:
    """The bureau answers what a leader sent back and proposes the result anew; the approvals begin again."""
    edition = held_edition(edition.pk)
    require(by, "result.propose", edition, now=now)
    refuse_changed_edition(edition, "Pengajuan kembali hasil")
    answer = clean_text(answer, name="Jawaban", longest=LONGEST)
    returned = edition.standing_return
    if returned is None:
        raise Refused("Tidak ada pengembalian yang menunggu jawaban. Muat ulang halaman.")
    if not answer:
        raise BadInput("Tulis jawaban: apa yang diperiksa, dan mengapa hasilnya diajukan lagi.")
    returned.answer, returned.answered_by, returned.answered_at = answer, by, now
    returned.save(update_fields=["answer", "answered_by", "answered_at"])
    body = {"number": returned.number}
    journal.append_sealed(edition.chain_id, "result.propose", body, answer_content(returned), by=by, now=now)
    return returned


def title_holders(tally) -> list[tuple]:
    """Return each title with the holder of its place, a shared place with each of those who share it.

    A title whose place nobody reached, because fewer were placed than there are titles, is not given.

    Raises
    ------
    Refused
        Where a place has several holders and no ruling that they share it, or where nobody was placed at all.
    """
    last_place, found = n_placed(placements_of(tally, placed_only=True)), []
    if not last_place:
        raise Refused(f"Tidak ada peserta yang mendapat tempat pada tahap {tally.stage.name}, jadi tidak ada gelar yang dapat "
                      "diberikan. Edisi ini ditutup tanpa hasil, dengan alasan dan oleh dua orang: Tutup edisi ini tanpa "
                      "hasil.")  # fmt: skip
    for title, holders in holders_by_title(tally):
        if title.place <= last_place:
            _refuse_unclear(tally, title, holders)
            found += [(title, holder) for holder in holders]
    return found


def _refuse_unclear(tally, title, holders) -> None:
    if len(holders) == 1 or is_shared_place(holders):
        return
    if not holders:
        raise Refused(f"Tempat {title.place} ({title.name}) belum ada pemegangnya: yang di atasnya bernilai sama. Gelar tidak "
                      "diberikan sebelum seri itu diputus.")  # fmt: skip
    names = " dan ".join(str(holder.participation.entry) for holder in holders)
    tie = tie_at(tally, holders[0].scope, title.place)
    raise Refused(f"Tempat {title.place} ({title.name}) dihuni {names} dengan nilai sama, dan aturan seri sudah habis. "
                  f"Gelar tidak diberikan sebelum seri itu diputus: {way_out(tie)}.")  # fmt: skip
