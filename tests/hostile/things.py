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
from sp2k.results.queries import EntryAtStage, StageResult
from sp2k.results.stages.downloads import FILES
from sp2k.results.stages.voiding import KINDS
from tests.hostile.addresses import Address, Site

class NoSeat:
    """Where nobody sits: hidden to all, whatever they hold."""

    region_code = "00"


ACCESS = yaml.safe_load(Path("tests/house/permission_matrix.yaml").read_text("utf-8"))["alamat"]
OPEN, SIGNED_IN = "terbuka", "masuk"


def asked_of(address: Address, user: User) -> tuple[str, object] | None:
    """Return the action and the object of the policy that guard an address; None where only roles do."""
    action, thing, room = ACCESS[address.name], address.thing, address.name.split(":")[0]
    if action in {OPEN, SIGNED_IN} or thing is Site or thing is None:
        return None
    kwargs = address.kwargs
    if address.name == "results:void":
        kind, row = thing
        return KINDS[kind].action, KINDS[kind].subject(row)
    if address.name == "results:download":
        return FILES[kwargs["name"]].action, StageResult(thing)
    if action == "conflict.declare":
        return _own_seat(address, thing, user)
    if isinstance(thing, tuple):
        return action, RegencyDesk(*thing)
    if isinstance(thing, Edition) and room == "entries":
        return None
    if isinstance(thing, Edition):
        return action, StageResult(thing.stages.last()) if room == "publication" else thing
    if isinstance(thing, Stage) and action == "schedule.read":
        return None
    if isinstance(thing, Stage):
        return action, _of_stage(address, thing)
    if isinstance(thing, Participation):
        return action, _of_entry(room, thing)
    if isinstance(thing, Evidence):
        return action, thing.form.participation
    if isinstance(thing, DraftDocument):
        return action, thing.draft.participation
    if isinstance(thing, Region):
        return action, Post(thing) if room == "officeholders" else thing
    if isinstance(thing, Officeholder):
        return action, Post(thing.region)
    if isinstance(thing, ProposedList):
        return action, WholeCountry()
    if isinstance(thing, User) and action == "role.give":
        return "people.read", thing
    if isinstance(thing, Membership):
        return action, Grant(thing.role, thing.region_id, thing.user_id)
    return action, thing


def roles_alone(address: Address, user: User) -> bool:
    """Whether the person holds a role that the address's action knows; the finer question needs an object."""
    action = ACCESS[address.name]
    return action in {OPEN, SIGNED_IN} or bool(user.roles & POLICY[action].roles)


def _own_seat(address, thing, user):
    """Conflicts are declared from one's own seat; whoever has none at the stage finds no such page."""
    stage = thing if isinstance(thing, Stage) else thing.stage
    seat = stage.seats.filter(seatings__user=user, seatings__until=None).prefetch_related("seatings__user").first()
    return ("conflict.declare", seat) if seat else ("region.load", NoSeat())


def _of_stage(address, stage):
    if address.name == "judging:stage-sheets":
        return StageSheets(stage)
    return StageResult(stage) if address.name.startswith("results:") else stage


def _of_entry(room, row):
    if room == "judging":
        return PanelEntry(row, tuple(row.assignments.all()))
    return EntryAtStage(row.stage, row) if room == "results" else row
