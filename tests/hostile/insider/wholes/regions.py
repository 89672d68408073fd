"""The list of regions, which its chain seals whole; and accounts and terms that a newer list takes along."""

from datetime import date

from sp2k.accounts.actions import create_user
from sp2k.accounts.actions.people import Details, add_person
from sp2k.accounts.officeholders.actions import Term, add_officeholder
from sp2k.entries.actions import register_entries
from sp2k.entries.region_lists.actions import apply_proposed_list, correct_region_name
from sp2k.regions.models import ProposedList, Region
from tests.hostile.insider.wholes.cases import Case, doing, playing
from tests.hostile.insider.wholes.entries import BEFORE_ENTERING
from tests.regions.lists import answered, newer, row, uploaded
from tests.story import small
from tests.story.small import FIRST, stage


def correct(story, code, name):
    return correct_region_name(Region.objects.get(code=code), name, basis="Perda 1", **doing(story))


def listed(until):
    """A list of regions that a line seals: one name of it was corrected."""

    def before():
        story = playing(until)()
        correct(story, "65.71.02", "Tarakan Tengahh")
        return story

    return before


def proposed():
    """A newer list, answered, by which the first kecamatan lies in another regency; a camat and a term go with it."""
    story = listed(small.FORMS_OPEN)()
    story.admin = create_user("admin.daftar", "Administrator", roles=[("T", "65")])
    add_person("camat.pindah", Details("Camat Pindah"), role="C", region=FIRST, **doing(story))
    term = Term("camat", "Camat Pindah", "", "", date(2023, 1, 15))
    add_officeholder(Region.objects.get(code=FIRST), term, **doing(story))
    text = newer(without={FIRST}, more=[row("65.04.09", Region.objects.get(code=FIRST).name)])
    answered(uploaded(text, story.admin), story.admin)
    return story


def apply(story):
    return apply_proposed_list(ProposedList.objects.get(), by=story.admin, now=small.NOMINATIONS_OPEN)


FORGED, NAMED = "UPDATE regions_region SET name = 'Palsu' WHERE code = '65.71.03'", "Daftar wilayah: isinya"
CASES = {
    "a name corrected beside a forged one": Case(
        listed(small.FORMS_OPEN), FORGED, lambda s: correct(s, "65.71.02", "Tarakan Tengah"), NAMED),
    "a newer list applied": Case(proposed, FORGED, apply, NAMED),
    "entering by the list": Case(
        listed(BEFORE_ENTERING), FORGED, lambda s: register_entries(stage(s, "isian"), **doing(s)), NAMED),
    "a role taken along": Case(
        proposed, "INSERT INTO accounts_membership (user_id, role, region_id) SELECT id, 'R', '65.04' FROM accounts_user "
        "WHERE username = 'camat.pindah'", apply, "Akun camat.pindah dan perannya: isinya"),
    "a term taken along": Case(
        proposed, "UPDATE accounts_officeholder SET name = 'Camat Palsu'", apply, "Pejabat Kecamatan"),
}  # fmt: skip
