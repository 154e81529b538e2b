# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a user declares, as far as it can be judged without the tenant. Pure."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import (
    Ambiguous,
    Auth0Error,
    InvalidOptions,
    Missing,
    Refused,
)
from ansible_collections.community.auth0.plugins.module_utils._kinds.declaration import Kind

from .changes import Desired
from .reconcile import validate_declaration
from .references import Index, Object


class Declarations:
    """What a user declares: the mistakes that can be seen without the tenant.

    problems: each with where it was declared, in words; None where that need not be said.
    """

    def __init__(self) -> None:
        self._declared = Index()
        #: What cannot be planned: what refers to it is not to blame.
        self._failed = Index()
        self.problems: list[tuple[str | None, Auth0Error]] = []

    @property
    def sentences(self) -> list[str]:
        """The problems in words."""
        return [error.message if where is None else "%s: %s" % (where, error.message) for where, error in self.problems]

    @contextlib.contextmanager
    def collecting(self, where: str | None) -> t.Iterator[None]:
        """Collect what is wrong with a declaration, so that all mistakes are reported at once."""
        try:
            yield
        except (InvalidOptions, Refused, Missing, Ambiguous) as error:
            self.problems.append((where, error))

    def valid(self, desired: t.Sequence[Desired]) -> list[Desired]:
        """Those of the declarations that are right in themselves and beside each other. Looks nothing up."""
        found = []
        for item in desired:
            with self.collecting(item.where):
                self._declare(item)
                validate_declaration(item)
                found.append(item)
                continue
            self.distrust(item)
        return found

    def distrust(self, desired: Desired) -> None:
        """Blame nothing that refers to the object of this declaration, which is wrong."""
        self._failed.add(desired.kind, desired.known_fields, desired)

    def is_mistaken(self, kind: Kind, identity: Object) -> bool:
        """Whether the declaration of an object is wrong, so that what refers to it is not to blame."""
        return bool(self._failed.find(kind, identity))

    def _declare(self, desired: Desired) -> None:
        """Two declarations of one object would undo each other, and the second was compared with what is no more."""
        own_id = {} if desired.kind.standing else {desired.kind.id_field: desired.object_id}
        identity = {**desired.identity, **own_id}
        for other in self._declared.find(desired.kind, identity):
            raise self._second(desired, other)
        self._declared.add(desired.kind, identity, desired)

    @staticmethod
    def _second(desired: Desired, other: Desired) -> InvalidOptions:
        where = " (it is also declared in %s)" % other.where if other.where else ""
        return InvalidOptions("%s is declared more than once%s." % (desired.label, where))
