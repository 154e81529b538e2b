# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is always there, on the emulator: each field can be set, kept, changed and cleared, alone and with others, and
nothing else changes; what is read as a configuration makes the same of a new tenant."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from . import expected
from .declarations import declarations_of
from .tenant import Item, Surroundings, Tenant
from .test_declarations import foreseen_and_done
from .test_fields import assert_only_keys_that_differ, at, sent_where_asked_for, two_values, unchanged
from .values import STANDING, Leaf, beside, leaves_of, values_of

few = settings(max_examples=max(2, settings().max_examples // 50), phases=[Phase.reuse, Phase.generate])
some = settings(max_examples=max(1, settings().max_examples // 5))

KINDS = {kind.name: kind for kind in STANDING}
LEAVES = {f"{kind.name} {leaf.path}": (kind, leaf) for kind in STANDING for leaf in leaves_of(kind)}

#: What has to be declared beside a field (documented).
NEEDED: dict[str, Item] = {
    "tenant_settings client_id_metadata_document_dynamic_registration_supported": {
        "client_id_metadata_document_supported": True
    }
}


#: Those that choose another object, and are shown with all that this one has (recorded).
CHOOSING = {"custom_domain_default"}


def own_of(kind: Kind, item: Item) -> Item:
    """What is the object's own of what the tenant shows."""
    return {name: value for name, value in item.items() if kind.name not in CHOOSING or name in kind.fields}


def key_of(kind: Kind) -> tuple[str, Item]:
    """The key of one of the objects, and the options that name it."""
    return kind.keys[0], dict.fromkeys(kind.identity, kind.keys[0])


def kept(
    tenant: Tenant, kind: Kind, key: str, options: Item, fields: Mapping[str, Any], clear: Collection[str] = ()
) -> Item | None:
    """Declare fields, and see that they hold and all else is as it was. The body that was sent, None for none."""
    before = own_of(kind, tenant.item(kind, key))
    foreseen, done = foreseen_and_done(tenant, kind, options)
    assert (foreseen["changed"], foreseen["action"]) == (done["changed"], done["action"])
    # Of what is declared empty, some is shown so and some is not.
    assert expected.differences(kind, foreseen[kind.name], done[kind.name]) == {}
    wanted = expected.after(kind, before, fields, clear)
    after = own_of(kind, tenant.item(kind, key))
    assert expected.differences(kind, after, wanted) == {}
    writes = tenant.writes()
    assert [write[:2] for write in writes] == [("PATCH", tenant.path(kind, key))] * done["changed"]
    cleared = [name for name in clear if not kind.fields[name].means_absent(before.get(name))]
    assert done["changed"] is bool(expected.differences(kind, before, wanted) or cleared)
    assert done["action"] == ("update" if done["changed"] else "none")
    unchanged(tenant, kind, options)
    return dict(writes[0].body) if writes else None


@pytest.mark.parametrize("name", LEAVES)
@few
@given(data=st.data())
def test_a_field_is_set_kept_changed_and_cleared(
    tenant: Tenant, surroundings: Surroundings, name: str, data: st.DataObject
) -> None:
    kind, leaf = LEAVES[name]
    key, identity = key_of(kind)
    others = data.draw(st.fixed_dictionaries(beside(kind, surroundings, leaf)), "beside it")
    pair = two_values(name, leaf.field, values_of(kind, surroundings, leaf))
    with tenant.removing(kind):
        for value in (one for one in data.draw(pair, "values") if one is not None):
            fields = {**leaf.wrapped(value, others), **NEEDED.get(name, {})}
            shown = tenant.item(kind, key)
            patch = kept(tenant, kind, key, {**identity, **fields}, fields)
            if leaf.field.write_only:
                sent_where_asked_for(tenant, kind, leaf, {**identity, **fields}, value)
                continue
            if leaf.field.values is None:  # whose keys that are not declared are kept
                assert at(tenant.item(kind, key), kind, leaf) == own_unit(leaf, value)
            if patch:
                assert patch.keys() <= fields.keys()
                assert leaf.top not in patch or assert_only_keys_that_differ(leaf, shown, value, patch) is None
        if leaf.whole.nullable:
            kept(tenant, kind, key, {**identity, "clear": [leaf.top]}, {}, [leaf.top])
            assert leaf.whole.means_absent(tenant.item(kind, key).get(leaf.top))


def own_unit(leaf: Leaf, value: Any) -> Any:
    return value / leaf.field.per if leaf.field.per != 1 else expected.shown_value(leaf.field, value)


@pytest.mark.parametrize("name", KINDS)
@some
@given(data=st.data())
def test_what_is_declared_is_reached_and_kept_and_makes_the_same_of_a_new_tenant(
    tenant: Tenant, surroundings: Surroundings, name: str, data: st.DataObject
) -> None:
    kind = KINDS[name]
    key, identity = key_of(kind)
    with tenant.removing(kind):
        new = tenant.item(kind, key)
        for position in ("first", "second"):
            declared = data.draw(declarations_of(kind, surroundings, tenant.item(kind, key)), position)
            settled = {**tenant.item(kind, key), **declared.fields}
            fields = {**declared.fields, **needed_with(name, settled)}
            clear = declared.clear - fields.keys()
            options = {**identity, **fields, **({"clear": sorted(clear)} if clear else {})}
            patch = kept(tenant, kind, key, options, fields, clear)
            assert patch is None or patch.keys() <= fields.keys() | clear
            read = tenant.run(f"auth0_{name}_info", identity)[kind.collection]
            assert (read if kind.single else read[0]) == tenant.keep(kind, options)[name]
        before = tenant.item(kind, key)
        found = tenant.run("auth0_config_info", {"kinds": [kind.collection]})
        again = tenant.run("auth0_config", found["config"])
        assert (again["changes"], tenant.writes()) == ([], [])
    with tenant.removing(kind):
        assert tenant.item(kind, key) == new
        made = tenant.run("auth0_config", found["config"])
        assert [(row["kind"], row["action"]) for row in made["changes"]] == [(name, "update")] * len(tenant.writes())
        missing = {one for row in found["left_out"] for one in row["fields"]}
        assert differences(kind, before, tenant.item(kind, key), missing) == {}


def needed_with(name: str, settled: Item) -> Item:
    """What has to be declared beside what an object has then."""
    fields = [field for field, value in settled.items() if value]
    return {option: value for field in fields for option, value in NEEDED.get(f"{name} {field}", {}).items()}


def differences(kind: Kind, one: Item, other: Item, missing: Collection[str]) -> Item:
    """Where two objects differ by more than what was said to be missing.

    A new one has the server's defaults where the other one had nothing.
    """
    found = expected.differences(kind, one, other)
    return {
        name: (had, has)
        for name, (had, has) in found.items()
        if had is not None and name not in missing and name in kind.options
    }


def test_nothing_that_is_always_there_can_be_declared_absent(tenant: Tenant) -> None:
    tenant.writes()
    for kind in STANDING:
        _key, identity = key_of(kind)
        with pytest.raises(Exception, match="state"):
            tenant.keep(kind, {**identity, "state": "absent"})
        assert tenant.writes() == []
