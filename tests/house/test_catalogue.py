"""The English catalogue holds what the pages say: all of it, nothing else, with the same places left open."""

from tests.house.english import catalogue


def test_every_sentence_of_a_page_is_in_the_catalogue_and_no_other():
    said, known = set(catalogue.said()), set(catalogue.translations())

    assert {"belum": sorted(said - known), "lebih": sorted(known - said)} == {"belum": [], "lebih": []}, "make messages"


def test_a_sentence_counts_wherever_it_is_said_or_nowhere():
    known_by = [catalogue.singular(one) for one in catalogue.said()]

    assert [one for one in set(known_by) if known_by.count(one) > 1] == []


def test_every_sentence_is_translated():
    assert [text for text, english in catalogue.translations().items() if not catalogue.is_translated(english)] == []


def test_a_translation_leaves_open_what_the_sentence_leaves_open():
    differing = {
        text: english
        for text, english in catalogue.translations().items()
        for one, other in zip(catalogue.texts(text), catalogue.texts(english), strict=True)
        if catalogue.places(one) != catalogue.places(other)
    }

    assert differing == {}


def test_the_compiled_catalogue_is_that_of_the_file():
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.stored()), "make messages"


def test_the_search_finds_sentences_in_each_way_of_saying_them(tmp_path):
    module = tmp_path / "m.py"
    module.write_text(
        'a = _("Satu" " dua")\nb = gettext_lazy("Tiga" if x else "Empat")\n'
        'SENTENCES = {"k": "Lima {n:2}."}\nc = other("Enam")\n'
        'd = ngettext("%(n)s ekor", "%(n)s ekor", n)\ne = pgettext_lazy("menu", "Tujuh")\n'
    )
    page = tmp_path / "p.html"
    page.write_text(
        '{% load i18n %}{% if a %}{% translate "Tujuh" %}{% else %}{% blocktranslate with n=1 trimmed %}\n Delapan\n'
        '{{ n }}{% endblocktranslate %}{% endif %}{% include "base/_badge.html" with text=_("Sembilan") %}'
        '{% translate "Tujuh" context "menu" %}'
        "{% blocktranslate count n=n %}{{ n }} kaki{% plural %}{{ n }} kaki semua{% endblocktranslate %}"
    )

    assert sorted(catalogue.said_in_python(module), key=catalogue.singular) == [
        ("%(n)s ekor", "%(n)s ekor"), "Empat", "Lima {n:2}.", "Satu dua", "Tiga", "menu\x04Tujuh",
    ]  # fmt: skip
    assert sorted(catalogue.said_in_template(page), key=catalogue.singular) == [
        ("%(n)s kaki", "%(n)s kaki semua"), "Delapan %(n)s", "Sembilan", "Tujuh", "menu\x04Tujuh",
    ]  # fmt: skip
