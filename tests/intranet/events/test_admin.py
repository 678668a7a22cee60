from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intranet.events.models import Delivery, Event
from intranet.events.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def beheerder(client, anna):
    anna.is_staff = anna.is_superuser = True
    anna.save()
    client.force_login(anna)
    return client


def test_events_and_deliveries_are_for_reading(beheerder, use):
    use("note")
    event = Event.record("vraag.gesteld", groep=3)
    for page in ("event_changelist", "delivery_changelist"):
        assert beheerder.get(reverse(f"admin:events_{page}")).status_code == 200
    assert beheerder.get(reverse("admin:events_event_change", args=[event.pk])).status_code == 200
    assert beheerder.get(reverse("admin:events_event_add")).status_code == 403
    assert beheerder.post(reverse("admin:events_event_delete", args=[event.pk])).status_code == 403
    assert (
        beheerder.post(reverse("admin:events_event_change", args=[event.pk]), {"soort": "x"}).status_code
        == 403
    )
    event.refresh_from_db()
    assert event.soort == "vraag.gesteld"


@pytest.mark.parametrize(("stand", "number"), [("onderweg", 1), ("vast", 1), ("bezorgd", 1), ("", 2)])
def test_what_is_stuck_can_be_found(beheerder, use, stand, number):
    use("note")
    Event.record("a.b")
    Worker().drain()
    Event.record("c.d")
    Delivery.objects.pending().update(attempts=7)
    page = beheerder.get(reverse("admin:events_delivery_changelist"), {"stand": stand} if stand else {})
    assert page.context["cl"].result_count == number


def test_a_stuck_delivery_can_be_tried_again(beheerder, use, heard):
    use("note")
    Event.record("a.b")
    Delivery.objects.update(attempts=7, available_at=timezone.now() + timedelta(hours=1))
    chosen = {"action": "opnieuw", "_selected_action": [Delivery.objects.get().pk]}
    answer = beheerder.post(reverse("admin:events_delivery_changelist"), chosen, follow=True)
    assert "1 bezorging wordt opnieuw geprobeerd." in answer.text
    Worker().drain()
    assert heard == ["a.b"]
