# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Values of declared fields: when they differ, what to send, what the server makes of it. Pure."""

from __future__ import annotations

import typing as t

from ansible_collections.community.auth0.plugins.module_utils._kinds.field import Field
from ansible_collections.community.auth0.plugins.module_utils._times import parse_time

FREE = Field("raw")

Object = t.Mapping[str, t.Any]


def subfield(field: Field, key: str, *objects: t.Any) -> Field | None:
    """The declaration of one key of an object; None when the object does not have such a key.

    objects: what is known of the object, which may choose the form of what is at the key.
    """
    known = (field.fields or {}).get(key)
    return known.chosen(*objects) if known else (field.values or FREE if field.free else None)


def flags_that_stand_alone(field: Field) -> set[str]:
    """The keys of an object beside which there is none of some others."""
    return {key for key in field.some_of if (field.fields or {})[key].alone}


def displaced(field: Field, want: Object) -> set[str]:
    """The keys that go from an object because of what is declared of it."""
    lonely = flags_that_stand_alone(field)
    gone: set[str] = set()
    for rivals, displacing in (
        (set(field.one_of), set(field.one_of)),
        (set(field.some_of) - lonely, lonely),
        (lonely, set(field.some_of) - lonely),
    ):
        if any(want.get(key) is not None for key in displacing):
            gone |= {key for key in rivals if want.get(key) is None}
    return gone


def moment(value: t.Any) -> t.Any:
    """The moment that a string is, None for none."""
    try:
        return parse_time(value)
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None


def differs(field: Field, want: t.Any, have: t.Any, additive: bool = False) -> bool:
    """Whether the declared value asks for something that the present one does not have."""
    if field.write_only:
        return False
    if field.means_absent(want) and field.means_absent(have):
        return False
    if want == {} and _is_left_out_when_empty(field):
        return not field.means_absent(have)
    if isinstance(want, dict):
        if not isinstance(have, dict) and (have is not None or not field.means_absent({})):
            return True
        present = have or {}
        return any(_key_differs(field, key, want, present) for key in want)
    if isinstance(want, list) and isinstance(have, list) and field.type == "list":
        if not field.ordered:
            return _items_differ(field, want, have, additive)
        element = field.elements or FREE
        if additive:
            present = by_name(field, have)
            return any(
                name not in present or differs(element, one, present[name])
                for name, one in by_name(field, want).items()
            )
        return len(want) != len(have) or any(unequal(element, *pair) for pair in zip(want, have, strict=True))
    if field.time and want != have:
        return moment(want) is None or moment(want) != moment(have)
    if field.lines and isinstance(want, str) and isinstance(have, str):
        return in_lines(want).rstrip("\n") != in_lines(have).rstrip("\n")
    return bool(want != have)


def in_lines(text: str) -> str:
    """A text in which each line ends in the same way, wherever it was written."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unequal(field: Field, one: t.Any, other: t.Any) -> bool:
    """Whether two values differ that are declared as a whole, as items of a list are whose order means something."""
    return differs(field, one, other) or differs(field, shown(field, writable(field, other), secrets=True), one)


def _is_left_out_when_empty(field: Field) -> bool:
    """Whether an object that is declared empty is not to be there."""
    return bool(field.type == "dict" and field.min_length and not (field.nullable or field.required or field.merged))


def _key_differs(field: Field, key: str, want: Object, present: Object) -> bool:
    sub = subfield(field, key, want, present) or FREE
    return differs_beside(sub, want[key], present.get(key), present)


def differs_beside(field: Field, want: t.Any, have: t.Any, beside: Object, additive: bool = False) -> bool:
    """The same of a value with what is shown beside it, which may tell what is not shown itself."""
    if field.dates:
        wanted, held = moment(want), moment(beside.get(field.dates))
        return wanted is not None and (held is None or held < wanted)
    made, shown_by_server = _fingerprints(field, want, beside)
    if made is not None and shown_by_server is not None:
        return bool(made != shown_by_server)
    return differs(field, want, have, additive)


def _fingerprints(field: Field, want: t.Any, beside: Object) -> tuple[t.Any, t.Any]:
    """What is made of a value to compare it with what is shown beside it, and that; None for what there is not."""
    name, fingerprint_of = field.fingerprint or ("", lambda dummy: None)
    return fingerprint_of(want), beside.get(name)


def _items_differ(field: Field, want: t.Sequence[t.Any], have: t.Sequence[t.Any], additive: bool) -> bool:
    wanted, present = by_name(field, want), by_name(field, have)
    if wanted.keys() - present.keys() or (not additive and present.keys() - wanted.keys()):
        return True
    return any(differs(field.elements or FREE, item, present[name]) for name, item in wanted.items())


def by_name(field: Field, items: t.Sequence[t.Any]) -> dict[t.Any, t.Any]:
    if field.key:
        return {item.get(field.key): item for item in items if isinstance(item, dict)}
    return {_hashable(item): item for item in items}


def _hashable(item: t.Any) -> t.Any:
    return repr(item) if isinstance(item, (dict, list)) else item


def changed_keys(field: Field, want: Object, have: t.Any) -> list[str]:
    """The keys of a merged object that have to be sent."""
    present = have if isinstance(have, dict) else {}
    return [key for key in want if _key_differs(field, key, want, present)]


def completed(field: Field, want: t.Any, have: t.Any, additive: bool = False) -> t.Any:
    """The whole value to send so that the declared parts hold and the others stay: what a replacing server needs.

    None for an empty list, or an empty string, where the server takes none. In an object, such a list is left out where
    it is not nullable.
    """
    if isinstance(want, dict):
        whole = writable(field, have) if isinstance(have, dict) else {}
        if field.one_key:
            whole = {key: item for key, item in whole.items() if key in want}
        for key in displaced(field, want):
            whole.pop(key, None)
        for key, value in want.items():
            sub = subfield(field, key, want, have) or FREE
            unsent = sub.dates is not None or (sub.empty_is_null and value == "" and whole.get(key) is None)
            if value is None or unsent:
                whole.pop(key, None)
                continue
            made = None if value == {} and _is_left_out_when_empty(sub) else completed(sub, value, whole.get(key))
            if (made is None and not (sub.nullable or sub.empty_is_null)) or (
                made == {} and _is_left_out_when_empty(sub)
            ):
                whole.pop(key, None)
            else:
                whole[key] = made
        # What has no place any more goes with the value that it went with.
        gone = [key for key, sub in (field.fields or {}).items() if key not in want and not sub.has_place(whole)]
        return {key: item for key, item in whole.items() if key not in gone}
    if isinstance(want, list) and not want and field.min_length:
        return None
    if want == "" and field.empty_is_null:
        return None
    if isinstance(want, list) and field.type == "list" and not field.ordered:
        element, present = field.elements or FREE, by_name(field, have if isinstance(have, list) else [])
        wanted = {name: completed(element, item, present.get(name)) for name, item in by_name(field, want).items()}
        if additive:
            wanted = {**{name: writable(element, item) for name, item in present.items()}, **wanted}
        return list(wanted.values())
    if isinstance(want, list) and field.type == "list":
        element = field.elements or FREE
        if not additive:
            return [completed(element, item, None) for item in want]
        # Those that are there keep their places, the others follow.
        held = by_name(field, have if isinstance(have, list) else [])
        kept = {name: writable(element, item) for name, item in held.items()}
        declared = {name: completed(element, item, held.get(name)) for name, item in by_name(field, want).items()}
        return list({**kept, **declared}.values())
    return in_lines(want) if field.lines and isinstance(want, str) else want


def writable(field: Field, value: t.Any, new: bool = False) -> t.Any:
    """A value from the server without what only the server sets, so that it can be sent back.

    Keys that are not declared are kept: sending them may be refused, leaving them out would silently remove them. Those
    of a form that the object does not have any more are not. What the server shows in the place of a write-only value
    is a mask. new: it is for another object, which has nothing of it yet.
    """
    if isinstance(value, dict):
        subs = {key: subfield(field, key, value) or FREE for key in value}
        return {
            key: writable(subs[key], item, new)
            for key, item in value.items()
            if not (subs[key].read_only or subs[key].write_only or (subs[key].create_only and not new))
            and not (key not in (field.fields or {}) and field.forms_with(key))
        }
    if isinstance(value, list) and field.elements:
        return [writable(field.elements, item, new) for item in value]
    return value


def merged(field: Field, have: t.Any, sent: t.Any) -> t.Any:
    """What the server makes of a value that is sent: a model of PATCH. None: the field is gone."""
    if sent is None or not isinstance(sent, dict):
        return sent
    if not field.merged:
        made = answered(field, sent)
        return {**field.filled, **made} if field.filled and made else made
    whole = dict(have) if isinstance(have, dict) else dict(field.filled or {})
    for key, value in sent.items():
        if value is None:
            whole.pop(key, None)
        else:
            whole[key] = answered(subfield(field, key) or FREE, value)
    return whole


def answered(field: Field, value: t.Any) -> t.Any:
    """A value as the server gives it back: without what it never returns."""
    if isinstance(value, dict):
        return {
            key: answered(subfield(field, key, value) or FREE, item)
            for key, item in value.items()
            if item is not None and not (subfield(field, key, value) or FREE).write_only
        }
    if isinstance(value, list) and field.elements:
        return [answered(field.elements, item) for item in value]
    return value


def shown(field: Field, value: t.Any, secrets: bool = False) -> t.Any:
    """A value as people may see it: only declared keys, nothing write-only, and secrets only where they are wanted."""
    if isinstance(value, dict):
        visible = {}
        for key, item in value.items():
            sub = subfield(field, key)
            gone = item is None and sub is not None and sub.empty_is_null  # whether Auth0 says null then, is not known
            if sub is not None and not gone and not sub.write_only and (secrets or not sub.secret):
                visible[key] = shown(sub, item, secrets)
        return visible
    if isinstance(value, list) and field.elements:
        return [shown(field.elements, item, secrets) for item in value]
    return value


def immutable_difference(field: Field, want: t.Any, have: t.Any, path: str) -> str | None:
    """The path of the first create-only value that differs from the present one."""
    if field.create_only:
        return path if differs(field, want, have) else None
    if isinstance(want, dict) and field.fields is not None:
        present = have if isinstance(have, dict) else {}
        for key, value in want.items():
            sub = subfield(field, key, present, want) if key in field.fields else None
            found = sub and immutable_difference(sub, value, present.get(key), "%s.%s" % (path, key))
            if found:
                return found
    return None


def differing_paths(field: Field, want: t.Any, have: t.Any, path: str) -> t.Iterator[str]:
    """The dotted paths of the declared leaves that differ; lists are leaves, and so are objects without keys."""
    present = have if isinstance(have, dict) else {}
    changed = changed_keys(field, want, have) if isinstance(want, dict) else []
    if not changed:
        yield path
    for key in changed:
        yield from differing_paths(subfield(field, key) or FREE, want[key], present.get(key), "%s.%s" % (path, key))


def unseen(field: Field, sent: t.Any, have: t.Any, path: str) -> t.Iterator[str]:
    """The paths of the secrets that sending a value would replace, or remove, and that the present one does not show.

    Those are secrets of objects that are there: what an object does not show, it may have all the same. An object that
    is not shown at all may be there, too, where the server replaces it: whether Auth0 hides it with the secrets in it
    is unverified.
    """
    if have is None and isinstance(sent, dict) and field.holds_secret and not field.merged:
        yield path
    else:
        yield from _unseen_in(field, sent, have, path)


def _unseen_in(field: Field, sent: t.Any, have: t.Any, path: str) -> t.Iterator[str]:
    if field.secret:
        if have is None:
            yield path
    elif isinstance(sent, dict) and isinstance(have, dict):
        left_out = () if field.merged else (key for key in field.fields or () if key not in sent)
        for key in (*sent, *left_out):
            sub = subfield(field, key)
            if sub and sub.holds_secret:
                yield from _unseen_in(sub, sent.get(key), have.get(key), "%s.%s" % (path, key))


def holds_write_only(field: Field, want: t.Any) -> bool:
    """Whether something is declared that never comes back, and can be sent to an object that is there."""
    if field.write_only:
        return not field.create_only and want is not None
    if isinstance(want, dict):
        return any(holds_write_only(subfield(field, key, want) or FREE, item) for key, item in want.items())
    return isinstance(want, list) and any(holds_write_only(field.elements or FREE, item) for item in want)


def unnoticed(field: Field, want: t.Any, have: t.Any, beside: Object, path: str) -> t.Iterator[str]:
    """The paths of declared values of which it cannot be seen whether the server has them.

    beside: what is shown beside the value, which may tell that.
    """
    if field.write_only:
        if holds_write_only(field, want) and None in _fingerprints(field, want, beside):
            yield path
    elif isinstance(want, dict):
        present = have if isinstance(have, dict) else {}
        subs = {key: subfield(field, key, want, present) or FREE for key in want}
        dated = any(sub.dates for sub in subs.values())
        for key, sub in subs.items():
            if not (sub.write_only and dated):
                yield from unnoticed(sub, want[key], present.get(key), present, "%s.%s" % (path, key))
    elif isinstance(want, list) and field.elements:
        present = by_name(field, have if isinstance(have, list) else [])
        for name, item in by_name(field, want).items():
            yield from unnoticed(field.elements, item, present.get(name), {}, path)


def comparable(field: Field, want: t.Any, have: t.Any) -> t.Any:
    """A declared value without the secrets of which the present one shows nothing; None where nothing is left."""
    if field.secret and have is None:
        return None
    if isinstance(want, dict) and isinstance(have, dict):
        rest = {key: comparable(subfield(field, key) or FREE, item, have.get(key)) for key, item in want.items()}
        return {key: item for key, item in rest.items() if item is not None or want[key] is None}
    return want
