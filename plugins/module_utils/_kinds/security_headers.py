# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""The headers by which a tenant's pages are protected in browsers.

Fields and limits: Auth0's Management API description. Nothing of it is recorded, so it is sent whole.
"""

from __future__ import annotations

import dataclasses

from .field import NOTHING, Field
from .formats import https_uri

_URL = dataclasses.replace(https_uri(), required=True)
_POLICY = Field(
    "dict",
    fields={
        "mode": Field(choices=("enforcing", "reporting")),
        "directives": Field(
            "dict",
            max_length=30,
            values=Field("list", ordered=True, absent=NOTHING, elements=Field(max_length=2048)),
        ),
        "flags": Field("list", elements=Field(choices=("upgrade-insecure-requests", "block-all-mixed-content"))),
        "reporting": Field("dict", fields={"report_uri": https_uri(), "report_to_group": Field()}),
    },
)

SECURITY_HEADERS = Field(
    "dict",
    nullable=True,
    fields={
        "content_security_policy": Field(
            "dict",
            fields={
                "enabled": Field("bool"),
                # Nothing names a policy: two can have the same mode.
                "policies": Field("list", ordered=True, elements=_POLICY),
                "reporting_infrastructure": Field(
                    "dict",
                    fields={
                        "report_to": Field(
                            "dict",
                            fields={
                                "group": Field(),
                                "max_age": Field("int"),
                                "endpoints": Field("list", key="url", elements=Field("dict", fields={"url": _URL})),
                            },
                        ),
                        "reporting_endpoints": Field("dict", values=Field(absent=NOTHING)),
                    },
                ),
            },
        ),
        "x_xss_protection": Field(
            "dict",
            fields={"enabled": Field("bool"), "mode": Field(choices=("block",)), "report_uri": https_uri()},
        ),
    },
)
