"""People in bulk: looked at first, all or nothing, twice the same changes nothing, codes stay text."""

import pytest

from sp2k.accounts.models import Membership, User
from sp2k.accounts.workbook.reading import rows_of
from sp2k.accounts.workbook.writing import template
from sp2k.base.refusals import BadInput
from sp2k.regions.models import Region
from tests.accounts.conftest import told, workbook
from tests.base.tables import raw
from tests.story.lists import applied, changes_in, looked_at
from tests.story.told import LONG_BEFORE
from tests.story.unchanged import our_models

BUDI = ("budi", "Budi Santoso, S.Sos.", "J", "65", "Bappeda", "0812 3456 7890", "65.01")
SARI = ("sari", "Sari", "R", "65.04", "", "", "")


ADDRESS = "/akun/orang/impor/"


def looks(client, rows, *, ticked=(), **more):
    return looked_at(client, ADDRESS, workbook(rows, **more).getvalue(), **dict.fromkeys(ticked, "on"))


def takes(client, rows, **more):
    return applied(client, ADDRESS, looks(client, rows, **more))


def shown_in(page):
    return page.context["preview"].rows


def state():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in our_models()
        if model.__module__.startswith(("sp2k.accounts", "sp2k.journal"))
    }


def test_what_would_change_is_shown_before_anything_does(as_):
    page = looks(as_("retno"), [BUDI, SARI])

    assert changes_in(page) == [
        (2, "baru", [("nama", "", BUDI[1]), ("lembaga", "", "Bappeda"), ("telepon", "", "6281234567890"),
                     ("asal", "", "65.01"), ("peran", "", "Juri, Kalimantan Utara")]),
        (3, "baru", [("nama", "", "Sari"), ("peran", "", "Penyelenggara kabupaten/kota, Kabupaten Tana Tidung")]),
    ]  # fmt: skip
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

    assert [line.kind for line in shown_in(page)] == ["baru", "berubah"]
    assert set(Membership.objects.filter(user__username="budi").values_list("role", flat=True)) == {"J", "K"}


def test_a_changed_cell_changes_and_an_empty_cell_leaves(as_):
    client = as_("retno")
    takes(client, [BUDI])
    page = looks(client, [("budi", "Budi Santoso, M.Si.", "J", "65", "", "", "")])
    applied(client, ADDRESS, page)
    budi = User.objects.get(username="budi")

    assert changes_in(page) == [(2, "berubah", [("nama", "Budi Santoso, S.Sos.", "Budi Santoso, M.Si.")])]
    assert (budi.name, budi.phone, budi.institution) == ("Budi Santoso, M.Si.", "6281234567890", "Bappeda")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("budi", "Budi", "R", 65.1, "", "", ""), "sel D3, kolom wilayah: berisi angka 65.1, bukan teks: nolnya"),
        (("budi", "Budi", "X", "65", "", "", ""), 'baris 3, kolom peran: Peran "X" tidak dikenal.'),
        (("budi", "Budi", "J", "99", "", "", ""), 'baris 3, kolom wilayah: Kode wilayah "99" tidak ada dalam daftar wilayah.'),
        (("budi", "Budi", "R", "65", "", "", ""), "baris 3, kolom peran: Peran Penyelenggara kabupaten/kota tidak dipegang"),
        (("budi", "Budi", "B", "65", "", "", ""), "baris 3, kolom peran: Peran itu di wilayah itu tidak Anda berikan."),
        (("budi", "Budi", "J", "64", "", "", ""), "baris 3, kolom peran: Wilayah ini di luar kewenangan Anda."),
        (("wahyu", "Wahyu", "J", "65", "", "", ""),
         'baris 3, kolom nama_pengguna: Nama pengguna "wahyu" tidak dapat dipakai. Pakai nama lain.'),
        (("retno", "Retno", "J", "65", "", "", ""), "baris 3, kolom peran: Ini akun Anda sendiri."),
        (("", "Budi", "J", "65", "", "", ""), "sel A3, kolom nama_pengguna: kosong."),
        (("Budi Santoso", "Budi", "J", "65", "", "", ""), "sel A3, kolom nama_pengguna: 3 sampai 60 huruf kecil"),
        (("budi", "Budi\u202e", "J", "65", "", "", ""), "sel B3, kolom nama: isinya memuat tanda yang tidak terlihat"),
        (("budi", "x" * 121, "J", "65", "", "", ""), "sel B3, kolom nama: isinya terlalu panjang: 121 huruf"),
        (("budi", "Budi", "J", "65", "", "12", ""), "sel F3, kolom telepon: Nomor ini tidak dapat dibaca."),
        (("budi", "Budi", "J", "65", "", "", "65.01.01"), 'baris 3, kolom asal: Asal "65.01.01" bukan kode kabupaten/kota'),
        ((198001012005011001, "Budi", "J", "65", "", "", ""), "sel A3, kolom nama_pengguna: berisi angka"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_and_holds_back_the_whole_list(as_, row, sentence):
    client = as_("retno")
    before, page = state(), looks(client, [SARI, row])
    after = applied(client, ADDRESS, page)

    (line,) = page.context["preview"].shown
    assert (page.status_code, line.number, line.kind) == (422, 3, "salah")
    assert any(said.startswith(f'Lembar "orang", {sentence}') for said in line.says), line.says
    assert after.status_code == 422 and state() == before


def test_an_error_in_a_cell_is_a_fault_and_not_nothing(as_):
    client = as_("retno")
    takes(client, [BUDI])
    row = (*BUDI[:4], raw.NOT_AVAILABLE, raw.NOT_COUNTED, BUDI[6])
    header = ("nama_pengguna", "nama", "peran", "wilayah", "lembaga", "telepon", "asal")

    page = looked_at(client, ADDRESS, raw.book({"orang": [header, row]}))

    (line,) = page.context["preview"].shown
    assert [said.partition(":")[0] for said in line.says] == [
        'Lembar "orang", sel E2, kolom lembaga', 'Lembar "orang", sel F2, kolom telepon',
    ]  # fmt: skip
    assert User.objects.get(username="budi").institution == "Bappeda"


def test_an_empty_cell_empties_only_where_the_form_says_so(as_):
    client = as_("retno")
    takes(client, [BUDI])
    page = looks(client, [(*BUDI[:4], "", "", BUDI[6])], ticked=["clears"])
    applied(client, ADDRESS, page)
    budi = User.objects.get(username="budi")

    assert changes_in(page) == [(2, "berubah", [("lembaga", "Bappeda", ""), ("telepon", "6281234567890", "")])]
    assert (budi.institution, budi.phone, budi.home_id) == ("", "", "65.01")


def test_a_missing_column_empties_nothing_whatever_the_form_says(as_):
    client = as_("retno")
    takes(client, [BUDI])
    page = looks(client, [BUDI[:4]], header=("nama_pengguna", "nama", "peran", "wilayah"), ticked=["clears"])

    assert changes_in(page) == []
    assert "Kolom nama_wilayah, lembaga, telepon, asal tidak ada dalam berkas; isinya tetap." in page.context["preview"].stays


def test_a_code_that_slipped_by_a_row_is_found_by_the_name_beside_it(as_):
    header = ("nama_pengguna", "nama", "peran", "wilayah", "nama_wilayah")
    rows = [("budi", "Budi", "R", "65.04", "Kabupaten Tana Tidung"), ("sari", "Sari", "R", "65.01", "Kabupaten Tana Tidung")]

    (line,) = looks(as_("retno"), rows, header=header).context["preview"].shown

    assert line.says == (
        'Lembar "orang", baris 3, kolom nama_wilayah: Kode 65.01 adalah Kabupaten Bulungan, tetapi tertulis '
        '"Kabupaten Tana Tidung". Periksa kodenya.',
    )


def test_two_previews_in_two_windows_stay_apart(as_):
    client = as_("retno")
    first, second = looks(client, [BUDI]), looks(client, [SARI])

    applied(client, ADDRESS, first)

    assert set(User.objects.filter(username__in=["budi", "sari"]).values_list("username", flat=True)) == {"budi"}
    assert second.context["preview"].counts["baru"] == 1


def test_a_list_as_csv_with_semicolons_is_the_same_list(as_):
    text = "nama_pengguna;nama;peran;wilayah;lembaga;telepon;asal\r\n" + ";".join(BUDI) + "\r\n"
    page = looked_at(as_("retno"), ADDRESS, text.encode("utf-8-sig"), "orang.csv")

    assert [line.kind for line in shown_in(page)] == ["baru"]


def test_people_that_a_list_does_not_name_stay_and_are_counted(as_, office):
    page = looks(as_("retno"), [BUDI])

    assert page.context["preview"].stays[-2:] == (
        "6 orang lain dalam daftar Anda tidak disebut; datanya tetap.",
        "Daftar tidak pernah mencabut peran atau menutup akun.",
    )  # fmt: skip


def test_two_rows_that_contradict_each_other_about_a_person_are_refused(as_):
    page = looks(as_("retno"), [BUDI, ("budi", "Budi Lain", "K", *BUDI[3:])])

    (line,) = page.context["preview"].shown
    assert line.says == ('Lembar "orang", baris 3, kolom nama: berbeda dari baris 2 untuk orang yang sama.',)


def test_rights_are_asked_again_when_the_list_is_taken_in(as_, office):
    client = as_("retno")
    page = looks(client, [BUDI])
    Membership.objects.filter(user=office["retno"]).update(region_id="64")
    applied(client, ADDRESS, page)

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
    page = looked_at(client, ADDRESS, content)

    assert {row.nama_pengguna for row in rows} == {"rini", "ani", "kania", "budi"}
    assert next(row.wilayah for row in rows if row.nama_pengguna == "rini") == "65.01"
    assert {line.kind for line in shown_in(page)} == {"tetap"}


@pytest.mark.parametrize("who", ["tono", "rini", "camat", "retno"])
@pytest.mark.parametrize("role", ["", "?peran=C"])
def test_ones_own_list_sent_back_unchanged_is_no_question_of_rights(as_, office, who, role):
    client = as_(who)
    before, content = state(), client.get(f"/akun/orang/daftar.xlsx{role}").content
    page = looked_at(client, ADDRESS, content)
    applied(client, ADDRESS, page)

    assert page.status_code == 200 or not rows_of(content, name="daftar.xlsx")
    assert {line.kind for line in page.context["preview"].rows} == {"tetap"} and state() == before


def test_a_change_that_one_may_not_make_is_refused_with_the_reason_and_who_can(as_, office):
    page = looks(as_("tono"), [("ani", "Ani Lain", "J", "65", "", "", "")])

    (line,) = page.context["preview"].shown
    assert "Data Ani tidak dapat Anda ubah. " in line.says[0]
    assert line.says[0].endswith("Yang dapat: Penyelenggara provinsi, orangnya sendiri pada halaman Profil.")


def test_a_role_in_a_region_that_ended_is_marked_and_never_taken_for_the_region_with_its_code(as_, office):
    client = as_("retno")
    Region.objects.filter(pk="65.01").update(ended_at=LONG_BEFORE)
    unnamed = looked_at(client, ADDRESS, client.get("/akun/orang/daftar.xlsx").content)
    Region.objects.create(
        code="65.01-2", listed_code="65.01", name="Kabupaten Bulungan", folded="kabupatenbulungan", level="kabupaten",
        parent_id="65", source=Region.objects.get(pk="65").source, listed_at=LONG_BEFORE,
    )  # fmt: skip
    User.objects.filter(username="ani").update(home="65.01")
    content = client.get("/akun/orang/daftar.xlsx").content
    row = next(row for row in rows_of(content, name="daftar.xlsx") if row.nama_pengguna == "rini")
    page = looked_at(client, ADDRESS, content)
    old = looks(client, [("rini", "Rini", "R", "65.01", "", "", "")])
    other = workbook([("budi", "Budi", "R", "65.01", "Kabupaten Bulungan (berakhir)")],
                     header=("nama_pengguna", "nama", "peran", "wilayah", "nama_wilayah"))  # fmt: skip

    assert (row.wilayah, row.nama_wilayah) == ("65.01", "Kabupaten Bulungan (berakhir)")
    assert [{line.kind for line in shown_in(one)} for one in (unnamed, page)] == [{"tetap"}, {"tetap"}]
    assert "orang ini memegang peran itu di Kabupaten Bulungan yang sudah berakhir" in old.context["preview"].shown[0].says[0]
    assert "wilayah yang berakhir tidak dapat diberi peran" in (
        looked_at(client, ADDRESS, other.getvalue()).context["preview"].shown[0].says[0]
    )


def test_a_formula_in_a_name_stays_text(as_, office):
    User.objects.filter(username="ani").update(name="=HYPERLINK(1)")
    rows = rows_of(as_("retno").get("/akun/orang/daftar.xlsx").content, name="daftar.xlsx")

    assert "=HYPERLINK(1)" in {row.nama for row in rows}


def test_the_empty_list_has_the_columns_and_no_person():
    with pytest.raises(BadInput, match="belum memuat satu baris pun"):
        rows_of(template(), name="contoh.xlsx")
