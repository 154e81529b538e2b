#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_client
short_description: Manage a client (application) of an Auth0 tenant
version_added: 1.0.0
description:
  - Creates, changes and deletes a client, above all one that calls APIs by client credentials.
  - Only the options that you give are enforced, in nested objects too. Everything else is left as it is.
  - Names of clients are not unique in Auth0. If several clients have the O(name), the task fails and lists their ids.
  - The module never deletes the client whose credentials the task itself uses, nor the tenant's global client.
  - Most tasks need only some of O(name), O(client_id), O(description), O(app_type), O(grant_types),
    O(token_endpoint_auth_method), O(client_authentication_methods), O(client_secret), O(return_secret),
    O(client_metadata), O(clear), O(token_quota), O(default_organization), O(require_proof_of_possession) and
    O(is_first_party).
author:
  - community.auth0 contributors (@ansible-collections)
extends_documentation_fragment:
  - community.auth0.auth0
  - community.auth0.attributes
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
  action_group:
    support: full
options:
  state:
    description: Whether the client exists.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - The client's name. Without O(client_id), the client is looked up by it.
      - "Value: needed for a new client; must contain neither < nor >."
    type: str
  client_id:
    description:
      - The id that Auth0 assigned to the client. With it, O(name) renames the client.
      - One of O(client_id) and O(name) is required.
    type: str
  description:
    description:
      - What it is for.
      - "Value: at most 140 characters."
    type: str
  app_type:
    description: The type of application. V(non_interactive) is a machine-to-machine client.
    type: str
    choices: [native, spa, regular_web, non_interactive, resource_server, express_configuration, rms, box, cloudbees,
      concur, dropbox, mscrm, echosign, egnyte, newrelic, office365, salesforce, sentry, sharepoint, slack, springcm,
      zendesk, zoom, sso_integration, oag]
  grant_types:
    description:
      - The grant types that the client can use. Their order does not matter. What is not listed is removed.
      - By default, a new client with O(app_type=non_interactive) gets V(client_credentials) alone. Auth0 itself would
        also allow grant types for the logins of people.
    type: list
    elements: str
  token_endpoint_auth_method:
    description:
      - How the client authenticates at the token endpoint, with a secret or not at all.
      - V(none) and V(client_credentials) in O(grant_types) exclude each other.
      - Excludes O(client_authentication_methods); to switch, put that one in O(clear).
    type: str
    choices: [none, client_secret_post, client_secret_basic]
  client_authentication_methods:
    description:
      - How the client authenticates with keys, by one of the three methods. The keys must be stored in Auth0 already.
      - Excludes O(token_endpoint_auth_method); to switch, put that one in O(clear).
      - To store keys, attach them and rotate them, use M(community.auth0.auth0_client_credentials). Then declare
        neither O(client_authentication_methods) nor O(token_endpoint_auth_method) here.
    type: dict
    suboptions:
      private_key_jwt:
        description: A JWT that the client signs.
        type: dict
        suboptions:
          credentials:
            description:
              - The keys.
              - "Value: needed where it is not set yet; at most 2 items."
            type: list
            elements: dict
            suboptions:
              id:
                description: The id of the key.
                type: str
                required: true
      tls_client_auth:
        description: A certificate of a certificate authority.
        type: dict
        suboptions:
          credentials:
            description:
              - The keys.
              - "Value: needed where it is not set yet; at most 2 items."
            type: list
            elements: dict
            suboptions:
              id:
                description: The id of the key.
                type: str
                required: true
      self_signed_tls_client_auth:
        description: A certificate that the client signed itself.
        type: dict
        suboptions:
          credentials:
            description:
              - The keys.
              - "Value: needed where it is not set yet; at most 2 items."
            type: list
            elements: dict
            suboptions:
              id:
                description: The id of the key.
                type: str
                required: true
  client_secret:
    description:
      - The secret that the client gets, instead of one that Auth0 generates. Auth0 takes it only in a change, so a new
        client costs one more request.
      - If the client has it already, nothing changes. To see that, the token needs the scope C(read:client_keys).
      - To let a new secret be generated when the old one is too old, use M(community.auth0.auth0_client_secret).
      - "Value: masked by Ansible."
    type: str
    version_added: 1.1.0
  return_secret:
    description: Whether to return the RV(client_secret). If V(true), set C(no_log) on the task.
    type: bool
    default: false
  client_metadata:
    description:
      - Your own keys and values. Numbers and booleans become strings. A key has at most 255 characters.
      - Keys that are not given are kept. A key with the value V(null) is removed.
      - "Value: at most 10 keys; each value at most 255 characters."
    type: dict
  clear:
    description: Fields to remove from the client.
    type: list
    elements: str
    choices: [addons, anonymous_sessions, async_approval_notification_channels, b2b_integration_configuration,
      client_authentication_methods, compliance_level, cross_origin_loc, default_organization, encryption_key,
      enforce_anon_session_transfer_network_binding, express_configuration, fedcm_login,
      identity_assertion_authorization_grant, my_organization_configuration, native_social_login,
      oidc_backchannel_logout, oidc_support, organization_discovery_methods, organization_require_behavior,
      organization_usage, par_request_expiry, refresh_token, session_transfer, signed_request_object,
      skip_non_verifiable_callback_uri_confirmation_prompt, token_endpoint_auth_method, token_exchange, token_quota,
      token_vault_privileged_access]
    default: []
  token_quota:
    description: How many access tokens Auth0 issues to the client. Depends on the tenant's plan.
    type: dict
    suboptions:
      client_credentials:
        description:
          - The quota for client credentials.
          - "Value: needed where it is not set yet; at least 1 key."
        type: dict
        suboptions:
          enforce:
            description: Whether requests over the quota are refused, or only logged.
            type: bool
          per_day:
            description:
              - Tokens a day.
              - "Value: from 1 to 2147483647."
            type: int
          per_hour:
            description:
              - Tokens an hour.
              - "Value: from 1 to 2147483647."
            type: int
  default_organization:
    description: The organization for which the client gets tokens when it names none.
    type: dict
    suboptions:
      organization_id:
        description:
          - The organization's id.
          - "Value: needed where it is not set yet."
        type: str
      flows:
        description:
          - The flows in which it is the default.
          - "Value: needed where it is not set yet."
        type: list
        elements: str
        choices: [client_credentials]
      organization_name:
        description:
          - The organization's name, in place of O(default_organization.organization_id).
          - In check mode, an organization that does not exist yet is assumed to be created.
        type: str
  require_proof_of_possession:
    description: Whether tokens must be bound to a key of the client.
    type: bool
  is_first_party:
    description:
      - Whether the client belongs to the tenant's owner.
      - "Value: V(true) for a new client."
    type: bool
  jwt_configuration:
    description: ID tokens of the client. Access tokens are signed as the API says, not the client.
    type: dict
    suboptions:
      alg:
        description: How they are signed.
        type: str
        choices: [HS256, RS256, RS512, PS256]
      lifetime_in_seconds:
        description: Seconds for which they are valid.
        type: int
      scopes:
        description: Claims by scope, for old clients.
        type: dict
      secret_encoded:
        description:
          - Whether the client's secret is base64 encoded.
          - "Value: cannot be changed after creation."
        type: bool
  oidc_conformant:
    description: Whether the client follows OpenID Connect strictly.
    type: bool
  allowed_clients:
    description: Clients that may call the delegation endpoint for this one.
    type: list
    elements: str
  organization_usage:
    description: Whether the client is used with organizations.
    type: str
    choices: [deny, allow, require]
  organization_require_behavior:
    description: When a person is asked for the organization.
    type: str
    choices: [no_prompt, pre_login_prompt, post_login_prompt]
  organization_discovery_methods:
    description:
      - How a person can find their organization.
      - "Value: V([]) removes it."
    type: list
    elements: str
    choices: [email, organization_name]
  resource_server_identifier:
    description:
      - The API that the client stands for, with O(app_type=resource_server).
      - "Value: at most 600 characters; cannot be changed after creation."
    type: str
  third_party_security_mode:
    description:
      - How strictly a third-party client is treated.
      - "Value: cannot be changed after creation."
    type: str
    choices: [strict, permissive]
  redirection_policy:
    description: Whether a third-party client is protected against open redirects.
    type: str
    choices: [allow_always, open_redirect_protection]
  require_pushed_authorization_requests:
    description: Whether authorization requests must be pushed (RFC 9126).
    type: bool
  compliance_level:
    description: The security profile that the client must follow.
    type: str
    choices: [none, fapi1_adv_pkj_par, fapi1_adv_mtls_par, fapi2_sp_pkj_mtls, fapi2_sp_mtls_mtls]
  par_request_expiry:
    description:
      - Seconds for which a pushed authorization request is valid.
      - "Value: from 10 to 600."
    type: int
  token_exchange:
    description: Token exchange (RFC 8693).
    type: dict
    suboptions:
      allow_any_profile_of_type:
        description: The types of token exchange profiles that the client may use.
        type: list
        elements: str
        choices: [custom_authentication, on_behalf_of_token_exchange]
  identity_assertion_authorization_grant:
    description: The identity assertion authorization grant.
    type: dict
    suboptions:
      active:
        description:
          - Whether the client may use it.
          - "Value: needed where it is not set yet."
        type: bool
  anonymous_sessions:
    description: Sessions of users who have not logged in.
    type: dict
    suboptions:
      active:
        description:
          - Whether the client may use them.
          - "Value: needed where it is not set yet."
        type: bool
  enforce_anon_session_transfer_network_binding:
    description: What an anonymous session is bound to when it is transferred, the IP address, the network (ASN) or
      nothing.
    type: str
    choices: [ip, asn, none]
  b2b_integration_configuration:
    description: How the client is integrated with other businesses.
    type: dict
    suboptions:
      sso_profiles:
        description:
          - The profiles of single sign-on.
          - "Value: at most 1 item."
        type: list
        elements: str
      integration_type:
        description: The type of the integration.
        type: str
        choices: [custom_auth_server, third_party, application]
  oidc_support:
    description: Which of the scopes of OpenID Connect the client may ask for.
    type: dict
    suboptions:
      is_allowed:
        description:
          - Whether it may ask for any.
          - "Value: needed where it is not set yet."
        type: bool
      allow_all_scopes:
        description: Whether it may ask for all.
        type: bool
      allowed_scopes:
        description: Those that it may ask for.
        type: list
        elements: str
        choices: [profile, email, address, phone]
  signed_request_object:
    description:
      - Signed authorization requests (RFC 9101).
      - M(community.auth0.auth0_client_credentials) stores, attaches and rotates their keys. Declare this option in one
        of the two modules, or each will undo what the other has done.
    type: dict
    suboptions:
      required:
        description:
          - Whether requests must be signed.
          - V(true) without a key is refused, because nobody could log in.
        type: bool
      credentials:
        description: The keys by which they are verified. They must be stored in Auth0 already.
        type: list
        elements: dict
        suboptions:
          id:
            description: The id of the key.
            type: str
            required: true
  token_vault_privileged_access:
    description:
      - Lets the client get tokens of other providers from the token vault, as a privileged worker, without a person
        being present. Options that you leave out are left as they are.
      - M(community.auth0.auth0_client_credentials) stores, attaches and rotates its keys. Declare this option in one of
        the two modules, or each will undo what the other has done.
    type: dict
    suboptions:
      credentials:
        description:
          - The keys by which the worker signs its requests. They must be stored in Auth0 already.
          - Auth0 requires this list, which may be empty, for a client that has no O(token_vault_privileged_access) yet.
          - "Value: needed where it is not set yet; at most 2 items."
        type: list
        elements: dict
        suboptions:
          id:
            description: The id of the key.
            type: str
            required: true
      ip_allowlist:
        description:
          - The addresses from which the worker can send requests. What is not listed is removed.
          - "Value: at most 10 items."
        type: list
        elements: str
      grants:
        description:
          - The connections that the worker may get tokens for. What is not listed is removed.
          - "Value: at most 5 items."
        type: list
        elements: dict
        suboptions:
          connection:
            description: The name of the connection.
            type: str
            required: true
          scopes:
            description:
              - The scopes that the worker may ask for there, at least one.
              - "Value: needed where it is not set yet; each item must hold no space, which separates scopes in OAuth;
                give each scope as an item of its own."
            type: list
            elements: str
  refresh_token:
    description: Refresh tokens of people who use the client.
    type: dict
    suboptions:
      rotation_type:
        description:
          - Whether a refresh token is replaced when it is used.
          - "Value: needed where it is not set yet."
        type: str
        choices: [rotating, non-rotating]
      expiration_type:
        description:
          - Whether refresh tokens expire.
          - "Value: needed where it is not set yet."
        type: str
        choices: [expiring, non-expiring]
      leeway:
        description:
          - Seconds for which the previous one can still be used.
          - "Value: at least 0."
        type: int
      token_lifetime:
        description:
          - Seconds for which one is valid.
          - "Value: from 1 to 157788000."
        type: int
      infinite_token_lifetime:
        description: Whether it is valid without limit.
        type: bool
      idle_token_lifetime:
        description:
          - Seconds for which one is valid without being used.
          - "Value: at least 1."
        type: int
      infinite_idle_token_lifetime:
        description: Whether it is valid without limit when it is not used.
        type: bool
      policies:
        description:
          - Which tokens for other APIs it can be exchanged for.
          - "Value: V([]) removes it."
        type: list
        elements: dict
        suboptions:
          audience:
            description:
              - The API.
              - "Value: at most 600 characters."
            type: str
            required: true
          scope:
            description:
              - The scopes.
              - "Value: needed where it is not set yet; each item at most 280 characters; each item must hold no space,
                which separates scopes in OAuth; give each scope as an item of its own."
            type: list
            elements: str
  logo_uri:
    description:
      - The URL of its logo. An empty string removes it.
      - "Value: must be an absolute URI, with its scheme."
    type: str
  callbacks:
    description: URLs to which people may be sent after login.
    type: list
    elements: str
  allowed_logout_urls:
    description: URLs to which people may be sent after logout.
    type: list
    elements: str
  allowed_origins:
    description: Origins from which the client may call Auth0 in a browser.
    type: list
    elements: str
  web_origins:
    description: Origins for web message responses.
    type: list
    elements: str
  client_aliases:
    description: Other names of the client, for SAML.
    type: list
    elements: str
  initiate_login_uri:
    description:
      - Where login starts if something other than the client initiates it. May hold placeholders. An empty string
        removes it.
      - "Value: must begin with https://."
    type: str
  oidc_logout:
    description: Back-channel logout.
    type: dict
    suboptions:
      backchannel_logout_urls:
        description: URLs that Auth0 calls at a logout.
        type: list
        elements: str
      backchannel_logout_initiators:
        description: The events at which it does so, as the Management API takes them.
        type: dict
      backchannel_logout_session_metadata:
        description: Whether metadata of the session is sent along, as the Management API takes it.
        type: dict
  oidc_backchannel_logout:
    description: The older name of O(oidc_logout), under which it can be cleared.
    type: dict
    suboptions:
      backchannel_logout_urls:
        description: URLs that Auth0 calls at a logout.
        type: list
        elements: str
      backchannel_logout_initiators:
        description: The events at which it does so, as the Management API takes them.
        type: dict
      backchannel_logout_session_metadata:
        description: Whether metadata of the session is sent along, as the Management API takes it.
        type: dict
  is_token_endpoint_ip_header_trusted:
    description:
      - Whether Auth0 trusts the IP address that the client sends for the person it acts for.
      - "Value: V(false) for a new client."
    type: bool
  sso:
    description: Whether Auth0 handles single sign-on.
    type: bool
  sso_disabled:
    description:
      - Whether single sign-on is turned off.
      - "Value: V(false) for a new client."
    type: bool
  cross_origin_authentication:
    description:
      - Whether people can log in from another origin.
      - "Value: V(false) for a new client."
    type: bool
  cross_origin_loc:
    description:
      - The page that verifies such a login.
      - "Value: must be an absolute URI, with its scheme."
    type: str
  custom_login_page_on:
    description:
      - Whether the custom login page is used.
      - "Value: V(true) for a new client."
    type: bool
  custom_login_page:
    description: Its content.
    type: str
  custom_login_page_preview:
    description: A preview of it.
    type: str
  form_template:
    description: The form for WS-Federation.
    type: str
  skip_non_verifiable_callback_uri_confirmation_prompt:
    description: Whether to skip asking people to confirm callbacks that cannot be verified.
    type: bool
  async_approval_notification_channels:
    description:
      - How a person is asked for approval, in order of preference.
      - "Value: V([]) removes it."
    type: list
    elements: str
    choices: [guardian-push, email]
  addons:
    description:
      - Other services for which Auth0 makes logins or tokens, by name. To turn an addon on without settings, give
        C({}).
      - Addons that you leave out are kept, and so are settings of an addon that you leave out.
      - A single addon cannot be declared absent. Auth0 keeps addons that a change does not name, and V(null) for an
        addon means that it is not given. To remove one, remove all with O(addons) in O(clear), and give those that stay
        in a second task. Do this once, because these two tasks change something in every run.
      - Addons that hold a secret have an option for each setting. The others are passed on as the Management API takes
        them. A setting with the value V(null) is removed.
      - Secrets can also be given by their names in Terraform, and are masked under both names.
      - Secrets are compared with what Auth0 shows. If Auth0 shows none, because the token lacks the scope
        C(read:client_keys), a change that could overwrite or remove one is refused. If it shows no addons at all, any
        change of them is refused, by O(clear) too, because it is not known whether Auth0 hides addons together with
        their secrets.
    type: dict
    version_added: 1.1.0
    suboptions:
      aws:
        description: Tokens of Amazon Web Services.
        type: dict
      azure_blob:
        description: Tokens of Azure Blob Storage.
        type: dict
        suboptions:
          accountName:
            description:
              - The name of the storage account.
              - "Value: must have from 3 to 24 characters, lower-case letters and digits."
            type: str
          storageAccessKey:
            description:
              - The key of the account.
              - "Value: must be a key of 64 bytes in base64; masked by Ansible."
            type: str
            aliases: [storage_access_key]
          containerName:
            description:
              - The container for which tokens are made.
              - "Value: must have from 3 to 63 characters, lower-case letters, digits and, except for the first, -."
            type: str
          blobName:
            description:
              - The blob in it. The default is the whole container.
              - "Value: must be one line of at most 1024 characters."
            type: str
          expiration:
            description:
              - Minutes for which a token is valid.
              - "Value: at least 0."
            type: int
          signedIdentifier:
            description: The stored access policy.
            type: str
          blob_read:
            description: Whether a token lets the blob be read.
            type: bool
          blob_write:
            description: Whether it lets the blob be written.
            type: bool
          blob_delete:
            description: Whether it lets the blob be deleted.
            type: bool
          container_read:
            description: Whether it lets blobs of the container be read.
            type: bool
          container_write:
            description: Whether it lets them be written.
            type: bool
          container_delete:
            description: Whether it lets them be deleted.
            type: bool
          container_list:
            description: Whether it lets them be listed.
            type: bool
      azure_sb:
        description: Tokens of Azure Service Bus.
        type: dict
        suboptions:
          namespace:
            description: The namespace.
            type: str
          sasKeyName:
            description: The name of the shared access policy.
            type: str
          sasKey:
            description:
              - The primary key of that policy.
              - "Value: masked by Ansible."
            type: str
            aliases: [sas_key]
          entityPath:
            description: The queue or topic.
            type: str
          expiration:
            description: Minutes for which a token is valid.
            type: int
      rms:
        description: Active Directory Rights Management. Needs C(url).
        type: dict
      mscrm:
        description: Microsoft Dynamics CRM. Needs C(url).
        type: dict
      slack:
        description: Slack. Needs C(team).
        type: dict
      sentry:
        description: Sentry.
        type: dict
      box:
        description: Box, which has no settings.
        type: dict
      cloudbees:
        description: CloudBees, which has no settings.
        type: dict
      concur:
        description: Concur, which has no settings.
        type: dict
      dropbox:
        description: Dropbox, which has no settings.
        type: dict
      echosign:
        description: Adobe Acrobat Sign.
        type: dict
      egnyte:
        description: Egnyte.
        type: dict
      firebase:
        description: Tokens of Firebase.
        type: dict
        suboptions:
          secret:
            description:
              - The secret of an application that uses version 2 of the SDK.
              - "Value: masked by Ansible."
            type: str
          private_key_id:
            description: The id of the private key.
            type: str
          private_key:
            description:
              - The private key with which tokens are signed.
              - "Value: masked by Ansible."
            type: str
          client_email:
            description: The service account.
            type: str
          lifetime_in_seconds:
            description: Seconds for which a token is valid.
            type: int
      newrelic:
        description: New Relic.
        type: dict
      office365:
        description: Microsoft 365.
        type: dict
      salesforce:
        description: Salesforce.
        type: dict
      salesforce_api:
        description: Tokens of Salesforce.
        type: dict
      salesforce_sandbox_api:
        description: Tokens of a sandbox of Salesforce.
        type: dict
      samlp:
        description: SAML 2.0. Lists in it are compared with their order.
        type: dict
      layer:
        description: Tokens of Layer.
        type: dict
        suboptions:
          providerId:
            description:
              - The provider.
              - "Value: needed where it is not set yet."
            type: str
          keyId:
            description:
              - The id of the private key.
              - "Value: needed where it is not set yet."
            type: str
          privateKey:
            description:
              - The private key with which tokens are signed.
              - "Value: needed where it is not set yet; masked by Ansible."
            type: str
            aliases: [private_key]
          principal:
            description: The property of a person that is the id there.
            type: str
          expiration:
            description:
              - Minutes for which a token is valid.
              - "Value: at least 0."
            type: int
      sap_api:
        description: Tokens of SAP.
        type: dict
        suboptions:
          clientid:
            description: The id of the OAuth client.
            type: str
          usernameAttribute:
            description: The property of a person that is the name there.
            type: str
          tokenEndpointUrl:
            description:
              - The token endpoint.
              - "Value: must be an absolute URI, with its scheme."
            type: str
          scope:
            description: The scope that is asked for.
            type: str
          servicePassword:
            description:
              - The password of the service account.
              - "Value: masked by Ansible."
            type: str
            aliases: [service_password]
          nameIdentifierFormat:
            description: The format of the name.
            type: str
      sharepoint:
        description: SharePoint.
        type: dict
      springcm:
        description: SpringCM.
        type: dict
      wams:
        description: Windows Azure Mobile Services.
        type: dict
        suboptions:
          masterkey:
            description:
              - The master key.
              - "Value: masked by Ansible."
            type: str
            aliases: [master_key]
      wsfed:
        description: WS-Federation. Its settings are O(callbacks) and O(client_aliases).
        type: dict
      zendesk:
        description: Zendesk.
        type: dict
      zoom:
        description: Zoom.
        type: dict
      sso_integration:
        description: Another integration.
        type: dict
      oag:
        description: Okta Access Gateway, which has no settings.
        type: dict
  encryption_key:
    description:
      - The key with which SAML assertions are encrypted, as the Management API takes it.
      - A private key in C(pub) or C(cert) is refused before anything is sent, and masked.
    type: dict
  mobile:
    description: Mobile applications, as the Management API takes it.
    type: dict
  native_social_login:
    description: Native social login, as the Management API takes it.
    type: dict
  fedcm_login:
    description: Login through the browser (FedCM), as the Management API takes it.
    type: dict
  session_transfer:
    description: Native to web single sign-on, as the Management API takes it.
    type: dict
  my_organization_configuration:
    description: The My Organization API, as the Management API takes it.
    type: dict
  express_configuration:
    description: Express configuration, as the Management API takes it.
    type: dict
notes:
  - "Scopes of the Management API: C(read:clients); C(create:clients) to create; C(update:clients) to change;
    C(delete:clients) to delete; C(read:client_keys) to see secrets, for O(return_secret) and to compare those that are
    given; C(update:client_keys) to set O(client_secret); C(create:client_credentials) to create with
    O(client_authentication_methods); C(update:client_credentials) to change O(client_authentication_methods);
    C(read:organizations) for O(default_organization.organization_name)."
seealso:
  - module: community.auth0.auth0_client_credentials
  - module: community.auth0.auth0_client_secret
  - module: community.auth0.auth0_client_info
  - module: community.auth0.auth0_client_grant
  - module: community.auth0.auth0_token
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: A machine-to-machine client
  community.auth0.auth0_client:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Appointment reminders
    description: Sends reminders the evening before
    app_type: non_interactive
    token_endpoint_auth_method: client_secret_post
    client_metadata:
      team: patients

- name: Its secret, to hand it to a secret store
  community.auth0.auth0_client:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Appointment reminders
    return_secret: true
  register: reminders
  no_log: true

- name: A client of other services, whatever addons it has besides
  community.auth0.auth0_client:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Waiting room
    addons:
      box: {}
      firebase:
        client_email: waiting-room@acme.iam.gserviceaccount.com
        private_key_id: "{{ firebase_key.private_key_id }}"
        private_key: "{{ firebase_key.private_key }}"

- name: Rename a client, and drop a metadata key and its quota
  community.auth0.auth0_client:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    client_id: "{{ reminders.client.client_id }}"
    name: Reminders
    client_metadata:
      team: null
    clear: [token_quota]

- name: Remove a client; Auth0 removes its grants with it
  community.auth0.auth0_client:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    name: Reminders
    state: absent
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [create, update, delete, none]
  sample: create
client:
  description: The client as Auth0 returns it, without secrets. In check mode, as it would be.
  type: dict
  returned: success and O(state=present)
  sample:
    client_id: AaiyAPdpYdesoKnqjj8HJqRn4T5titww
    name: Appointment reminders
    app_type: non_interactive
    grant_types: [client_credentials]
client_secret:
  description:
    - The client's secret. V(null) in check mode for a client that does not exist yet, and if the token lacks the scope
      C(read:client_keys).
    - Masked by Ansible if the same task gives it as O(auth0_client_secret) or O(client_secret).
  type: str
  returned: success, O(state=present) and O(return_secret=true)
done:
  description: The steps that were done before it failed, in words.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [create client Appointment reminders]
remaining:
  description: The steps that are left. Running the task again does these, and none of those that are done.
  type: list
  elements: str
  returned: failure, when something was changed before
  sample: [change client_secret of client Appointment reminders]
failure:
  description: Why it failed, for programs.
  type: dict
  returned: failure
  contains:
    method:
      description: The method of the request that failed, V(null) when none was sent.
      type: str
    path:
      description: Its path, without the query.
      type: str
    status:
      description: The status of the answer, V(null) without one.
      type: int
    code:
      description: A word for the reason.
      type: str
    message:
      description: The server's own words, where it gave any.
      type: str
    retryable:
      description: Whether the same task may succeed later.
      type: bool
"""

from ansible_collections.community.auth0.plugins.module_utils._kinds.client import CLIENT
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(CLIENT)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
