# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random valid declarations of a kind, and a model of the server that they are applied to.

The model follows what was recorded of Auth0's servers and uses nothing of the engine but the kinds' declarations:
whether PATCH merges an object, what never comes back, which name it is held under.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Mapping
from typing import Any

from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._kinds.rules import (
    AtMost,
    Fills,
    Overrides,
)
from hypothesis import strategies as st

SECRET = "plantedSecretValue"
_TEXT = st.text("abcxyz:/-_. ", min_size=1, max_size=12)


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """Valid values of a field."""
    if field.choices:
        return st.sampled_from(field.choices)
    if field.type == "bool":
        return st.booleans()
    if field.type == "int":
        return st.integers(field.minimum or 0, field.maximum if field.maximum is not None else 10**6)
    if field.type == "list":
        return _lists_of(field)
    if field.type == "dict":
        return _objects_of(field)
    if field.type == "raw":
        return st.one_of(_TEXT, st.booleans(), st.integers(0, 99), st.dictionaries(_TEXT, _TEXT, max_size=2))
    if field.check:
        known = ("10.0.0.0/8", "192.0.2.1", "2001:db8::/32", "::1")
        return st.sampled_from([value for value in known if field.check(value) is None])
    if field.secret or field.write_only:
        return st.integers(0, 10**6).map(lambda number: _secret_of(field, "%s%07d" % (SECRET, number)))
    if field.pattern:
        return st.from_regex(field.pattern, fullmatch=True)
    return _TEXT.map(lambda text: text * field.min_length if len(text) < field.min_length else text)


def _secret_of(field: Field, text: str) -> str:
    """A secret that holds the text, also where it has to be a key of 64 bytes in base64."""
    return text if not field.pattern or re.fullmatch(field.pattern, text) else text.ljust(86, "0") + "=="


def _lists_of(field: Field) -> st.SearchStrategy[Any]:
    assert field.elements
    key = field.key
    return st.lists(
        values_of(field.elements),
        max_size=2 if field.max_length == 2 else 4,
        unique_by=(lambda item: item[key]) if key else repr,
    )


def _objects_of(field: Field) -> st.SearchStrategy[Any]:
    fields = field.fields or {}
    wanted = {name: values_of(sub) for name, sub in fields.items() if not sub.read_only}
    if field.one_of:
        return st.sampled_from(field.one_of).flatmap(
            lambda name: st.fixed_dictionaries(
                {name: st.just(True)}
                | {other: wanted[other] for other, sub in fields.items() if sub.goes_with == (name, (True,))}
            )
        )
    if field.some_of:
        needed = {name: wanted[name] for name, sub in fields.items() if sub.required}
        alone = [name for name in field.some_of if fields[name].alone]
        others = [name for name in field.some_of if name not in alone]
        chosen = st.lists(st.sampled_from(others), min_size=1, unique=True).map(
            lambda names: {name: wanted[name] for name in names}
        ) | st.sampled_from(alone).map(lambda name: {name: st.just(True)})
        return chosen.flatmap(lambda told: st.fixed_dictionaries({**needed, **told}))
    required = {name: strategy for name, strategy in wanted.items() if fields[name].required}
    if fields.keys() == {"private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"}:
        return st.sampled_from(sorted(wanted)).flatmap(lambda name: st.fixed_dictionaries({name: wanted[name]}))
    optional = {name: strategy for name, strategy in wanted.items() if name not in required}
    if len(optional) > 8:
        # Only a few of many, since each costs time even where it is left out.
        return st.lists(st.sampled_from(sorted(optional)), max_size=4, unique=True).flatmap(
            lambda names: st.fixed_dictionaries({**required, **{name: optional[name] for name in names}})
        )
    known = st.fixed_dictionaries(required, optional=optional)
    if not field.free:
        return known
    # In a free-form object a null means something: it removes the key.
    values = st.one_of(st.none(), values_of(field.values or Field("raw")))
    others = st.dictionaries(st.sampled_from("abcdef"), values, max_size=3 if field.max_length else 4)
    return st.tuples(others, known).map(lambda parts: {**parts[0], **parts[1]})


def declarations_of(kind: Kind, always: Collection[str] = ()) -> st.SearchStrategy[dict[str, Any]]:
    """Valid declarations of an object with a few of its fields, always with some, and those it cannot do without."""
    options = kind.options
    values = {name: _in_any_form(name, field) for name, field in options.items()}
    identity = {name: st.just("the-%s" % name) for name in kind.identity if options[name].type == "str"}
    identity = {name: value for name, value in identity.items() if not options[name].choices}
    others = [name for name in options if name not in kind.identity]
    # At most one name of those that a field has.
    held = {name: options[name].read_as or name for name in others}
    return st.lists(st.sampled_from(others), max_size=5, unique_by=held.__getitem__).flatmap(
        lambda names: st.tuples(
            # What chooses the form of another one comes with it.
            *(values[name] for name in sorted((*names, *always), key=lambda name: bool(options[name].chosen_by))),
            st.fixed_dictionaries(identity),
        ).map(lambda parts: {name: value for part in parts for name, value in part.items()})
    )


def _in_any_form(name: str, field: Field) -> st.SearchStrategy[dict[str, Any]]:
    """A field by its name, with what chooses its form where it has several."""
    chooser = field.chosen_by
    if chooser is None:
        return values_of(field).map(lambda value: {name: value})
    forms = {form: values_of(field.chosen({chooser: form})) for form in field.variants}
    return st.one_of([st.fixed_dictionaries({chooser: st.just(one), name: made}) for one, made in forms.items()])


class ServerModel:
    """One object as a tenant would hold it. item: what GET answers, None before creation. requests: what was sent."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.item: dict[str, Any] | None = None
        if kind.standing:
            self.item = {} if kind.single else {kind.id_field: kind.keys[0]}
        self.requests: list[Mapping[str, Any]] = []

    def create(self, payload: Mapping[str, Any]) -> None:
        """POST: what was sent, with an id and a secret."""
        self.item = {self.kind.id_field: "made-up-id"}
        if self.kind.shown_secret:
            self.item[self.kind.shown_secret] = SECRET + "of-the-server"
        self.update(payload)

    def update(self, payload: Mapping[str, Any]) -> None:
        """PATCH: null removes; merged objects take over keys, others are replaced; arrays are replaced whole.

        A merged object that was not there comes with what the server fills it with.
        """
        assert self.item is not None
        assert payload, "an empty PATCH is refused"
        self.requests.append(payload)
        for name, value in payload.items():
            field = self.kind.fields[name]
            _refuse_too_few(field, value)
            held = field.read_as or name
            if value is None:
                self.item.pop(held, None)
            elif field.per != 1:
                self.item[held] = value / field.per
            elif field.merged and isinstance(value, dict):
                present = field.filled if self.item.get(held) is None else self.item[held]
                whole = {**copy.deepcopy(dict(present or {})), **_stored(field, value)}
                self.item[held] = {key: item for key, item in whole.items() if item is not None}
            else:
                stored = _without_nulls(_stored(field, value))
                self.item[held] = {**(field.filled or {}), **stored} if isinstance(stored, dict) else stored
        for rule in self.kind.rules:
            if isinstance(rule, Overrides) and self.item.get(rule.field) is True:
                self.item.pop(rule.other, None)
            elif isinstance(rule, Fills) and self.item.get(rule.field) is True:
                self.item[rule.other] = [dict(one) for one in rule.value]
            elif isinstance(rule, AtMost) and {rule.field, rule.other} <= self.item.keys():
                self.item[rule.field] = min(self.item[rule.field], self.item[rule.other])


def _refuse_too_few(field: Field, value: Any) -> None:
    if isinstance(value, (dict, list)):
        assert len(value) >= field.min_length, "too few of them are refused"
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_too_few((field.fields or {}).get(key) or field.values or Field("raw"), item)


def _stored(field: Field, value: Any) -> Any:
    if isinstance(value, dict):
        subs = field.fields or {}
        return {
            key: _stored(subs.get(key) or field.values or Field("raw"), copy.deepcopy(item))
            for key, item in value.items()
            if not (key in subs and subs[key].write_only)
        }
    if isinstance(value, list) and field.elements:
        return [_stored(field.elements, item) for item in value]
    return value


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return value
