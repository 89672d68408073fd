"""The page of the decision: from titles to the announcement by its buttons, each with its reason while it waits."""

from datetime import date

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.accounts.policy import POLICY
from sp2k.base import clock
from sp2k.editions.actions import Paper, give_approval
from sp2k.editions.models import Edition
from sp2k.editions.queries.acts import acts_of
from sp2k.publication.models import Decree
from sp2k.results.models import Award, Decision
from tests.pages.confirming import confirm
from tests.story import small
from tests.story.small import FIRST, SECOND, at

pytestmark = pytest.mark.django_db
CODE = "kaltara-2024-uji"


@pytest.fixture
def stand_at(monkeypatch):
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


def page(client, user):
    client.force_login(user)
    answer = client.get(reverse("publication:decision", args=[CODE]))
    return answer.status_code, answer.content.decode()


def press(client, user, name, **data):
    client.force_login(user)
    return confirm(client, reverse(f"publication:decision-{name}", args=[CODE]), data)


def test_an_edition_goes_from_its_last_count_to_the_announcement_by_buttons_alone(client, stand_at):
    story = small.play_small(small.VISIT_FROZEN)
    first, second = story.bureau
    stand_at(at("2024-06-25 09.00"))

    assert "Gelar menurut tempat yang dibekukan" in page(client, first)[1]
    assert "Gelar diberikan." in press(client, first, "titles").content.decode()
    assert "Persetujuan belum lengkap: kurang 1 orang Pimpinan" in page(client, first)[1]
    assert "Persetujuan Anda dicatat." in press(client, story.leader, "approve", act="hasil", role="G").content.decode()
    assert "Hasil ditetapkan." in press(client, first, "decide").content.decode()
    stand_at(at("2024-06-28 12.00"))
    html = press(client, first, "decree", number="188.44/K.9/2024", signed_on="2024-06-28").content.decode()
    assert "Buka naskah keputusan 188.44/K.9/2024 (PDF)" in html
    assert "Hasil baru boleh diumumkan pada 10 Juli 2024, 10.00 WITA." in html
    stand_at(at("2024-07-10 10.00"))
    assert "Persetujuan belum lengkap: kurang 1 orang Penyelenggara provinsi" in page(client, first)[1]
    press(client, first, "approve", act="terbit", role="B")
    html = press(client, second, "publish").content.decode()

    assert "Hasil diterbitkan dan terbuka bagi umum." in html
    story.edition.refresh_from_db()
    assert story.edition.is_published
    assert list(Award.objects.values_list("title", "entry__region")) == [("Juara I", FIRST), ("Juara II", SECOND)]


def test_an_act_is_over_once_it_is_done_and_not_only_when_all_is_announced():
    story = small.play_small(small.DECREE_ISSUED)
    edition = Edition.objects.get(pk=story.edition.pk)

    acts = {act.act: act.words for act in acts_of(edition, story.bureau[0], now=small.DECREE_ISSUED)}

    assert (acts["hasil"], acts["terbit"]) == ("sudah dilakukan", "menunggu")


def test_the_first_person_alone_does_not_publish(client, stand_at):
    story = small.play_small(small.DECREE_ISSUED)
    stand_at(at("2024-07-10 10.00"))

    html = press(client, story.bureau[0], "publish").content.decode()

    assert "Persetujuan belum lengkap" in html
    story.edition.refresh_from_db()
    assert not story.edition.is_published


def test_a_bad_number_or_date_stays_typed_and_makes_no_decree(client, stand_at):
    story = small.play_small(at("2024-06-28 16.40"))
    stand_at(at("2024-06-28 17.00"))
    bureau = story.bureau[0]

    none = press(client, bureau, "decree", number="", signed_on="2024-06-28")
    future = press(client, bureau, "decree", number="188/1", signed_on="2024-07-28")
    early = press(client, bureau, "decree", number="188/1", signed_on="2024-06-27")

    assert [answer.status_code for answer in (none, future, early)] == [422, 422, 422]
    assert "Isian ini belum diisi." in none.content.decode()
    assert "belum tiba" in future.content.decode() and 'value="188/1"' in future.content.decode()
    assert "mendahului penetapan hasil, 28 Juni 2024" in early.content.decode()
    assert not Decree.objects.exists()


def test_nobody_but_bureau_leader_and_inspectorate_knows_of_the_page_and_the_leader_only_at_the_decision(
    client, stand_at
):
    story = small.play_small(small.JURY_FROZEN)
    stand_at(small.JURY_FROZEN)
    watcher = create_user("pengawas-65", "Pengawas", roles=[("I", "65")])

    assert page(client, story.leader)[0] == 403
    assert (page(client, story.bureau[0])[0], page(client, watcher)[0]) == (200, 200)
    assert "Belum ada yang diputus" in page(client, story.bureau[0])[1]
    for user in (
        small.holder(story, "akademisi"), small.person(story, "C", small.BULUNGAN),
        small.person(story, "R", small.BULUNGAN), small.other_bureau(),
    ):  # fmt: skip
        assert page(client, user)[0] == 404
        assert client.get(reverse("publication:decisions")).status_code in (404, 200)
    client.logout()
    assert client.get(reverse("publication:decision", args=[CODE])).status_code == 302


def test_the_decree_is_read_before_the_announcement_only_by_those_of_the_decision(client, stand_at):
    story = small.play_small(small.DECREE_ISSUED)
    stand_at(small.DECREE_ISSUED)
    address = reverse("publication:decision-document", args=[CODE])

    client.force_login(story.leader)
    assert client.get(address).content[:5] == b"%PDF-"
    client.force_login(small.person(story, "C", small.BULUNGAN))
    assert client.get(address).status_code == 404


def test_a_shared_place_leaves_its_title_without_a_holder_and_says_so(client, stand_at):
    marks = {"presentasi": {FIRST: 90, SECOND: 80, small.THIRD: 70}, "lapang": {FIRST: 90, SECOND: 90}}
    rules = small.EDITION.replace('  seri: ["tahap:lapang"]\n', "").replace(
        "bobot: 0.6, bobot_tahap: 0.4", "bobot: 0.5, bobot_tahap: 0.5"
    )
    marks["lapang"] = {FIRST: 80, SECOND: 90}
    story = small.play_small(small.VISIT_FROZEN, source=rules, told=marks)
    stand_at(small.VISIT_FROZEN)

    html = page(client, story.bureau[0])[1]

    assert html.count("Belum ada satu pemegang") == 2
    assert 'aria-disabled="true">Beri gelar</button>' in html
    press(client, story.bureau[0], "titles")
    assert not Award.objects.exists() and not Decision.objects.exists()


def test_an_act_that_is_no_decision_is_not_approved_here(client, stand_at):
    story = small.play_small(small.VISIT_FROZEN)
    stand_at(small.VISIT_FROZEN)

    assert press(client, story.bureau[0], "approve", act="kunci_aturan", role="B").status_code == 404


def test_who_reads_places_before_the_announcement_is_named_as_the_policy_has_it(client, stand_at):
    story = small.play_small(small.VISIT_FROZEN)
    stand_at(small.VISIT_FROZEN)

    html = " ".join(page(client, story.bureau[0])[1].split())

    readers = "Penyelenggara provinsi, Ketua juri, Pengawas, Pimpinan"
    assert f"Sampai diumumkan, tempat dan gelar dibaca oleh {readers}." in html
    assert POLICY["places.read"].roles | POLICY["decision.read"].roles == {"B", "K", "I", "G"}


def test_an_embargo_that_is_past_names_no_instant(client, stand_at):
    story = small.play_small(small.DECREE_ISSUED)
    stand_at(at("2024-07-10 09.59"))
    before = page(client, story.bureau[0])[1]
    stand_at(at("2024-07-10 10.01"))
    after = page(client, story.bureau[0])[1]

    assert "Embargo sampai 10 Juli 2024" in before
    assert "Embargo sampai 10 Juli 2024" not in after and "Embargo sampai diumumkan" in after


def test_a_yes_by_letter_is_named_by_the_letter_and_its_recorders_and_not_before_both_records_are_there(client, stand_at):
    story = small.play_small(small.TITLES_GIVEN)
    stand_at(small.TITLES_GIVEN)
    letter = Paper("100/77/2024", date(2024, 6, 24), b"%PDF-1.7 surat")
    one, other = story.bureau
    address = reverse("publication:decision-decide", args=[CODE])
    client.force_login(one)

    give_approval(story.edition, "hasil", CODE, role="G", by=one, now=small.TITLES_GIVEN, paper=letter)
    before = " ".join(client.get(address).content.decode().split())
    give_approval(story.edition, "hasil", CODE, role="G", by=other, now=small.TITLES_GIVEN, paper=letter)
    after = " ".join(client.get(address).content.decode().split())

    assert "Yang sudah menyetujui" not in before
    said = f"Pimpinan dengan surat 100/77/2024 tanggal 24 Juni 2024, dicatat {one.name}, {other.name}"
    assert after.count(said) == 1
    assert f"{one.name} (Pimpinan)" not in after
    assert page(client, one)[1].count("mencatat surat 100/77/2024 tanggal 24 Juni 2024") == 2
