"""Persons who sign in, and the roles they hold with their reach."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from sp2k.accounts.roles import Role
from sp2k.regions.models import Region


class UserManager(BaseUserManager):
    def create_user(self, username, name, password=None):
        """Make an account; without a password nobody can sign in with it until an invitation sets one."""
        user = self.model(username=username, name=name)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person's account. What the person may do follows from the memberships, never from the account."""

    username = models.CharField("nama pengguna", max_length=60, unique=True)
    name = models.CharField("nama", max_length=120)
    is_active = models.BooleanField("aktif", default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self):
        return self.name

    def reaches(self, roles, code: str) -> bool:
        """Return whether one of `roles` is held over a region that contains `code` (`35.10` contains `35.10.14`)."""
        return any(
            membership.role in roles and contains(membership.region_id, code) for membership in self.held_memberships
        )

    @property
    def held_memberships(self):
        """The memberships, read once per object."""
        if not hasattr(self, "_held"):
            self._held = list(self.memberships.all()) if self.pk else []
        return self._held

    @property
    def roles(self) -> set[str]:
        return {membership.role for membership in self.held_memberships}


class Membership(models.Model):
    """One role of one person, over one region and all it contains."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField("peran", max_length=1, choices=Role)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role", "region"], name="one_membership_per_role")]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} {self.region_id}"


def contains(outer: str, inner: str) -> bool:
    """Return whether region code `outer` is `inner` or contains it, compared segment by segment."""
    return inner == outer or inner.startswith(outer + ".")
