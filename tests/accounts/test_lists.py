"""People in bulk: looked at first, all or nothing, twice the same changes nothing, codes stay text."""

import pytest

from sp2k.accounts.models import Membership, User
from sp2k.accounts.workbook.reading import rows_of
from sp2k.accounts.workbook.writing import template
from sp2k.base.refusals import BadInput
from tests.accounts.conftest import told, workbook
from tests.story.unchanged import our_models

BUDI = ("budi", "Budi Santoso, S.Sos.", "J", "65", "Bappeda", "0812 3456 7890", "65.01")
SARI = ("sari", "Sari", "R", "65.04", "", "", "")


def looks(client, rows, **more):
    return client.post("/akun/orang/impor/", {"file": workbook(rows, **more)})


def takes(client, rows):
    looks(client, rows)
    return client.post("/akun/orang/impor/simpan/")


def state():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in our_models()
        if model.__module__.startswith(("sp2k.accounts", "sp2k.journal"))
    }


def test_what_would_change_is_shown_before_anything_does(as_):
    page = looks(as_("retno"), [BUDI, SARI])

    assert [(line.number, line.kind) for line in page.context["lines"]] == [(2, "baru"), (3, "baru")]
    assert not User.objects.filter(username="budi").exists()


def test_the_list_is_taken_in_and_the_same_list_again_changes_nothing(as_):
    client = as_("retno")
    takes(client, [BUDI, SARI])
    budi = User.objects.get(username="budi")
    after, again = state(), takes(client, [BUDI, SARI])

    assert (budi.phone, budi.home_id, budi.institution) == ("6281234567890", "65.01", "Bappeda")
    assert again.status_code == 302 and state() == after
    assert len(told("people.import")) == 1


def test_two_rows_are_two_roles_of_one_person(as_):
    page = looks(as_("retno"), [BUDI, (*BUDI[:2], "K", *BUDI[3:])])
    as_("retno")
    takes(as_("retno"), [BUDI, (*BUDI[:2], "K", *BUDI[3:])])

    assert [line.kind for line in page.context["lines"]] == ["baru", "berubah"]
    assert set(Membership.objects.filter(user__username="budi").values_list("role", flat=True)) == {"J", "K"}


def test_a_changed_cell_changes_and_an_empty_cell_leaves(as_):
    client = as_("retno")
    takes(client, [BUDI])
    page = looks(client, [("budi", "Budi Santoso, M.Si.", "J", "65", "", "", "")])
    client.post("/akun/orang/impor/simpan/")
    budi = User.objects.get(username="budi")

    assert page.context["lines"][0].says == ["nama: Budi Santoso, S.Sos. menjadi Budi Santoso, M.Si."]
    assert (budi.name, budi.phone, budi.institution) == ("Budi Santoso, M.Si.", "6281234567890", "Bappeda")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("budi", "Budi", "R", 65.1, "", "", ""), "Kolom wilayah (D3): terbaca sebagai angka 65.1, sehingga nolnya"),
        (("budi", "Budi", "X", "65", "", "", ""), 'Peran "X" tidak dikenal.'),
        (("budi", "Budi", "J", "99", "", "", ""), 'Kode wilayah "99" tidak ada dalam daftar wilayah.'),
        (("budi", "Budi", "R", "65", "", "", ""), "Peran Penyelenggara kabupaten/kota tidak dipegang di Kalimantan Utara."),
        (("budi", "Budi", "B", "65", "", "", ""), "Peran itu di wilayah itu tidak Anda berikan."),
        (("budi", "Budi", "J", "64", "", "", ""), "Wilayah ini di luar kewenangan Anda."),
        (("wahyu", "Wahyu", "J", "65", "", "", ""), 'Nama pengguna "wahyu" tidak dapat dipakai.'),
        (("retno", "Retno", "J", "65", "", "", ""), "Ini akun Anda sendiri."),
        (("", "Budi", "J", "65", "", "", ""), "Kolom nama_pengguna kosong."),
        (("Budi Santoso", "Budi", "J", "65", "", "", ""), "Kolom nama_pengguna (A3): 3 sampai 60 huruf kecil"),
        (("budi", "Budi\u202e", "J", "65", "", "", ""), "Kolom nama (B3): Isinya memuat tanda yang tidak terlihat (U+202E)"),
        (("budi", "x" * 121, "J", "65", "", "", ""), "Kolom nama (B3): Isinya terlalu panjang: 121 huruf, paling banyak 120."),
        (("budi", "Budi", "J", "65", "", "12", ""), "Kolom telepon (F3): Nomor ini tidak dapat dibaca."),
        (("budi", "Budi", "J", "65", "", "", "65.01.01"), 'Asal "65.01.01" bukan kode kabupaten/kota'),
        ((198001012005011001, "Budi", "J", "65", "", "", ""), "Kolom nama_pengguna (A3): terbaca sebagai angka"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_and_holds_back_the_whole_list(as_, row, sentence):
    client = as_("retno")
    before, page = state(), looks(client, [SARI, row])
    after = client.post("/akun/orang/impor/simpan/")

    line = page.context["lines"][0]
    assert page.status_code == 422 and (line.number, line.kind) == (3, "salah")
    assert any(said.startswith(sentence) for said in line.says), line.says
    assert after.url == "/akun/orang/impor/" and state() == before


def test_two_rows_that_contradict_each_other_about_a_person_are_refused(as_):
    page = looks(as_("retno"), [BUDI, ("budi", "Budi Lain", "K", *BUDI[3:])])

    assert page.context["lines"][0].says == ["Kolom nama berbeda dari baris 2 untuk orang yang sama."]


def test_rights_are_asked_again_when_the_list_is_taken_in(as_, office):
    client = as_("retno")
    looks(client, [BUDI])
    Membership.objects.filter(user=office["retno"]).update(region_id="64")
    client.post("/akun/orang/impor/simpan/")

    assert not User.objects.filter(username="budi").exists()


def test_a_file_that_is_none_of_ours_is_refused_in_a_sentence(as_):
    client = as_("retno")
    for rows, header in [([("a", "b")], ("x", "y")), ([], ("nama_pengguna", "nama", "peran", "wilayah"))]:
        assert looks(client, rows, header=header).status_code == 422
    wrong = workbook([BUDI])
    wrong.write(b"MZ")
    wrong.seek(0)
    assert client.post("/akun/orang/impor/", {"file": wrong}).status_code == 422
    assert client.post("/akun/orang/impor/", {}).status_code == 422
    with pytest.raises(BadInput, match="paling banyak 2000"):
        rows_of(workbook([BUDI] * 2001).getvalue(), name="orang.xlsx")


def test_the_list_given_out_can_be_taken_in_again_and_changes_nothing(as_, office):
    client = as_("retno")
    takes(client, [BUDI])
    content = client.get("/akun/orang/daftar.xlsx").content
    rows = rows_of(content, name="daftar.xlsx")
    upload = workbook([])
    upload.seek(0), upload.truncate(), upload.write(content), upload.seek(0)
    page = client.post("/akun/orang/impor/", {"file": upload})

    assert {row.nama_pengguna for row in rows} == {"rini", "ani", "kania", "budi"}
    assert next(row.wilayah for row in rows if row.nama_pengguna == "rini") == "65.01"
    assert {line.kind for line in page.context["lines"]} == {"tetap"}


def test_a_formula_in_a_name_stays_text(as_, office):
    User.objects.filter(username="ani").update(name="=HYPERLINK(1)")
    rows = rows_of(as_("retno").get("/akun/orang/daftar.xlsx").content, name="daftar.xlsx")

    assert "=HYPERLINK(1)" in {row.nama for row in rows}


def test_the_empty_list_has_the_columns_and_no_person():
    with pytest.raises(BadInput, match="belum memuat satu orang pun"):
        rows_of(template(), name="contoh.xlsx")
