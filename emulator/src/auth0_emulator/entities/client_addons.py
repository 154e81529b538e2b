# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The addons of a client, as the official description gives them."""

from __future__ import annotations

from typing import Annotated, Any, Required

from pydantic import Field

from auth0_emulator.schema.shapes import OPEN, Part, Url, Words


@OPEN
class AwsAddon(Part, total=False):
    principal: str
    role: str
    lifetime_in_seconds: Annotated[int, Field(ge=900, le=43200)]


@OPEN
class AzureBlobAddon(Part, total=False):
    accountName: Annotated[str, Field(pattern=r"^([a-z0-9]){3,24}$")]
    storageAccessKey: Annotated[str, Field(pattern=r"^([A-Za-z0-9+/]){86}==$")]
    containerName: Annotated[str, Field(pattern=r"^([a-z0-9]){1}([a-z0-9-]){2,62}$")]
    blobName: Annotated[str, Field(pattern=r"^(.){1,1024}$")]
    expiration: Annotated[int, Field(ge=0)]
    signedIdentifier: str
    blob_read: bool
    blob_write: bool
    blob_delete: bool
    container_read: bool
    container_write: bool
    container_delete: bool
    container_list: bool


@OPEN
class AzureSbAddon(Part, total=False):
    namespace: str
    sasKeyName: str
    sasKey: str
    entityPath: str
    expiration: int


@OPEN
class UrlAddon(Part, total=False):
    url: Required[Url]


@OPEN
class SlackAddon(Part, total=False):
    team: Required[str]


@OPEN
class SentryAddon(Part, total=False):
    org_slug: str
    base_url: str


@OPEN
class DomainAddon(Part, total=False):
    domain: str


@OPEN
class FirebaseAddon(Part, total=False):
    secret: str
    private_key_id: str
    private_key: str
    client_email: str
    lifetime_in_seconds: int


@OPEN
class AccountAddon(Part, total=False):
    account: str


@OPEN
class Office365Addon(Part, total=False):
    domain: str
    connection: str


@OPEN
class SalesforceAddon(Part, total=False):
    entity_id: Url


@OPEN
class SalesforceApiAddon(Part, total=False):
    clientid: str
    principal: str
    communityName: str
    community_url_section: str


@OPEN
class SamlpAddon(Part, total=False):
    mappings: dict[str, Any]
    audience: str
    recipient: str
    createUpnClaim: bool
    mapUnknownClaimsAsIs: bool
    passthroughClaimsWithNoMapping: bool
    mapIdentities: bool
    signatureAlgorithm: str
    digestAlgorithm: str
    issuer: str
    destination: str
    lifetimeInSeconds: int
    signResponse: bool
    nameIdentifierFormat: str
    nameIdentifierProbes: list[Words]
    authnContextClassRef: str


@OPEN
class LayerAddon(Part, total=False):
    providerId: Required[str]
    keyId: Required[str]
    privateKey: Required[str]
    principal: str
    expiration: Annotated[int, Field(ge=0)]


@OPEN
class SapApiAddon(Part, total=False):
    clientid: str
    usernameAttribute: str
    tokenEndpointUrl: Url
    scope: str
    servicePassword: str
    nameIdentifierFormat: str


@OPEN
class SharepointAddon(Part, total=False):
    url: str
    external_url: list[str] | str


@OPEN
class SpringcmAddon(Part, total=False):
    acsurl: str


@OPEN
class WamsAddon(Part, total=False):
    masterkey: str


@OPEN
class ZendeskAddon(Part, total=False):
    accountName: str


@OPEN
class SsoIntegrationAddon(Part, total=False):
    name: str
    version: str


class OagAddon(Part, total=False):
    """Has no members."""


class Addons(Part, total=False):
    aws: AwsAddon
    azure_blob: AzureBlobAddon
    azure_sb: AzureSbAddon
    rms: UrlAddon
    mscrm: UrlAddon
    slack: SlackAddon
    sentry: SentryAddon
    box: dict[str, Any]
    cloudbees: dict[str, Any]
    concur: dict[str, Any]
    dropbox: dict[str, Any]
    echosign: DomainAddon
    egnyte: DomainAddon
    firebase: FirebaseAddon
    newrelic: AccountAddon
    office365: Office365Addon
    salesforce: SalesforceAddon
    salesforce_api: SalesforceApiAddon
    salesforce_sandbox_api: SalesforceApiAddon
    samlp: SamlpAddon
    layer: LayerAddon
    sap_api: SapApiAddon
    sharepoint: SharepointAddon
    springcm: SpringcmAddon
    wams: WamsAddon
    wsfed: dict[str, Any]
    zendesk: ZendeskAddon
    zoom: AccountAddon
    sso_integration: SsoIntegrationAddon
    oag: OagAddon | None
