"""At the size of East Java a list asks the database as often as in an edition of three kecamatan."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.models import User
from sp2k.editions.models import Edition
from sp2k.entries.models import Answer, Participation

OF_THE_SELECTION = 12  # what the province's edition is asked for besides: its stage of rankings, which the small ones lack
# Who, the page of the province's edition, and the same page with fewer rows.
LISTS = [
    ("provinsi", "/isian/peserta/jatim-2023/", "/isian/peserta/batu-2023-contoh/"),
    ("pengawas", "/isian/peserta/jatim-2024-contoh/", "/isian/peserta/jatim-2024-contoh/?halaman=14"),
    ("provinsi", "/tahap/jatim-2023/isian/", "/tahap/batu-2023-contoh/isian/"),
    ("provinsi", "/tahap/jatim-2023/isian/tempat/", "/tahap/batu-2023-contoh/isian/tempat/"),
    ("provinsi", "/tahap/jatim-2024-contoh/isian/pembatalan/", "/tahap/batu-2023-contoh/isian/pembatalan/"),
    ("ketua", "/juri/jatim-2023/presentasi/kemajuan/", "/juri/batu-2023-contoh/presentasi/kemajuan/"),
    (
        "provinsi", "/juri/jatim-2023/presentasi/kehadiran/?sesi=semua",
        "/juri/batu-2023-contoh/lapang/kehadiran/?sesi=semua",
    ),
    ("provinsi", "/tahap/jatim-2023/presentasi/penugasan/", "/tahap/batu-2023-contoh/lapang/penugasan/"),
    ("provinsi", "/catatan/edisi/jatim-2023/?jenis=isian", "/catatan/edisi/batu-2023-contoh/?jenis=isian"),
    ("provinsi", "/meja/cari/?q=kota", "/meja/cari/?q=rogojampi"),
]  # fmt: skip


@pytest.fixture
def asked(demonstration, db):
    """Count the queries of a page that was opened before, with the bytes it sent."""

    def ask(username, path):
        client = Client()
        client.force_login(User.objects.get(username=username))
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        assert answer.status_code == 200
        return len(queries), len(answer.content)

    return ask


def test_the_demonstration_has_the_size_of_the_province(jatim_2023):
    filled = Participation.objects.filter(stage__edition=jatim_2023, stage__kind="isian")
    regencies = filled.order_by().values("entry__region__parent").distinct()
    answers = Answer.objects.filter(form__participation__in=filled)

    assert (regencies.count(), filled.count(), answers.count()) == (38, 666, 75_924)


@pytest.mark.parametrize(("username", "large", "small"), LISTS)
def test_a_list_asks_as_often_for_a_province_as_for_a_few(asked, username, large, small):
    (n_large, long), (n_small, short) = asked(username, large), asked(username, small)

    assert long > short
    assert n_large - n_small <= OF_THE_SELECTION, "a query a regency would be 38 more, one a kecamatan 666"


def test_a_desk_asks_as_often_for_six_editions_as_for_four(asked, jatim_2023):
    n_six, six = asked("provinsi", "/meja/")
    away = Edition.objects.filter(code__in=["jatim-2022", "batu-2023-contoh"])
    away.update(voided_at=jatim_2023.rules_locked_at)
    n_four, four = asked("provinsi", "/meja/")

    assert six > four
    assert n_six == n_four
