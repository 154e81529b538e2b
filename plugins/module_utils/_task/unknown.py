# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.
"""Options that there are not, as a task gives them → their places, and what may be meant. Pure."""

from __future__ import annotations

import dataclasses
import difflib
import typing as t

Spec = t.Mapping[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Unknown:
    """An option that there is not. path: where it stands. near: the name that is most like it, if one is.

    known: the names of the options that there are in that place.
    """

    path: str
    near: str | None
    known: tuple[str, ...]

    @property
    def sentence(self) -> str:
        hint = "did you mean %s?" % self.near if self.near else "there are: %s." % ", ".join(self.known)
        return "there is no option %s; %s" % (self.path, hint)

    @property
    def words(self) -> str:
        """The same as a part of a list."""
        return "%s (did you mean %s?)" % (self.path, self.near) if self.near else self.path


def unknown_options(options: Spec, given: t.Mapping[t.Any, t.Any], path: str = "") -> t.Iterator[Unknown]:
    """Find the options that there are not, at every depth.

    options: those that there are, in the words of AnsibleModule. given: before Ansible has validated them.
    """
    known = {name: option for own, option in options.items() for name in (own, *(option.get("aliases") or ()))}
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(str(name), list(known), 1)
            yield Unknown("%s%s" % (path, name), near[0] if near else None, tuple(sorted(options)))
            continue
        inner = known[name].get("options")
        if not inner:
            continue
        if isinstance(value, t.Mapping):
            yield from unknown_options(inner, value, "%s%s." % (path, name))
        elif isinstance(value, (list, tuple)):
            for index, one in enumerate(value):
                if isinstance(one, t.Mapping):
                    yield from unknown_options(inner, one, "%s%s[%d]." % (path, name, index))
