"""The minutes of a judged stage: facts of the day asked, everything else the frozen count's, sealed with the head printed."""

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from django.urls import reverse

from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.wording import in_fours
from sp2k.editions.actions import move_stage
from sp2k.entries.sealing import is_sealed_as
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain, Line
from sp2k.judging.models import Seating
from sp2k.publication.actions import make_minutes
from sp2k.publication.issued.minutes import MinutesFacts, _no_empty_seat, _no_tie, lacking_in_minutes, minutes_text
from sp2k.publication.issued.sealed import minutes_content
from sp2k.publication.models import Minutes
from sp2k.results.actions import freeze_tally, lock_stage
from sp2k.results.models import FrozenTally
from sp2k.results.ties.ruled import placements_of
from sp2k.results.turnout.reading import turnout_of
from tests.results.turnout.test_turnout import VISITED, with_an_empty_seat
from tests.story import small
from tests.story.refrozen import freeze_as
from tests.story.small import FIRST, SECOND, THIRD, at
from tests.story.unchanged import refused

pytestmark = pytest.mark.django_db
FROZEN = at("2024-06-21 18.00")  # before the play itself makes the minutes
NOW = at("2024-06-24 09.00")
FACTS = MinutesFacts("700/BA/2024", date(2024, 6, 24), "Tanjung Selor")
ADDRESS = ["kaltara-2024-uji", "lapang"]


@pytest.fixture
def frozen():
    return small.play_small(FROZEN)


def lapang(story):
    return small.stage(story, "lapang")


def make(story, facts=FACTS, **changed):
    return make_minutes(lapang(story), replace(facts, **changed), by=story.bureau[0], now=NOW)


def printed(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def text_of(story, **changed):
    return minutes_text(lapang(story), replace(FACTS, **changed), today=NOW.date())


def test_the_minutes_say_where_when_and_what_the_frozen_count_says(frozen):
    chain = Chain.objects.get(pk=frozen.edition.chain_id)

    minutes = make(frozen)

    text = printed(read_blob(minutes.document))
    assert "Berita Acara Tinjau lapang" in text and "Nomor: 700/BA/2024" in text
    assert "Pada hari Senin, tanggal 24 Juni 2024, bertempat di Tanjung Selor, Tim Penilai" in text
    assert "Dinilai 2 (dua) kecamatan" in text and "Tidak dinilai 0 (nol) kecamatan" in text
    assert "Semua kursi memberikan lembar untuk setiap peserta yang dinilai." in text
    assert "Tidak ada nilai yang sama." in text
    assert (minutes.journal_size, minutes.journal_head) == (chain.size, chain.head)
    assert f"jurnal berisi {chain.size} baris" in text and in_fours(chain.head) in text
    assert len(in_fours(chain.head).split()) == 16


def test_it_is_sealed_and_its_line_commits_to_it(frozen):
    minutes = make(frozen)

    line = Line.objects.filter(chain=frozen.edition.chain_id, type="minutes.make").get(seq=minutes.journal_size)
    assert minutes.commitment in line.canonical
    assert is_sealed_as(minutes_content(Minutes.objects.get(pk=minutes.pk)), minutes)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "1"), ("signed_on", date(2024, 6, 23)), ("place", "Tarakan"), ("facts", {}), ("journal_size", 1),
        ("journal_head", "0" * 64), ("document_id", "0" * 64), ("revision", 2),
    ],
)  # fmt: skip
def test_a_changed_row_no_longer_opens_its_seal(frozen, field, value):
    minutes = make(frozen)
    setattr(minutes, field, value)

    assert not is_sealed_as(minutes_content(minutes), minutes)


def test_an_empty_seat_stands_with_reason_and_effect():
    story = with_an_empty_seat()

    [seat] = text_of(story).empty_seats

    assert seat.absences == (
        "tidak hadir untuk Kecamatan Sesayap, Kabupaten Tana Tidung: Sakit (lembarnya sudah masuk, lalu dibatalkan)",
    )
    assert seat.effect == "Tanpa kursi Universitas Borneo Tarakan, Juara I dan Juara II bertukar."


def test_of_nobody_judged_the_minutes_do_not_say_that_all_seats_gave_their_sheets(frozen):
    turnout, [one, _other] = turnout_of(lapang(frozen)), placements_of(turnout_of(lapang(frozen)).tally)
    assert _no_empty_seat(turnout) == "Semua kursi memberikan lembar untuk setiap peserta yang dinilai."

    nobody = replace(turnout, n_entries=0)

    assert _no_empty_seat(nobody) == "Tidak ada peserta yang dinilai, jadi tidak ada lembar yang dihitung."
    assert _no_tie([one]) == "Tidak ada dua nilai yang dapat dibandingkan."


def test_places_titles_and_what_parted_a_tie_stand_as_they_are_read_everywhere():
    # 0.6 x 90 + 0.4 x 80 = 0.6 x 80 + 0.4 x 95 = 86; the field visit parts them.
    marks = {"presentasi": {FIRST: 90, SECOND: 80, THIRD: 70}, "lapang": {FIRST: 80, SECOND: 95}}

    told = text_of(small.play_small(FROZEN, told=marks))

    assert [(row.place, row.outcome, row.by) for row in told.rows] == [
        ("1", "Juara I", "nilai tahap lapang"), ("2", "Juara II", "nilai tahap lapang"),
    ]  # fmt: skip
    [tie] = told.ties
    assert tie == (
        "Kecamatan Sesayap, Kabupaten Tana Tidung; Kecamatan Tanjung Palas, Kabupaten Bulungan bernilai sama, 86,00; diputus "
        "oleh nilai tahap lapang."
    )


def test_a_moved_date_and_a_lock_before_the_deadline_are_told_with_their_reasons():
    story = small.play_small(VISITED)
    visit, bureau = lapang(story), story.bureau[0]
    opens, closes = visit.opens_at, at("2024-06-21 18.00")
    move_stage(visit, opens_at=opens, closes_at=closes, reason="Banjir.", by=bureau, now=VISITED)
    early = {"stage": "lapang", "deadline": "21 Juni 2024, 18.00 WITA", "at": "21 Juni 2024, 12.00 WITA",
             "reason": "Semua masuk", "n": 4, "of": 4, "lost": 0, "left": "6 jam"}  # fmt: skip
    journal.append(story.edition.chain_id, "stage.lock.early", early, by=bureau, now=VISITED)
    lock_stage(lapang(story), by=bureau, now=at("2024-06-21 18.01"))
    freeze_tally(lapang(story), by=bureau, now=at("2024-06-21 18.01"))

    minutes = make(story)

    moved, locked = text_of(story).calendar
    assert moved.endswith(" sampai 21 Juni 2024, 18.00 WITA. Alasan: Banjir.") and moved.startswith("Jadwal tahap, semula ")
    assert locked == (
        "Tahap dikunci pada 21 Juni 2024, 12.00 WITA, sebelum batasnya, 21 Juni 2024, 18.00 WITA. Alasan: Semua masuk."
    )
    assert moved in printed(read_blob(minutes.document)) and locked in printed(read_blob(minutes.document))


def test_those_not_judged_are_counted_and_named_with_their_reason(frozen):
    tally = FrozenTally.objects.get(stage=lapang(frozen), scope="")
    line = next(line for line in tally.places.splitlines() if f",{SECOND}," in line)
    freeze_as(tally, places=tally.places.replace(line, f",{SECOND},,semua,,,tanpa lembar"))

    told = text_of(frozen)

    assert told.counts[:3] == (
        ("Peserta terdaftar", "2 (dua) kecamatan"), ("Dinilai", "1 (satu) kecamatan"), ("Tidak dinilai", "1 (satu) kecamatan"),
    )  # fmt: skip
    assert told.unjudged == (("tanpa lembar", "Kecamatan Sesayap, Kabupaten Tana Tidung"),)


def test_who_signs_is_who_sat_in_the_seat_on_that_day_the_chair_first(frozen):
    seat = small.seat(frozen, "bappeda", "lapang")
    Seating.objects.filter(seat=seat).update(until=at("2024-06-23 10.00"))
    later = Seating.objects.create(seat=seat, user=frozen.bureau[1], since=at("2024-06-23 10.00"), reason="Pensiun")
    before = Seating.objects.filter(seat=seat).first().user.name

    signers = text_of(frozen).signers

    assert [(row.institution, row.is_chair) for row in signers] == [
        ("Universitas Borneo Tarakan", True), ("Bappeda Provinsi Kalimantan Utara", False),
    ]  # fmt: skip
    assert (signers[1].name, signers[1].before) == (later.user.name, f"{before} sampai 23 Juni 2024")
    assert text_of(frozen, signed_on=date(2024, 6, 22)).signers[1].name == before


def test_a_seat_without_a_holder_leaves_the_minutes_open(frozen):
    Seating.objects.filter(seat=small.seat(frozen, "bappeda", "lapang")).update(until=at("2024-06-23 10.00"))

    assert (
        'Penandatangan kursi Bappeda Provinsi Kalimantan Utara masih "(nama pemegang kursi)": isi kursinya pada halaman '
        "Panel."
    ) in [row.sentence for row in lacking_in_minutes(text_of(frozen))]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": " "}, "Tulis nomor berita acara seperti di register."),
        ({"place": ""}, "Tulis tempat berita acara ditandatangani."),
        ({"signed_on": None}, "Tulis tanggal berita acara."),
        ({"signed_on": date(2024, 6, 25)}, "Tanggal berita acara, 25 Juni 2024, belum tiba. Periksa tanggalnya."),
        ({"signed_on": date(2024, 6, 20)}, "Tanggal berita acara, 20 Juni 2024, mendahului pembekuan hitungan tahap "
                                           "Tinjau lapang, 21 Juni 2024, 18.00 WITA. Periksa tanggalnya."),
    ],
)  # fmt: skip
def test_bad_facts_are_refused_each_with_its_sentence(frozen, changed, said):
    with refused(said, BadInput):
        make(frozen, **changed)


def test_made_anew_they_need_a_reason_and_the_earlier_ones_stay(frozen):
    first = make(frozen)
    with refused(
        "Tahap ini sudah mempunyai berita acara. Tulis alasan membuatnya lagi; yang terdahulu tetap tersimpan.", BadInput
    ):
        make(frozen)

    second = make(frozen, number="701/BA/2024", reason="Tempat salah tulis.")

    rows = Minutes.objects.filter(stage=lapang(frozen))
    assert list(rows.values_list("revision", "number")) == [(1, "700/BA/2024"), (2, "701/BA/2024")]
    said = "Berita acara ini menggantikan Berita Acara Nomor 700/BA/2024 tanggal 24 Juni 2024: Tempat salah tulis."
    assert said in printed(read_blob(second.document))
    assert Minutes.objects.get(stage=lapang(frozen), revision=1).document_id == first.document_id


def test_superseded_minutes_say_so_on_the_page_and_in_the_name_of_their_file(client, frozen):
    first = make(frozen)
    make(frozen, number="701/BA/2024", reason="Tempat salah tulis.")
    client.force_login(frozen.bureau[0])

    html = client.get(reverse("publication:minutes", args=ADDRESS)).content.decode()
    old, new = (client.get(reverse("publication:minutes-document", args=[*ADDRESS, n]), follow=True) for n in (1, 2))
    as_made = client.get(reverse("publication:minutes-as-made", args=[*ADDRESS, 1]))

    assert "Sudah digantikan oleh 701/BA/2024, 24 Juni 2024; tetap tersimpan sebagaimana dibuat." in html
    assert (
        "Berita Acara Nomor 700/BA/2024 tanggal 24 Juni 2024 tidak berlaku lagi. Yang berlaku Berita Acara Nomor 701/BA/2024 "
        "tanggal 24 Juni 2024."
    ) in old.content.decode()
    assert new.content[:5] == b"%PDF-" and "sudah-digantikan" not in new.headers["Content-Disposition"]
    assert as_made.content == read_blob(first.document)
    assert "sudah-digantikan" in as_made.headers["Content-Disposition"]


def test_a_number_that_other_minutes_of_the_edition_have_is_refused(frozen):
    make(frozen)

    said = (
        "Nomor 700/BA/2024 sudah dipakai berita acara tahap Tinjau lapang tanggal 24 Juni 2024. Berita acara yang dibuat lagi "
        "mendapat nomornya sendiri; tulis nomor lain seperti di register."
    )
    with refused(said):
        make(frozen, number="700/ba/2024", reason="Tempat salah tulis.")


def test_once_a_decree_rests_on_them_they_are_not_made_anew():
    story = small.play_small(small.DECREE_ISSUED)
    number = Minutes.objects.get(stage=lapang(story)).number

    said = (
        f"Keputusan 188.44/K.1/2024 sudah berdasar pada berita acara {number}. Yang keliru dibetulkan dengan keputusan "
        "pembetulan."
    )
    with refused(said):
        make_minutes(
            lapang(story), replace(FACTS, reason="Salah."), by=story.bureau[0], now=small.DECREE_ISSUED
        )  # fmt: skip


def test_before_the_lock_and_before_the_count_there_are_none():
    story = small.play_small(at("2024-06-21 16.00"))
    with refused("Tahap ini belum dikunci. Kunci tahap lebih dahulu.", NotAllowed):
        make(story)
    lock_stage(lapang(story), by=story.bureau[0], now=at("2024-06-21 17.00"))

    with refused("Hitungan tahap Tinjau lapang belum dibekukan. Bekukan hitungan lebih dahulu."):
        make(story)


def test_pages_show_the_draft_make_it_once_and_list_it(client, monkeypatch, frozen):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client.force_login(frozen.bureau[0])
    html = client.get(reverse("publication:minutes-make", args=ADDRESS)).content.decode()
    shown = html.split('name="shown" value="')[1].split('"')[0]

    draft = client.post(reverse("publication:minutes-draft", args=ADDRESS), {"place": "Tarakan"})
    typed = {"number": "700/BA/2024", "signed_on": "2024-06-24", "place": "Tanjung Selor", "shown": shown}
    done = client.post(reverse("publication:minutes-make", args=ADDRESS), typed, follow=True).content.decode()

    assert "2 dari 2 peserta dinilai" in html
    assert "RANCANGAN" in (text := printed(draft.content)) and "Nomor: (nomor berita acara)" in text
    assert "Saat rancangan ini dibuat jurnal berisi" in text
    assert "Berita acara dibuat." in done and "700/BA/2024" in done
    assert client.get(reverse("publication:minutes-document", args=[*ADDRESS, 1])).content[:5] == b"%PDF-"
    stage = client.get(reverse("results:stage", args=ADDRESS)).content.decode()
    assert reverse("publication:minutes", args=ADDRESS) in stage


def test_others_know_of_no_minutes(client, monkeypatch, frozen):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    for user in (small.holder(frozen, "bappeda"), small.person(frozen, "R", small.BULUNGAN), small.other_bureau()):
        client.force_login(user)
        assert client.get(reverse("publication:minutes", args=ADDRESS)).status_code in (403, 404)
    client.force_login(frozen.leader)
    assert client.get(reverse("publication:minutes", args=ADDRESS)).status_code == 200
    assert client.get(reverse("publication:minutes-make", args=ADDRESS)).status_code == 404
    client.force_login(frozen.bureau[0])
    assert client.get(reverse("publication:minutes", args=[ADDRESS[0], "isian"])).status_code == 404


def test_a_count_changed_behind_the_back_gets_no_minutes(frozen):
    tally = FrozenTally.objects.get(stage=lapang(frozen), scope="")
    FrozenTally.objects.filter(pk=tally.pk).update(sheets=tally.sheets.replace(",90", ",91"))

    with pytest.raises(Refused, match="Hitungan beku tahap Tinjau lapang: isinya tidak lagi sama"):
        make(frozen)
