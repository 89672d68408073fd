"""A stored file that is gone or holds other bytes: a sentence to whoever opens it, never the bytes, never a 500."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from sp2k.base import clock
from sp2k.base.blobs import DamagedFile, blob_path, read_blob, store_blob
from sp2k.editions.models import Approval
from sp2k.entries.models import Evidence
from sp2k.journal import actions as journal
from sp2k.publication.models import Decree
from sp2k.results.models import Nomination
from tests.story.small import BULUNGAN, LONG_AFTER, person, play_small

GONE = "tidak ada lagi pada cakram server, jadi tidak ditampilkan."
CHANGED = "pada cakram server tidak lagi sama dengan yang diterima, jadi tidak ditampilkan."


@pytest.fixture
def stored(db):
    blob = store_blob(b"isi berkas", content_type="text/plain", now=clock.now())
    yield blob
    blob_path(blob.sha256).unlink(missing_ok=True)


def test_a_file_that_is_gone_and_one_with_other_bytes_are_refused_with_the_code_of_their_trace(stored, noted):
    blob_path(stored.sha256).write_bytes(b"isi lain")
    with pytest.raises(DamagedFile) as changed:
        read_blob(stored)
    blob_path(stored.sha256).unlink()
    with pytest.raises(DamagedFile) as gone:
        read_blob(stored)

    first, second = [line.split()[1] for line in noted.getvalue().splitlines() if line.startswith("GALAT")]
    assert CHANGED in changed.value.sentence and f"administrator kode {first}:" in changed.value.sentence
    assert GONE in gone.value.sentence and f"administrator kode {second}:" in gone.value.sentence


def test_sending_the_file_again_mends_it(stored):
    blob_path(stored.sha256).write_bytes(b"isi lain")

    again = store_blob(b"isi berkas", content_type="text/plain", now=clock.now())

    assert (again, read_blob(stored)) == (stored, b"isi berkas")


@pytest.fixture
def published(db):
    """The small edition as published, with a scan wherever a page shows one."""
    story = play_small(LONG_AFTER)
    scan = Decree.objects.get().document
    letter = {"act": "hasil", "subject": story.edition.code, "role": "G"}
    Approval.objects.create(
        edition=story.edition, **letter, by=story.bureau[0], at=LONG_AFTER,
        paper_number="1", paper_date=date(2024, 6, 24), paper=scan,
    )  # fmt: skip
    Nomination.objects.filter(regency=BULUNGAN).update(minutes=scan)
    with transaction.atomic():
        body = {"stage": "seleksi", "regency": BULUNGAN, "sha256": scan.pk}
        journal.append(story.edition.chain_id, "minutes.upload", body, by=story.bureau[0], now=LONG_AFTER)
        body = {**letter, "paper": ["1", "2024-06-24", scan.pk]}
        journal.append(story.edition.chain_id, "approval.give", body, by=story.bureau[0], now=LONG_AFTER)
    return story


def addresses(story) -> dict[str, tuple[str, object]]:
    """Return of each kind of file its address and who may open it."""
    code, first, organiser = story.edition.code, story.bureau[0], person(story, "R", BULUNGAN)
    return {
        "evidence": (f"/isian/bukti/{Evidence.objects.first().pk}/", first),
        "decree": (f"/hasil/{code}/keputusan.pdf", None),
        "decree of the bureau": (f"/keputusan/{code}/naskah.pdf", first),
        "paper of an approval": (f"/edisi/{code}/persetujuan/surat/{Approval.objects.exclude(paper=None).get().pk}/", first),
        "signed minutes": (f"/tahap/{code}/seleksi/kabupaten/{BULUNGAN}/berita-acara-bertanda-tangan/", organiser),
    }


def remove(path):
    path.unlink()


def change(path):
    path.write_bytes(b"lain")


@pytest.mark.parametrize("damage", [remove, change])
def test_every_page_that_shows_a_file_says_so_and_shows_none(published, damage):
    whole = {name: opened(*place) for name, place in addresses(published).items()}
    kept = {path: path.read_bytes() for path in Path(settings.BLOB_DIR).rglob("*") if path.is_file()}
    for path in kept:
        damage(path)

    damaged = {name: opened(*place) for name, place in addresses(published).items()}
    for path, content in kept.items():
        path.write_bytes(content)

    assert {name: status for name, (status, _) in whole.items()} == dict.fromkeys(whole, 200)
    assert {name: status for name, (status, _) in damaged.items()} == dict.fromkeys(whole, 422)
    for name, (_, text) in damaged.items():
        assert GONE in text or CHANGED in text, name


def opened(address, user):
    client = Client()
    if user:
        client.force_login(user)
    answer = client.get(address)
    return answer.status_code, " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode(errors="replace"))).split())


def test_nothing_but_the_one_reader_opens_stored_files():
    sources = Path(settings.SOURCE_DIR, "sp2k").rglob("*.py")

    assert [path.name for path in sources if "blob_path(" in path.read_text("utf-8")] == ["blobs.py"]
