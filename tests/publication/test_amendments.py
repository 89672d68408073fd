"""What is wrong in an issued decree is corrected by a further act that adds and explains; nothing is overwritten."""

import io
import re
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from django.db import connection
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.entries.region_lists.actions import correct_region_name
from sp2k.entries.sealing import is_sealed_as
from sp2k.journal.models import Line
from sp2k.publication.actions import approve_amendment, issue_decree, propose_amendment, withdraw_amendment
from sp2k.publication.checking.opening import opened_publication
from sp2k.publication.issued.facts import proposed_facts
from sp2k.publication.issued.sealed import amendment_content, proposal_content, sealed_under
from sp2k.publication.models import Amendment, Decree, Minutes
from sp2k.regions.models import Region
from tests.publication.test_decree_facts import decided, facts_of, governor, issue
from tests.story import small
from tests.story.small import FIRST, at
from tests.story.unchanged import refused

pytestmark = pytest.mark.django_db
CODE = "kaltara-2024-uji"
NOW = at("2024-08-01 09.00")
SAID = {
    "number": "188.44/K.2/2024", "signed_on": date(2024, 7, 31),
    "corrects": "Menimbang huruf a: tertulis tahun 2023, seharusnya tahun 2024.", "reason": "Salah ketik pada register.",
}  # fmt: skip


@pytest.fixture
def published(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return small.play_small()


def decree_of(story) -> Decree:
    return Decree.objects.select_related("edition__region").get(edition=story.edition)


def propose(story, **changed):
    return propose_amendment(decree_of(story), **(SAID | changed), by=story.bureau[0], now=NOW)


def approve(story, amendment, *, by=None):
    return approve_amendment(amendment, by=by or story.leader, now=NOW)


def printed(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def test_an_amendment_says_what_why_and_by_whom_and_leaves_the_decree_as_issued(published):
    before = decree_of(published)
    issued = (before.number, before.signed_on, before.document_id, before.commitment, before.facts)

    amendment = approve(published, propose(published))

    text = printed(read_blob(amendment.document))
    assert "KEPUTUSAN GUBERNUR KALIMANTAN UTARA NOMOR 188.44/K.2/2024" in text
    assert "Membetulkan Keputusan Gubernur Kalimantan Utara Nomor 188.44/K.1/2024 tanggal 28 Juni 2024" in text
    assert SAID["corrects"] in text and SAID["reason"] in text
    assert f"Diusulkan oleh {published.bureau[0].name}" in text
    assert f"Disetujui oleh {published.leader.name} (Pimpinan)" in text
    after = decree_of(published)
    assert (after.number, after.signed_on, after.document_id, after.commitment, after.facts) == issued


def test_an_amendment_dated_before_its_yes_says_that_it_holds_from_the_yes(client, published):
    amendment = propose(published)
    client.force_login(published.leader)
    preview = client.get(reverse("publication:amendment-approve", args=[CODE, amendment.position])).content.decode()

    amendment = approve(published, amendment)
    page = client.get(reverse("publication:amendments", args=[CODE])).content.decode()
    public = client.get(f"/hasil/{CODE}/").content.decode()
    text = printed(read_blob(amendment.document))

    assert "berlaku sejak Anda menyetujuinya, dan itu yang tercetak" in preview
    assert "Keputusan ini mulai berlaku pada saat disetujui, yaitu 1 Agustus 2024, 09.00 WITA." in text
    assert "mulai berlaku pada tanggal ditetapkan" not in text
    assert "sejak disetujui, 1 Agustus 2024, 09.00 WITA" in page
    assert "Berlaku sejak disetujui, 1 Agustus 2024, 09.00 WITA." in public


def test_an_amendment_dated_on_the_day_of_its_yes_holds_from_its_date(published):
    amendment = approve(published, propose(published, signed_on=NOW.date()))

    assert "mulai berlaku pada tanggal ditetapkan." in printed(read_blob(amendment.document))


def with_decree(**facts):
    """A story whose decree was made with these facts of the day."""
    story = small.play_small(at("2024-06-28 16.40"))
    given = replace(proposed_facts(story.edition), **facts)
    signed = {"number": "188.44/K.1/2024", "signed_on": date(2024, 6, 28)}
    issue_decree(story.edition, **signed, facts=given, by=story.bureau[0], now=at("2024-06-28 17.00"))
    return story


def test_an_amendment_has_the_legal_basis_and_the_copies_of_the_decree():
    story = with_decree(recalling=("Undang-Undang Nomor 20 Tahun 2012", "Undang-Undang Nomor 23 Tahun 2014"),
                        copies=("Menteri Dalam Negeri", "Bupati Bulungan"))  # fmt: skip

    amendment = approve(story, propose(story))

    text = printed(read_blob(amendment.document))
    assert "Mengingat : 1. Undang-Undang Nomor 20 Tahun 2012; 2. Undang-Undang Nomor 23 Tahun 2014; MEMUTUSKAN" in text
    assert "Tembusan: 1. Menteri Dalam Negeri 2. Bupati Bulungan" in text
    stored, facts = Amendment.objects.get(pk=amendment.pk), decree_of(story).facts
    assert (stored.facts["recalling"], stored.facts["copies"]) == (facts["recalling"], facts["copies"])
    assert is_sealed_as(amendment_content(stored), stored)


def test_an_amendment_takes_no_words_from_a_decree_whose_seal_does_not_open(published):
    amendment = propose(published)
    Decree.objects.update(facts=decree_of(published).facts | {"copies": ["Bupati"]})

    with pytest.raises(Refused, match="Keputusan PKU Kalimantan Utara 2024: isinya tidak lagi sama dengan yang dicatat"):
        approve(published, amendment)


def test_an_amendment_is_not_older_than_the_making_of_the_decree_it_corrects():
    story = decided()
    made = issue_decree(story.edition, number="188.44/K.1/2024", signed_on=date(2024, 6, 28), facts=facts_of(story),
                        by=story.bureau[0], now=at("2024-07-03 10.00"))  # fmt: skip

    said = "Tanggal pembetulan, 2 Juli 2024, mendahului pembuatan keputusannya, 3 Juli 2024, 10.00 WITA. Periksa tanggalnya."
    with refused(said, BadInput):
        propose(story, signed_on=date(2024, 7, 2))

    assert not made.amendments.exists()


def test_outside_demonstration_data_no_amendment_holds_without_a_signatory_of_its_day():
    story = decided(is_sample=False)
    governor(story, until=date(2024, 7, 15))
    issue(story)
    amendment = propose(story)

    said = (
        'Pembetulan belum dapat disetujui. Penandatangan masih "(nama Gubernur)": catat pejabatnya pada tanggal itu di '
        "halaman Pejabat."
    )
    with refused(said):
        approve(story, Amendment.objects.get(pk=amendment.pk))


@pytest.mark.parametrize(
    ("corrects", "found"),
    [
        ('Lampiran nomor 1, kolom kecamatan: tertulis "{first}", seharusnya "{second}".', "{first}"),
        ("Diktum KEDUA: tertulis Juara II {first}, seharusnya Juara II {second}.", "Juara II"),
        ("Lampiran nomor 3: seharusnya 94,60.", "94,60"),
        ("Lampiran nomor 1: seharusnya Kecamatan {other}.\nMenimbang: tertulis 2023, seharusnya 2024.", "Kecamatan {other}"),
    ],
)
def test_an_amendment_touches_no_holder_no_title_and_no_value(published, corrects, found):
    first, second = sorted(award.entry.name for award in published.edition.awards.order_by("position")[:2])
    other = published.edition.entries.get(region="65.71.02").name
    named = {"first": first, "second": second, "other": other}
    said = f'Pembetulan ini menyebut "{found.format(**named)}". Kecamatan, gelar, dan nilai dalam keputusan disalin dari hasil'

    with pytest.raises(Refused, match=re.escape(said)):
        propose(published, corrects=corrects.format(**named))

    assert not Amendment.objects.exists()


def test_proposal_and_amendment_are_each_held_by_their_line(published):
    amendment = approve(published, propose(published))

    amendment = Amendment.objects.get(pk=amendment.pk)
    lines = Line.objects.filter(chain=published.edition.chain_id)
    assert amendment.proposal_commitment in lines.get(type="amendment.propose").canonical
    assert amendment.commitment in lines.get(type="decree.amend").canonical
    assert sealed_under(amendment, proposal_content(amendment)) == amendment.proposal_commitment
    assert is_sealed_as(amendment_content(amendment), amendment)
    amendment.reason = "Alasan lain."
    assert not is_sealed_as(amendment_content(amendment), amendment)


def test_a_proposal_changed_behind_the_back_is_not_approved(published):
    amendment = propose(published)
    Amendment.objects.update(corrects="Juara I diganti.")

    with pytest.raises(Refused, match="Usul pembetulan ke-1 keputusan PKU Kalimantan Utara 2024: isinya tidak lagi sama"):
        approve(published, amendment)


def test_who_proposed_does_not_approve_nor_does_another_of_the_bureau(published):
    amendment = propose(published)
    both = create_user("rangkap", "Rangkap", roles=[("B", "65"), ("K", "65")])
    Amendment.objects.filter(pk=amendment.pk).update(by=both)

    with refused("Usul sendiri disetujui orang lain.", NotAllowed):
        approve(published, amendment, by=both)
    with refused("Peran Anda tidak mencakup tindakan ini.", NotAllowed):
        approve(published, amendment, by=published.bureau[1])


@pytest.mark.parametrize(
    ("changed", "said", "kind"),
    [
        ({"number": ""}, "Tulis nomor keputusan pembetulan seperti di register.", BadInput),
        ({"corrects": " "}, "Tulis apa yang dibetulkan: bagiannya, yang tertulis, dan yang seharusnya.", BadInput),
        ({"reason": ""}, "Tulis alasan pembetulan.", BadInput),
        ({"signed_on": date(2024, 8, 2)}, "Tanggal pembetulan, 2 Agustus 2024, belum tiba. Periksa tanggalnya.", BadInput),
        ({"signed_on": date(2024, 6, 27)}, "Tanggal pembetulan, 27 Juni 2024, mendahului keputusan yang dibetulkan, 28 Juni "
                                           "2024.", BadInput),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_its_sentence(published, changed, said, kind):
    with refused(said, kind):
        propose(published, **changed)


def test_a_misspelt_kecamatan_is_set_right_once_the_list_of_regions_was(published):
    said = "Diktum KESATU tertulis Kecamatan Tanjung Palas, seharusnya Kecamatan Tanjung Palas Jaya."
    with pytest.raises(Refused, match='Pembetulan ini menyebut "Tanjung Palas"'):
        propose(published, corrects=said)
    told = {"basis": "Perda 4/2003", "by": published.bureau[0], "now": NOW}

    correct_region_name(Region.objects.get(pk=FIRST), "Tanjung Palas Jaya", **told)

    for other in ("Tarakan Barat", "Kecamatan Tanjung Palas Utara", "Tanjung Palas Jaya dan Sesayap"):
        with pytest.raises(Refused, match="Pembetulan ini menyebut"):
            propose(published, corrects=f"Diktum KESATU tertulis Tanjung Palas, seharusnya {other}.")
    assert propose(published, corrects=said).corrects == said


def test_a_number_in_use_a_second_proposal_and_a_settled_one_are_refused(published):
    with refused("Nomor 188.44/K.1/2024 sudah dipakai keputusan lain. Periksa nomornya."):
        propose(published, number="188.44/K.1/2024")
    first = propose(published)
    with refused("Pembetulan 188.44/K.2/2024 masih menunggu persetujuan. Tunggu, atau tarik usul itu."):
        propose(published, number="3")

    withdraw_amendment(first, by=published.bureau[1], now=NOW)

    with refused("Usul pembetulan 188.44/K.2/2024 sudah ditarik."):
        approve(published, first)
    second = approve(published, propose(published))
    with refused("Pembetulan 188.44/K.2/2024 sudah disetujui dan berlaku."):
        withdraw_amendment(second, by=published.bureau[0], now=NOW)


def test_the_decision_counts_the_corrections_in_force_and_not_those_withdrawn(client, published):
    withdraw_amendment(propose(published), by=published.bureau[1], now=NOW)
    approve(published, propose(published))
    client.force_login(published.bureau[0])

    html = client.get(reverse("publication:decision", args=[CODE])).content.decode()

    assert html.split("Pembetulan keputusan</a>")[1].startswith('<span class="muted">1</span>')


def test_by_pages_it_is_proposed_read_by_the_second_person_and_listed_for_all(client, published):
    client.force_login(published.bureau[0])
    typed = {f"pembetulan-{name}": value for name, value in (SAID | {"signed_on": "2024-07-31"}).items()}
    assert "Pembetulan diusulkan." in client.post(
        reverse("publication:amendment-propose", args=[CODE]), typed, follow=True
    ).content.decode()
    public = client.get(f"/hasil/{CODE}/").content.decode()
    assert SAID["number"] not in public
    assert client.get(f"/hasil/{CODE}/pembetulan/1.pdf").status_code == 404

    client.force_login(published.leader)
    address = reverse("publication:amendment-approve", args=[CODE, 1])
    html = client.get(address).content.decode()
    assert SAID["corrects"] in html and SAID["reason"] in html
    shown = html.split('name="shown" value="')[1].split('"')[0]
    assert "Pembetulan disetujui dan berlaku." in client.post(address, {"shown": shown}, follow=True).content.decode()

    assert "1</span>" in client.get(reverse("publication:decision", args=[CODE])).content.decode()
    client.logout()
    public = client.get(f"/hasil/{CODE}/").content.decode()
    assert all(text in public for text in (SAID["number"], SAID["corrects"], SAID["reason"]))
    assert client.get(f"/hasil/{CODE}/pembetulan/1.pdf").content[:5] == b"%PDF-"


def test_what_was_typed_wrongly_stays_typed(client, published):
    client.force_login(published.bureau[0])
    typed = {"pembetulan-number": "5", "pembetulan-corrects": "Salah", "pembetulan-signed_on": "2024-07-31"}

    answer = client.post(reverse("publication:amendment-propose", args=[CODE]), typed)

    assert answer.status_code == 422 and 'value="5"' in answer.content.decode()
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda: Amendment.objects.update(corrects="Juara I diganti."), "Usul pembetulan ke-1 keputusan PKU"),
        (lambda: Amendment.objects.update(journal_head="0" * 64), "Pembetulan ke-1 keputusan PKU Kalimantan Utara 2024"),
        (lambda: Amendment.objects.update(signed_on=date(2024, 7, 1)), "Pembetulan ke-1 keputusan PKU Kalimantan Utara 2024"),
        (lambda: Amendment.objects.all().delete(), "Pembetulan"),
        (lambda: Minutes.objects.filter(stage__code="lapang").update(place="Tarakan"), "Berita acara tahap Tinjau lapang"),
        (lambda: Minutes.objects.filter(stage__code="lapang").update(facts={}), "Berita acara tahap Tinjau lapang"),
        (lambda: Minutes.objects.filter(stage__code="lapang").delete(), "Berita acara"),
        (lambda: Decree.objects.update(facts={"city": "Tarakan"}), "Keputusan PKU Kalimantan Utara 2024"),
        (lambda: Decree.objects.update(signed_on=date(2024, 6, 29)), "Keputusan PKU Kalimantan Utara 2024"),
    ],
)
def test_a_document_changed_in_the_database_no_longer_opens(published, change, named):
    approve(published, propose(published))
    assert opened_publication(published.edition).faults == []

    change()

    assert any(named in fault.what for fault in opened_publication(published.edition).faults)


@pytest.mark.parametrize("change", ["by_id = {other}", "approved_by_id = {other}", "proposed_at = '2024-07-11 00:00:00'"])
def test_who_proposed_and_who_approved_are_held_by_their_lines(published, change):
    amendment = approve(published, propose(published))
    other = create_user("lain", "Orang Lain", roles=[("B", "65")])
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE publication_amendment SET {change.format(other=other.pk)} WHERE id = {amendment.pk}")

    published.edition.refresh_from_db()
    assert [fault.what for fault in opened_publication(published.edition).faults if "embetulan ke-1" in fault.what]
