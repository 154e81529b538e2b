# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The emulator knows the fields that the newest official Python SDK knows; sdk_deviations.yml has the exceptions."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pydantic
import pytest
import yaml
from ansible_collections.community.auth0.tests.harness.sdk_fields import Fields, answered, comparable, owners, sent
from auth0_emulator.entities import tenant_settings
from auth0_emulator.entities.all import BY_NAME
from typing_extensions import is_typeddict

DEVIATIONS: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).with_name("sdk_deviations.yml")).read_text(encoding="utf-8")
)

#: The model of each body and each answer of the emulator, and the method of the SDK that deals with it.
MODELS: dict[str, tuple[type[pydantic.BaseModel], Fields]] = {
    "tenant_settings update": (tenant_settings.Update, sent("tenant_settings", "update")),
    "tenant_settings answer": (tenant_settings.Settings, answered("tenant_settings", "get")),
}
for _kind, _entity in BY_NAME.items():
    MODELS |= {
        f"{_kind} create": (_entity.create_model, sent(_kind, "create")),
        f"{_kind} update": (_entity.update_model, sent(_kind, "update")),
        f"{_kind} answer": (_entity.answer_model, answered(_kind, "get")),
    }


def fields_of(model: t.Any, prefix: str = "") -> Fields:
    """The fields of a model of the emulator, as those of the SDK."""
    if is_typeddict(model):
        hints = t.get_type_hints(model, include_extras=True)
    else:
        hints = {name: field.annotation for name, field in model.model_fields.items()}
    found: Fields = {}
    for name, hint in hints.items():
        parts = parts_in(hint)
        found[prefix + name] = bool(parts)
        for part in parts:
            found |= fields_of(part, f"{prefix}{name}.")
    return found


def parts_in(hint: t.Any) -> list[t.Any]:
    """The nested objects that a type is made of."""
    if is_typeddict(hint):
        return [hint]
    if t.get_origin(hint) in (None, dict, t.Literal):
        return []
    return [part for one in t.get_args(hint) for part in parts_in(one)]


def excused(names: set[str], what: str) -> set[str]:
    """The fields that are not excused, nor in one that is."""
    reasons = DEVIATIONS.get(what, {})
    return {name for name in names if not any(one in reasons for one in (name, *owners(name)))}


@pytest.mark.parametrize("what", MODELS)
def test_the_fields_are_those_of_the_sdk(what: str) -> None:
    model, theirs = MODELS[what]
    mine = fields_of(model)
    lacking = comparable(theirs, mine) - set(mine)
    further = comparable(mine, theirs) - set(theirs)
    assert excused(lacking, what) == set()
    assert excused(further, what) == set()


@pytest.mark.parametrize("what", MODELS)
def test_every_deviation_is_one_and_has_a_reason(what: str) -> None:
    model, theirs = MODELS[what]
    differing = set(fields_of(model)) ^ set(theirs)
    assert set(DEVIATIONS.get(what, {})) <= differing
    assert all(DEVIATIONS.get(what, {}).values())


def test_deviations_are_of_what_is_compared() -> None:
    assert set(DEVIATIONS) <= set(MODELS)
