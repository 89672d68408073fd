"""From the decision on an edition keeps its names: what is announced is called as the decree that was signed calls it."""

import pytest

from sp2k.base.clock import start_demonstration_clock
from sp2k.base.refusals import Refused
from sp2k.editions.actions import give_approval
from sp2k.editions.models import Edition
from sp2k.entries.models import Entry
from sp2k.entries.queries.opening import entries_hash
from sp2k.entries.region_lists.actions import correct_region_name
from sp2k.journal.actions import append
from sp2k.journal.opening import CHANGED
from sp2k.judging.actions import print_papers
from sp2k.judging.documents.visit_form import visit_forms_pdf
from sp2k.judging.models import PaperSheet
from sp2k.publication.checking.opening import opened_chain, opened_publication
from sp2k.regions.models import Region
from sp2k.results.actions import return_result
from tests.hostile.insider.test_sealed_things import sql
from tests.publication.test_decree_facts import printed
from tests.story.small import (
    BULUNGAN,
    DECREE_ISSUED,
    FIRST,
    LONG_AFTER,
    TITLES_GIVEN,
    VISIT_SEATED,
    at,
    duty,
    play_small,
    stage,
)

pytestmark = pytest.mark.django_db
NAMED, TABLE = "PKU", "/hasil/kaltara-2024-uji/tabel.csv"


def correct(story, code, name, now):
    return correct_region_name(Region.objects.get(pk=code), name, basis="Perda 4/2003", by=story.bureau[0], now=now)


def test_a_name_corrected_after_the_decree_leaves_the_edition_as_it_was_signed(client):
    story = play_small(until=DECREE_ISSUED)
    before = dict(Entry.objects.filter(edition=story.edition).values_list("region", "name"))

    correct(story, FIRST, "Tanjung Palas Baru", DECREE_ISSUED)
    correct(story, FIRST.rpartition(".")[0], "Kabupaten Bulungan Baru", DECREE_ISSUED)

    assert dict(Entry.objects.filter(edition=story.edition).values_list("region", "name")) == before
    assert not Entry.objects.filter(edition=story.edition, regency_name__contains="Baru").exists()
    assert opened_publication(story.edition).faults == []


def test_before_the_decision_a_corrected_name_reaches_the_edition():
    story = play_small(until=TITLES_GIVEN)

    correct(story, FIRST, "Tanjung Palas Baru", TITLES_GIVEN)

    assert Entry.objects.get(edition=story.edition, region=FIRST).name == "Tanjung Palas Baru"


def test_from_the_first_yes_to_the_result_the_names_stand_that_were_agreed_to():
    story = play_small(until=TITLES_GIVEN)
    edition = Edition.objects.get(pk=story.edition.pk)
    told = {"role": "G", "by": story.leader, "now": TITLES_GIVEN}
    give_approval(edition, "hasil", edition.result_subject, **told)

    for code, name in ((FIRST, "Tanjung Palas Baru"), (BULUNGAN, "Bulungan Baru"), ("65", "Kalimantan Utara Baru")):
        correct(story, code, name, TITLES_GIVEN)

    edition = Edition.objects.get(pk=edition.pk)
    called = edition.entries.values_list("name", "regency_name")
    names = [str(edition), *(name for row in called for name in row)]
    assert [name for name in names if "Baru" in name] == []
    assert opened_publication(edition).faults == []


def test_a_regency_is_called_alike_on_the_whole_public_page(client):
    story = play_small()
    start_demonstration_clock(LONG_AFTER)
    regency = FIRST.rpartition(".")[0]

    correct(story, regency, "Kabupaten Bulungan Baru", LONG_AFTER)

    page = client.get(f"/hasil/{story.edition.code}/").content.decode()
    assert "Kabupaten Bulungan" in page and "Bulungan Baru" not in page


def test_a_province_corrected_after_the_announcement_is_called_as_the_decree_calls_it(client):
    story = play_small()
    start_demonstration_clock(LONG_AFTER)
    told = f"{NAMED} Kalimantan Utara 2024"
    assert client.get(TABLE).content.decode().splitlines()[0].count(told) == 1

    correct(story, "65", "Kalimantan Utara Raya", LONG_AFTER)

    pages = [client.get(address).content.decode() for address in (f"/hasil/{story.edition.code}/", TABLE, "/")]
    assert [page for page in pages if "Utara Raya" in page] == []
    assert str(Edition.objects.get(pk=story.edition.pk)) == told
    assert opened_publication(story.edition).faults == []


def test_before_the_decision_a_corrected_province_reaches_the_edition_by_a_line_of_its_own():
    story = play_small(until=TITLES_GIVEN)

    correct(story, "65", "Kalimantan Utara Raya", TITLES_GIVEN)
    correct(story, "65", "Kalimantan Utara Jaya", TITLES_GIVEN)

    edition = Edition.objects.get(pk=story.edition.pk)
    assert (str(edition), edition.entries.count()) == (f"{NAMED} Kalimantan Utara Jaya 2024", 9)
    assert opened_publication(edition).faults == []


@pytest.mark.parametrize("after", ["opened", "corrected"])
def test_what_an_edition_calls_its_region_is_held_by_its_journal(client, after):
    story = play_small(until=TITLES_GIVEN)
    if after == "corrected":
        correct(story, "65", "Kalimantan Utara Raya", TITLES_GIVEN)

    Edition.objects.filter(pk=story.edition.pk).update(region_name="Palsu")

    [fault] = opened_publication(Edition.objects.get(pk=story.edition.pk)).faults
    assert (fault.what.split(" PKU")[0], fault.why) == ("Nama wilayah", CHANGED)
    client.force_login(story.bureau[0])
    page = client.get(f"/tahap/{story.edition.code}/lapang/")
    assert (page.status_code, "Nama wilayah" in page.content.decode()) == (422, True)


@pytest.mark.parametrize("change", [
    "UPDATE regions_region SET name = 'Palsu' WHERE code = '65'",
    "INSERT INTO regions_formername (region_id, name, until, kind, basis) "
    "VALUES ('65.01', 'Kabupaten Palsu', '2024-01-01 00:00:00', 'dibetulkan', 'Perda 1')",
])  # fmt: skip
def test_the_first_list_of_regions_is_held_before_any_act_changed_it(change):
    play_small(until=TITLES_GIVEN)
    assert opened_chain("wilayah").faults == []

    sql(change)

    assert [fault.sentence for fault in opened_chain("wilayah").faults] == [f"Daftar wilayah: {CHANGED}."]


def test_after_the_decision_a_regencys_pages_minutes_and_lists_call_it_as_its_entries_do(client):
    story = play_small()
    start_demonstration_clock(LONG_AFTER)
    correct(story, BULUNGAN, "Kabupaten Bulungan Baru", LONG_AFTER)
    client.force_login(story.bureau[0])
    edition, own = story.edition.code, f"/tahap/{story.edition.code}/seleksi/kabupaten/{BULUNGAN}/"

    answers = {address: client.get(address) for address in (
        f"/tahap/{edition}/seleksi/kabupaten/", own, f"{own}peringkat.csv", f"/isian/peserta/{edition}/",
        f"/tahap/{edition}/presentasi/penugasan/", f"/juri/{edition}/presentasi/kemajuan/", f"/catatan/edisi/{edition}/",
    )}  # fmt: skip

    assert {answer.status_code for answer in answers.values()} == {200}, {a: r.status_code for a, r in answers.items()}
    assert [address for address, answer in answers.items() if "Bulungan Baru" in answer.content.decode()] == []
    assert "Kabupaten Bulungan" in answers[own].content.decode()
    minutes = printed(client.get(f"{own}berita-acara.pdf").content)
    assert "Bulungan" in minutes and "Bulungan Baru" not in minutes


def test_the_blank_form_of_a_visit_calls_its_kecamatan_as_it_entered():
    story = play_small(until=VISIT_SEATED)
    visited, visit = stage(story, "lapang"), duty(story, FIRST, "akademisi", "lapang")
    told = {"by": story.bureau[0], "now": at("2024-06-19 10.00"), "kind": PaperSheet.Kind.VISIT}
    papers = print_papers(visited, [visit], **told).papers
    Region.objects.filter(pk__in=[FIRST, BULUNGAN]).update(name="Baru")  # as a newer list would

    text = printed(visit_forms_pdf(stage(story, "lapang"), PaperSheet.objects.filter(pk=papers[0].pk), size="a4",
                                   address=lambda paper: f"/k/{paper.pk}/"))

    assert "Tanjung Palas" in text and "Kabupaten Bulungan" in text and "Baru" not in text


def returned(story):
    """The edition after a yes, a name corrected despite it, and the leader's return."""
    edition = Edition.objects.get(pk=story.edition.pk)
    give_approval(edition, "hasil", edition.result_subject, role="G", by=story.leader, now=TITLES_GIVEN)
    correct(story, FIRST, "Tanjung Palas Baru", TITLES_GIVEN)
    return_result(edition, reason="Nama kecamatan keliru.", by=story.leader, now=TITLES_GIVEN)
    return edition


def test_a_result_sent_back_for_a_wrong_name_takes_the_name_that_was_corrected_meanwhile():
    story = play_small(until=TITLES_GIVEN)
    edition = returned(story)
    assert Entry.objects.get(edition=edition, region=FIRST).name == "Tanjung Palas"

    correct(story, FIRST, "Tanjung Palas Baru", TITLES_GIVEN)

    assert Entry.objects.get(edition=edition, region=FIRST).name == "Tanjung Palas Baru"
    assert opened_publication(edition).faults == [] == opened_chain("wilayah").faults
    with pytest.raises(Refused, match="sudah tertulis begitu"):
        correct(story, FIRST, "Tanjung Palas Baru", TITLES_GIVEN)


def test_names_written_anew_behind_a_yes_that_was_taken_away_for_the_minute_are_told():
    story = play_small(until=DECREE_ISSUED)
    body = {"region": FIRST, "sha256": entries_hash(story.edition.entries.all())}

    append(story.edition.chain_id, "entries.rename", body, by=story.bureau[0], now=DECREE_ISSUED)

    assert "dibetulkan sesudah hasilnya disetujui" in {fault.why for fault in opened_publication(story.edition).faults}
