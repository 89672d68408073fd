"""Persons who sign in, and the roles they hold with their reach."""

from copy import copy
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.roles import CARES_FOR, GIVES, SUPERVISED, Role
from sp2k.base.models import Blob
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
    phone = models.CharField("nomor WhatsApp", max_length=20, blank=True)
    institution = models.CharField("lembaga", max_length=200, blank=True)
    home = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", verbose_name="kabupaten/kota asal atau tugas"
    )
    language = models.CharField("bahasa", max_length=2, default="id")
    theme = models.CharField("tampilan", max_length=4, blank=True)  # "", "sun" or "dark"
    session_epoch = models.PositiveIntegerField("angkatan sesi", default=0)  # raised: every session ends at once
    totp_seed = models.CharField("benih kunci faktor kedua", max_length=64, blank=True)  # see keys/totp.py
    totp_confirmed_at = models.DateTimeField("faktor kedua dipasang", null=True)
    totp_last_step = models.PositiveBigIntegerField("langkah terakhir", default=0)  # a code is taken once

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

    def gives(self, role: str, code: str) -> bool:
        """Return whether this person hands out `role` over the region `code`."""
        return any(
            role in GIVES.get(membership.role, ()) and contains(membership.region_id, code)
            for membership in self.held_memberships
        )

    def cares_for(self, role: str, code: str) -> bool:
        """Return whether this person looks after the holders of `role` over the region `code`."""
        return any(
            role in CARES_FOR.get(membership.role, ()) and contains(membership.region_id, code)
            for membership in self.held_memberships
        )

    def is_in_care_of(self, other) -> bool:
        """Return whether `other` looks after every role this person has: less would let one take over more."""
        held = self.all_memberships
        return bool(held) and all(other.cares_for(membership.role, membership.region_id) for membership in held)

    @property
    def region_code(self) -> str:
        """The widest region a role is held over: what the policy asks of every object."""
        return min((membership.region_id for membership in self.held_memberships), key=len, default="")

    @property
    def person_id(self) -> int:
        return self.pk

    @property
    def has_second_factor(self) -> bool:
        return self.totp_confirmed_at is not None

    def _get_session_auth_hash(self, secret=None):
        """What a session is bound to: password and epoch. When either changes, every session ends at its next step."""
        bound = f"{self.password}:{self.session_epoch}"
        return salted_hmac("sp2k.accounts.session", bound, secret=secret, algorithm="sha256").hexdigest()

    @property
    def all_memberships(self):
        """The memberships as they stand, read once per object."""
        if not hasattr(self, "_all"):
            self._all = list(self.memberships.all()) if self.pk else []
        return self._all

    @property
    def held_memberships(self):
        """The memberships that give rights: a supervisor's does not while the person also has a role he would supervise."""
        if not hasattr(self, "_held"):
            self._held = [row for row in self.all_memberships if not (row.role == Role.INSPECTORATE and self.is_barred)]
        return self._held

    def as_judge(self, edition) -> "User":
        """This person as one who judges in an edition: without the bureau's role there, from the lock to the announcement.

        A person without both roles over the edition's region is returned as he is.
        """
        code = edition.region_id
        if edition.is_published or not edition.has_locked_rules:
            return self
        if not (self.reaches({Role.BUREAU}, code) and self.reaches({Role.JUROR, Role.CHAIR}, code)):
            return self
        judge = copy(self)
        judge._held = [
            row for row in self.held_memberships if not (row.role == Role.BUREAU and contains(row.region_id, code))
        ]
        return judge

    @property
    def is_barred(self) -> bool:
        """Whether this person supervises and is supervised: refused since, found in older data."""
        roles = {membership.role for membership in self.all_memberships}
        return Role.INSPECTORATE in roles and bool(roles & SUPERVISED)

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


class Appointment(models.Model):
    """A leader's paper that makes someone a supervisor, as one of the bureau recorded it; in force once a second has."""

    username = models.CharField("nama pengguna", max_length=60)
    name = models.CharField("nama", max_length=120)
    institution = models.CharField("lembaga", max_length=200, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    number = models.CharField("nomor surat", max_length=80)
    dated = models.DateField("tanggal surat")
    scan = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="pindaian")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    at = models.DateTimeField("dicatat")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="dikuatkan oleh")
    confirmed_at = models.DateTimeField("dikuatkan", null=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("by")),
                name="two_people_record_an_appointment",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False, withdrawn_at=None),
                name="an_appointment_is_confirmed_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["username", "region"], condition=models.Q(confirmed_at=None, withdrawn_at=None),
                name="one_waiting_appointment",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.name}, {self.region}"

    @property
    def region_code(self) -> str:
        return self.region_id

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.withdrawn_at is None


class Invitation(models.Model):
    """A single-use way in: an invitation or a reset, as link, QR and short code. Only their hashes are kept."""

    class Purpose(models.TextChoices):
        INVITE = "undangan", _("Undangan")
        RESET = "setel-ulang", _("Setel ulang")

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    purpose = models.CharField("keperluan", max_length=12, choices=Purpose)
    token_hash = models.CharField("sidik tautan", max_length=64, unique=True)
    code_hash = models.CharField("sidik kode", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="dibuat oleh")
    at = models.DateTimeField("dibuat")
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai", null=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.user}"

    def is_open(self, now: datetime) -> bool:
        """Whether it can be used at `now` (true time: links do not follow the demonstration's clock)."""
        return self.used_at is None and self.withdrawn_at is None and now < self.expires_at and self.user.is_active


class RecoveryCode(models.Model):
    """A code for the day the phone is lost; each is taken once. Only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField("sidik kode", max_length=64)
    used_at = models.DateTimeField("dipakai", null=True)

    def __str__(self):
        return f"Kode pemulihan {self.user}"


class SecondFactorRule(models.Model):
    """What an edition declares: holders of these roles over its region sign in with a second factor."""

    edition = models.CharField("kode edisi", max_length=40, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    roles = models.CharField("huruf peran", max_length=20)

    def __str__(self):
        return f"{self.edition}: {self.roles}"

    def holds_for(self, user) -> bool:
        """Whether `user` holds one of the roles over the region, a part of it, or a region it lies in."""
        return any(
            membership.role in self.roles
            and (contains(membership.region_id, self.region_id) or contains(self.region_id, membership.region_id))
            for membership in user.held_memberships
        )


class SignInAttempt(models.Model):
    """A try at the door, for throttling: by name and by address, both hashed."""

    name_hash = models.CharField("sidik nama pengguna", max_length=64)
    address_hash = models.CharField("sidik alamat", max_length=64)
    at = models.DateTimeField("pada")
    succeeded = models.BooleanField("berhasil")

    class Meta:
        indexes = [models.Index(fields=["name_hash", "at"]), models.Index(fields=["address_hash", "at"])]

    def __str__(self):
        return f"{self.at}: {'masuk' if self.succeeded else 'ditolak'}"


class KnownDevice(models.Model):
    """A browser on which a person has signed in, by the hash of its cookie: its tries are counted apart from strangers'."""

    user = models.ForeignKey(User, models.CASCADE, related_name="known_devices")
    device_hash = models.CharField("sidik perangkat", max_length=64)
    address_hash = models.CharField("sidik alamat terakhir", max_length=64)
    seen_at = models.DateTimeField("terakhir masuk")
    expires_at = models.DateTimeField("dikenal sampai")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "device_hash"], name="one_row_per_known_device")]
        indexes = [models.Index(fields=["device_hash"]), models.Index(fields=["address_hash", "seen_at"])]

    def __str__(self):
        return f"Perangkat {self.user}"


class Officeholder(models.Model):
    """A person in an office for a term: a camat, a plt., a governor. Apart from the account and from the entry."""

    class Office(models.TextChoices):
        CAMAT = "camat", _("Camat")
        ACTING = "plt", _("Plt. Camat")
        DAILY = "plh", _("Plh. Camat")
        HEAD = "kepala-daerah", _("Kepala daerah")
        INTERIM_HEAD = "pj-kepala", _("Pj. kepala daerah")
        ACTING_HEAD = "plt-kepala", _("Plt. kepala daerah")
        SECRETARY = "sekda", _("Sekretaris daerah")

    region = models.ForeignKey(Region, models.PROTECT, related_name="officeholders", verbose_name="wilayah")
    office = models.CharField("jabatan", max_length=14, choices=Office)
    name = models.CharField("nama dengan gelar", max_length=120)
    nip = models.CharField("NIP", max_length=18, blank=True)
    rank = models.CharField("pangkat, golongan", max_length=80, blank=True)
    since = models.DateField("sejak")
    until = models.DateField("sampai", null=True)
    source = models.CharField("dasar", max_length=200, blank=True)

    class Meta:
        ordering = ["region", "since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_term_ends_after_its_start",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.get_office_display()} {self.region}"


def contains(outer: str, inner: str) -> bool:
    """Return whether region code `outer` is `inner` or contains it, compared segment by segment."""
    return inner == outer or inner.startswith(outer + ".")
