"""Who may read how sure the places are, when, and what the pages and files say. Nothing of it reaches a juror early."""

import io
import re

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.base.wording import number_in_words
from sp2k.results.certainty.asking import seed_of
from sp2k.results.models import FrozenTally
from tests.story.locking import as_before, told_as_locked

STAGE = "/tahap/jatim-2022/presentasi"
CERTAINTY = [f"{STAGE}/yakin/", f"{STAGE}/yakin/tabel.csv", f"{STAGE}/metodologi.pdf"]
ANALYSIS = [f"{STAGE}/analisis/", f"{STAGE}/analisis/semua.xlsx", f"{STAGE}/analisis/keketatan.csv"]
WHY = [f"{STAGE}/mengapa/35.28.04/"]


def words(answer) -> str:
    """Return a page's text without its markup, blanks folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()).replace(" ,", ",").replace(" .", ".")


@pytest.fixture
def decided(jatim_2022):
    """2022 before its publication: everything counted, nothing announced."""
    return as_before(jatim_2022)


@pytest.fixture
def visiting(decided):
    """2022 between the presentations and the end of the visits."""
    return as_before(decided, unlocked=("lapang",))


@pytest.fixture
def presenting(visiting):
    """2022 while the jurors still judge the presentations."""
    return as_before(visiting, unlocked=("presentasi",))


@pytest.fixture
def as_role(client):
    """Sign in as the demonstration's person of a role."""

    def sign_in(role):
        client.force_login(User.objects.filter(memberships__role=role).order_by("pk").first())
        return client

    return sign_in


def answers_to(client, addresses):
    return {client.get(address).status_code for address in addresses}


@pytest.mark.parametrize("state", ["presenting", "visiting", "decided"])
def test_a_juror_finds_nothing_before_the_publication(request, as_role, state):
    request.getfixturevalue(state)

    client = as_role("J")

    assert answers_to(client, ["/tahap/yakin/", *CERTAINTY, *ANALYSIS, *WHY]) == {404}
    assert "Seberapa yakin?" not in client.get("/meja/").content.decode()


def test_a_refused_juror_is_told_no_more_than_of_a_stage_that_is_not_there(decided, as_role):
    client = as_role("J")

    there, nowhere = client.get(CERTAINTY[0]), client.get("/tahap/jatim-2022/tidak-ada/yakin/")

    assert words(there) == words(nowhere)


@pytest.mark.parametrize("state", ["presenting", "visiting", "decided"])
def test_a_juror_who_also_belongs_to_the_bureau_waits_for_the_publication(request, client, state):
    request.getfixturevalue(state)
    client.force_login(create_user("rangkap", "Orang Rangkap", roles=[("B", "35"), ("J", "35")]))

    assert answers_to(client, [*CERTAINTY, *ANALYSIS, *WHY]) == {404}  # as to a juror


@pytest.mark.parametrize("role", ["C", "R", "V", "T"])
def test_others_find_nothing_at_all(decided, as_role, role):
    assert answers_to(as_role(role), ["/tahap/yakin/", *CERTAINTY, *ANALYSIS, *WHY]) == {404}


def test_whoever_is_not_signed_in_is_sent_to_the_door(jatim_2022, client):
    assert answers_to(client, ["/tahap/yakin/", *CERTAINTY, *ANALYSIS, *WHY]) == {302}


@pytest.mark.parametrize("role", ["B", "K", "I"])
def test_before_the_lock_even_chair_and_bureau_are_refused_with_the_reason(presenting, as_role, role):
    client = as_role(role)

    answer = client.get(CERTAINTY[0])

    assert answer.status_code == 403
    assert "Tahap ini belum dikunci." in words(answer)
    assert "Rogojampi" not in words(answer)


@pytest.mark.parametrize(
    ("role", "certainty", "analysis", "why"), [("B", 200, 200, 200), ("K", 200, 404, 200), ("I", 200, 200, 200)]
)
def test_after_the_lock_each_role_reads_its_pages(visiting, as_role, role, certainty, analysis, why):
    client = as_role(role)

    assert answers_to(client, ["/tahap/yakin/", *CERTAINTY]) == {certainty}
    assert answers_to(client, ANALYSIS) == {analysis}
    assert answers_to(client, WHY) == {why}


def test_the_leaders_read_it_once_the_last_stage_is_locked(visiting, as_role):
    client = as_role("G")
    before = answers_to(client, CERTAINTY)

    told_as_locked(visiting.stages.get(code="lapang"), at=visiting.rules_locked_at, by=User.objects.get(username="ketua"))

    assert (before, answers_to(client, CERTAINTY)) == ({403}, {200})


def test_a_chair_with_a_recorded_conflict_is_not_told_why_that_entry_stands_where_it_does(visiting, as_role):
    client = as_role("K")
    chair = User.objects.get(username="ketua")
    stage = visiting.stages.get(code="presentasi")
    participation = stage.participations.get(entry__region="35.28.04")
    stage.seats.get(is_chair=True).conflicts.create(
        user=chair, participation=participation, ground="asal", reason="contoh", declared_at=stage.locked_at
    )

    assert client.get(WHY[0]).status_code == 403


def test_only_the_chair_sees_the_institutions_behind_the_code_names(decided, as_role):
    seen = {role: words(as_role(role).get(CERTAINTY[0])) for role in "KBI"}

    assert {role: "Universitas Airlangga" in page for role, page in seen.items()} == {"K": True, "B": False, "I": False}
    rows = {role: re.findall(r"Juri \d", page) for role, page in seen.items()}
    assert rows["K"] == rows["B"] == rows["I"]
    assert "Universitas" not in as_role("B").get(ANALYSIS[2]).content.decode()


def test_the_page_says_it_in_words_and_its_column_adds_up(decided, as_role):
    page = words(as_role("K").get(f"{STAGE}/yakin/?semua=1"))

    shares = [int(share) for share in re.findall(r"(\d+) dari 100 (?=\d+ [A-Z]|Kolom)", page)]
    assert (len(shares), sum(shares)) == (30, 500)
    assert "Lima besar jelas: Pamekasan (Kabupaten Pamekasan)" in page
    assert "Tempat 2, Taman (Kabupaten Sidoarjo), dan tempat 3, Bumiaji (Kota Batu), tidak terbedakan" in page
    assert "Data contoh" in page
    assert not re.search(r"[α-ωΑ-Ω]|\bp\s*[<=]", page)


def test_two_viewers_see_the_same_numbers(decided, as_role):
    pages = [re.sub(r"(?s)<header.*?</header>|<footer.*?</footer>", "", as_role(role).get(CERTAINTY[0]).content.decode())
             for role in "BI"]  # fmt: skip

    assert pages[0] == pages[1]


def test_the_last_stage_speaks_of_titles(decided, as_role):
    page = words(as_role("B").get("/tahap/jatim-2022/lapang/yakin/"))

    assert "Juara II, Taman (Kabupaten Sidoarjo), dan Juara III, Tongas (Kabupaten Probolinggo), tidak terbedakan" in page


def test_the_differences_on_the_page_add_up_to_the_difference_of_the_totals(decided, as_role):
    page = as_role("B").get(WHY[0]).content.decode()

    tables = page.split("<table")[1:]
    for table in tables:
        cells = re.findall(r'data-label="Selisih">([^<]+)<', table)
        *parts, total = [round(1000 * float(c.replace("−", "-").replace(",", "."))) for c in cells]
        assert (len(parts), sum(parts)) == (10, total)
    assert len(tables) == 2


def test_pages_ask_the_database_the_same_number_of_questions_whatever_is_shown(decided, as_role):
    client = as_role("B")
    client.get(CERTAINTY[0])

    asked = []
    for address in (CERTAINTY[0], f"{STAGE}/yakin/?semua=1", "/tahap/jatim-2022/lapang/yakin/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked.append(len(queries))

    assert asked[0] == asked[1] and max(asked) <= 41, asked  # half hold turnout, names, rules and panel


@pytest.mark.parametrize("address", [CERTAINTY[1], ANALYSIS[2], f"{STAGE}/analisis/butir.csv"])
def test_every_csv_says_on_its_first_line_that_the_data_are_a_sample(decided, as_role, address):
    answer = as_role("B").get(address)

    assert answer.content.decode().startswith("# Data contoh: Presentasi SP2K Jawa Timur 2022.")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_table_that_does_not_exist_is_not_found(decided, as_role):
    assert as_role("B").get(f"{STAGE}/analisis/tidak-ada.csv").status_code == 404


def test_the_workbook_holds_every_table_and_says_that_it_is_a_sample(decided, as_role):
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_role("B").get(ANALYSIS[1]).content))

    assert len(book.sheet_names) == 27
    for name in book.sheet_names:
        assert book.get_sheet_by_name(name).to_python()[0][0].startswith("Data contoh: ")
    ranges = book.get_sheet_by_name("rentang").to_python()
    assert ranges[2][:5] == [1.0, "35.10.13", "Rogojampi", "Kabupaten Banyuwangi", 91.15]


def test_the_methodology_is_one_page_with_weights_rounding_and_seed(decided, as_role):
    content = as_role("I").get(CERTAINTY[2]).content

    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    text = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    tally = FrozenTally.objects.get(stage__edition__code="jatim-2022", stage__code="presentasi")
    seed = number_in_words(seed_of(tally.input_hash))
    for said in ("30 (tiga puluh) kecamatan", "6 (enam) kursi juri", "aspek 2 desimal, nilai 2 desimal", f"Benih {seed}",
                 "Penguasaan masalah wilayah", "12,5%", "DATA CONTOH"):  # fmt: skip
        assert said in text, said
    assert content == as_role("B").get(CERTAINTY[2]).content
