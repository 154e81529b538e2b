# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a diff shows of values, and the secrets in them: in an order, with marks where a secret differs. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field

from .values import FREE, by_name, subfield


def sorted_sets(field: Field, value: t.Any) -> t.Any:
    """A value in which lists whose order means nothing are sorted, so that a diff shows only what differs."""
    if isinstance(value, dict):
        return {key: sorted_sets(subfield(field, key) or FREE, item) for key, item in value.items()}
    if isinstance(value, list) and field.elements and not field.ordered:
        items = [sorted_sets(field.elements, item) for item in value]
        return sorted(items, key=lambda item: str(item.get(field.key) if field.key else item))
    return value


def steady(field: Field, value: t.Any) -> t.Any:
    """A value without what the server sets with each write."""
    if isinstance(value, dict):
        subs = {key: subfield(field, key) or FREE for key in value}
        return {key: steady(subs[key], item) for key, item in value.items() if not subs[key].volatile}
    if isinstance(value, list) and field.elements:
        return [steady(field.elements, item) for item in value]
    return value


def with_sent(field: Field, view: t.Any, sent: t.Any, mark: str, plain: bool = False) -> t.Any:
    """What is shown of a value, with what is sent and never comes back: a mark for each such secret, and other values
    as they are where they are wanted (plain).

    Other secrets are marked where they differ.
    """
    if isinstance(sent, dict) and isinstance(view, dict):
        found = dict(view)
        for key, item in sent.items():
            sub = subfield(field, key) or FREE
            if sub.write_only and (sub.secret or (plain and not sub.no_log)):
                found[key] = mark if sub.secret else item
            elif key in view:
                found[key] = with_sent(sub, view[key], item, mark, plain)
        return found
    if isinstance(sent, list) and isinstance(view, list) and field.elements and field.key:
        known = by_name(field, sent)
        return [with_sent(field.elements, item, known.get(item.get(field.key)), mark, plain) for item in view]
    return view


def secrets(field: Field, value: t.Any) -> t.Iterator[str]:
    """The secrets in a value."""
    if field.secret and value is not None:
        yield str(value)
    elif isinstance(value, dict) and field.holds_secret:
        for key, item in value.items():
            yield from secrets(subfield(field, key) or FREE, item)
    elif isinstance(value, list) and field.elements:
        for item in value:
            yield from secrets(field.elements, item)


def marked(field: Field, view: t.Any, value: t.Any, other: t.Any, mark: str) -> t.Any:
    """What is shown of a value, with a mark in place of each secret in it that is not the same in the other value."""
    if field.secret:
        return view if value is None or value == other else mark
    if isinstance(value, list) and isinstance(view, list) and field.key and field.elements and field.holds_secret:
        known, others = by_name(field, value), by_name(field, other if isinstance(other, list) else [])
        names = [item.get(field.key) for item in view]
        pairs = zip(names, view, strict=True)
        return [marked(field.elements, item, known.get(name), others.get(name), mark) for name, item in pairs]
    if not isinstance(value, dict) or not field.holds_secret:
        return view
    shown_of, others = (item if isinstance(item, dict) else {} for item in (view, other))
    found = {
        key: marked(subfield(field, key) or FREE, shown_of.get(key), item, others.get(key), mark)
        for key, item in value.items()
    }
    return {**shown_of, **{key: item for key, item in found.items() if item is not None}} or view
