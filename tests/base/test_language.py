"""What is written down, signed and sent is in Indonesian, whatever language the reader's pages are in."""

import re
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language, override

from sp2k.accounts.actions.invitations import invite
from sp2k.accounts.letters.letter import Addresses, letter_of, letters_pdf, message_of
from sp2k.accounts.policy import require, why_not
from sp2k.base.language import marked, of_record, spoken_count, spoken_date
from sp2k.base.refusals import NotAllowed
from sp2k.editions.calendar_file import icalendar
from sp2k.journal.models import Line
from sp2k.publication.deciding.preparing import draft_decree
from sp2k.publication.issued.facts import proposed_facts
from sp2k.results.methodology.sheet import methodology_pdf
from sp2k.results.regencies.exports import ranking_file
from sp2k.results.regencies.minutes import minutes_pdf
from sp2k.results.regencies.page import RegencyPage
from tests.story.small import BULUNGAN, DECREE_ISSUED, JURY_SEATED, at, desk, person, play_small, stage

RANDOM = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f-]{27}")
LINK = Addresses("https://contoh.example/u/abc", "https://contoh.example/kode/")


@pytest.fixture
def issued(db):
    return play_small(until=DECREE_ISSUED)


def in_both(make):
    """Return what is made for an Indonesian and for an English reader."""
    with override("id"):
        indonesian = make()
    with override("en"):
        return indonesian, make()


class TestDocuments:
    @pytest.mark.parametrize(
        "make",
        [
            lambda told: draft_decree(told.edition, proposed_facts(told.edition), now=DECREE_ISSUED),
            lambda told: methodology_pdf(stage(told, "presentasi")),
            lambda told: minutes_pdf(RegencyPage(desk(told, BULUNGAN))),
            lambda told: ranking_file(RegencyPage(desk(told, BULUNGAN)), "csv"),
            lambda told: icalendar(told.edition, now=DECREE_ISSUED),
        ],
        ids=["decree", "methodology", "minutes", "ranking", "calendar"],
    )
    def test_a_document_is_the_same_for_readers_of_either_language(self, issued, make):
        indonesian, english = in_both(lambda: make(issued))

        assert english == indonesian

    def test_a_letter_names_roles_in_indonesian(self, issued):
        juror = person(issued, "R", BULUNGAN)
        told = invite(juror, by=issued.bureau[0], now=DECREE_ISSUED)
        invitation = told.invitation
        invitation.purpose = invitation.Purpose.INVITE

        def letter():
            return letter_of(invitation, code=told.code, addresses=LINK)

        def pdf():
            return letters_pdf([letter()], sender="Biro", is_sample=True, at=DECREE_ISSUED)

        for indonesian, english in (in_both(letter), in_both(pdf)):
            assert english == indonesian
        with override("en"):
            assert "sebagai Penyelenggara kabupaten/kota." in message_of(invitation, code=told.code, addresses=LINK)


class TestRecords:
    def test_an_edition_played_by_readers_of_english_writes_the_same_journal(self, db):
        """The instants differ by a minute after the last act, so that neither play is taken from the other's memory."""
        lines = [journal_of("id", at("2024-07-01 09.01")), journal_of("en", at("2024-07-01 09.02"))]

        assert lines[1] == lines[0]
        assert len(lines[0]) > 50

    def test_a_refusal_is_in_the_language_of_record_and_a_reason_on_a_page_in_the_readers(self, db):
        story = play_small(until=JURY_SEATED)
        presentation, bureau = stage(story, "presentasi"), story.bureau[0]

        with override("en"), pytest.raises(NotAllowed) as refused:
            require(bureau, "results.freeze", presentation, now=JURY_SEATED)
        with override("en"):
            reason = why_not(bureau, "results.freeze", presentation, now=JURY_SEATED)

        assert refused.value.sentence == "Tahap ini belum dikunci. Kunci tahap lebih dahulu."
        assert reason == "This stage is not locked yet. Lock the stage first."

    def test_a_refusal_is_marked_as_indonesian_on_an_english_page(self, db):
        story = play_small(until=JURY_SEATED)
        bureau = story.bureau[0]
        bureau.language = "en"
        bureau.save(update_fields=["language"])
        client = Client()
        client.force_login(bureau)

        address = reverse("results:withdraw-early-lock", args=[story.edition.code, "presentasi"])
        page = client.post(address, follow=True).content.decode()

        assert '<html lang="en"' in page
        assert '<span lang="id">Tidak ada usul mengunci tahap Presentasi sebelum batasnya yang menunggu.</span>' in page

    def test_what_is_marked_is_text_and_no_markup(self):
        said = in_both(lambda: marked("Nilai <b> tidak dikenal."))

        assert said == ("Nilai <b> tidak dikenal.", '<span lang="id">Nilai &lt;b&gt; tidak dikenal.</span>')


def journal_of(language, until):
    """Return the types and texts of all lines of a play, what is drawn at random left out; the play is undone."""
    with override(language), transaction.atomic():
        play_small(until=until)
        lines = [(line.type, RANDOM.sub("…", line.canonical)) for line in Line.objects.order_by("chain", "seq")]
        transaction.set_rollback(True)
    return lines


class TestWords:
    def test_a_maker_of_documents_speaks_indonesian_and_leaves_the_readers_language_alone(self):
        with override("en"):
            assert (of_record(get_language)(), get_language()) == ("id", "en")

    def test_dates_and_counts_on_pages_follow_the_reader(self):
        said = in_both(lambda: (spoken_date(date(2024, 5, 17)), spoken_count(3)))

        assert said == (("17 Mei 2024", "tiga"), ("17 May 2024", "3"))
