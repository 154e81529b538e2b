# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Custom domains: names of a tenant's own, under which clients get their tokens.

Fields, limits, which of them change, and that the default domain cannot be deleted: Auth0's Management API description.
What verifies a domain, how lists are read, and that a header is null, empty or left out where there is none: recorded
exchanges of Auth0's servers. Whether metadata are replaced or merged is not known; they are sent whole.

The records that the DNS needs are others' to make, so a domain is verified only where a task says so. That each attempt
is a request of its own, and that the answer to the one that succeeds holds a key which is shown once: the Terraform
provider and a recorded exchange.
"""

from __future__ import annotations

from .declaration import Action, Direct, FollowUp, Kind, Listed, Stage
from .field import NOTHING, Field, Refers

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = r"(?:%s\.)*%s" % (_LABEL, _LABEL)
_SAYS = "be a domain such as login.example.com"

CUSTOM_DOMAIN = Kind(
    name="custom_domain",
    title="custom domain",
    path="custom-domains",
    collection="custom_domains",
    id_field="custom_domain_id",
    identity=("domain",),
    lookups=(Direct("custom_domain_id"), Listed(match=("domain",))),
    # A list without "take" has no pages, and is an array.
    checkpoint=True,
    unique=True,
    follow_up=FollowUp(
        Action("POST", "verify", "verifying"),
        done={"status": "ready"},
        option="verify",
        timeout="verify_timeout",
        seconds=300,
        after=Stage("status", "ready", failed="failed", advice="Look at its record in the DNS."),
        repeated=True,
        by_default=False,
        shows="cname_api_key",
        shown_of={"type": "self_managed_certs"},
    ),
    fields={
        "custom_domain_id": Field(read_only=True),
        "domain": Field(
            required=True, create_only=True, min_length=3, max_length=255, pattern=_DOMAIN, pattern_says=_SAYS
        ),
        "type": Field(required=True, create_only=True, choices=("auth0_managed_certs", "self_managed_certs")),
        "verification_method": Field(create_only=True, write_only=True, choices=("txt",)),
        "tls_policy": Field(choices=("recommended",), initial="recommended"),
        "custom_client_ip_header": Field(
            nullable=True,
            choices=("true-client-ip", "cf-connecting-ip", "x-forwarded-for", "x-azure-clientip"),
            always_shown=True,
        ),
        "domain_metadata": Field("dict", max_length=10, values=Field(max_length=255, absent=NOTHING)),
        "relying_party_identifier": Field(
            nullable=True, min_length=1, max_length=255, pattern=_DOMAIN, pattern_says=_SAYS
        ),
        "status": Field(read_only=True),
        "is_default": Field("bool", read_only=True),
        "primary": Field("bool", read_only=True),
        "origin_domain_name": Field(read_only=True),
        "verification": Field(
            "dict",
            read_only=True,
            fields={
                "methods": Field(
                    "list",
                    key="name",
                    elements=Field("dict", fields={"name": Field(), "record": Field(), "domain": Field()}),
                ),
                "status": Field(),
                "error_msg": Field(),
                "last_verified_at": Field(),
            },
        ),
        "certificate": Field(
            "dict",
            read_only=True,
            fields={
                "status": Field(),
                "error_msg": Field(),
                "certificate_authority": Field(),
                "renews_before": Field(),
            },
        ),
    },
)

#: One of them, verified, or the tenant's own domain, which is always there. Without it, Auth0 shows the latter.
CUSTOM_DOMAIN_DEFAULT = Kind(
    name="custom_domain_default",
    title="default domain",
    path="custom-domains/default",
    collection="custom_domain_default",
    id_field="",
    identity=(),
    lookups=(),
    checkpoint=False,
    unique=True,
    standing=True,
    fields={
        "domain": Field(
            required=True,
            min_length=3,
            max_length=255,
            local=True,
            refers=Refers("custom_domain", "domain", retains=True, shown_by="is_default"),
        ),
    },
)
