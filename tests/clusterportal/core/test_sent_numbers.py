"""What a form or an address sent as a number is one, or nothing."""

import pytest
from django.urls import reverse

from clusterportal.core.sent_numbers import LARGEST_KEY, sent_number, sent_numbers

NO_NUMBERS = ["", " 1", "-1", "1.0", "²", "٣", "1e3", "1" * 5000, str(LARGEST_KEY + 1), None]


@pytest.mark.parametrize("text", NO_NUMBERS, ids=range(len(NO_NUMBERS)))
def test_what_is_no_number_is_nothing(text):
    assert sent_number(text) is None


def test_numbers_are_read_as_far_as_they_may_go():
    assert [sent_number("0"), sent_number(7), sent_number(str(LARGEST_KEY))] == [0, 7, LARGEST_KEY]
    assert [sent_number("3", most=3), sent_number("4", most=3)] == [3, None]
    assert sent_numbers(["2", "²", "1"]) == [2, 1]


@pytest.mark.parametrize("key", ["²", "1" * 5000], ids=["superscript", "endless"])
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("imports_importrun_change", 404),
        ("newsroom_contribution_change", 302),
        ("matchmaking_participation_change", 302),
        ("teamwork_note_change", 404),
        ("labels_criteriaassessment_change", 404),
    ],
)
def test_an_address_without_a_key_is_no_error_of_the_server(admin_client, name, answer, key):
    assert admin_client.get(reverse(f"admin:{name}", args=[key])).status_code == answer


@pytest.mark.parametrize("sent", ["²", "1" * 5000], ids=["superscript", "endless"])
def test_a_form_with_a_key_that_is_none_is_no_error_of_the_server(admin_client, sent):
    data = {"action": "delete_selected", "_selected_action": sent, "kept": sent, "shown": sent}
    assert admin_client.post(reverse("admin:actors_actor_changelist"), data).status_code in (200, 302)
