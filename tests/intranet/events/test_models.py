from datetime import date

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from intranet.events.models import Delivery, Event


def test_record_takes_two_statements_for_any_number_of_outlets(db, use, django_assert_num_queries):
    for outlets in (["note"], ["note", "refuse", "leave"]):
        use(*outlets)
        with django_assert_num_queries(2):
            event = Event.record("vraag.gesteld", groep=3, thread=7)
        assert sorted(event.deliveries.values_list("outlet", flat=True)) == sorted(outlets)


def test_record_keeps_numbers_and_facts(db, use, anna, zandmeer):
    use("note")
    event = Event.record(
        "lid.vertrokken", groep=zandmeer, thread=7, actor=anna, ding=anna, dag=date(2026, 1, 5)
    )
    event.refresh_from_db()
    assert (event.groep_id, event.thread_id, event.actor_id) == (zandmeer.pk, 7, anna.pk)
    assert (event.ding_soort, event.ding_id) == ("gebruiker", anna.pk)
    assert event.feiten == {"dag": "2026-01-05"}
    assert (Event.record("x.y", ding=("antwoord", 12)).ding_soort) == "antwoord"


def test_an_event_stays_when_its_actor_goes(db, use, anna):
    use("note")
    event = Event.record("vraag.gesteld", actor=anna)
    anna.delete()
    event.refresh_from_db()
    assert event.actor_id is None


@pytest.mark.parametrize("facts", [{"titel": "x" * 201}, {"namen": ["y" * 300]}, {"a": {"b": "z" * 201}}])
def test_text_that_people_wrote_is_refused(db, facts):
    with pytest.raises(ValueError, match="small facts"):
        Event.record("vraag.gesteld", **facts)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    with pytest.raises(TransactionManagementError, match="must run in the transaction"):
        Event.record("vraag.gesteld")
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_records_nothing(use):
    use("note")
    with transaction.atomic():
        Event.record("vraag.gesteld")
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    assert not Delivery.objects.exists()
