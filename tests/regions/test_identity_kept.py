"""A code that goes to another region takes nothing with it: no camat, home, officeholder, form or edition."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions import create_user
from sp2k.accounts.actions.lists import SAME, plan_of
from sp2k.accounts.forms.people import region_of
from sp2k.accounts.models import Membership, Officeholder, User
from sp2k.accounts.officeholders import workbook as officeholders
from sp2k.accounts.officeholders.actions import Term, add_officeholder
from sp2k.accounts.officeholders.plans import plan_of as officeholder_plan
from sp2k.accounts.officeholders.queries import listed_posts
from sp2k.accounts.policy import why_not
from sp2k.accounts.queries.people import listed_people
from sp2k.accounts.workbook.reading import PersonRow, rows_of
from sp2k.accounts.workbook.writing import workbook_of
from sp2k.base.exactyaml import load
from sp2k.base.refusals import NotAllowed, Refused
from sp2k.base.tables import read_table
from sp2k.editions.actions import open_edition
from sp2k.editions.models import Edition
from sp2k.editions.queries.origins import text_as_held
from sp2k.editions.queries.rules_page import rules_page
from sp2k.entries.models import Entry, Participation
from sp2k.entries.queries.entrants import entries_of_list
from sp2k.entries.region_lists.actions import answer_identities, apply_proposed_list, correct_region_name
from sp2k.entries.region_lists.queries import compared_with_force
from sp2k.entries.region_lists.resting import resting_on
from sp2k.journal.queries import replay
from sp2k.publication.checking.opening import opened_chain
from sp2k.regions.models import ProposedList, Region
from sp2k.regions.queries import region_listed_as, regions_listed_as, search_kecamatan, stored_parts_of, stored_rows
from tests.regions.lists import answered, newer, row, taken_in, text_of, uploaded
from tests.story.small import EDITION, FORMS_IN, NOMINATIONS_OPEN, entry, play_small

A, B, C = "65.01.01", "65.01.02", "65.01.03"  # Tanjung Palas, Tanjung Palas Barat, Tanjung Palas Utara
NOW = NOMINATIONS_OPEN
NEXT_YEAR = EDITION.replace("kaltara-2024-uji", "kaltara-2025-uji")


@pytest.fixture
def story(db):
    """An edition that runs; each kecamatan has an account, the first also an officeholder, and a juror a home."""
    story = play_small(until=FORMS_IN)
    bureau, camat = story.bureau[0], Term("camat", "Camat Pertama", "", "", date(2023, 1, 15))
    add_officeholder(Region.objects.get(pk=A), camat, by=bureau, now=NOW)
    for code, name in ((A, "camat-a"), (B, "camat-b")):
        create_user(name, name.title(), roles=[("C", code)])
    create_user("juri-asal", "Juri", roles=[("J", "65")])
    User.objects.filter(username="juri-asal").update(home="65.01")
    return story


@pytest.fixture
def admin(story):
    return create_user("admin", "Administrator", roles=[("T", "65")])


def standing() -> set:
    """All that points to a region, as it points."""
    rows = {("role", pk, key) for pk, key in Membership.objects.values_list("pk", "region_id")}
    rows |= {("home", pk, key) for pk, key in User.objects.values_list("pk", "home_id")}
    rows |= {("term", pk, key) for pk, key in Officeholder.objects.values_list("pk", "region_id")}
    return rows | {("entry", *told) for told in Entry.objects.values_list("pk", "region_id", "name", "regency_name")}


def recoded(codes: dict[str, str]) -> str:
    """Kalimantan Utara as it stands, with other codes for some regions and all that lies in them."""

    def new(code):
        found = next((old for old in sorted(codes, key=len, reverse=True) if f"{code}.".startswith(f"{old}.")), None)
        return codes[found] + code[len(found):] if found else code  # fmt: skip

    rows = [r for r in stored_rows() if r.code.startswith("65")]
    return text_of([row(new(r.code), r.name, r.level) for r in sorted(rows, key=lambda r: new(r.code))])


def reads(name, code) -> bool:
    """Whether a camat reads the form of the kecamatan that entered the edition as `code`."""
    return not why_not(User.objects.get(username=name), "form.read", form_of(code), now=NOW)


def form_of(code):
    rows = Participation.objects.select_related("stage__edition__region", "entry__region__parent")
    return rows.get(stage__code="isian", entry__region=code)


class TestExchange:
    SWAP = {A: B, B: A}

    def test_confirmed_as_the_same_nothing_moves_but_the_codes(self, story, admin):
        before, text = standing(), recoded(self.SWAP)

        taken_in(text, admin)

        assert standing() == before
        assert [(r.pk, r.listed_code, r.name) for r in Region.objects.filter(pk__in=[A, B])] == [
            (A, B, "Tanjung Palas"), (B, A, "Tanjung Palas Barat"),
        ]  # fmt: skip
        assert (reads("camat-a", A), reads("camat-a", B), reads("camat-b", B)) == (True, False, True)
        assert opened_chain("wilayah").faults == []

    def test_a_copy_of_an_edition_speaks_of_the_same_regions_by_their_codes_of_today(self, story, admin):
        text = EDITION.replace("tahap:\n", f"desa:\n  ada: ['{A}', '65.71.02']\ntahap:\n", 1)
        text = text.replace("kaltara-2024-uji", "kaltara-desa")
        edition = open_edition(text, name="uji.yaml", by=story.bureau[0], now=NOW, is_sample=True)

        taken_in(recoded(self.SWAP), admin)

        said = [line.values for line in rules_page(Edition.objects.get(pk=edition.pk)).main.lines if line.key == "desa"]
        assert said == [(f"mempunyai desa: {A} Tanjung Palas, 65.71.02 Tarakan Tengah",)]
        assert load(text_as_held(Edition.objects.get(pk=edition.pk)), name="salinan")["desa"] == {"ada": [B, "65.71.02"]}

    def test_answered_as_others_nothing_moves_and_nobody_holds_the_new_ones(self, story, admin):
        before = standing()

        taken_in(recoded(self.SWAP), admin, said=False)

        assert standing() == before
        assert sorted(Region.objects.exclude(ended_at=None).values_list("pk", flat=True)) == [A, B]
        new = {r.listed_code: r for r in Region.objects.filter(ended_at=None, listed_code__in=[A, B])}
        assert [(r.pk, r.name) for r in (new[A], new[B])] == [
            (f"{A}-2", "Tanjung Palas Barat"), (f"{B}-2", "Tanjung Palas"),
        ]  # fmt: skip
        assert not Membership.objects.filter(region__in=new.values()).exists()
        assert (reads("camat-a", A), reads("camat-a", B)) == (True, False)

    def test_what_is_typed_afterwards_means_the_region_of_today(self, story, admin):
        taken_in(recoded(self.SWAP), admin)

        assert (region_listed_as(B).name, region_of(B, within="65")) == ("Tanjung Palas", A)
        assert [found.pk for found in search_kecamatan(B, within="65")] == [A]
        assert regions_listed_as([A, B], at=story.edition.regions_at)[A].name == "Tanjung Palas"
        assert stored_parts_of("65", at=story.edition.regions_at) == stored_parts_of("65")

    def test_a_list_of_people_kept_from_before_gives_nobody_the_neighbours_kecamatan(self, story, admin):
        told = PersonRow(2, "Baris 2", "camat-a", "Camat-A", "C", A)
        assert plan_of([told], by=story.bureau[0], now=NOW).counts[SAME] == 1
        taken_in(recoded(self.SWAP), admin)

        old = plan_of([told], by=story.bureau[0], now=NOW)
        new = plan_of([replace(told, wilayah=B)], by=story.bureau[0], now=NOW)

        assert old.rows[0].says == (
            "Baris 2, kolom wilayah: Kode 65.01.01 sekarang milik Kecamatan Tanjung Palas Barat, Kabupaten Bulungan; orang "
            "ini memegang peran itu di Kecamatan Tanjung Palas, Kabupaten Bulungan, yang kini berkode 65.01.02. Tulis kode "
            "yang sekarang.",
        )
        assert new.counts[SAME] == 1

    def test_a_list_of_officeholders_is_given_out_and_taken_in_under_the_codes_of_today(self, story, admin):
        taken_in(recoded(self.SWAP), admin)
        kept = listed_posts(story.bureau[0], within=A, text="", day=NOW.date(), only_missing=False)

        content = officeholders.workbook_of(kept, is_sample=False, now=NOW)
        [row] = officeholders.listed_terms(read_table("pejabat.xlsx", content, officeholders.KIND), clears=False)
        [step] = officeholder_plan([row], by=story.bureau[0], now=NOW).steps

        assert (row.code, step.kind, step.region.pk) == (B, SAME, A)

    def test_the_list_of_people_gives_out_the_codes_of_today(self, story, admin):
        taken_in(recoded(self.SWAP), admin)
        people = listed_people(admin, text="camat-a")

        [row] = rows_of(workbook_of(people, is_sample=False), name="orang.xlsx")

        assert row.wilayah == B

    def test_next_years_edition_and_last_years_speak_of_the_same_kecamatan(self, story, admin):
        taken_in(recoded(self.SWAP), admin)
        fresh = open_edition(NEXT_YEAR, name="b.yaml", by=story.bureau[0], now=NOW)

        last = dict(Entry.objects.filter(edition=story.edition).values_list("region_id", "name"))
        assert {entry.region_id: entry.name for entry in entries_of_list(fresh)} == last

    def test_the_declared_desa_are_those_of_the_codes_of_the_editions_own_list(self, story, admin):
        taken_in(recoded(self.SWAP), admin)
        text = NEXT_YEAR.replace("zona: Asia/Makassar\n", f'zona: Asia/Makassar\ndesa: {{tidak_ada: ["{B}"]}}\n')
        fresh = open_edition(text, name="b.yaml", by=story.bureau[0], now=NOW)

        without = [entry.name for entry in entries_of_list(fresh) if entry.region_id.startswith("65.01")
                   and "ada_desa" not in entry.traits]  # fmt: skip
        assert without == ["Tanjung Palas"]


class TestOtherWays:
    def test_a_run_moved_by_one_moves_nothing_but_codes(self, story, admin):
        before = standing()

        taken_in(recoded({A: B, B: C, C: "65.01.04"}) + f"{A},Pulau Baru,kecamatan,65.01\n", admin)

        assert standing() == before
        new = Region.objects.get(listed_code=A, ended_at=None)
        assert (new.pk, new.name, Region.objects.get(pk=A).listed_code) == (f"{A}-2", "Pulau Baru", B)

    def test_a_renumbered_regency_keeps_all_below_it_and_a_homonym_stays_where_it_is(self, story, admin):
        homonym = Region.objects.get(pk="65.04.02")
        correct_region_name(homonym, "Tanjung Palas Barat", basis="Perda 1", by=story.bureau[0], now=NOW)
        before = standing()

        with pytest.raises(Refused) as refused:
            taken_in(recoded({"65.01": "65.04", "65.04": "65.01"}), admin)
        apply_proposed_list(ProposedList.objects.get(), typed="6", by=admin, now=NOW)

        assert refused.value.sentence == (
            "Daftar ini menghapus 0 kode dan mengganti nama 6 kode. Ketik 6 untuk menerapkannya."
        )

        assert standing() == before
        assert [(r.pk, r.listed_code) for r in Region.objects.filter(name="Tanjung Palas Barat")] == [
            (B, "65.04.02"), ("65.04.02", B),
        ]  # fmt: skip
        assert (reads("camat-b", B), reads("camat-b", "65.04.02")) == (True, False)

    def test_a_name_changed_under_its_code_and_denied_leaves_the_camat_with_the_old_one(self, story, admin):
        taken_in(newer(renamed={A: "Pelangi"}), admin, said=False)

        assert Membership.objects.get(user__username="camat-a").region_id == A
        assert Region.objects.get(listed_code=A, ended_at=None).pk == f"{A}-2"

    def test_one_that_moved_to_another_regency_is_carried_and_last_years_form_stays_readable(self, story, admin):
        taken_in(recoded({A: "65.04.09"}), admin)

        new = Region.objects.get(name="Tanjung Palas", ended_at=None)
        assert (new.pk, Region.objects.get(pk=A).followed_by_id) == ("65.04.09", "65.04.09")
        held = Membership.objects.filter(user__username="camat-a").order_by("region")
        assert [m.region_id for m in held] == [A, "65.04.09"]
        assert (reads("camat-a", A), entry(story, "isian", A).entry.region_id) == (True, A)
        assert [term.name for term in new.officeholders.all()] == ["Camat Pertama"]
        assert opened_chain("akun.instalasi").faults == opened_chain("pejabat").faults == []

    def test_a_regency_that_moved_to_another_province_waits_for_the_edition_that_runs(self, story, admin):
        rows = [r for r in stored_rows() if r.code.startswith("65.01")]
        moved = text_of([
            *[row(r.code, r.name, r.level) for r in stored_rows() if not r.code.startswith("65.01")],
            *[row(r.code.replace("65.01", "64.80"), r.name, r.level) for r in rows],
        ])  # fmt: skip
        proposed = answered(uploaded(moved, admin), admin)

        with pytest.raises(Refused) as refused:
            apply_proposed_list(proposed, by=admin, now=NOW)
        assert refused.value.sentence.startswith("Kabupaten Bulungan pindah ke provinsi lain")
        assert (Region.objects.filter(pk="64.80").exists(), ProposedList.objects.get().is_waiting) == (False, True)

        Edition.objects.update(published_at=NOW)
        apply_proposed_list(proposed, by=admin, now=NOW)
        assert User.objects.get(username="juri-asal").home_id == "64.80"


class TestAnswering:
    def test_answers_can_be_taken_back_until_the_list_is_applied(self, story, admin):
        proposed = uploaded(newer(renamed={A: "Pelangi"}), admin)
        for said in (True, False, None):
            answer_identities(proposed, {(A, A): said}, by=admin, now=NOW)

        assert (proposed.answers.count(), len(compared_with_force(proposed).matching.open)) == (0, 1)
        with pytest.raises(Refused):
            apply_proposed_list(proposed, by=admin, now=NOW)

    def test_another_answer_about_a_regency_takes_those_within_it_back(self, story, admin):
        proposed = answered(uploaded(recoded({"65.01": "65.80"}), admin), admin)
        n_before = proposed.answers.count()

        answer_identities(proposed, {("65.01", "65.80"): False}, by=admin, now=NOW)

        assert (n_before, proposed.answers.count()) == (4, 1)

    def test_a_region_does_not_continue_as_two(self, story, admin):
        text = newer(without={C}, more=[row(C, "Palas Utara"), row("65.01.08", "Tanjung Palas Utara Hilir")])
        proposed = uploaded(text, admin)
        pairs = {pair.ends: True for pair in compared_with_force(proposed).matching.open}

        with pytest.raises(Refused) as refused:
            answer_identities(proposed, pairs, by=admin, now=NOW)

        assert len(pairs) == 2
        assert "satu wilayah hanya dapat dilanjutkan oleh satu wilayah" in refused.value.sentence

    def test_what_is_not_asked_cannot_be_answered_and_a_stranger_cannot_answer(self, story, admin):
        proposed = uploaded(newer(renamed={A: "Pelangi"}), admin)

        with pytest.raises(Refused) as refused:
            answer_identities(proposed, {(B, C): True}, by=admin, now=NOW)
        with pytest.raises(NotAllowed):
            answer_identities(proposed, {(A, A): True}, by=story.bureau[0], now=NOW)
        assert refused.value.sentence == "Pasangan dengan kode 65.01.03 tidak ditanyakan lagi. Muat ulang halaman."

    def test_many_dropped_or_renamed_are_typed_before_the_list_is_applied(self, story, admin):
        text = newer(without={A, B, "65.04.02", "65.04.03", "65.71.02"}, renamed={C: "Pelangi"})
        proposed = answered(uploaded(text, admin), admin)
        client_warned = compared_with_force(proposed).figures.to_type

        for typed in ("", "5"):
            with pytest.raises(Refused) as refused:
                apply_proposed_list(proposed, typed=typed, by=admin, now=NOW)
        told = "Dari 9 kecamatan Kalimantan Utara hanya 3 yang namanya ada dalam berkas ini."
        assert (client_warned, refused.value.sentence.startswith(told)) == (6, True)


class TestPageAndJournal:
    @pytest.fixture(autouse=True)
    def at_the_time(self, monkeypatch):
        monkeypatch.setattr("sp2k.base.clock.now", lambda: NOW)

    def test_each_pair_is_shown_with_what_rests_on_it(self, story, admin, client):
        proposed = uploaded(recoded(TestExchange.SWAP), admin)
        client.force_login(admin)

        page = client.get(f"/wilayah/muat/{proposed.pk}/").content.decode()

        assert "65.01.02 Tanjung Palas<br><b>bertukar kode</b>" in page
        assert "kode 65.01.02 semula Tanjung Palas Barat" in page
        assert (
            "<small>1 akun camat</small><small>1 pejabat</small><small>sedang dinilai pada PKU Kalimantan Utara 2024</small>"
        ) in page
        assert resting_on(["65.01"])["65.01"].words == [
            "1 akun camat", "asal 1 orang", "sedang dinilai pada PKU Kalimantan Utara 2024",
        ]  # fmt: skip

    def test_the_page_asks_as_often_for_many_pairs_as_for_few(self, story, admin, client):
        client.force_login(admin)
        few = uploaded(newer(renamed={A: "Pelangi"}), admin, decree="K 1")
        many = uploaded(recoded({"65.01": "65.80", "65.04": "65.81", "65.71": "65.82"}), admin, decree="K 2")
        for regency, code in (("65.01", "65.80"), ("65.04", "65.81"), ("65.71", "65.82")):
            answer_identities(many, {(regency, code): True}, by=admin, now=NOW)
        counts = []
        for proposed in (few, few, many):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/wilayah/muat/{proposed.pk}/").status_code == 200
            counts.append(len(queries))

        assert counts[1] == counts[2]

    def test_each_pair_has_a_line_with_old_and_new(self, story, admin):
        taken_in(recoded(TestExchange.SWAP), admin)

        lines = [e["body"] for e in replay("wilayah").entries if e["type"] == "region.match"]
        assert [(b["was"], b["is"], b["same"]) for b in lines] == [
            ("65.01.01 Tanjung Palas", "65.01.02 Tanjung Palas", True),
            ("65.01.02 Tanjung Palas Barat", "65.01.01 Tanjung Palas Barat", True),
        ]  # fmt: skip

    @pytest.mark.parametrize("change", [{"listed_code": "65.01.77"}, {"name": "Palsu"}, {"followed_by_id": B}])
    def test_a_region_changed_behind_the_acts_is_named(self, story, admin, change):
        taken_in(recoded(TestExchange.SWAP), admin)
        Region.objects.filter(pk=A).update(**change)

        [fault] = opened_chain("wilayah").faults
        assert fault.sentence.startswith("Daftar wilayah: isinya tidak lagi sama dengan yang dicatat jurnal")
