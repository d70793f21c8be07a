"""How far the machine of insiders looks; a plugin of pytest, named in tests/conftest.py."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--insiders-steps", type=int, default=108, help="steps that tests/insiders/machine.py takes")
