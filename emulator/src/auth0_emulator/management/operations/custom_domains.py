# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is done with custom domains: they are verified and tested, and one of them is the tenant's default.

The DNS is not looked at: whatever is verified is ready at once.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field
from starlette.responses import JSONResponse, Response

from auth0_emulator.entities.custom_domains import (
    CUSTOM_DOMAINS,
    DEFAULT,
    SELF_MANAGED,
    default_domain,
    edge_name,
    missing,
)
from auth0_emulator.schema.described import Body, DescribedRoute
from auth0_emulator.schema.errors import management_error
from auth0_emulator.schema.validation import valid_body
from auth0_emulator.state import clock
from auth0_emulator.state.store import Store, Thing

from ..calls import Call, route

_CERTIFIED = timedelta(days=90)
"""So long a certificate is good for (recorded, to the hour)."""


class Default(Body):
    domain: Annotated[str, Field(min_length=3, max_length=255)]


class Tested(Body):
    success: bool
    message: str = ""


def routes() -> list[DescribedRoute]:
    """Before those of the entity: default is no identifier."""
    one, default = "/custom-domains/{id}", "/custom-domains/default"
    return [
        route("GET", default, _read_default, Any),
        route("PATCH", default, _set_default, Any, body=Default),
        route("POST", one + "/verify", _verify, Any, status=201),
        route("POST", one + "/test", _test, Tested),
    ]


def _store(call: Call) -> Store:
    return call.tenant.store(CUSTOM_DOMAINS.name)


def _found(call: Call) -> Thing:
    thing = _store(call).get(call.path["id"])
    if thing is None:
        raise missing(call.path["id"])
    return thing


def _verify(call: Call) -> Response:
    """201 and the domain (recorded). The key for requests that are passed on is shown the first time only (the
    Terraform provider says so). Who has certificates of their own learns where to pass requests on to, the others until
    when theirs is good (recorded)."""
    call.caller.require_any(("create:custom_domains",))
    thing = _found(call)
    first = thing["status"] != "ready"
    now = clock.moment(call.tenant.clock)
    verified, ends = (clock.written_to_the_second(date) for date in (now, now + _CERTIFIED))
    ready = thing | {"status": "ready"}
    shown = {}
    if thing["type"] == SELF_MANAGED:
        ready["origin_domain_name"] = edge_name(call.tenant, thing)
        shown = {"cname_api_key": secrets.token_hex(64)} if first else {}
    else:
        ready["verification"] = thing["verification"] | {"status": "verified", "last_verified_at": verified}
        ready["certificate"] = {
            "status": "provisioned",
            "certificate_authority": "letsencrypt",
            "renews_before": ends,
        }
    _store(call).put(ready)
    return JSONResponse(call.shown(CUSTOM_DOMAINS, ready) | shown, 201)


def _test(call: Call) -> Response:
    """200; a domain that is not ready is a 409 (documented)."""
    call.caller.require_any(("read:custom_domains",))
    if _found(call)["status"] != "ready":
        raise management_error(409, "The custom domain is not ready.")
    return JSONResponse({"success": True, "message": "Custom domain successfully tested."})


def _read_default(call: Call) -> Response:
    """The default domain; without one, the tenant's own (documented)."""
    call.caller.require_any(("read:custom_domains",))
    return _default(call)


def _set_default(call: Call) -> Response:
    """A verified domain, or the tenant's own (documented); another one is a 400 (recorded)."""
    call.caller.require_any(("update:custom_domains",))
    domain = valid_body(Default, call.body())["domain"]
    chosen = next((one for one in _store(call) if one["domain"] == domain), None)
    if domain != call.host and (chosen is None or chosen["status"] != "ready"):
        raise management_error(400, "The domain must be verified before it can be set as default.", "invalid_body")
    call.tenant.store(DEFAULT).put({"id": DEFAULT, "domain": None if chosen is None else domain})
    return _default(call)


def _default(call: Call) -> Response:
    domain = default_domain(call.tenant)
    found = next((one for one in _store(call) if one["domain"] == domain), None)
    return JSONResponse({"domain": call.host} if found is None else call.shown(CUSTOM_DOMAINS, found))
