# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random declarations of every kind on the emulator: they are reached and kept, and nothing else changes."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import (
    Direct,
    Kind,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.rules import Overrides
from hypothesis import given, settings
from hypothesis import strategies as st

from . import expected
from .declarations import Declaration, declarations_of, needs_credentials
from .keys import credential_of
from .tenant import Item, Result, Surroundings, Tenant, Write, changed_by, changing
from .values import DECLARABLE, Credentials, identity_of, unused

some = settings(max_examples=max(1, settings().max_examples // 5))

KINDS = {kind.name: kind for kind in DECLARABLE}


@pytest.mark.parametrize("name", KINDS)
@some
@given(data=st.data())
def test_what_is_declared_is_reached_and_kept_and_nothing_else_changes(
    tenant: Tenant, surroundings: Surroundings, name: str, data: st.DataObject
) -> None:
    kind = KINDS[name]
    # A grant for all third-party clients cannot have all fields (documented); test_fields.py has it.
    named = identity_of(kind, tenant, surroundings).filter(lambda one: "default_for" not in one)
    identity: dict[str, Any] = data.draw(named, "identity")
    with tenant.removing(kind):
        first = data.draw(declarations_of(kind, surroundings), "first")
        foreseen, made = foreseen_and_done(tenant, kind, {**identity, **first.options})
        assert (made["changed"], made["action"]) == (True, "create")
        assert foreseen.keys() == made.keys()
        # What else there is in a new object, the server says.
        assert (
            expected.differences(
                kind, made[kind.in_results], expected.after(kind, made[kind.in_results], foreseen[kind.in_results])
            )
            == {}
        )
        assert_created(kind, first, tenant.changes(kind))
        object_id = made[kind.in_results][kind.id_field]
        before = tenant.item(kind, object_id)
        assert expected.differences(kind, before, expected.after(kind, before, first.fields, first.clear)) == {}
        assert expected.differences(kind, read(tenant, kind, object_id), made[kind.in_results]) == {}
        unchanged(tenant, kind, {**identity, **first.turned})

        own = credentials_of(tenant, object_id) if data.draw(needs_credentials(kind), "with credentials") else None
        before = tenant.item(kind, object_id)
        second = data.draw(declarations_of(kind, surroundings, before, own, first.fields), "second")
        identity, renamed = named_anew(tenant, kind, identity, object_id, data)
        options = {**identity, **second.options}
        foreseen, done = foreseen_and_done(tenant, kind, options)
        assert steady(kind, foreseen) == steady(kind, done)
        fields = {**second.fields, **renamed}
        wanted = expected.after(kind, before, fields, second.clear, second.additive)
        assert expected.differences(kind, tenant.item(kind, object_id), wanted) == {}
        writes = tenant.changes(kind)
        assert [write[:2] for write in writes] == [(changing(kind), f"{kind.path}/{object_id}")] * (
            writes_needed(kind, before, wanted, fields) if done["changed"] else 0
        )
        sent = {name for write in writes for name in changed_by(kind, before, write.body)}
        assert sent <= fields.keys() | second.clear | _along(kind)
        assert done["changed"] is bool(expected.differences(kind, before, wanted))
        unchanged(tenant, kind, {**identity, **second.turned})

        removed(tenant, kind, identity, object_id)


def foreseen_and_done(tenant: Tenant, kind: Kind, options: dict[str, Any]) -> tuple[Result, Result]:
    """What a task says in check mode, in which it sends no write, and what it does then."""
    foreseen = tenant.keep(kind, options, check_mode=True)
    assert tenant.writes() == []
    return foreseen, tenant.keep(kind, options)


def steady(kind: Kind, result: Result) -> Result:
    """A result without what the server sets anew with each write, of which check mode knows nothing."""
    return {**result, kind.in_results: expected.steady(kind.whole, result[kind.in_results])}


def assert_created(kind: Kind, declared: Declaration, writes: list[Write]) -> None:
    """One POST, and a PATCH where something cannot be sent with it, or is not to be what the server sets."""
    assert [write.method for write in writes] in (["POST"], ["POST", "PATCH"])
    given = declared.fields.items()
    later = {name for name, value in given if kind.fields[name].update_only and value != kind.fields[name].initial}
    assert {*writes[0].body} & (later | declared.clear) == set()
    assert later <= {*writes[-1].body} if later else True
    assert not writes[1:] or {*writes[1].body} <= later | declared.clear | _along(kind)


def read(tenant: Tenant, kind: Kind, object_id: str) -> Item:
    """The object as the module that reads shows it, but for what that adds."""
    result = tenant.run(f"auth0_{kind.name}_info", {kind.id_field: object_id})
    assert result["changed"] is False
    (item,) = result[kind.collection]
    return {name: value for name, value in item.items() if name in kind.fields}


def unchanged(tenant: Tenant, kind: Kind, options: dict[str, Any]) -> None:
    foreseen, done = foreseen_and_done(tenant, kind, options)
    assert foreseen == done
    assert (done["changed"], done["action"]) == (False, "none")
    assert done["diff"]["before"] == done["diff"]["after"]
    assert tenant.writes() == []


def credentials_of(tenant: Tenant, client_id: str) -> Credentials:
    """The ids of new credentials of a client, by their types; there is room for four."""
    path = f"clients/{client_id}/credentials"
    types = ("public_key", "public_key", "cert_subject_dn", "x509_cert")
    made = [(one, tenant.make(path, **credential_of(one, number))["id"]) for number, one in enumerate(types)]
    return {one: tuple(object_id for other, object_id in made if other == one) for one in types}


def named_anew(
    tenant: Tenant, kind: Kind, identity: dict[str, Any], object_id: str, data: st.DataObject
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Other options that name the same object, and what they declare of it: by its id it can get another name."""
    if not any(isinstance(way, Direct) and way.field == kind.id_field for way in kind.lookups):
        return identity, {}
    if not data.draw(st.booleans(), "by its id"):
        return identity, {}
    changeable = [name for name in kind.identity if not kind.fields[name].create_only]
    if not changeable or not data.draw(st.booleans(), "renamed"):
        return {kind.id_field: object_id}, {}
    renamed = {name: unused(kind, tenant) for name in changeable}
    return {kind.id_field: object_id, **renamed}, renamed


def writes_needed(kind: Kind, before: Item, wanted: Item, fields: dict[str, Any]) -> int:
    """One, but for a list that follows on what has overridden it, which the server wants in two (recorded)."""
    left = [
        rule
        for rule in kind.rules
        if isinstance(rule, Overrides) and before.get(rule.field) is True and not wanted.get(rule.field)
    ]
    return 1 + sum(bool(fields.get(rule.other)) for rule in left)


def removed(tenant: Tenant, kind: Kind, identity: dict[str, Any], object_id: str) -> None:
    """The object is removed, once."""
    foreseen, done = foreseen_and_done(tenant, kind, {**identity, "state": "absent"})
    assert foreseen == done
    assert (done["changed"], done["action"], done["diff"]["after"]) == (True, "delete", {})
    assert tenant.writes() == [Write("DELETE", f"{kind.path}/{object_id}", None)]
    assert tenant.get(tenant.path(kind, object_id)) is None
    assert tenant.keep(kind, {**identity, "state": "absent"})["changed"] is False
    assert tenant.writes() == []


def _along(kind: Kind) -> set[str]:
    """What goes along with each change, since the server would take it away."""
    return {name for name, field in kind.options.items() if field.sent_along}
