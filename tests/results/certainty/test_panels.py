"""Before the first mark: panels that would not be comparable are told on the bureau's desk."""

import re

import pytest

from sp2k.accounts.models import User
from sp2k.judging.models import Assignment, Mark, Sheet
from sp2k.results.certainty.panels import panel_warning


@pytest.fixture
def planned(jatim_2023):
    """2023's presentations with nothing assigned yet."""
    stage = jatim_2023.stages.get(code="presentasi")
    duties = Assignment.objects.filter(participation__stage=stage)
    sheets = Sheet.objects.filter(assignment__in=duties)
    Mark.objects.filter(sheet__in=sheets).delete()
    sheets.delete()
    duties.delete()
    return stage


def assign(stage, groups):
    """Let the n-th group of seats (by number) judge every n-th participation."""
    seats = list(stage.seats.all())
    rows = [
        Assignment(seat=seats[number], participation=participation)
        for n, participation in enumerate(stage.participations.all())
        for number in groups[n % len(groups)]
    ]
    Assignment.objects.bulk_create(rows)


def test_nothing_is_said_before_anything_is_assigned(planned):
    assert panel_warning(planned) is None


def test_nothing_is_said_where_every_juror_judges_every_entry(planned):
    assign(planned, [range(6)])

    assert panel_warning(planned) is None


def test_a_split_jury_is_warned_of_in_red(planned):
    assign(planned, [(0, 1, 2), (3, 4, 5)])

    warning = panel_warning(planned)

    assert (warning.is_red, warning.design.n_components) == (True, 2)
    assert warning.sentences[0] == (
        "Juri terbagi dalam 2 kelompok yang tidak menilai satu peserta pun bersama-sama: tempat peserta di kelompok yang "
        "berbeda tidak dapat dibandingkan."
    )


def test_panels_with_one_common_juror_are_comparable_but_thin(planned):
    assign(planned, [(0, 1, 2), (2, 3, 4, 5)])

    warning = panel_warning(planned)

    assert (warning.is_red, warning.design.is_comparable, warning.design.cut_jurors) == (False, True, (2,))
    assert any("berhalangan" in said for said in warning.sentences)


def test_panels_with_two_common_jurors_need_no_warning(planned):
    assign(planned, [(0, 1, 2, 3), (2, 3, 4, 5)])

    assert panel_warning(planned) is None


@pytest.mark.parametrize(("role", "is_told"), [("B", True), ("C", False), ("J", False)])
def test_the_desk_of_the_bureau_says_so(planned, client, role, is_told):
    assign(planned, [(0, 1, 2), (3, 4, 5)])
    client.force_login(User.objects.filter(memberships__role=role).order_by("pk").first())

    page = " ".join(re.sub(r"<[^>]+>", " ", client.get("/meja/").content.decode()).split())

    assert ("Presentasi: panel juri tidak dapat dibandingkan" in page) == is_told
