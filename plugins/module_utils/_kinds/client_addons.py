# Copyright (c) 2026, community.auth0 contributors
# Simplified BSD License (see LICENSES/BSD-2-Clause.txt or https://opensource.org/licenses/BSD-2-Clause)
# SPDX-License-Identifier: BSD-2-Clause

# This module util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""Addons of clients: other services for which Auth0 makes logins or tokens.

Fields and limits: Auth0's Management API description; every addon takes further keys. That an addon without settings
is kept, and that secrets are answered as they are: recorded exchanges of Auth0's servers. In those, which are of 2023,
PATCH keeps the addons that it does not name, and replaces the others. Here all that are there are sent, so that nothing
depends on that.
"""

from __future__ import annotations

import typing as t

from .field import NOTHING, Field
from .formats import absolute_uri

_FREE = Field("raw")
_TEXT = Field()
_FLAG = Field("bool")


def _secret(alias: str | None = None, **limits: t.Any) -> Field:
    """A secret. alias: what the Terraform provider calls it, so that it is hidden under that name, too."""
    return Field(secret=True, aliases=(alias,) if alias else (), **limits)


def _passed_on(*required: str) -> Field:
    """An addon without secrets, as the Management API takes it."""
    return Field("dict", absent=NOTHING, values=_FREE, fields={name: Field(required=True) for name in required})


def _with_secrets(**fields: Field) -> Field:
    """An addon of which every key is declared, so that none of its secrets can be taken for something else."""
    return Field("dict", absent=NOTHING, fields=fields)


ADDONS = Field(
    "dict",
    nullable=True,
    fields={
        "aws": _passed_on(),
        "azure_blob": _with_secrets(
            accountName=Field(
                pattern=r"[a-z0-9]{3,24}", pattern_says="have from 3 to 24 characters, lower-case letters and digits"
            ),
            storageAccessKey=_secret(
                "storage_access_key", pattern=r"[A-Za-z0-9+/]{86}==", pattern_says="be a key of 64 bytes in base64"
            ),
            containerName=Field(
                pattern=r"[a-z0-9][a-z0-9-]{2,62}",
                pattern_says="have from 3 to 63 characters, lower-case letters, digits and, except for the first, -",
            ),
            blobName=Field(pattern=r".{1,1024}", pattern_says="be one line of at most 1024 characters"),
            expiration=Field("int", minimum=0),
            signedIdentifier=_TEXT,
            blob_read=_FLAG,
            blob_write=_FLAG,
            blob_delete=_FLAG,
            container_read=_FLAG,
            container_write=_FLAG,
            container_delete=_FLAG,
            container_list=_FLAG,
        ),
        "azure_sb": _with_secrets(
            namespace=_TEXT, sasKeyName=_TEXT, sasKey=_secret("sas_key"), entityPath=_TEXT, expiration=Field("int")
        ),
        "rms": _passed_on("url"),
        "mscrm": _passed_on("url"),
        "slack": _passed_on("team"),
        "sentry": _passed_on(),
        "box": _passed_on(),
        "cloudbees": _passed_on(),
        "concur": _passed_on(),
        "dropbox": _passed_on(),
        "echosign": _passed_on(),
        "egnyte": _passed_on(),
        "firebase": _with_secrets(
            secret=_secret(),
            private_key_id=_TEXT,
            private_key=_secret(),
            client_email=_TEXT,
            lifetime_in_seconds=Field("int"),
        ),
        "newrelic": _passed_on(),
        "office365": _passed_on(),
        "salesforce": _passed_on(),
        "salesforce_api": _passed_on(),
        "salesforce_sandbox_api": _passed_on(),
        "samlp": _passed_on(),
        "layer": _with_secrets(
            providerId=Field(required=True),
            keyId=Field(required=True),
            privateKey=_secret("private_key", required=True),
            principal=_TEXT,
            expiration=Field("int", minimum=0),
        ),
        "sap_api": _with_secrets(
            clientid=_TEXT,
            usernameAttribute=_TEXT,
            tokenEndpointUrl=absolute_uri(),
            scope=_TEXT,
            servicePassword=_secret("service_password"),
            nameIdentifierFormat=_TEXT,
        ),
        "sharepoint": _passed_on(),
        "springcm": _passed_on(),
        "wams": _with_secrets(masterkey=_secret("master_key")),
        "wsfed": _passed_on(),
        "zendesk": _passed_on(),
        "zoom": _passed_on(),
        "sso_integration": _passed_on(),
        "oag": _passed_on(),
    },
)
