"""Results built by hand, for what must hold for any number of titles and any length of names."""

from datetime import UTC, date, datetime

from sp2k.base.models import Blob
from sp2k.editions.models import Edition
from sp2k.publication.models import Decree, Publication
from sp2k.publication.queries import PublicResult, RegencyShare, ResultRow, StageColumn
from sp2k.regions.maps import outline
from sp2k.regions.models import Region

NOW = datetime(2022, 12, 28, 3, 0, tzinfo=UTC)


def row(place, name="Taman", regency="Kabupaten Sidoarjo", regency_code="35.15", title="", **more):
    """Return one row; scores 80 and 90, total 84 unless said otherwise."""
    fields = {
        "scores": ("80.00", "90.00"), "total": "84.00", "is_last_before_cut": False, "decided_by": "nilai",
        "shares_place": False,
    }  # fmt: skip
    return ResultRow(place, title, f"{regency_code}.01", name, regency, regency_code, **{**fields, **more})


def result(*rows, region="35", is_sample=True):
    """Return a published result that no database holds."""
    edition = Edition(
        code="contoh", name="Lomba", short_name="SKK", year=2022, is_sample=is_sample, zone="Asia/Jakarta",
        organiser="Biro", region=Region(code=region, name="Jawa Timur", level="provinsi"), region_name="Jawa Timur",
        published_at=NOW,
    )  # fmt: skip
    winners = {each.regency_code for each in rows if each.title}
    codes = [area.code for area in outline("35").areas] if region == "35" else []
    shares = [RegencyShare(code, code, "finalis" if code in winners else "tidak_ikut", (), "") for code in codes]
    columns = (StageColumn("presentasi", "Presentasi", "Presentasi"), StageColumn("lapang", "Lapang", "Lapang"))
    document = Blob(sha256="0" * 64, size=57_000, content_type="application/pdf", stored_at=NOW)
    decree = Decree(edition=edition, number="1/2022", signed_on=date(2022, 12, 21), document=document)
    publication = Publication(edition=edition, published_at=NOW, journal_size=9, journal_head="ab" * 32)
    return PublicResult(edition, columns, rows, tuple(shares), "Nilai akhir.", "Dinilai.", decree, publication)
