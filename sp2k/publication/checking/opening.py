"""Holding decree and announcement against the journal, and the journal against the heads that documents printed."""

from collections.abc import Iterable

from sp2k.accounts.queries.opening import (
    ACCOUNTS,
    OFFICEHOLDERS,
    open_officeholders,
    open_people,
    refuse_changed_officeholders,
    refuse_changed_people,
)
from sp2k.base.blobs import states_of
from sp2k.base.refusals import Refused
from sp2k.base.wording import instant_in_words, within_sentence
from sp2k.editions.models import Edition
from sp2k.entries.queries.shown import require_entrants
from sp2k.journal.heads import Head
from sp2k.journal.opening import GONE, UNTOLD, Opening, open_chain_of, open_lines, open_lines_of
from sp2k.journal.queries import lines_of_type
from sp2k.judging.queries.opening import require_institutions
from sp2k.publication.checking.documents import document_heads, open_amendments, open_minutes
from sp2k.publication.issued.sealed import decree_content
from sp2k.publication.models import Decree, Publication
from sp2k.regions.opening import CHAIN as REGIONS
from sp2k.regions.opening import open_regions
from sp2k.results.opening import opened_edition
from sp2k.results.opening.decided import open_decision
from sp2k.results.queries import result_content

DECIDED = ("titles.give", "result.seal", "result.return", "result.propose", "decree.attach")
ROWS_OF = {ACCOUNTS: open_people, OFFICEHOLDERS: open_officeholders, REGIONS: open_regions}


def refuse_changed_publication(edition: Edition, act: str) -> None:
    """Stop an act that makes a document, where anything of the edition or its documents is not what its line says."""
    refuse_changed_people(act)
    refuse_changed_officeholders(act)
    opened_publication(edition, reads_bytes=False).refuse_faults(act)


def opened_publication(edition: Edition, *, anchor: Head | None = None, reads_bytes: bool = True) -> Opening:
    """Hold everything of an edition against its journal, and its journal against every head that was noted outside.

    `anchor` is a head taken from paper.
    """
    kept = [*printed_heads(edition), *([anchor] if anchor else [])]
    opening = opened_edition(edition, kept=kept, reads_bytes=reads_bytes)
    open_minutes(opening, edition)
    open_decree(opening, edition)
    open_amendments(opening, edition)
    open_announcement(opening, edition)
    open_sent_heads(opening, edition)
    return opening


def opened_chain(name: str) -> Opening:
    """Hold a chain that belongs to no edition: its lines, its acts and its heads, and the rows it tells of."""
    opening = open_chain_of(name)
    opening.expect_whole_database()
    if name in ROWS_OF:
        ROWS_OF[name](opening)
    for seq, _body in opening.entries("edition.open"):
        opening.fail(f"Edisi {name}", GONE, seq)
    return opening


def printed_heads(edition: Edition) -> list[Head]:
    """Return the heads that documents and texts of an edition have noted, each with where."""
    heads = document_heads(edition)
    if publication := Publication.objects.filter(edition=edition).first():
        heads.append(Head(publication.journal_size, publication.journal_head, "pengumuman"))
    for decree in Decree.objects.filter(edition=edition).exclude(journal_head=""):
        heads.append(Head(decree.journal_size, decree.journal_head, within_sentence(str(decree))))
    for sent in edition.sent_heads.all():
        heads.append(Head(sent.size, sent.head, f"teks kepada kabupaten/kota, {instant_in_words(sent.at, edition.zone)}"))
    return heads


def open_decree(opening: Opening, edition: Edition) -> None:
    """Hold the decree's number and document against its line, and the document's bytes against its name."""
    for decree in Decree.objects.filter(edition=edition).select_related("document"):
        what = f"Keputusan {edition}"  # by its place: its number may be what was changed
        opening.open_row(("decree.attach",), decree, sealed_content(decree), what)
        opening.open_file(states_of([decree.document])[decree.document_id], f"Dokumen {within_sentence(what)}", None)
    opening.expect_met([("decree.attach", "Keputusan")])


def sealed_content(decree: Decree) -> dict:
    """Return what is sealed of a decree; of one without facts and head, number and document alone."""
    if not decree.facts and not decree.journal_head:
        return {"number": decree.number, "sha256": decree.document_id}
    return decree_content(decree)


def require_decided(edition: Edition) -> None:
    """Refuse to show titles, a decision or a decree that are not what their lines sealed: what their page asks first."""
    require_entrants(edition)
    require_institutions(edition)
    opening = open_lines(edition.chain_id, DECIDED)
    open_decision(opening, edition)
    open_decree(opening, edition)
    opening.refuse_to_show()


def require_decree(edition: Edition) -> None:
    """Refuse to give out a decree whose number, facts or document are not what its line sealed."""
    if changed_decrees(Decree.objects.filter(edition=edition).select_related("edition")):
        raise Refused(
            f"Keputusan {edition} yang tersimpan tidak lagi sama dengan yang dicatat jurnal, jadi berkasnya tidak diberikan. "
            "Hubungi pengawas."
        )


def changed_decrees(decrees: Iterable[Decree]) -> set[int]:
    """Return the keys of the editions whose decree is not what its line sealed, the file aside. Two queries."""
    decrees = list(decrees)
    found = open_lines_of([decree.edition.chain_id for decree in decrees], ("decree.attach",))
    return {
        decree.edition_id
        for decree in decrees
        if not found[decree.edition.chain_id].open_row(("decree.attach",), decree, sealed_content(decree), str(decree))
    }


def open_sent_heads(opening: Opening, edition: Edition) -> None:
    """Hold that a head was sent to the regencies: which, by whom and when."""
    told = {(body["size"], body["head"]): seq for seq, body in opening.entries("head.send")}
    for row in edition.sent_heads.select_related("by"):
        seq, what = told.pop((row.size, row.head), None), f"Kepala dengan {row.size} baris yang dikirim"
        if opening.hold(seq is not None, what, seq, why=UNTOLD) and opening.open_line(seq, {"text": row.text}, what):
            opening.hold_act(row, what, seq)
    for (size, _head), seq in told.items():
        opening.fail(f"Kepala dengan {size} baris yang dikirim", GONE, seq)


def require_announced(edition: Edition) -> None:
    """Refuse to show a result to the public that is not the one that its line announced.

    Raises
    ------
    Refused
        Naming the edition and the line.
    """
    told = lines_of_type(edition.chain_id, ("result.publish",))
    if not told or told[-1][1]["hasil"] != result_content(edition)["hasil"]:
        line = f" (baris jurnal {told[-1][0].seq})" if told else ""
        raise Refused(
            f"Hasil {edition} yang tersimpan tidak lagi sama dengan yang diumumkan{line}, jadi tidak ditampilkan. "
            "Hubungi pengawas."
        )


def open_announcement(opening: Opening, edition: Edition) -> None:
    """Hold what was announced against the line that announced it."""
    publication = Publication.objects.filter(edition=edition).first()
    seq, body = opening.last("result.publish")
    if publication is None or seq is None:
        if publication is not None or seq is not None:
            opening.fail(f"Pengumuman {edition}", "barisnya tidak sama dengan yang dicatat jurnal", seq)
        return
    decree = Decree.objects.filter(edition=edition).first()
    said = decree and (decree.number, decree.document_id)
    holds = (
        body["hasil"] == result_content(edition)["hasil"]
        and (body["nomor"], body["sha256"]) == said
        and (publication.journal_size, publication.journal_head) == (seq + 1, opening.replayed.hashes[seq])
    )
    if opening.hold(holds, f"Hasil {edition} yang diumumkan", seq):
        opening.hold_act(publication, f"Pengumuman {edition}", seq)
