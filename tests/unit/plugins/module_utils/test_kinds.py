# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What holds for the declaration of every kind, so that the engine can rely on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ansible_collections.community.auth0.plugins.module_utils._kinds import KINDS, LINKS
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Direct, Kind, Listed, plural
from ansible_collections.community.auth0.plugins.module_utils._kinds.field import NOTHING, Field, Refers
from ansible_collections.community.auth0.plugins.module_utils._kinds.link import Link, Together
from ansible_collections.community.auth0.plugins.module_utils._kinds.rules import (
    AtMost,
    Excludes,
    Fills,
    Needs,
    OneOf,
    Overrides,
)

each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=str)
each_link = pytest.mark.parametrize("link", LINKS, ids=lambda link: link.title)


def fields_of(field: Field, path: str) -> Iterator[tuple[str, Field]]:
    """The field and everything in it."""
    yield path, field
    for fields in field.variants.values() or [field.fields or {}]:
        for name, sub in fields.items():
            yield from fields_of(sub, "%s.%s" % (path, name))
    if field.elements:
        yield from fields_of(field.elements, path + "[]")


def all_fields(kind: Kind) -> Iterator[tuple[str, Field]]:
    for name, field in kind.fields.items():
        yield from fields_of(field, name)


@each_kind
def test_everything_that_a_declaration_names_is_a_field_of_it(kind: Kind) -> None:
    named = {*([] if kind.single else [kind.id_field]), *kind.identity, *kind.order} | (
        {kind.shown_secret} if kind.shown_secret else set()
    )
    for way in kind.lookups:
        named |= {way.field} if isinstance(way, Direct) else set(way.match) | set(way.query)
    for rule in kind.rules:
        if isinstance(rule, Needs):
            parts = kind.fields[rule.field].fields or {}
            assert (parts[rule.flag].type, parts[rule.items].type) == ("bool", "list")
        else:
            named |= set(rule.fields) if isinstance(rule, OneOf) else {rule.field, rule.other}
    for kept in kind.kept:
        named |= kept.when.keys()
    for start in kind.initially:
        named |= {start.field, *start.when}
    if kind.accepts_tokens:
        accepts = kind.accepts_tokens
        named |= {accepts.audience, accepts.algorithm, accepts.scopes}
        scope = kind.fields[accepts.scopes].elements
        assert scope and accepts.scope in (scope.fields or {})
    if kind.system_owned:
        named |= {kind.system_owned.flag, *(path.split(".")[0] for path in kind.system_owned.updatable or ())}
    assert named <= kind.fields.keys()


@each_kind
def test_references_lead_to_a_field_of_a_declared_kind(kind: Kind) -> None:
    for _path, field in all_fields(kind):
        if field.refers:
            other = KINDS[field.refers.kind]
            assert field.refers.field in other.fields
            assert field.refers.by is None or field.refers.by in other.fields
        if field.members_of:
            refers = kind.fields[field.members_of.reference].refers
            assert refers
            items = KINDS[refers.kind].fields[field.members_of.field].elements
            assert items
            assert field.members_of.key in (items.fields or {})


@each_kind
def test_lists_of_objects_say_what_names_an_item(kind: Kind) -> None:
    for path, field in all_fields(kind):
        if field.type == "list":
            assert field.elements, path
            if field.elements.type == "dict" and not field.ordered:
                assert field.key, f"{path}: a list of objects needs a key"
                assert field.key in (field.elements.fields or {}), path


@each_kind
def test_what_is_declared_of_a_field_fits_together(kind: Kind) -> None:
    for path, field in all_fields(kind):
        assert not (field.read_only and (field.required or field.nullable or field.write_only)), path
        assert not field.hidden or (field.read_only and "." not in path), path
        assert not field.pattern or field.pattern_says, path
        assert not (field.merged and field.type != "dict"), path
        assert not (field.purge_option and (field.type != "list" or (field.ordered and not field.key))), path
        assert not (field.always_shown and (field.empty is NOTHING or field.secret or field.write_only)), path
        assert not (field.stays and not field.required), path
        assert not (field.per != 1 and (field.type != "int" or not field.read_as)), path
        assert not (field.free and field.one_key), path
        for name, sub in (field.fields or {}).items():
            if sub.goes_with:
                # Dropping a key from an object that is merged would take a null, which is not sent.
                assert not field.merged, path
                key, values = sub.goes_with
                other = (field.fields or {})[key]
                assert key != name and set(values) < {None, *(other.choices or (True, False))}, path
        assert set(field.one_of) | set(field.some_of) <= (field.fields or {}).keys(), path
        assert all((field.fields or {})[name].type == "bool" for name in field.one_of), path


@each_kind
def test_what_goes_with_something_is_in_an_object(kind: Kind) -> None:
    assert not [name for name, field in kind.fields.items() if field.goes_with]


@pytest.mark.parametrize(
    ("held", "value"),
    [
        ("client_id:abc", "abc"),
        ("client_id:", None),
        ("client_id:https://a.example", None),
        ("default", None),
        ("abc", None),
        (None, None),
    ],
)
def test_a_reference_with_a_prefix_is_told_from_what_refers_to_nothing(held: str | None, value: str | None) -> None:
    refers = Refers("client", "client_id", prefix="client_id:")
    assert refers.value_in(held) == value
    assert value is None or refers.held(value) == held
    plain = Refers("client", "client_id")
    assert (plain.value_in(held), plain.held(held)) == (held, held)


@each_kind
def test_each_form_of_an_object_is_chosen_by_a_value_that_the_field_beside_it_can_have(kind: Kind) -> None:
    beside = {"": kind.fields} | {path: field.fields or {} for path, field in all_fields(kind)}
    for path, field in all_fields(kind):
        if field.chosen_by:
            chooser = beside[path.rpartition(".")[0]][field.chosen_by]
            assert set(field.variants) == set(chooser.choices), path
            assert chooser.required, path


@each_kind
def test_secrets_are_in_objects_where_they_have_a_path(kind: Kind) -> None:
    for path, field in all_fields(kind):
        # Whether one that is not shown would be replaced can be said of an object only.
        hidden = kind.secret_scope is not None
        assert not (hidden and field.elements and field.elements.shows_secret), path
        assert not (field.free and field.type != "list" and field.holds_secret and not field.secret), path


@each_kind
def test_what_never_comes_back_is_sent_again_where_that_is_asked_for_or_told_by_something_else(kind: Kind) -> None:
    """Otherwise another value would never be sent, and nobody would be told."""
    assert not any(field.resend_option for path, field in all_fields(kind) if path not in kind.fields)
    for name, top in kind.options.items():
        parts = [(path, field) for path, field in fields_of(top, name) if field.write_only and not field.create_only]
        assert not top.resend_option or parts, name
        assert bool(top.resend_option) or all(field.fingerprint for dummy, field in parts), name
    for path, field in all_fields(kind):
        keys = (field.elements and field.elements.fields) or {}
        for name, sub in keys.items():
            if sub.dates:
                assert keys[sub.dates].read_only, f"{path}[].{name}"
                assert any(other.write_only for other in keys.values()), f"{path}[].{name}"


@each_kind
def test_what_follows_on_a_write_is_seen_in_fields_of_the_object(kind: Kind) -> None:
    if not kind.follow_up:
        return
    follow_up = kind.follow_up
    stages = [stage for stage in (follow_up.before, follow_up.after) if stage]
    paths = [*follow_up.done, *follow_up.undone, *(stage.field for stage in stages)]
    paths += [stage.errors for stage in stages if stage.errors] + ([follow_up.again] if follow_up.again else [])
    assert {path.split(".")[0] for path in paths} <= kind.fields.keys()
    assert all(kind.fields[name].read_only for name in {*follow_up.done, *follow_up.undone})
    # A write either undoes it or leaves it as it was.
    assert follow_up.undone.keys() in (follow_up.done.keys(), set())
    assert follow_up.shown_of.keys() <= kind.fields.keys()
    assert follow_up.shows is None or not {follow_up.shows, kind.shown_secret} & kind.fields.keys()


@each_kind
def test_what_is_always_there_is_found_by_its_path_alone(kind: Kind) -> None:
    if kind.standing:
        assert kind.identity in ((), (kind.id_field,))
        assert ("{}" in kind.path) is not kind.single
        assert kind.keys and not (kind.lookups or kind.filters or kind.system_owned or kind.kept or kind.initially)
        assert not any(field.create_only or field.update_only for _path, field in all_fields(kind))


@each_kind
def test_an_object_can_be_found_by_what_names_it(kind: Kind) -> None:
    if kind.standing:
        return
    matched = [{way.field} if isinstance(way, Direct) else set(way.match) for way in kind.lookups]
    assert set(kind.identity) in matched


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_what_selects_objects_has_one_option_each(kind: Kind) -> None:
    options = [*kind.direct, *kind.filters, "include_secrets", *(["name_pattern"] if kind.named else [])]
    options += ["name"] if kind.named and "name" not in kind.direct else []
    options += [f.field.refers.option for f in kind.filters.values() if f.field.refers and f.field.refers.option]
    assert len(options) == len(set(options))


@each_kind
def test_filters_can_be_sent_as_query_parameters(kind: Kind) -> None:
    for name, declared in kind.filters.items():
        value = declared.field.elements or declared.field
        assert value.type in ("str", "bool", "int"), name
        assert not value.holds_secret, name
        assert not (declared.joined and declared.field.type != "list"), name
        assert not (declared.alone and declared.otherwise is not None), name


@each_kind
def test_secrets_are_never_part_of_an_identity_or_a_look_up(kind: Kind) -> None:
    for way in kind.lookups:
        for name in (way.field,) if isinstance(way, Direct) else way.match:
            assert not kind.fields[name].secret


@each_link
def test_links_name_what_they_lead_to_and_are_named_by_what_is_declared(link: Link) -> None:
    assert {link.owner.id_field, "name"} <= {way.field for way in link.owner.lookups if isinstance(way, Direct)} | {
        name for way in link.owner.lookups if isinstance(way, Listed) for name in way.match
    }
    assert set(link.query) <= link.naming.keys()
    assert link.naming
    assert not link.carries.keys() & link.fields.keys()
    if link.carries and isinstance(link.sending, Together):
        assert link.sending.by in link.naming  # by which one is changed
    for field in link.carries.values():
        assert not (field.read_only or field.write_only or field.holds_secret or field.merged or field.refers)
    for field in link.fields.values():
        assert field.required is not field.read_only
        assert not field.holds_secret
        assert not field.refers or field.refers.field in KINDS[field.refers.kind].fields
        if field.members_of:
            refers = link.fields[field.members_of.reference].refers
            assert refers
            items = KINDS[refers.kind].fields[field.members_of.field].elements
            assert items and field.members_of.key in (items.fields or {})


@pytest.mark.parametrize(
    ("title", "several"),
    [
        ("API", "APIs"),
        ("rate limit policy", "rate limit policies"),
        ("key", "keys"),
        ("settings", "settings"),
    ],
)
def test_several_objects_are_called_by_a_plural(title: str, several: str) -> None:
    assert plural(title) == several


def test_rules_and_lookups_of_every_sort_are_in_use() -> None:
    rules = {type(rule) for kind in KINDS.values() for rule in kind.rules}
    ways = {type(way) for kind in KINDS.values() for way in kind.lookups}
    assert rules == {OneOf, Overrides, Fills, AtMost, Needs, Excludes}
    assert ways == {Direct, Listed}
