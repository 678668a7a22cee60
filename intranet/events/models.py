"""What happened (Event) and who still has to hear it (Delivery).

A verb calls `Event.record` inside its own transaction. So an Event exists exactly when the change exists:
nothing is lost between the two, and nothing fires for a change that was rolled back. Every outlet in
``settings.OUTLETS`` gets one Delivery; the worker (``intranet.events.worker``) hands them out.

    OUTLETS = {"meldingen": "intranet.meldingen.outlet.handle"}

An outlet is a function ``handle(event)`` that may run twice without harm: a worker that dies between
the work and its tick makes the work run again. There is no order between Events, and outlets do not wait for
each other. ``handle`` runs outside a transaction; what must be whole it puts in its own ``atomic``.

This is a tool layer: it knows no Groep, Vraag or Profiel. It keeps their numbers, so that an Event stays
readable when its object is gone.
"""

from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import wakeup

# Longer strings are text that people wrote; that stays in its own table, where it can be wiped.
MAX_FACT = 200
# A Delivery that failed this often, or waits this long, needs a human being.
STUCK_ATTEMPTS = 5
STUCK_AFTER = timedelta(minutes=5)


class Event(models.Model):
    """Something that happened, in facts: what, where, by whom, about what, when."""

    soort = models.CharField(_("soort"), max_length=40)
    groep_id = models.BigIntegerField(_("groep"), null=True)
    thread_id = models.BigIntegerField(_("thread"), null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ding_soort = models.CharField(_("soort ding"), max_length=40, blank=True)
    ding_id = models.BigIntegerField(_("nummer van het ding"), null=True)
    feiten = models.JSONField(_("feiten"), default=dict, encoder=DjangoJSONEncoder)
    op = models.DateTimeField(_("op"), default=timezone.now)

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        indexes = [models.Index(fields=["op"], name="event_op")]

    def __str__(self):
        return f"{self.soort} #{self.pk}"

    @classmethod
    def record(cls, soort, *, groep=None, thread=None, actor=None, ding=None, **feiten):
        """Record that something happened, and that every outlet must hear it: two statements.

        Args:
            soort: noun and participle, as in ``"vraag.gesteld"``.
            groep, thread, actor: an instance or its number.
            ding: the instance it is about, or ``("antwoord", 12)``.
            **feiten: small facts the outlets need later; never text that people wrote.

        Raises:
            TransactionManagementError: outside a transaction. The Event could then outlive a change that
                failed, or be missing for one that did not.
            ValueError: a fact longer than 200 characters.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError(
                f"Event.record({soort!r}) must run in the transaction of the change it tells about"
            )
        _refuse_prose(feiten)
        ding_soort, ding_id = _kind_and_number(ding)
        event = cls.objects.create(
            soort=soort,
            groep_id=_number(groep),
            thread_id=_number(thread),
            actor_id=_number(actor),
            ding_soort=ding_soort,
            ding_id=ding_id,
            feiten=feiten,
        )
        Delivery.objects.bulk_create(
            [Delivery(event=event, outlet=outlet, available_at=event.op) for outlet in settings.OUTLETS]
        )
        transaction.on_commit(wakeup.ring)
        return event


class DeliveryQuerySet(models.QuerySet):
    """Adjectives for Deliveries."""

    def pending(self):
        """Not delivered yet."""
        return self.filter(delivered_at__isnull=True)

    def due(self, now):
        """Pending, its time has come, and no living worker holds it."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
        return self.pending().filter(free, available_at__lte=now)

    def stuck(self, now):
        """Pending for an outlet in use, and failing or waiting for so long that a human should look."""
        return self.pending().filter(is_stuck(now), outlet__in=settings.OUTLETS)


def is_stuck(now):
    """Return the condition under which a pending Delivery is stuck."""
    return Q(attempts__gte=STUCK_ATTEMPTS) | Q(event__op__lt=now - STUCK_AFTER)


class Delivery(models.Model):
    """One Event on its way to one outlet."""

    # No index of its own: the unique constraint starts with it.
    event = models.ForeignKey(
        Event,
        verbose_name=_("gebeurtenis"),
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_index=False,
    )
    outlet = models.CharField(_("uitgang"), max_length=40)
    available_at = models.DateTimeField(_("niet eerder dan"), default=timezone.now)
    claimed_until = models.DateTimeField(_("in behandeling tot"), null=True, blank=True)
    claimed_by = models.CharField(_("in behandeling bij"), max_length=100, blank=True)
    attempts = models.PositiveIntegerField(_("mislukte pogingen"), default=0)
    last_error = models.CharField(_("laatste fout"), max_length=300, blank=True)
    delivered_at = models.DateTimeField(_("bezorgd op"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezorging")
        verbose_name_plural = _("bezorgingen")
        constraints = [models.UniqueConstraint(fields=["event", "outlet"], name="delivery_once")]
        indexes = [
            # Holds only what is on its way, so polling costs the same after a million Events.
            models.Index(
                fields=["outlet", "available_at"],
                condition=Q(delivered_at__isnull=True),
                name="delivery_pending",
            )
        ]

    def __str__(self):
        return f"{self.outlet} #{self.event_id}"


def _number(thing):
    return getattr(thing, "pk", thing)


def _kind_and_number(ding):
    if ding is None:
        return "", None
    if isinstance(ding, tuple):
        return ding
    return ding._meta.model_name, ding.pk


def _refuse_prose(value):
    if isinstance(value, dict):
        value = value.values()
    elif isinstance(value, str):
        if len(value) > MAX_FACT:
            raise ValueError("An Event holds small facts, not text that people wrote")
        return
    elif not isinstance(value, list | tuple | set):
        return
    for part in value:
        _refuse_prose(part)


class Turn(models.Model):
    """When a function of ``settings.KLUSSEN`` last began; see ``intranet.events.clock``."""

    name = models.CharField(max_length=120, primary_key=True)
    began_at = models.DateTimeField()

    class Meta:
        verbose_name = _("klus")
        verbose_name_plural = _("klussen")

    def __str__(self):
        return self.name
