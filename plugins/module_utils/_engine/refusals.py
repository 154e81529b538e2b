# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""What a refusal of the Management API means, and what to do about it. Pure."""

from __future__ import annotations

import re

from ansible_collections.community.auth0.plugins.module_utils._errors import ApiError

_SCOPE = re.compile(r"\b[a-z]+:[a-z_]+\b")
_PLAN_CODES = ("feature_not_enabled", "insufficient_entitlement", "operation_not_supported")


def says_it_is_gone(error: ApiError) -> bool:
    """Whether it is Auth0 that does not find an object: its 404 has a code and a message (recorded).

    Of some kinds, it says 400 to an id that none of them can have (recorded). Another service behind a mistyped
    auth0_domain says 404 to every path, too, and no object is absent by that.
    """
    if error.status == 400:
        return error.code == "invalid_uri" and bool(error.server_message)
    return error.status == 404 and error.code != "http_404" and bool(error.server_message)


def is_of_plan(error: ApiError) -> bool:
    """Whether the tenant's plan does not include what was asked for, be it only to read it (recorded)."""
    words = error.server_message or ""
    return error.status == 403 and (error.code in _PLAN_CODES or "upgrade your subscription" in words)


def lacks_scope(error: ApiError) -> bool:
    """Whether it is refused because the token does not have a scope (recorded)."""
    words = error.server_message or ""
    refused = error.code == "insufficient_scope" or words.startswith("Insufficient scope")
    return error.status == 403 and refused and not is_of_plan(error)


def explanation(error: ApiError) -> str:
    words = error.server_message or error.code
    if error.status == 401:
        return (
            "the Management API token is not accepted (401: %s). It may have expired, be damaged, or be one of another "
            "tenant. Get a new one with community.auth0.auth0_token, or give client credentials." % words
        )
    if error.status == 403:
        if is_of_plan(error):
            return "the tenant's plan does not include this (403: %s)." % words
        if "reached the limit" in words:
            return "the tenant holds as many of these as its plan allows (403: %s)." % words
        scopes = _scopes(words)
        if scopes and lacks_scope(error):
            return (
                "the Management API token lacks a scope (403). It needs %s: add it to the grant of the client that "
                "manages the tenant, and get a new token." % scopes
            )
        return "not allowed (403: %s)." % words
    if error.status == 429:
        return error.message
    if error.status == 404 and not says_it_is_gone(error):
        return "not found (404), but not in Auth0's words. Is auth0_domain really an Auth0 tenant?"
    return "%s (%s)." % (words.rstrip("."), error.status)


def _scopes(words: str) -> str:
    """The scopes that a refusal names: one of them is needed, or all where it joins them by "and" (documented)."""
    names = _SCOPE.findall(words)
    if " and " in words:
        return " and ".join(names)
    return "one of %s" % ", ".join(names) if len(names) > 1 else "".join(names)
