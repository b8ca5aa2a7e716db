"""The licence of the data: known codes, or a code with its address; anything else is found before the start."""

import pytest

from clusterportal.core.checks import check_licence
from clusterportal.core.licence import Licence, attribution, data_licence


def test_the_licence_is_a_setting(settings):
    assert data_licence() == Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
    settings.DATA_LICENCE = "Own-1.0 https://portal.example/licence"
    assert data_licence() == Licence("Own-1.0", "https://portal.example/licence")
    settings.SITE_NAME, settings.SITE_URL = "Register", "https://portal.example"
    assert attribution() == "Register, https://portal.example"


@pytest.mark.parametrize("value", ["", "CC-BY-9", "Own-1.0 portal.example"])
def test_what_is_no_licence_is_an_error(settings, value):
    settings.DATA_LICENCE = value
    assert [one.id for one in check_licence(None)] == ["core.E001"]
