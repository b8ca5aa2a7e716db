"""There are exactly five layers, and the admin says so."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_layers_stay_five(admin_client, chain):
    assert admin_client.get("/admin/layers/layer/add/").status_code == 403
    assert admin_client.get(f"/admin/layers/layer/{chain[0].pk}/delete/").status_code == 403


def test_a_sixth_layer_and_a_fourth_are_answered_in_words(admin_client, chain):
    for address in ("add/", f"{chain[0].pk}/delete/"):
        text = admin_client.get(f"/admin/layers/layer/{address}").content.decode()
        assert "Es gibt genau fünf Ebenen" in text and "Grundlagenforschung" in text
    listed = admin_client.get("/admin/layers/layer/").content.decode()
    assert "Es gibt genau fünf Ebenen" in listed and "/admin/layers/layer/add/" not in listed
