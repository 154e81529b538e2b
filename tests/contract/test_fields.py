# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every field that a user can declare, one at a time: set at creation, kept, changed, cleared, on the emulator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError, Refused
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._kinds.rules import (
    Fills,
    Needs,
    Overrides,
)
from ansible_collections.community.auth0.plugins.module_utils._task.runner import TaskFailed
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from . import expected
from .keys import credential_of
from .tenant import Item, Surroundings, Tenant, Write, changed_by, changing
from .values import (
    DECLARABLE,
    STANDING,
    Leaf,
    beside,
    credential_lists,
    identity_of,
    known,
    leaves_of,
    paths_of,
    values_of,
)

#: Two of each in CI, and the first that fails is told: there are many tests, and what they draw is small.
few = settings(max_examples=max(2, settings().max_examples // 50), phases=[Phase.reuse, Phase.generate])

#: By a short name, since Hypothesis prints the arguments of a test that fails.
LEAVES = {
    " ".join([kind.name, leaf.path, *(form for dummy, form in leaf.chosen)]): (kind, leaf)
    for kind in DECLARABLE
    for leaf in leaves_of(kind)
}

#: Those that choose the form of another field, so that they cannot be declared alone.
CHOOSERS = {
    f"{kind.name} {field.chosen_by}" for kind in DECLARABLE for field in kind.fields.values() if field.chosen_by
}

#: Those that hold credentials of the object itself, and the type that they take.
OF_CREDENTIALS = {
    f"{kind.name} {path}": credential_type
    for kind in DECLARABLE
    for path, credential_type in credential_lists(kind).items()
}


#: Those that a grant for all third-party clients cannot have (documented).
OF_ONE_CLIENT = {"client_grant allow_any_organization"}

#: What has to be declared beside a field (documented).
NEEDED: dict[str, dict[str, Any]] = {
    "client organization_discovery_methods": {"organization_require_behavior": "pre_login_prompt"},
    "client resource_server_identifier": {"app_type": "resource_server"},
    "client is_token_endpoint_ip_header_trusted": {"token_endpoint_auth_method": "client_secret_post"},
}

#: Those that are true only beside a list of credentials that is not empty.
NEEDY = {
    f"{kind.name} {rule.field}.{rule.flag}": rule
    for kind in DECLARABLE
    for rule in kind.rules
    if isinstance(rule, Needs)
}


@pytest.mark.parametrize("kind", [*DECLARABLE, *STANDING], ids=str)
def test_what_is_known_of_values_is_of_fields_that_are_declared(surroundings: Surroundings, kind: Kind) -> None:
    declared = {path for name, field in kind.options.items() for path in paths_of(Leaf(name, field))}
    assert known(kind.name, surroundings).keys() | credential_lists(kind).keys() <= declared


@pytest.mark.parametrize("name", [name for name in LEAVES if name not in {*OF_CREDENTIALS, *NEEDY, *CHOOSERS}])
@few
@given(data=st.data())
def test_a_field_is_set_kept_changed_and_cleared(
    tenant: Tenant, surroundings: Surroundings, name: str, data: st.DataObject
) -> None:
    kind, leaf = LEAVES[name]
    others = data.draw(st.fixed_dictionaries(beside(kind, surroundings, leaf)), "beside it")
    values = values_of(kind, surroundings, leaf)
    first, second = data.draw(two_values(name, leaf.field, values), "values")
    named = identity_of(kind, tenant, surroundings)
    if name in OF_ONE_CLIENT:
        named = named.filter(lambda identity: "default_for" not in identity)
    identity = {**data.draw(named, "identity"), **NEEDED.get(name, {}), **dict(leaf.chosen)}
    fields = leaf.wrapped(first, others)
    # Tokens that rotate expire (documented).
    for value in (first, second):
        tokens = leaf.wrapped(value, others).get("refresh_token") or {}
        assume((tokens.get("rotation_type"), tokens.get("expiration_type")) != ("rotating", "non-expiring"))
    declared = {**identity, **fields}
    with tenant.removing(kind):
        made = tenant.keep(kind, declared)
        assert (made["changed"], made["action"]) == (True, "create")
        later = leaf.field.update_only and first != leaf.field.initial
        assert [write.method for write in tenant.changes(kind)] == ["POST", "PATCH"][: 2 if later else 1]
        object_id = made[kind.in_results][kind.id_field]
        shown = tenant.item(kind, object_id)
        assert expected.differences(kind, shown, expected.after(kind, shown, fields)) == {}
        whole = {**expected.FILLED_IN[name], **first} if name in expected.FILLED_IN else first
        assert at(shown, kind, leaf) == expected.shown_value(leaf.field, whole)
        unchanged(tenant, kind, declared)

        if leaf.field.create_only and second is None:
            pass  # there is no other value
        elif name in PERMANENT:
            with pytest.raises(TaskFailed) as caught:
                tenant.keep(kind, {**identity, **leaf.wrapped(second, others)})
            assert isinstance(caught.value.error, ApiError)
            assert caught.value.error.status == 400
        elif leaf.field.create_only and not leaf.field.write_only and second is not None:
            refused(tenant, kind, {**identity, **leaf.wrapped(second, others)})
        elif leaf.field.write_only:
            unchanged(tenant, kind, {**identity, **leaf.wrapped(second, others)})
            if not leaf.field.create_only:
                sent_where_asked_for(tenant, kind, leaf, {**identity, **leaf.wrapped(second, others)}, second)
        elif second is not None:
            if name in expected.FILLED_IN:  # what the server has filled in may be the second value already
                assume(any(at(shown, kind, leaf).get(key) != value for key, value in second.items()))
            fields = {**leaf.wrapped(second, others), **needed_to_leave(kind, leaf, shown)}
            declared = {**identity, **fields}
            patch = patched(tenant, kind, declared, object_id)
            assert patch.keys() == fields.keys()
            assert_only_keys_that_differ(leaf, shown, second, patch)
            wanted = expected.after(kind, shown, fields)
            shown = tenant.item(kind, object_id)
            assert expected.differences(kind, shown, wanted) == {}
            unchanged(tenant, kind, declared)

        if leaf.whole.nullable:
            held = leaf.whole.read_as or leaf.top
            fields = needed_to_leave(kind, leaf, shown)
            declared = {**identity, **fields, "clear": [leaf.top]}
            if not leaf.whole.means_absent(shown.get(held)):
                patch = patched(tenant, kind, declared, object_id)
                assert patch[leaf.top] is None
                assert patch.keys() == {leaf.top, *fields}
                assert leaf.whole.means_absent(tenant.item(kind, object_id).get(held))
            unchanged(tenant, kind, declared)


@pytest.mark.parametrize("name", OF_CREDENTIALS)
def test_a_list_of_credentials_is_refused_at_creation_and_set_kept_changed_and_cleared_later(
    tenant: Tenant, name: str
) -> None:
    kind, leaf = LEAVES[name]
    identity = {"name": tenant.unused(kind.name)}
    with tenant.removing(kind):
        with pytest.raises(TaskFailed) as caught:
            tenant.keep(kind, {**identity, **leaf.wrapped([{"id": "cred_of_another"}], {})})
        assert isinstance(caught.value.error, ApiError)
        assert (caught.value.error.status, caught.value.changed) == (400, False)

        object_id = tenant.keep(kind, identity)[kind.in_results][kind.id_field]
        tenant.writes()
        shown = tenant.item(kind, object_id)
        one, two = (
            {"id": tenant.make(f"clients/{object_id}/credentials", **credential_of(OF_CREDENTIALS[name], n))["id"]}
            for n in range(2)
        )
        for credentials in ([one], [two, one], [two], []):
            fields = leaf.wrapped(credentials, {})
            declared = {**identity, **fields}
            assert patched(tenant, kind, declared, object_id).keys() == {leaf.top}
            wanted = expected.after(kind, shown, fields)
            shown = tenant.item(kind, object_id)
            assert expected.differences(kind, shown, wanted) == {}
            unchanged(tenant, kind, declared)
        assert patched(tenant, kind, {**identity, "clear": [leaf.top]}, object_id) == {leaf.top: None}
        assert leaf.top not in tenant.item(kind, object_id)


@pytest.mark.parametrize("name", NEEDY)
def test_a_field_that_needs_credentials_is_refused_without_and_set_kept_and_changed_with_some(
    tenant: Tenant, name: str
) -> None:
    (kind, leaf), rule = LEAVES[name], NEEDY[name]
    credential_type = OF_CREDENTIALS[f"{kind.name} {rule.field}.{rule.items}"]
    identity = {"name": tenant.unused(kind.name)}
    with tenant.removing(kind):
        refused(tenant, kind, {**identity, **leaf.wrapped(True, {})}, "no_key")
        object_id = tenant.keep(kind, {**identity, **leaf.wrapped(False, {})})[kind.name][kind.id_field]
        made = tenant.make(f"clients/{object_id}/credentials", **credential_of(credential_type, 0))
        tenant.writes()
        refused(tenant, kind, {**identity, **leaf.wrapped(True, {})}, "no_key")
        beside_it = {rule.items: [{"id": made["id"]}]}
        for value in (True, False, True):
            declared = {**identity, rule.field: {rule.flag: value, **beside_it}}
            assert patched(tenant, kind, declared, object_id)[rule.field][rule.flag] is value
            assert at(tenant.item(kind, object_id), kind, leaf) == expected.shown_value(leaf.field, value)
            unchanged(tenant, kind, {**identity, **leaf.wrapped(value, {})})
        refused(tenant, kind, {**identity, rule.field: {rule.items: []}}, "no_key")


def at(item: Any, kind: Kind, leaf: Leaf) -> Any:
    """What an object that the tenant shows has at a leaf."""
    for name in (leaf.whole.read_as or leaf.top, *leaf.names[1:]):
        item = item.get(name) if isinstance(item, dict) else None
    return expected.plain_value(leaf.field, item)


#: What the server does not let one change (documented), although its schema does.
PERMANENT = {"client is_first_party"}

#: What has no settings: it is there, or it is not.
ONE_VALUE = {"client addons.oag", "network_acl rule.match_all"}


def two_values(name: str, field: Field, values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
    """A value, and another one that changes it; None where a field can only be set and cleared."""
    items = field.elements or field
    if len(items.choices) == 1 or name in ONE_VALUE:
        return values.map(lambda value: (value, None))
    return st.tuples(values, values).filter(lambda pair: expected.is_change(field, *pair))


def needed_to_leave(kind: Kind, leaf: Leaf, shown: Item) -> dict[str, Any]:
    """What has to be declared beside a field that overrides, fills or excludes another one's value, to leave that."""
    for rule in kind.rules:
        if isinstance(rule, (Overrides, Fills)) and rule.field == leaf.top and shown.get(rule.field) is True:
            return {rule.other: []}
    return {}


def unchanged(tenant: Tenant, kind: Kind, options: Mapping[str, Any]) -> None:
    result = tenant.keep(kind, options)
    assert (result["changed"], result["action"]) == (False, "none")
    assert result["diff"]["before"] == result["diff"]["after"]
    assert tenant.writes() == []


def sent_where_asked_for(tenant: Tenant, kind: Kind, leaf: Leaf, options: Mapping[str, Any], value: Any) -> None:
    """What the server never shows has an option for that, unless it is told by its fingerprint."""
    if leaf.field.fingerprint:
        return
    result = tenant.keep(kind, {**options, str(leaf.whole.resend_option): "always"})
    assert (result["changed"], result["action"]) == (True, "update")
    assert result["diff"]["before"] != result["diff"]["after"]
    (write,) = tenant.changes(kind)
    sent = write.body
    for name in leaf.names:
        sent = sent[name]
    assert sent == value


def refused(tenant: Tenant, kind: Kind, options: Mapping[str, Any], code: str = "immutable") -> None:
    with pytest.raises(TaskFailed) as caught:
        tenant.keep(kind, options)
    assert isinstance(caught.value.error, Refused)
    assert (caught.value.error.code, caught.value.changed) == (code, False)
    assert tenant.writes() == []


def patched(tenant: Tenant, kind: Kind, options: Mapping[str, Any], object_id: str) -> Item:
    """What the one PATCH, or PUT, that a task sends changes."""
    before = tenant.item(kind, object_id)
    result = tenant.keep(kind, options)
    assert (result["changed"], result["action"]) == (True, "update")
    (write,) = tenant.changes(kind)
    assert write == Write(changing(kind), f"{kind.path}/{object_id}", write.body)
    return changed_by(kind, before, write.body)


def assert_only_keys_that_differ(leaf: Leaf, shown: Item, second: Any, patch: Mapping[str, Any]) -> None:
    """Of an object that the server merges, nothing is sent that stays as it is."""
    if leaf.whole.merged and leaf.outer:
        assert patch[leaf.top].keys() == {leaf.names[1]}
    elif leaf.whole.merged:
        held = shown.get(leaf.top) or {}
        stay = {key for key, value in second.items() if value == held.get(key)}
        assert not patch[leaf.top].keys() & stay
