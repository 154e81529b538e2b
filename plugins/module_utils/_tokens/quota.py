# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""How many tokens a client or an organization may still get: from the headers of a token answer to a warning. Pure."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.community.auth0.plugins.module_utils._errors import duration

#: ``{owner: {bucket: {limit, remaining, resets_in}}}``, owner being client or organization, bucket per_hour or per_day.
Quota = dict[str, dict[str, dict[str, int]]]

#: The headers that Auth0 sends of the quotas that a request used (documented), and whose they are.
_HEADERS = {"client": "Auth0-Client-Quota-Limit", "organization": "Auth0-Organization-Quota-Limit"}
_FIELDS = {"limit": "q", "remaining": "r", "resets_in": "t"}
_BUCKET = re.compile(r"per_[a-z]{1,20}")
_NUMBER = re.compile(r"[0-9]{1,10}")


def quota_of(headers: t.Mapping[str, str]) -> Quota:
    """What the headers say, in the form ``b=per_hour;q=10;r=7;t=3540,b=per_day;...`` (documented).

    Bucket, quota, remaining tokens, seconds until it resets. What is not of that form is left out.
    """
    found = {owner: _buckets(headers.get(name) or "") for owner, name in _HEADERS.items()}
    return {owner: buckets for owner, buckets in found.items() if buckets}


def _buckets(header: str) -> dict[str, dict[str, int]]:
    buckets = {}
    for part in header.split(","):
        pairs = (pair.partition("=") for pair in part.split(";"))
        fields = {name.strip(): value.strip() for name, dummy, value in pairs}
        numbers = {name: fields.get(letter, "") for name, letter in _FIELDS.items()}
        if _BUCKET.fullmatch(fields.get("b", "")) and all(map(_NUMBER.fullmatch, numbers.values())):
            buckets[fields["b"]] = {name: int(number) for name, number in numbers.items()}
    return buckets


def warnings_about(quota: Quota) -> list[str]:
    """A sentence for each bucket of which four fifths or more are used, as Auth0 warns in its log at 80 percent.

    How many tokens are left of how many, until when, and what to do.
    """
    return [
        "Tokens left for %s: %d of %d %s; the quota resets in %s. Use each token for as long as it is valid, for "
        "example with cache: true, or raise the token_quota of the %s."
        % (
            "this client" if owner == "client" else "the organization",
            bucket["remaining"],
            bucket["limit"],
            name.replace("_", " "),
            duration(bucket["resets_in"]),
            owner,
        )
        for owner, buckets in quota.items()
        for name, bucket in buckets.items()
        if bucket["remaining"] * 5 <= bucket["limit"]
    ]
