"""Making accounts and giving roles."""

from django.db import transaction

from sp2k.accounts.models import Membership, User
from sp2k.accounts.roles import Role
from sp2k.base.refusals import BadInput
from sp2k.regions.models import Region


@transaction.atomic
def create_user(username: str, name: str, *, roles: list[tuple[str, str]], password: str | None = None) -> User:
    """Make an account with its roles.

    Parameters
    ----------
    roles : pairs of role letter and region code, e.g. ``[("B", "35")]``
    password : without one nobody can sign in with the account until an invitation sets it
    """
    if User.objects.filter(username=username).exists():
        raise BadInput(f'Nama pengguna "{username}" sudah ada. Pilih nama lain.')
    for role, code in roles:
        if role not in Role.values:
            raise BadInput(f'Peran "{role}" tidak dikenal. Pilih salah satu dari {", ".join(Role.values)}.')
        if not Region.objects.filter(code=code).exists():
            raise BadInput(f'Kode wilayah "{code}" tidak ada dalam daftar wilayah. Periksa kodenya, misalnya 35.10.')
    user = User.objects.create_user(username, name, password)
    Membership.objects.bulk_create([Membership(user=user, role=role, region_id=code) for role, code in roles])
    return user
