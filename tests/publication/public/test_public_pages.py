"""What anyone sees of a published edition, and that nothing of an unpublished one is told."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.base.blobs import read_blob

PAGES = ["", "peserta/", "keputusan.pdf", "tabel.csv"]


def words(answer) -> str:
    """Return a page's text without its markup, blanks folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()).replace(" ,", ",")


def test_the_front_door_leads_to_the_one_published_result(client, jatim_2022):
    answer = client.get("/")

    assert (answer.status_code, answer.url) == (302, "/hasil/jatim-2022/")


def test_the_result_names_the_five_with_title_and_regency(client, jatim_2022):
    page = words(client.get("/hasil/jatim-2022/"))

    for title, name, regency in [
        ("Juara I", "Rogojampi", "Kabupaten Banyuwangi"), ("Juara II", "Taman", "Kabupaten Sidoarjo"),
        ("Juara III", "Tongas", "Kabupaten Probolinggo"), ("Juara Harapan I", "Bumiaji", "Kota Batu"),
        ("Juara Harapan II", "Pamekasan", "Kabupaten Pamekasan"),
    ]:  # fmt: skip
        assert f"{title} Kecamatan {name}, {regency}" in page
    assert "188/966/KPTS/013/2022 Ditetapkan 21 Desember 2022." in page
    assert "30 dari 38 kabupaten/kota ikut" in page


def test_every_page_of_a_sample_says_so_and_shows_the_demonstration_clock(client, jatim_2022):
    for address in ("/hasil/jatim-2022/", "/hasil/jatim-2022/peserta/", "/akun/masuk/", "/tidak/ada/"):
        page = words(client.get(address))
        assert "Peragaan." in page
        assert "Waktu contoh: 31 Oktober 2023, 10." in page


def test_the_participants_page_holds_all_thirty(client, jatim_2022):
    page = client.get("/hasil/jatim-2022/peserta/").content.decode()

    assert page.count('<th scope="row">') == 30
    assert page.count('class="cut"') == 1


def test_the_decree_is_served_byte_for_byte(client, jatim_2022):
    answer = client.get("/hasil/jatim-2022/keputusan.pdf")

    assert answer.content == read_blob(jatim_2022.decree.document)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == 'inline; filename="keputusan-188-966-KPTS-013-2022.pdf"'


def test_the_table_begins_with_the_word_that_it_is_a_sample(client, jatim_2022):
    lines = client.get("/hasil/jatim-2022/tabel.csv").content.decode().splitlines()

    assert lines[0] == "# Data contoh: SP2K Jawa Timur 2022. Nilai dibuat untuk peragaan, bukan nilai resmi."
    assert len(lines) == 2 + 30


def without_the_minute(answer) -> str:
    """Return the page without the minute that the demonstration's clock shows."""
    return re.sub(r"2023, \d\d\.\d\d WIB", "2023", answer.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_an_unpublished_edition_answers_like_one_that_does_not_exist(client, jatim_2023, page):
    hidden, absent = client.get(f"/hasil/jatim-2023/{page}"), client.get(f"/hasil/jatim-9999/{page}")

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert without_the_minute(hidden) == without_the_minute(absent).replace("jatim-9999", "jatim-2023")


@pytest.mark.parametrize("page", PAGES)
def test_public_pages_take_nothing_in(client, jatim_2022, page):
    assert client.post(f"/hasil/jatim-2022/{page}").status_code == 405


def test_the_queries_of_a_page_do_not_grow_with_its_rows(client, jatim_2022):
    client.get("/hasil/jatim-2022/")  # the process reads its boundaries once
    with CaptureQueriesContext(connection) as eight_rows_and_slip:
        client.get("/hasil/jatim-2022/")
    with CaptureQueriesContext(connection) as thirty_rows:
        client.get("/hasil/jatim-2022/peserta/")

    # Most of them hold places, titles, decree and the regencies' answers against the journal, two tell on how many jurors each
    # mark rests; the first page also holds its tables against it, asks who was judged, what was corrected, and which sheets
    # count despite a conflict.
    assert (len(eight_rows_and_slip), len(thirty_rows)) == (63, 44)


def test_every_link_of_the_public_pages_leads_somewhere(client, jatim_2022):
    seen, waiting = {}, ["/hasil/jatim-2022/"]
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        seen[address] = answer.status_code
        if "text/html" in answer.headers["Content-Type"]:
            links = re.findall(r'<a [^>]*href="([^"]+)"', answer.content.decode())
            waiting += [link for link in set(links) if not link.startswith("#isi") and link not in {*seen, *waiting}]

    assert {address: status for address, status in seen.items() if status not in {200, 302}} == {}
    assert "/hasil/jatim-2022/keputusan.pdf" in seen
