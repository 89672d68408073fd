"""What a decree prints of the day is asked, shown while it is missing, stored and sealed; every count is a frozen one."""

import io
from datetime import date

import pypdf
import pytest
from django.urls import reverse

from sp2k.accounts.officeholders.actions import add_officeholder
from sp2k.accounts.officeholders.terms import Term
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.wording import date_in_words
from sp2k.entries.sealing import is_sealed_as
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain, Line
from sp2k.publication.actions import issue_decree, make_minutes
from sp2k.publication.deciding.preparing import draft_decree, still_open
from sp2k.publication.issued.facts import proposed_facts
from sp2k.publication.issued.minutes import MinutesFacts
from sp2k.publication.issued.overtaken import overtaken_minutes
from sp2k.publication.issued.sealed import decree_content
from sp2k.publication.models import Decree, Minutes
from sp2k.results.models import FrozenTally
from tests.story import small
from tests.story.refrozen import freeze_as
from tests.story.small import THIRD, at
from tests.story.unchanged import refused

pytestmark = pytest.mark.django_db
DECIDED = at("2024-06-28 16.40")
NOW = at("2024-06-28 17.00")
SIGNED = date(2024, 6, 28)
NUMBER = "188.44/K.9/2024"
CODE = "kaltara-2024-uji"
WORDS = (
    "{dinilai:isian} dari {terdaftar:isian} kecamatan dinilai, {tidak_dinilai:isian} tidak, {tidak_ikut:seleksi} tidak ikut"
)


def decided(*, is_sample=True, wording=WORDS, **story):
    source = small.EDITION.replace("bahwa dari {peserta:isian} kecamatan diperoleh", f"bahwa {wording}, diperoleh")
    # without minutes of its own: they were made outside, and number and date are typed
    return small.play_small(DECIDED, source=source, is_sample=is_sample, is_minuted=False, **story)


def governor(story, *, office="kepala-daerah", name="Dr. H. Zain", since=date(2021, 2, 15), until=None, nip="", rank=""):
    term = Term(office=office, name=name, nip=nip, rank=rank, since=since, until=until)
    return add_officeholder(story.edition.region, term, by=story.bureau[0], now=NOW)


def facts_of(story, **changed):
    whole = {"minutes_number": "700/BA/2024", "minutes_on": date(2024, 6, 22)}
    return type(proposed_facts(story.edition))(**(vars(proposed_facts(story.edition)) | whole | changed))


def issue(story, **given):
    given = {"number": NUMBER, "signed_on": SIGNED, "facts": facts_of(story)} | given
    return issue_decree(story.edition, **given, by=story.bureau[0], now=NOW)


def printed(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\u200b", "").split())


def unjudge(story, code=THIRD):
    """Take one kecamatan out of the frozen places of the filling stage, as a count would have left it."""
    tally = FrozenTally.objects.get(stage=small.stage(story, "isian"), scope="")
    line = next(line for line in tally.places.splitlines() if f",{code}," in line)
    freeze_as(tally, places=tally.places.replace(line, f",{code},,semua,,,tanpa lembar"))


def test_minutes_that_a_ruling_or_a_later_count_overtook_are_told_before_the_decree():
    story = small.play_small(DECIDED)
    old, body = Minutes.objects.get(stage__code="lapang"), {"stage": "lapang", "c": "0" * 64}
    assert not overtaken_minutes(story.edition)
    for type, afterwards in (
        ("tie.rule", "seri tahap itu diputus pada"), ("tally.frozen", "tahap itu dihitung lagi, dibekukan"),
    ):  # fmt: skip
        journal.append(story.edition.chain_id, type, body, by=story.bureau[0], now=DECIDED)
        said = (
            f"Berita Acara Nomor {old.number} tanggal {date_in_words(old.signed_on)}, tahap Tinjau lapang, masih yang dibuat "
            f"sebelum {afterwards} 28 Juni 2024, 16.40 WITA: buat lagi berita acara tahap itu dengan alasannya, lalu buat "
            "keputusan."
        )
        assert said in [row.sentence for row in still_open(story.edition, now=NOW)]


def test_counts_are_those_of_the_frozen_places_and_change_with_them():
    story = decided()
    before = printed(draft_decree(story.edition, facts_of(story), now=NOW))
    unjudge(story)
    after = printed(draft_decree(story.edition, facts_of(story), now=NOW))

    assert "9 (sembilan) dari 9 (sembilan) kecamatan dinilai, 0 (nol) tidak, 0 (nol) tidak ikut" in before
    assert "8 (delapan) dari 9 (sembilan) kecamatan dinilai, 1 (satu) tidak, 0 (nol) tidak ikut" in after


def test_the_older_word_for_entrants_says_how_many_were_judged():
    story = decided(wording="{peserta:isian} kecamatan dinilai")
    unjudge(story)

    assert "a. bahwa 8 (delapan) kecamatan dinilai" in printed(draft_decree(story.edition, facts_of(story), now=NOW))


def test_a_wording_without_a_place_for_attendance_gets_its_paragraph_before_the_last():
    story = decided()
    silent = printed(draft_decree(story.edition, facts_of(story), now=NOW))
    unjudge(story)

    text = printed(draft_decree(story.edition, facts_of(story), now=NOW))

    said = "pada tahap Pengisian dinilai 8 (delapan) dari 9 (sembilan) kecamatan dan 1 (satu) kecamatan tidak dinilai"
    assert f"b. bahwa {said}; c. bahwa berdasarkan huruf a" in text
    assert "b. bahwa berdasarkan huruf a" in silent


def test_the_one_who_signs_is_the_officeholder_of_that_day_definitive_before_acting():
    story = decided()
    governor(story, name="Dr. Lama", until=date(2024, 6, 20))
    governor(story, office="pj-kepala", name="Ir. Sela, M.Si.", since=date(2024, 6, 21), until=date(2024, 6, 27),
             nip="196801011993031005", rank="Pembina Utama Madya, IV/d")  # fmt: skip
    governor(story, name="Dr. Baru", since=date(2024, 6, 28))

    def signature(day):
        return printed(draft_decree(story.edition, facts_of(story, signed_on=day), now=NOW)).split("LAMPIRAN")[0]

    assert "GUBERNUR KALIMANTAN UTARA, tempat tanda tangan pada naskah asli Dr. Baru " in signature(SIGNED)
    acting = "Pj. GUBERNUR KALIMANTAN UTARA, tempat tanda tangan pada naskah asli Ir. Sela, M.Si. Pembina Utama Madya"
    assert acting.upper() in signature(date(2024, 6, 27)).upper()


def test_outside_demonstration_data_nothing_may_be_left_open_and_it_is_said_where_to_fill_it():
    story = decided(is_sample=False)

    said = (
        'Keputusan belum dapat dibuat. Penandatangan masih "(nama Gubernur)": catat pejabatnya pada tanggal itu di '
        "halaman Pejabat."
    )
    with refused(said):
        issue(story)
    governor(story)
    for changed, where in [
        ({"city": ""}, 'Tempat ditetapkan masih "(tempat ditetapkan)": isi kolom Tempat ditetapkan.'),
        ({"recalling": ()}, "Mengingat masih kosong: isi kolom Mengingat."),
        ({"copies": ("Yth. ...",)}, 'Tembusan masih "...": isi kolom Tembusan.'),
        ({"noting": ("Berita Acara Nomor 01 (nomor contoh)",)}, 'Memperhatikan masih "(nomor contoh)": isi kolom '
                                                                "Memperhatikan."),
        ({"minutes_on": None}, "Berita acara masih belum ada: buat berita acara tahap terakhir, atau isi kolom Nomor dan "
                               "Tanggal berita acara."),
    ]:  # fmt: skip
        with refused(f"Keputusan belum dapat dibuat. {where}"):
            issue(story, facts=facts_of(story, **changed))

    assert issue(story).number == NUMBER


def test_a_decree_dated_before_its_minutes_is_refused():
    story = decided()

    said = (
        "Tanggal keputusan, 28 Juni 2024, mendahului berita acaranya, 29 Juni 2024. Keputusan berdasar pada berita acara; "
        "periksa kedua tanggalnya."
    )
    with refused(said, BadInput):
        issue(story, facts=facts_of(story, minutes_on=date(2024, 6, 29)))


def test_a_decree_dated_before_the_result_it_makes_known_is_refused():
    story = decided()

    said = "Tanggal keputusan, 27 Juni 2024, mendahului penetapan hasil, 28 Juni 2024, 16.30 WITA. Periksa tanggalnya."
    with refused(said, BadInput):
        issue(story, signed_on=date(2024, 6, 27))


def test_typed_minutes_are_not_older_than_the_count_they_tell():
    story = decided()

    said = "Tanggal berita acara, 20 Juni 2024, mendahului pembekuan hitungan tahap Tinjau lapang, 21 Juni 2024, 18.00 WITA."
    with refused(f"{said} Periksa tanggalnya.", BadInput):
        issue(story, facts=facts_of(story, minutes_on=date(2024, 6, 20)))


def test_what_is_printed_is_what_is_stored_and_sealed():
    story = decided()
    governor(story)
    chain = Chain.objects.get(pk=story.edition.chain_id)
    decree = issue(story, facts=facts_of(story, city="Tarakan", copies=("Yth. Camat  Tarakan Barat",)))

    decree = Decree.objects.get(pk=decree.pk)
    text = printed(read_blob(decree.document))
    assert decree.facts["city"] == "Tarakan" and "Ditetapkan di Tarakan pada tanggal 28 Juni 2024" in text
    assert decree.facts["copies"] == ["Yth. Camat Tarakan Barat"] and "Tembusan: 1. Yth. Camat Tarakan Barat" in text
    assert decree.facts["signer"] == "Dr. H. Zain" and "Dr. H. Zain" in text
    assert (decree.journal_size, decree.journal_head) == (chain.size, chain.head)
    assert Line.objects.filter(chain=chain, type="decree.attach").get().canonical.count(decree.commitment) == 1
    assert is_sealed_as(decree_content(decree), decree)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "188/1"), ("signed_on", date(2024, 6, 29)), ("facts", {"city": "Tarakan"}), ("journal_size", 1),
        ("journal_head", "0" * 64), ("document_id", "0" * 64),
    ],
)  # fmt: skip
def test_a_changed_row_no_longer_opens_its_seal(field, value):
    decree = issue(decided())
    setattr(decree, field, value)

    assert not is_sealed_as(decree_content(decree), decree)


def test_a_draft_shows_what_is_open_in_the_document_and_on_the_page(client, monkeypatch):
    story = decided()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client.force_login(story.bureau[0])

    html = client.get(reverse("publication:decision-decree", args=[CODE])).content.decode()
    answer = client.post(reverse("publication:decision-draft", args=[CODE]), {"city": ""})

    assert "Masih terbuka dalam naskah" in html and "catat pejabatnya pada tanggal itu di halaman Pejabat" in html
    assert answer.headers["Content-Type"] == "application/pdf"
    text = printed(answer.content)
    assert all(part in text for part in ("RANCANGAN", "NOMOR (nomor keputusan)", "Ditetapkan di (tempat ditetapkan)"))
    assert "pada tanggal (tanggal keputusan)" in text
    assert not Decree.objects.exists()


def test_the_columns_hold_the_proposals_and_what_is_typed_is_printed(client, monkeypatch):
    story = decided()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client.force_login(story.bureau[0])
    address = reverse("publication:decision-decree", args=[CODE])
    html = client.get(address).content.decode()
    shown = html.split('name="shown" value="')[1].split('"')[0]

    typed = {"number": NUMBER, "signed_on": "2024-06-28", "recalling": "UU 23/2014\nPP 17/2018", "shown": shown}
    client.post(address, typed)

    assert "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah</textarea>" in html
    decree = Decree.objects.get()
    assert decree.facts["recalling"] == ["UU 23/2014;", "PP 17/2018;"]
    assert decree.facts["city"] == "Tanjung Selor"


@pytest.mark.parametrize("is_minuted", [True, False])
def test_whoever_fills_in_the_decree_reads_words_and_no_places_of_the_program(client, monkeypatch, is_minuted):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    noting = "  memperhatikan:\n  - Berita Acara Tim Penilai {nama} Nomor {nomor_berita_acara}\n  diktum:\n"
    source = small.EDITION.replace("  diktum:\n", noting)
    story = small.play_small(DECIDED, source=source)
    if not is_minuted:
        Minutes.objects.all().delete()
    client.force_login(story.bureau[0])
    page = client.get(reverse("publication:decision-decree", args=[CODE]))

    shown = page.context["form"]["noting"].value()
    number = Minutes.objects.get(stage__code="lapang").number if is_minuted else "(nomor berita acara)"
    assert shown == f"Berita Acara Tim Penilai Penilaian Kecamatan Uji Nomor {number}"
    typed = {"noting": shown, "minutes_number": "5/BA/2024"}
    draft = printed(client.post(reverse("publication:decision-draft", args=[CODE]), typed).content)
    printed_number = (number if is_minuted else "5/BA/2024").replace(" ", "")
    assert f"KecamatanUjiNomor{printed_number};" in draft.replace(" ", "")
    assert "Kepala jurnal saat rancangan ini dibuat" in draft


def test_who_may_not_issue_it_sees_no_draft(client, monkeypatch):
    story = decided()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client.force_login(story.leader)

    assert client.post(reverse("publication:decision-draft", args=[CODE])).status_code == 404


def test_an_unknown_place_in_what_was_typed_is_refused_with_nothing_made():
    story = decided()

    with pytest.raises(Refused):
        issue(story, facts=facts_of(story, noting=("Berita acara {pemenang}",)))

    assert not Decree.objects.exists()


def test_minutes_made_here_are_the_ones_the_decree_rests_on():
    story = decided()
    stage = small.stage(story, "lapang")
    made = MinutesFacts("700/BA-TP/2024", date(2024, 6, 28), "Tarakan")
    make_minutes(stage, made, by=story.bureau[0], now=NOW)

    said = (
        "Tanggal keputusan, 27 Juni 2024, mendahului berita acaranya, 28 Juni 2024. Keputusan berdasar pada berita acara; "
        "periksa kedua tanggalnya."
    )
    own = {"minutes_number": "", "minutes_on": None}
    with refused(said, BadInput):
        issue(story, facts=facts_of(story, **own), signed_on=date(2024, 6, 27))
    decree = issue(story, facts=facts_of(story, **own, noting=("Nomor {nomor_berita_acara}",)))

    assert (decree.facts["minutes_number"], decree.facts["minutes_date"]) == ("700/BA-TP/2024", "2024-06-28")
    assert decree.facts["noting"] == ["Nomor 700/BA-TP/2024;"]


def with_minutes():
    story = decided()
    made = MinutesFacts("03/BA/2024", date(2024, 6, 24), "Tarakan")
    make_minutes(small.stage(story, "lapang"), made, by=story.bureau[0], now=NOW)
    return story, {"minutes_number": "03/BA/2024", "minutes_on": made.signed_on}


def test_other_minutes_than_those_made_here_are_refused_with_both_named():
    story, made = with_minutes()

    typed = (
        "Berita acara yang diketik, Nomor 99/BA tanggal 24 Juni 2024, bukan berita acara tahap terakhir yang dibuat di sini, "
        "Nomor 03/BA/2024 tanggal 24 Juni 2024. Pakai yang dibuat di sini."
    )
    with refused(typed, BadInput):
        issue(story, facts=facts_of(story, **made | {"minutes_number": "99/BA"}))
    for number, day in (("99/BA", "24 Juni 2024"), ("03/BA/2024", "1 Januari 2023")):
        said = (
            f"Memperhatikan menyebut berita acara Nomor {number} tanggal {day}, sedangkan berita acara tahap terakhir yang "
            "dibuat di sini Nomor 03/BA/2024 tanggal 24 Juni 2024. Samakan nomor dan tanggalnya."
        )
        with refused(said, BadInput):
            issue(story, facts=facts_of(story, **made, noting=(f"Berita Acara Tim Penilai Nomor {number} tanggal {day}",)))


def test_the_minutes_of_a_kabupaten_may_be_noted_beside_those_made_here():
    story, made = with_minutes()
    noting = ("Berita Acara Tim Penilai Nomor {nomor_berita_acara} tanggal {tanggal_berita_acara}",
              "Berita Acara Tim Penilai Kabupaten Bulungan Nomor 5/BA tanggal 3 Mei 2024")  # fmt: skip

    decree = issue(story, facts=facts_of(story, **made, noting=noting))

    assert decree.facts["noting"][0] == "Berita Acara Tim Penilai Nomor 03/BA/2024 tanggal 24 Juni 2024;"


@pytest.mark.parametrize(
    ("noting", "number"),
    [
        ("Berita Acara Tim Penilai kabupaten/kota Nomor 99/BA tanggal 1 Januari 2023", "99/BA tanggal 1 Januari 2023"),
        ("Berita Acara Tim Penilai No. 99/BA tanggal 1 Januari 2023 tentang juara Kabupaten Bulungan",
         "99/BA tanggal 1 Januari 2023"),
        ("Berita Acara Tim Penilai Nomor 03/BA/2024 tanggal 24 Juni 2024 dan Berita Acara Rapat Pleno Nomor 99/BA", "99/BA"),
    ],
)  # fmt: skip
def test_only_the_minutes_of_a_named_kabupaten_pass_unheld(noting, number):
    story, made = with_minutes()

    said = (
        f"Memperhatikan menyebut berita acara Nomor {number}, sedangkan berita acara tahap terakhir yang dibuat di sini Nomor "
        "03/BA/2024 tanggal 24 Juni 2024. Samakan nomor dan tanggalnya."
    )
    with refused(said, BadInput):
        issue(story, facts=facts_of(story, **made, noting=(noting,)))


def test_minutes_that_others_replaced_are_no_basis_of_a_decree():
    story, _made = with_minutes()
    again = MinutesFacts("04/BA/2024", date(2024, 6, 24), "Tarakan", reason="Salah tulis.")
    make_minutes(small.stage(story, "lapang"), again, by=story.bureau[0], now=NOW)
    made = {"minutes_number": "04/BA/2024", "minutes_on": again.signed_on}

    with pytest.raises(BadInput, match="menyebut berita acara Nomor 03/BA/2024 tanggal 24 Juni 2024, sedangkan"):
        noting = ("Berita Acara Tim Penilai Nomor 03/BA/2024 tanggal 24 Juni 2024",)
        issue(story, facts=facts_of(story, **made, noting=noting))


def test_a_decree_without_a_legal_basis_is_refused_in_a_demonstration_too():
    story = decided()

    with refused("Keputusan belum dapat dibuat. Mengingat masih kosong: isi kolom Mengingat."):
        issue(story, facts=facts_of(story, recalling=()))


def test_a_count_changed_behind_the_back_gets_no_decree():
    story = decided()
    tally = FrozenTally.objects.get(stage=small.stage(story, "isian"), scope="")
    FrozenTally.objects.filter(pk=tally.pk).update(places=tally.places.replace(f"{THIRD},", f"{THIRD},9", 1))

    with pytest.raises(Refused, match="Hitungan beku tahap Pengisian: isinya tidak lagi sama"):
        issue(story)
    assert not Decree.objects.exists()


def test_a_regency_that_declined_is_counted_once_in_every_stage_after_its_selection():
    nominees = {code: sent for code, sent in small.NOMINEES.items() if code != small.TARAKAN}
    targets = small.targets(nominees=nominees, declined={small.TARAKAN: "Pilkada."}, decree=small.DECREE)
    counts = ", ".join(f"{{tidak_ikut:{stage}}}" for stage in ("isian", "seleksi", "presentasi", "lapang"))
    story = decided(wording=f"{counts} tidak ikut", targets=targets)

    said = "0 (nol), 1 (satu), 1 (satu), 1 (satu) tidak ikut"
    assert said in printed(draft_decree(story.edition, facts_of(story), now=NOW))
