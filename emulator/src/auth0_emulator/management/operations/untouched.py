# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a new tenant answers about features that nobody has touched, so that an export of a whole tenant comes through.

They are read only: an update of one of them is a 404. Forms and scopes are documented; the values are the documented
defaults as far as there are any, else the choice is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse, Response

from auth0_emulator.schema.described import DescribedRoute, Nothing
from auth0_emulator.schema.errors import management_error

from ..calls import Call, route


@dataclass(frozen=True)
class Untouched:
    """A feature at a path. scopes: any of them suffices. answer: what is there."""

    path: str
    scopes: tuple[str, ...]
    answer: Any = field(default_factory=dict)

    def route(self) -> DescribedRoute:
        """GET."""
        return route("GET", self.path, self._read, Any)

    def _read(self, call: Call) -> Response:
        call.caller.require_any(self.scopes)
        return JSONResponse(self.answer)


@dataclass(frozen=True)
class Unpaid:
    """A feature that a plan does not include."""

    path: str
    scopes: tuple[str, ...]

    def route(self) -> DescribedRoute:
        """GET."""
        return route("GET", self.path, self._refuse, Nothing)

    def _refuse(self, call: Call) -> Response:
        """403; the code is recorded."""
        call.caller.require_any(self.scopes)
        message = "Your subscription does not include this feature."
        raise management_error(403, message, "insufficient_entitlement")


_PAGE = {"total": 0, "page": 0, "per_page": 50}
_PROTECTION, _PROMPTS, _BRANDING = ("read:attack_protection",), ("read:prompts",), ("read:branding",)

_ALL = (
    Untouched("/actions/modules", ("read:actions",), {"modules": [], **_PAGE}),
    Untouched(
        "/attack-protection/breached-password-detection",
        _PROTECTION,
        {"enabled": False, "shields": [], "admin_notification_frequency": [], "method": "standard"},
    ),
    Untouched(
        "/attack-protection/brute-force-protection",
        _PROTECTION,
        {
            "enabled": True,
            "shields": ["block", "user_notification"],
            "mode": "count_per_identifier_and_ip",
            "allowlist": [],
            "max_attempts": 10,
        },
    ),
    Untouched(
        "/attack-protection/suspicious-ip-throttling",
        _PROTECTION,
        {
            "enabled": True,
            "shields": ["admin_notification", "block"],
            "allowlist": [],
            "stage": {
                "pre-login": {"max_attempts": 100, "rate": 864000},
                "pre-user-registration": {"max_attempts": 50, "rate": 1200},
            },
        },
    ),
    Unpaid("/attack-protection/bot-detection", _PROTECTION),
    Unpaid("/attack-protection/captcha", _PROTECTION),
    Untouched("/branding", _BRANDING),
    Untouched("/branding/phone/providers", ("read:phone_providers",), {"providers": []}),
    Untouched("/branding/phone/templates", ("read:phone_templates",), {"templates": []}),
    Untouched("/guardian/factors", ("read:guardian_factors",), []),
    Untouched("/guardian/policies", ("read:mfa_policies",), []),
    Untouched("/prompts", _PROMPTS, {"universal_login_experience": "new", "identifier_first": True}),
    Untouched("/prompts/rendering", _PROMPTS, {"configs": [], "start": 0, "limit": 50, "total": 0}),
    Untouched("/prompts/{prompt}/custom-text/{language}", _PROMPTS),
    Untouched("/prompts/{prompt}/partials", _PROMPTS),
    Untouched("/supplemental-signals", _PROTECTION, {"akamai_enabled": False}),
)


def routes() -> list[DescribedRoute]:
    """All of them."""
    return [one.route() for one in _ALL]
