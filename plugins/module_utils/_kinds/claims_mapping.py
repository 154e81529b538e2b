# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Which claims the access tokens of anonymous sessions get, of an API or of the whole tenant.

As the official SDKs of November 2026 have it; the limit is the Terraform provider's.
"""

from __future__ import annotations

from .field import Field

CLAIMS_MAPPING = Field(
    "dict",
    nullable=True,
    fields={
        "claims_mapping": Field(
            "dict",
            fields={
                "custom_claims": Field(
                    "list",
                    key="name",
                    max_length=20,
                    elements=Field("dict", fields={"name": Field(required=True), "expression": Field(required=True)}),
                )
            },
        )
    },
)
