from __future__ import annotations

import inspect
from dataclasses import is_dataclass

import pytest

import ondit
from ondit import errors, records


@pytest.mark.parametrize("name", ondit.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(ondit, name) is not None


def test_public_names_are_listed_in_order() -> None:
    assert ondit.__all__ == sorted(ondit.__all__)


def test_every_record_is_public() -> None:
    own = {n for n, v in vars(records).items() if inspect.isclass(v) and v.__module__ == records.__name__}
    assert own <= set(ondit.__all__)


def test_every_error_is_public() -> None:
    own = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    assert own <= set(ondit.__all__)


def test_every_error_is_an_ondit_error() -> None:
    raised = [value for value in vars(errors).values() if inspect.isclass(value)]
    assert [e for e in raised if not issubclass(e, ondit.OnditError)] == []


def test_the_tree_of_errors_is_drawn_in_full() -> None:
    own = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    assert {name for name in own if name not in (errors.__doc__ or "")} == set()


def test_dir_shows_the_public_names() -> None:
    assert dir(ondit) == sorted(ondit.__all__)


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'credibility'"):
        _ = ondit.credibility


def test_records_are_frozen() -> None:
    made = [value for value in vars(records).values() if inspect.isclass(value) and is_dataclass(value)]
    assert [r.__name__ for r in made if not r.__dataclass_params__.frozen] == []  # type: ignore[attr-defined]
