"""What the policy table is asked about when an address is opened: the action of the address and the object it names."""

from pathlib import Path

import yaml

from sp2k.accounts.models import Membership, Officeholder, User
from sp2k.accounts.officeholders.posts import Post
from sp2k.accounts.policy import POLICY
from sp2k.accounts.roles import Grant
from sp2k.editions.models import Edition, Stage
from sp2k.entries.models import DraftDocument, Evidence, Participation
from sp2k.entries.region_lists.actions import WholeCountry
from sp2k.judging.queries.stage_sheets import StageSheets
from sp2k.judging.queries.visits import PanelEntry
from sp2k.regions.models import ProposedList, Region
from sp2k.results.closing import RegencyDesk
from sp2k.results.queries import EntryAtStage, StageResult, asked_of_places
from sp2k.results.stages.downloads import FILES
from sp2k.results.stages.voiding import KINDS
from tests.hostile.addresses import Address, Site

MATRIX = Path(__file__).parents[1] / "house" / "permission_matrix.yaml"
ACCESS = yaml.safe_load(MATRIX.read_text("utf-8"))["alamat"]
OPEN, SIGNED_IN = "terbuka", "masuk"


class NoSeat:
    """Where nobody sits: hidden to all, whatever they hold."""

    region_code = "00"


def asked_of(address: Address, user: User) -> tuple[str, object] | None:
    """Return the action and the object of the policy that guard an address; None where only roles do."""
    action, thing, room = ACCESS[address.name], address.thing, address.name.split(":")[0]
    if (
        action in {OPEN, SIGNED_IN, "schedule.read"}
        or thing in {None, Site}
        or (type(thing), room) == (Edition, "entries")
    ):
        return None
    if address.name in BY_NAME:
        return BY_NAME[address.name](address, thing)
    if action == "conflict.declare":
        return _own_seat(thing, user)
    if type(thing) is User and action == "role.give":
        return "people.read", thing
    return action, OBJECTS.get((type(thing), room), OBJECTS.get(type(thing), lambda thing: thing))(thing)


def roles_alone(address: Address, user: User) -> bool:
    """Whether the person holds a role that the address's action knows; the finer question needs an object."""
    action = ACCESS[address.name]
    return action in {OPEN, SIGNED_IN} or bool(user.roles & POLICY[action].roles)


def _own_seat(thing, user):
    """Conflicts are declared from one's own seat; whoever has none at the stage finds no such page."""
    stage = thing if isinstance(thing, Stage) else thing.stage
    seat = stage.seats.filter(seatings__user=user, seatings__until=None).prefetch_related("seatings__user").first()
    return ("conflict.declare", seat) if seat else ("rules.lock", NoSeat())


def _team(row) -> PanelEntry:
    return PanelEntry(row, tuple(row.assignments.all()))


BY_NAME = {
    "results:void": lambda address, thing: (KINDS[thing[0]].action, KINDS[thing[0]].subject(thing[1])),
    "results:download": lambda address, thing: asked_of_places(thing, FILES[address.kwargs["name"]].action)[0],
    "results:places": lambda address, thing: asked_of_places(thing)[0],
    "judging:stage-sheets": lambda address, thing: ("sheet.read", StageSheets(thing)),
}
# The object of the policy by the kind of thing, and by the room whose address it is.
OBJECTS = {
    tuple: lambda pair: RegencyDesk(*pair),
    (Edition, "publication"): lambda edition: StageResult(edition.stages.last()),
    (Stage, "results"): StageResult,
    (Stage, "publication"): StageResult,
    (Participation, "judging"): _team,
    (Participation, "results"): lambda row: EntryAtStage(row.stage, row),
    Evidence: lambda row: row.form.participation,
    DraftDocument: lambda row: row.draft.participation,
    (Region, "officeholders"): Post,
    Officeholder: lambda row: Post(row.region),
    ProposedList: lambda row: WholeCountry(),
    Membership: lambda row: Grant(row.role, row.region_id, row.user_id),
}
