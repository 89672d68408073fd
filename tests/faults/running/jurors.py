"""Jurors of the small edition who send sheets to a running server and remember what it acknowledged."""

import random
import threading
import time
from dataclasses import dataclass, field

from tests.faults.running.server import BROKEN_LINE, Answer, Browser, Server

DUTIES = """
    SELECT account.username, duty.id FROM judging_assignment duty
    JOIN judging_seat seat ON seat.id = duty.seat_id
    JOIN judging_seating seating ON seating.seat_id = seat.id AND seating.until IS NULL
    JOIN accounts_user account ON account.id = seating.user_id
    JOIN editions_stage stage ON stage.id = seat.stage_id
    WHERE stage.code = 'presentasi' ORDER BY account.username, duty.id
"""


def duties_of_jurors(server: Server) -> dict[str, list[int]]:
    """Return each juror's duties in the presentations."""
    found: dict[str, list[int]] = {}
    for name, duty in server.rows(DUTIES):
        found.setdefault(name, []).append(duty)
    return found


def marks(value: int) -> dict[str, str]:
    return {f"nilai_{code}": str(value) for code in ("K1", "I1", "I2")}


def form_of(browser: Browser, duty: int) -> dict[str, str]:
    """Return the hidden fields of a sheet's form, open for a change where it was sent before."""
    page = browser.get(f"/juri/lembar/{duty}/ubah/")
    if page.status in (301, 302):
        page = browser.get(f"/juri/lembar/{duty}/")
    return page.hidden


def sheet_fields(browser: Browser, duty: int, value: int, **more: str) -> dict[str, str]:
    """Return a whole sheet as its form would send it."""
    fields = form_of(browser, duty)
    changed = {"perubahan": "Dinilai ulang."} if fields.get("base_rev", "0") != "0" else {}
    return fields | marks(value) | changed | more


def seal(browser: Browser, duty: int, fields: dict[str, str], **given) -> Answer:
    return browser.post(f"/juri/lembar/{duty}/segel/", fields, **given)


def is_receipt(answer: Answer, duty: int) -> bool:
    """Whether the server said that it has the sheet: it leads back to the sheet as sent."""
    return answer.status == 302 and answer.goes_to == f"/juri/lembar/{duty}/"


@dataclass
class Juror:
    """One who sends sheet after sheet, and each again until it is answered; `kept` is what the server acknowledged."""

    server: Server
    name: str
    duties: list[int]
    kept: dict[str, int] = field(default_factory=dict)  # op_id of the sheet -> its marks
    drafted: int = 0  # the last draft acknowledged, a number in its note
    answers: list[int] = field(default_factory=list)

    def work(self, stop: threading.Event, *, seed: int) -> None:
        chance, browser = random.Random(seed), Browser(self.server)
        self._until_answered(stop, lambda: browser.enter(self.name))
        *sealed, drafted = self.duties
        while not stop.is_set():
            duty, value = chance.choice(sealed), chance.randint(10, 90)
            fields = self._until_answered(stop, lambda duty=duty, value=value: sheet_fields(browser, duty, value))
            if fields is None or "op_id" not in fields:
                continue
            answer = self._until_answered(stop, lambda duty=duty, fields=fields: seal(browser, duty, fields))
            if answer is None:
                return
            self.answers.append(answer.status)
            if is_receipt(answer, duty):
                self.kept[fields["op_id"]] = value
            self._draft(stop, browser, drafted)

    def _draft(self, stop, browser, duty) -> None:
        def keep():
            fields = form_of(browser, duty) | {"catatan": str(self.drafted + 1)}
            return browser.post(f"/juri/lembar/{duty}/draf/", fields, Accept="application/json")

        answer = self._until_answered(stop, keep)
        if answer is not None and answer.status == 200:
            self.drafted += 1

    @staticmethod
    def _until_answered(stop, ask):
        """Ask until the line holds: a phone in a hall does the same. None where the test is over before."""
        while True:
            try:
                return ask()
            except BROKEN_LINE:
                if stop.is_set():
                    return None
                time.sleep(0.05)


def at_work(server: Server, stop: threading.Event) -> tuple[list[Juror], list[threading.Thread]]:
    """Let every juror of the presentations begin to send."""
    jurors = [Juror(server, name, duties) for name, duties in duties_of_jurors(server).items()]
    threads = [
        threading.Thread(target=juror.work, args=[stop], kwargs={"seed": n}, daemon=True) for n, juror in enumerate(jurors)
    ]
    for thread in threads:
        thread.start()
    return jurors, threads
