"""An edition of one regency with three titles, from its file alone."""

from sp2k.publication.queries import public_result
from tests.story.told import targets, tell


def test_a_regency_runs_its_own_edition_with_three_titles(db, client):
    called = ["35.10.01", "35.10.05", "35.10.09", "35.10.13", "35.10.16", "35.10.20"]
    evidence = {code: 2 + n for n, code in enumerate(called)}
    told = {"presentasi": {code: 90 - n for n, code in enumerate(called)}}
    decree = {"nomor": "188/uji/429.011/2022", "tanggal": "2022-06-20"}

    story = tell("banyuwangi-2022-contoh", targets(decree=decree), evidence=evidence, told=told).play()

    result = public_result(story.edition)
    assert [row.title for row in result.winners] == ["Juara I", "Juara II", "Juara III"]
    assert {row.regency for row in result.rows} == {"Kabupaten Banyuwangi"}
    assert len(result.rows) == 6
    totals = [row.total for row in result.winners]
    assert totals == sorted(totals, reverse=True)
    assert client.get("/hasil/banyuwangi-2022-contoh/").status_code == 200
