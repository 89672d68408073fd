"""The list of officeholders between its file, its preview and its act."""

from datetime import datetime, timedelta

from sp2k.accounts.officeholders.actions import take_in_officeholders
from sp2k.accounts.officeholders.plans import ListedTerm, plan_of
from sp2k.accounts.officeholders.queries import regions_recorded_since
from sp2k.accounts.officeholders.workbook import listed_terms, taken_at
from sp2k.base.tables.importing import ListImport
from sp2k.base.tables.preview import ListPreview
from sp2k.base.tables.sentences import said_of_columns
from sp2k.base.wording import date_in_words, number_in_words

IN_THE_SAME_MINUTE = timedelta(minutes=1)  # a list says when it was taken to the minute
SHOWN = 5


def officeholder_list(*, by, now: datetime, done: str) -> ListImport:
    """Return how a list of officeholders is taken in by a person."""
    return ListImport(
        purpose="pejabat", read=_read, look=lambda told: _look(told, by, now),
        act=lambda told, agreed: take_in_officeholders(_rows(told), by=by, now=now, agreed=agreed),
        template="officeholders/import.html", then="officeholders:officeholders", done=done,
    )  # fmt: skip


def _read(cleaned: dict) -> dict:
    table, clears = cleaned["file"], cleaned["clears"]
    terms = listed_terms(table, clears=clears)
    given_out = taken_at(table)
    return {
        "rows": [term.plain() for term in terms], "n_unnamed": len(table.rows) - len(terms),
        "taken_at": given_out.isoformat() if given_out else "", "stays": said_of_columns(table, clears=clears),
    }  # fmt: skip


def _rows(told: dict) -> list[ListedTerm]:
    return [ListedTerm.of(plain) for plain in told["rows"]]


def _look(told: dict, by, now: datetime) -> ListPreview:
    rows = _rows(told)
    plan = plan_of(rows, by=by, now=now)
    stays = list(told["stays"])
    if plan.n_unnamed:
        told_of = "tanpa nama dalam berkas ini" if told["n_unnamed"] else "tidak disebut"
        stays.append(f"{number_in_words(plan.n_unnamed)} wilayah dalam daftar Anda {told_of}; catatannya tetap.")
    return ListPreview(plan.rows, plan.asks, tuple(_notes(told, rows)), tuple(stays))


def _notes(told: dict, rows: list[ListedTerm]):
    """What may be a mistake in the file as a whole: it was given out long ago, and others wrote since."""
    if not told["taken_at"]:
        return
    at = datetime.fromisoformat(told["taken_at"])
    since = regions_recorded_since(at + IN_THE_SAME_MINUTE, {row.code for row in rows})
    if since:
        names = ", ".join(since[:SHOWN]) + (f", dan {len(since) - SHOWN} lainnya" if len(since) > SHOWN else "")
        yield (
            f"Daftar ini diunduh {date_in_words(at.date())}. Sejak itu catatan pejabat {names} berubah. Unduh yang baru bila "
            "isinya tidak sengaja lebih lama."
        )
