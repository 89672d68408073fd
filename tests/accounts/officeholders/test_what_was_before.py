"""The journal says what stood in an account or a term before it was changed, and a changed memory of it is found out."""

from datetime import date

import pytest

from sp2k.accounts.actions import create_user
from sp2k.accounts.actions.people import Details, add_person, edit_person
from sp2k.accounts.actions.profile import OwnDetails, edit_profile
from sp2k.accounts.officeholders.actions import add_officeholder, correct_officeholder, hand_over
from sp2k.accounts.officeholders.terms import Term
from sp2k.desk.record.telling import read_acts
from sp2k.journal.models import Line, Replaced
from sp2k.publication.checking.opening import opened_chain
from sp2k.regions.models import Region
from tests.story.small import BULUNGAN, FIRST, FORMS_OPEN, person, play_small

SITI = Term("camat", "Ra\u2019as, S.Sos.", "197001011990031001", "Pembina, IV/a", date(2023, 1, 2))


@pytest.fixture
def story(db):
    return play_small(until=FORMS_OPEN)


@pytest.fixture
def corrected(story):
    regency = person(story, "R", BULUNGAN)
    holder = add_officeholder(Region.objects.get(code=FIRST), SITI, by=regency, now=FORMS_OPEN)
    mended = Term(**{**vars(SITI), "nip": "", "since": date(2023, 1, 3)})
    correct_officeholder(holder, mended, reason="Salah orang", by=regency, now=FORMS_OPEN)
    hand_over(holder, Term("camat", "Budi", "", "", date(2024, 3, 15)), by=regency, now=FORMS_OPEN)
    return regency


def said(type, reader) -> str:
    line = Line.objects.select_related("chain").filter(type=type).last()
    return read_acts([line], reader=reader)[0].sentence


def faults(chain) -> list[str]:
    return [fault.sentence for fault in opened_chain(chain).faults]


def test_a_corrected_term_and_an_ended_one_say_what_stood_there(corrected):
    region = Region.objects.get(code=FIRST).full_name

    assert said("officeholder.correct", corrected) == (
        f"Memperbaiki catatan Camat di {region}. Alasan: Salah orang. Sebelumnya: NIP 197001011990031001; sejak 2023-01-02."
    )
    assert said("officeholder.end", corrected) == (
        f"Mengakhiri masa jabatan Camat di {region}. Sebelumnya: nama Ra\u2019as, S.Sos.; sampai kosong."
    )


def test_an_edited_account_says_what_stood_there_but_never_a_telephone_number(story):
    admin = create_user("admin-65", "Admin", roles=[("T", "65")])
    budi = add_person("budi", Details("Budi", "Bappeda", "628111"), role="B", region="65", by=admin, now=FORMS_OPEN)
    edit_person(budi, Details("Budi Santoso", "Bappeda", "628222"), by=admin, now=FORMS_OPEN)
    edit_person(budi, Details("Budi Santoso", "Bappeda", "628333"), by=admin, now=FORMS_OPEN)

    assert said("account.edit", admin) == "Mengubah data Budi Santoso."
    assert [row.content for row in Replaced.objects.filter(line__type="account.edit")] == [{"name": "Budi"}]
    assert faults("akun.instalasi") == []


def test_the_line_itself_tells_no_name_and_no_number(corrected):
    told = "".join(Line.objects.filter(chain="pejabat").values_list("canonical", flat=True))

    assert "197001011990031001" not in told and "S.Sos." not in told and '"was":"' in told


def test_a_memory_that_was_changed_or_taken_away_is_named(corrected):
    assert faults("pejabat") == []
    row = Replaced.objects.get(line__type="officeholder.correct")
    row.content |= {"nip": "198001011990031001"}
    row.save()
    changed = faults("pejabat")
    row.delete()

    assert changed == ["Isi sebelum baris 1: isinya tidak lagi sama dengan yang dicatat jurnal (baris jurnal 1)."]
    assert faults("pejabat") == [
        "Isi sebelum baris 1: barisnya dalam basis data hilang, tanpa tindakan yang menghapusnya (baris jurnal 1)."
    ]


def test_a_memory_of_which_no_line_speaks_is_named(corrected):
    line = Line.objects.filter(type="officeholder.end").last()
    Replaced.objects.filter(line=line).delete()
    old = Line.objects.filter(type="officeholder.add").first()
    Replaced.objects.create(line=old, content={"name": "Palsu"})

    assert [sentence.partition(":")[0] for sentence in faults("pejabat")] == ["Isi sebelum baris 0", "Isi sebelum baris 2"]


def test_nobody_is_kept_from_the_own_details_by_a_changed_memory_of_another(story):
    budi, wati = (
        add_person(name.lower(), Details(name), role="J", region="65", by=story.bureau[0], now=FORMS_OPEN)
        for name in ("Budi", "Wati")
    )
    edit_person(budi, Details("Budi Santoso"), by=story.bureau[0], now=FORMS_OPEN)
    Replaced.objects.update(content={"name": "Palsu"})

    changed = edit_profile(wati, OwnDetails("Wati, S.Sos.", "", "", "id", ""), now=FORMS_OPEN)

    assert (changed, len(faults("akun.instalasi"))) == (["name"], 1)
