"""Who reads in English meets no sentence of ours in Indonesian, in any room."""

import pytest

from sp2k.accounts.models import User
from sp2k.editions.models import Edition, Stage, Title
from sp2k.instruments.models import Instrument
from sp2k.instruments.queries import compiled
from sp2k.regions.models import Region
from tests.house.english.left import foreign_sentences, left_in_indonesian, texts_of
from tests.pages.crawl import crawl
from tests.pages.people import USERNAMES
from tests.story.small import BULUNGAN, DECREE_ISSUED, JURY_SEATED, holder, person, play_small

SENTENCES = foreign_sentences()


def words_of_the_data() -> set[str]:
    """Return what editions, instruments, regions and people are called: they keep their names in every language."""
    names = {*Stage.objects.values_list("name", flat=True), *Title.objects.values_list("name", flat=True)}
    names |= {*Region.objects.values_list("name", flat=True), *Edition.objects.values_list("name", flat=True)}
    names |= {*User.objects.values_list("name", flat=True), *User.objects.values_list("username", flat=True)}
    for instrument in map(compiled, Instrument.objects.all()):
        for aspect in instrument.aspects:
            names |= {aspect.name, *(indicator.title for indicator in aspect.indicators)}
    return names


def left_for(username: str) -> tuple[int, dict[str, list[str]]]:
    """Return how many pages a person meets, and what each of them leaves in Indonesian."""
    data, found = words_of_the_data(), {}

    def look(path, page):
        found[path] = left_in_indonesian(page, SENTENCES, data=data)

    crawl(username, look=look)
    return len(found), {path: texts for path, texts in found.items() if texts}


def people_of(story) -> dict[str, str]:
    return {
        "bureau": story.bureau[0].username, "leader": story.leader.username,
        "camat": person(story, "C", BULUNGAN).username, "regency": person(story, "R", BULUNGAN).username,
        "verifier": person(story, "V", BULUNGAN).username, "juror": holder(story, "akademisi").username,
    }  # fmt: skip


@pytest.mark.parametrize("role", ["bureau", "leader", "camat", "regency", "verifier", "juror"])
@pytest.mark.parametrize("until", [JURY_SEATED, DECREE_ISSUED], ids=["seated", "issued"])
def test_pages_of_each_role_are_in_english(db, role, until):
    story = play_small(until=until)
    User.objects.update(language="en")

    n_pages, left = left_for(people_of(story)[role])

    assert left == {}
    assert n_pages > 3


def test_the_search_finds_what_the_same_pages_say_to_an_indonesian(db):
    story = play_small(until=JURY_SEATED)

    n_pages, left = left_for(story.bureau[0].username)

    assert len(left) == n_pages
    assert all(len(texts) > 5 for texts in left.values())


def test_texts_marked_as_indonesian_and_texts_nobody_sees_are_left_out():
    page = '<p title="Judul">Satu <b>dua</b> <span lang="id">tiga</span></p><script>empat</script><code>lima</code><p>enam</p>'

    assert texts_of(page) == ["Judul", "Satu", "dua", "enam"]


@pytest.mark.slow
@pytest.mark.parametrize("username", USERNAMES)
def test_the_demonstration_is_in_english(demonstration, db, username):
    User.objects.update(language="en")

    assert left_for(username)[1] == {}
