# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Log streams: where Auth0 sends the events of the tenant's log.

Fields, limits, what each type takes and what cannot be changed: Auth0's Management API description. That secrets are
answered as they are, but for Mixpanel's password, in the place of which there are asterisks; that an empty list of
filters is gone; what filters a stream with priority has; what is added to pii_config, that null removes it, and that
a change which does not name it does so, too: recorded exchanges of Auth0's servers.

Whoever knows the address of a Sumo Logic source can write to it, so it is a secret, too. Only the server suspends a
stream, which it does when that fails for too long.
"""

from __future__ import annotations

import typing as t

from .declaration import Direct, Kind, Listed
from .field import Field
from .formats import https_uri
from .log_stream_regions import AWS_REGIONS, AZURE_REGIONS
from .rules import Fills

_TEXT = Field(required=True, min_length=1)
_FIXED = Field(required=True, create_only=True, min_length=1)
_DIGITS: dict[str, t.Any] = {"pattern": r"[0-9]+", "pattern_says": "consist of digits"}
_NO_COLON: dict[str, t.Any] = {"pattern": r"[^:]+", "pattern_says": "hold no colon"}
#: What Auth0 makes up for the other side.
_MADE_UP = Field(read_only=True)

_SINKS: t.Mapping[str, t.Mapping[str, Field]] = {
    "http": {
        "httpEndpoint": https_uri(required=True, min_length=1),
        "httpContentType": Field(),
        "httpContentFormat": Field(choices=("JSONLINES", "JSONARRAY", "JSONOBJECT")),
        "httpAuthorization": Field(secret=True, aliases=("http_authorization",)),
        "httpCustomHeaders": Field(
            "list",
            key="header",
            # Such a value is where some services want their token.
            elements=Field("dict", fields={"header": _TEXT, "value": Field(required=True, secret=True, short=True)}),
        ),
    },
    "splunk": {
        "splunkDomain": _TEXT,
        "splunkPort": Field(required=True, **_DIGITS),
        "splunkToken": Field(secret=True, required=True, min_length=1, aliases=("splunk_token",)),
        "splunkSecure": Field("bool", required=True),
    },
    "datadog": {
        "datadogRegion": Field(required=True, choices=("us", "eu", "us3", "us5")),
        "datadogApiKey": Field(secret=True, required=True, min_length=1, aliases=("datadog_api_key",)),
    },
    "eventbridge": {
        "awsAccountId": Field(
            required=True, create_only=True, pattern=r"[0-9]{12}", pattern_says="consist of 12 digits"
        ),
        "awsRegion": Field(required=True, create_only=True, choices=AWS_REGIONS),
        "awsPartnerEventSource": _MADE_UP,
    },
    "eventgrid": {
        "azureSubscriptionId": Field(
            required=True,
            create_only=True,
            pattern=r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
            pattern_says="be a UUID",
        ),
        "azureRegion": Field(required=True, create_only=True, choices=AZURE_REGIONS),
        "azureResourceGroup": _FIXED,
        "azurePartnerTopic": _MADE_UP,
    },
    "sumo": {
        "sumoSourceAddress": Field(secret=True, required=True, min_length=1, aliases=("sumo_source_address",)),
    },
    "segment": {
        "segmentWriteKey": Field(secret=True, required=True, min_length=1, aliases=("segment_write_key",)),
    },
    "mixpanel": {
        "mixpanelRegion": Field(required=True, choices=("us", "eu")),
        "mixpanelProjectId": Field(required=True, **_DIGITS),
        "mixpanelServiceAccountUsername": Field(required=True, min_length=1, **_NO_COLON),
        "mixpanelServiceAccountPassword": Field(
            secret=True,
            write_only=True,
            required=True,
            stays=True,
            min_length=1,
            aliases=("mixpanel_service_account_password",),
            **_NO_COLON,
        ),
    },
}

_CATEGORIES = (
    "auth.login.fail",
    "auth.login.notification",
    "auth.login.success",
    "auth.logout.fail",
    "auth.logout.success",
    "auth.signup.fail",
    "auth.signup.success",
    "auth.silent_auth.fail",
    "auth.silent_auth.success",
    "auth.token_exchange.fail",
    "auth.token_exchange.success",
    "management.fail",
    "management.success",
    "scim.event",
    "system.notification",
    "user.fail",
    "user.notification",
    "user.success",
    "actions",
    "other",
)

LOG_STREAM = Kind(
    name="log_stream",
    title="log stream",
    path="log-streams",
    collection="log_streams",
    id_field="id",
    identity=("name",),
    lookups=(Direct("id"), Listed(match=("name",))),
    checkpoint=False,
    bare=True,
    unique=False,
    rules=(Fills("isPriority", "filters", ({"type": "category", "name": "security"},)),),
    fields={
        "id": Field(read_only=True),
        "name": Field(required=True, min_length=1),
        "type": Field(required=True, create_only=True, choices=tuple(_SINKS)),
        "sink": Field("dict", required=True, chosen_by="type", variants=_SINKS, resend_option="update_secrets"),
        "filters": Field(
            "list",
            key="name",
            always_shown=True,
            elements=Field(
                "dict",
                fields={
                    "type": Field(required=True, choices=("category",)),
                    "name": Field(required=True, choices=_CATEGORIES),
                },
            ),
        ),
        "pii_config": Field(
            "dict",
            nullable=True,
            sent_along=True,
            filled={"method": "hash", "algorithm": "xxhash"},
            fields={
                "log_fields": Field(
                    "list",
                    required=True,
                    min_length=1,
                    elements=Field(choices=("first_name", "last_name", "username", "email", "phone", "address")),
                ),
                "method": Field(choices=("mask", "hash")),
                "algorithm": Field(choices=("xxhash",)),
            },
        ),
        "isPriority": Field("bool", initial=False),
        "startFrom": Field(time=True, create_only=True, write_only=True),
        "status": Field(choices=("active", "paused"), absent="active", initial="active", update_only=True),
    },
)
