"""Where the arguments of the documents' addresses come from."""

from sp2k.publication.models import Amendment, Minutes

NOTHING = 987654321


def stages_by_edition(wanted):
    for stage in wanted.stages:
        yield stage, {"code": stage.edition.code, "stage": stage.code}
    yield None, {"code": wanted.editions[0].code, "stage": "tidak-ada"}


def minutes(wanted):
    for row in wanted.ends(Minutes.objects.select_related("stage__edition__region").order_by("pk")):
        yield row.stage, {"code": row.stage.edition.code, "stage": row.stage.code, "revision": row.revision}
    yield None, {"code": wanted.editions[0].code, "stage": "tidak-ada", "revision": 1}


def amendments(wanted):
    for row in wanted.ends(Amendment.objects.select_related("decree__edition__region").order_by("pk")):
        yield row, {"code": row.edition.code, "position": row.position}
    yield None, {"code": wanted.editions[0].code, "position": NOTHING}


SOURCES = {
    ("publication", frozenset({"code", "stage"})): stages_by_edition,
    ("publication", frozenset({"code", "stage", "revision"})): minutes,
    ("publication", frozenset({"code", "position"})): amendments,
}
