"""Whatever stands at whatever place of an edition file: it is read or refused in sentences; the reader never breaks."""

import copy
from decimal import Decimal
from functools import cache

import pytest

from sp2k.base.exactyaml import dump, load
from sp2k.editions.checks import check_edition
from sp2k.editions.file import EditionFileError, read_edition
from tests.editions.conftest import edition_text
from tests.editions.test_checks import instruments, parts_of, regions

ODD = [None, True, -1, Decimal("0.5"), "", "x", "\u202eX", [None], {1: 2}]


def places(value, path=()):
    """Yield the path of every value in a file."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def changed(data, path, value):
    data = copy.deepcopy(data)
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return data


@pytest.mark.parametrize("shift", [0, 4])
def test_an_odd_value_anywhere_is_read_or_refused(shift):
    """Each place gets two of the odd values: all pairs would take a minute."""
    data = load(edition_text("banyuwangi-2022-contoh"), name="banyuwangi-2022-contoh.yaml")
    everywhere = [path for path in places(data) if path]

    told = [_said(dump(changed(data, path, ODD[(n + shift) % len(ODD)]))) for n, path in enumerate(everywhere)]

    assert len(told) > 80
    assert all(sentence.endswith(".") for said in told for sentence in said)


def _said(text):
    try:
        edition = read_edition(text, name="berkas.yaml")
    except EditionFileError as error:
        assert error.findings
        return [finding.sentence for finding in error.findings]
    found = check_edition(edition, instruments=instruments(), region=_parts(edition.region))
    return [finding.sentence for finding in found]


@cache
def _parts(code):
    return parts_of(regions(), code)
