"""Paper told in a test: a panel whose telephones fail on the first morning, and the bureau's two typists."""

import io
import re

from PIL import Image

from sp2k.base.clock import start_demonstration_clock
from sp2k.base.pages.uploads import Upload
from sp2k.judging.actions import attach_scan, print_papers, type_paper
from sp2k.judging.models import PaperSheet
from sp2k.judging.readings import Reading
from tests.story.small import FIRST, JURY_SEATED, at, duty, holder, play_small, stage

MORNING = at("2024-06-04 10.00")
LIST = "/juri/kertas/"
PRINT = "/juri/kertas/cetak/kaltara-2024-uji/presentasi/"
GIVEN = {"K1": "87,5", "I1": "80", "I2": "75"}


def page_of(paper, what="") -> str:
    """The address of a paper, or of one of its pages."""
    return f"/juri/kertas/k/{paper.code}/{what}"


def words(answer) -> str:
    """A page's text without its markup, blanks folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def scan(name="pindaian.png", width=60) -> Upload:
    """A small picture of a filled paper."""
    drawn = io.BytesIO()
    Image.new("RGB", (width, 80), "white").save(drawn, "PNG")
    return Upload(name, drawn.getvalue(), "image/png")


class Office:
    """The small edition on the first morning of its presentations, with blanks and who does what with them."""

    def __init__(self, until=JURY_SEATED, now=MORNING, **story):
        self.story, self.now = play_small(until, **story), now
        self.first, self.second = self.story.bureau
        start_demonstration_clock(now)

    @property
    def stage(self):
        return stage(self.story, "presentasi")

    def duty(self, code=FIRST, seat="bappeda"):
        return duty(self.story, code, seat)

    def juror(self, seat="bappeda"):
        return holder(self.story, seat)

    def prints(self, *duties):
        return print_papers(self.stage, list(duties) or [self.duty()], by=self.first, now=self.now)

    def paper(self, code=FIRST, seat="bappeda") -> PaperSheet:
        """A blank of one duty, as it stands now."""
        self.prints(self.duty(code, seat))
        return self.again(PaperSheet.objects.get(assignment=self.duty(code, seat), kind="lembar", state="dicetak"))

    def again(self, paper) -> PaperSheet:
        return PaperSheet.objects.get(pk=paper.pk)

    def types(self, paper, by, marks=GIVEN, illegible=(), note=""):
        return type_paper(paper, Reading(marks, dict(illegible), note), by=by, now=self.now)

    def typed_alike(self, marks=GIVEN, with_scan=True, **typed) -> PaperSheet:
        """A paper that two people typed alike, scanned: it waits for its juror."""
        paper = self.paper()
        for person in (self.first, self.second):
            self.types(paper, person, marks, **typed)
        if with_scan:
            attach_scan(paper, scan(), by=self.first, now=self.now)
        return self.again(paper)
