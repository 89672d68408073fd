"""What leaves a decree open: places of its wording, and not what somebody wrote in a reason or a name."""

from dataclasses import replace

import pytest

from sp2k.publication.issued.decree import decree_text
from sp2k.publication.issued.facts import lacking_in
from tests.publication.test_decree_facts import SIGNED, decided, facts_of

pytestmark = pytest.mark.django_db


def test_words_of_a_name_or_a_reason_leave_nothing_open_and_those_of_the_rules_do():
    story = decided()
    facts = facts_of(story)
    text = decree_text(story.edition, facts, day=SIGNED)
    story.edition.rules["keputusan"]["menimbang"].append("menurut [kajian]")
    written = ("menurut [kajian]", "bahwa seri diputus Siti (contoh)", "tidak hadir: dinas luar, surat menyusul...")
    text = replace(text, considering=(*text.considering, *written))

    told = {row.what: row.where for row in lacking_in(text, facts, edition=story.edition)}

    assert told['"[kajian]"'].startswith("kata-kata ini dari aturan edisi yang sudah dikunci")
    assert not {'"(contoh)"', '"..."'} & set(told)
