#!/usr/bin/python

# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: auth0_tenant_settings
short_description: Manage the settings of an Auth0 tenant
version_added: 1.1.0
description:
  - Changes settings of the tenant as a whole. Some of them concern machine-to-machine access, such as the quota of
    tokens for clients that have none of their own, and the API that a token is for if the request names none.
  - The settings always exist and are only changed, so there is no O(ignore:state).
  - Settings that you leave out stay as they are. Some depend on the tenant's plan.
  - Most tasks need only some of O(default_token_quota), O(default_audience), O(resource_parameter_profile),
    O(allow_organization_name_in_authentication_api), O(mtls), O(flags) and O(clear).
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
    support: partial
    details: With O(update_flags=always), a flag that Auth0 does not show is sent in each run.
  action_group:
    support: full
options:
  default_token_quota:
    description:
      - How many access tokens Auth0 issues to each client, and for each organization, that has no quota of its own.
      - For the quota of a single one, use M(community.auth0.auth0_client) or M(community.auth0.auth0_organization).
    type: dict
    suboptions:
      clients:
        description: The quota of each client.
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
      organizations:
        description: The quota of each organization, for all clients together.
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
  default_audience:
    description:
      - The identifier of the API that a token is for if the client names none.
      - An empty string removes it. Then clients must name an API.
    type: str
  resource_parameter_profile:
    description:
      - How a request for a token names the API.
      - "Value: V(audience) for a new tenant."
    type: str
    choices:
      audience: By Auth0's own parameter C(audience).
      compatibility: By that, or by C(resource), which is the parameter of RFC 8707.
  allow_organization_name_in_authentication_api:
    description: Whether a request for a token can also name an organization by its name. Tokens then hold the name as
      C(org_name).
    type: bool
  mtls:
    description: Clients that authenticate by certificates.
    type: dict
    suboptions:
      enable_endpoint_aliases:
        description: Whether the tenant's metadata name the endpoints to which a client can bring its certificate.
        type: bool
  flags:
    description:
      - What is switched on or off in the tenant. Flags that you leave out are kept.
      - Auth0 shows a flag only once it was set, so a flag that is declared for the first time is a change.
    type: dict
    suboptions:
      allow_changing_enable_sso:
        description: Whether O(flags.enable_sso) can be changed.
        type: bool
      allow_legacy_delegation_grant_types:
        description: Whether clients can have the old grants for delegation.
        type: bool
      allow_legacy_ro_grant_types:
        description: Whether clients can have the old grants for passwords.
        type: bool
      allow_legacy_tokeninfo_endpoint:
        description: Whether the old endpoint C(/tokeninfo) answers.
        type: bool
      allow_other_legacy_grant_types:
        description: Whether clients can have other old grants.
        type: bool
      change_pwd_flow_v1:
        description: Whether passwords are changed by the older way, which Auth0 advises against.
        type: bool
      custom_domains_provisioning:
        description: Whether the tenant can have custom domains.
        type: bool
      dashboard_insights_view:
        description: Whether the Dashboard has the newer page about activity.
        type: bool
      dashboard_log_streams_next:
        description: Whether the Dashboard has what is to come for log streams.
        type: bool
      dashboard_new_onboarding:
        description: Whether the Dashboard has the newer introduction.
        type: bool
      disable_clickjack_protection_headers:
        description: Whether the pages of Classic Login come without the headers that protect from clickjacking.
        type: bool
      disable_fields_map_fix:
        description: Whether SAML keeps faulty mappings that repeat an attribute.
        type: bool
      disable_management_api_sms_obfuscation:
        description: Whether the Management API shows whole phone numbers.
        type: bool
      enable_adfs_waad_email_verification:
        description: Whether users of Azure AD and AD FS must verify their addresses when they log in.
        type: bool
      enable_apis_section:
        description: Whether the Dashboard has a section for APIs.
        type: bool
      enable_client_connections:
        description: Whether a new client can use all existing connections.
        type: bool
      enable_custom_domain_in_emails:
        description: Whether emails name the custom domain.
        type: bool
      enable_dynamic_client_registration:
        description: Whether anybody can register clients with the tenant.
        type: bool
      enable_idtoken_api2:
        description: Whether some requests to the Management API can come with an ID token.
        type: bool
      enable_legacy_logs_search_v2:
        description: Whether the older search in logs answers.
        type: bool
      enable_legacy_profile:
        description: Whether ID tokens and C(/userinfo) hold whole profiles rather than claims of OpenID Connect only.
        type: bool
      enable_pipeline2:
        description: Whether authorization for APIs has its advanced parts.
        type: bool
      enable_public_signup_user_exists_error:
        description: Whether people who sign up are told that the user already exists.
        type: bool
      enable_sso:
        description: Whether users who have a session are logged in without being asked.
        type: bool
      enforce_client_authentication_on_passwordless_start:
        description: Whether a client must authenticate to begin a login without a password. Auth0 does not show this
          flag, so it cannot be compared. O(update_flags) says when it is sent.
        type: bool
      genai_trial:
        description: Whether the tenant takes part in the trial of Auth for GenAI.
        type: bool
      improved_signup_bot_detection_in_classic:
        description: Whether bots are found better when somebody signs up by Classic Login.
        type: bool
      local_resource_discovery:
        description: Whether the endpoint that finds resources of the tenant answers.
        type: bool
      mfa_show_factor_list_on_enrollment:
        description: Whether users choose their second factor when they enrol.
        type: bool
      no_disclose_enterprise_connections:
        description: Whether the public configuration of the login leaves out the domains of enterprise connections.
        type: bool
      remove_alg_from_jwks:
        description: Whether the tenant's signing keys are published without C(alg).
        type: bool
      require_pushed_authorization_requests:
        description: Whether every authorization request must be pushed.
        type: bool
      revoke_refresh_token_grant:
        description: Whether revoking a refresh token also removes the user's grant.
        type: bool
      trust_azure_adfs_email_verified_connection_property:
        description: Whether a connection says if the addresses of users of Azure AD and AD FS count as verified.
        type: bool
      use_scope_descriptions_for_consent:
        description: Whether users who are asked for consent are shown the descriptions of scopes rather than their
          names.
        type: bool
  clear:
    description: Settings to remove, so that Auth0's own behaviour applies.
    type: list
    elements: str
    choices: [access_token, acr_values_supported, allow_organization_name_in_authentication_api,
      authorization_response_iss_parameter_supported, change_password, country_codes, customize_mfa_in_postlogin_action,
      default_token_quota, device_flow, dpop_strict_refresh_token_binding, error_page, guardian_mfa_page, mtls,
      pushed_authorization_requests_supported, security_headers, session_cookie, sessions,
      skip_non_verifiable_callback_uri_confirmation_prompt]
    default: []
  friendly_name:
    description: The name of the tenant that is shown to people.
    type: str
  picture_url:
    description:
      - Where the logo of the tenant is. An empty string removes it.
      - "Value: must be an absolute URI, with its scheme."
    type: str
  support_email:
    description:
      - The address to which people are told to write for help. An empty string removes it.
      - "Value: must be an email address."
    type: str
  support_url:
    description:
      - The page to which people are sent for help. An empty string removes it.
      - "Value: must be an absolute URI, with its scheme."
    type: str
  default_directory:
    description:
      - The name of the connection in which users are looked up if they log in by the password grant.
      - An empty string removes it.
    type: str
  pushed_authorization_requests_supported:
    description: Whether clients can push their authorization requests (RFC 9126).
    type: bool
  authorization_response_iss_parameter_supported:
    description: Whether the answers to authorization requests name the tenant in C(iss) (RFC 9207).
    type: bool
  dpop_strict_refresh_token_binding:
    description: Whether a refresh token that is bound to a key by DPoP works only with that key.
    type: bool
  acr_values_supported:
    description: The values of C(acr_values) that the tenant announces. An empty list announces that there are none. To
      announce nothing, name it in O(clear).
    type: list
    elements: str
  client_id_metadata_document_supported:
    description:
      - Whether a client can be known by the URL of a document that describes it.
      - "Value: V(false) for a new tenant."
    type: bool
  client_id_metadata_document_dynamic_registration_supported:
    description:
      - Whether Auth0 registers such a client when it first sees it. Needs
        O(client_id_metadata_document_supported=true).
      - "Value: V(false) for a new tenant."
    type: bool
  dynamic_client_registration_security_mode:
    description:
      - The mode in which clients are created that register themselves. The mode V(permissive) leaves out restrictions
        that Auth0 recommends for clients of third parties.
      - "Value: V(strict) for a new tenant."
    type: str
    choices: [strict, permissive]
  access_token:
    description: What access tokens of anonymous sessions hold.
    type: dict
    suboptions:
      claims_mapping:
        description: Where claims come from.
        type: dict
        suboptions:
          custom_claims:
            description:
              - The claims.
              - "Value: at most 20 items."
            type: list
            elements: dict
            suboptions:
              name:
                description: The name of the claim.
                type: str
                required: true
              expression:
                description:
                  - Where its value is, such as V(anonymous_session.metadata.country).
                  - "Value: needed where it is not set yet."
                type: str
  update_flags:
    description:
      - When a flag of O(flags) is sent that Auth0 does not show.
      - V(on_change) sends it together with another flag that changes. If none does, the task warns.
      - V(always) sends it in each run. Each run then changes the settings.
    type: str
    choices: [on_change, always]
    default: on_change
  session_lifetime:
    description:
      - How many hours a session can last.
      - Give at most one of O(session_lifetime) and O(session_lifetime_in_minutes). The same holds for all lifetimes.
      - "Value: at least 1; V(168) for a new tenant."
    type: int
  session_lifetime_in_minutes:
    description:
      - The same in minutes. The result has hours.
      - "Value: at least 1."
    type: int
  idle_session_lifetime:
    description:
      - After how many hours a session ends if nobody uses it.
      - "Value: at least 1; V(72) for a new tenant."
    type: int
  idle_session_lifetime_in_minutes:
    description:
      - The same in minutes. The result has hours.
      - "Value: at least 1."
    type: int
  ephemeral_session_lifetime:
    description:
      - How many hours a session can last that ends with the browser.
      - "Value: at least 1; V(72) for a new tenant."
    type: int
  ephemeral_session_lifetime_in_minutes:
    description:
      - The same in minutes. The result has hours.
      - "Value: at least 1."
    type: int
  idle_ephemeral_session_lifetime:
    description:
      - After how many hours such a session ends if nobody uses it.
      - "Value: at least 1; V(24) for a new tenant."
    type: int
  idle_ephemeral_session_lifetime_in_minutes:
    description:
      - The same in minutes. The result has hours.
      - "Value: at least 1."
    type: int
  session_cookie:
    description: The cookie of sessions.
    type: dict
    suboptions:
      mode:
        description:
          - Whether the cookie outlives the browser.
          - "Value: needed where it is not set yet."
        type: str
        choices: [persistent, non-persistent]
  sessions:
    description: Sessions of users.
    type: dict
    suboptions:
      oidc_logout_prompt_enabled:
        description: Whether users may be asked before they are logged out.
        type: bool
      anonymous:
        description: Sessions of users who are not logged in.
        type: dict
        suboptions:
          activate_cookie:
            description: Whether such a session is kept in a cookie.
            type: bool
          lifetime_in_minutes:
            description:
              - How many minutes such a session lasts.
              - "Value: at least 1."
            type: int
  oidc_logout:
    description: Logout by OpenID Connect.
    type: dict
    suboptions:
      rp_logout_end_session_endpoint_discovery:
        description: Whether the tenant's metadata name the endpoint for it.
        type: bool
  allowed_logout_urls:
    description:
      - Where users can be sent after logout from any client. The list is authoritative.
      - "Value: each item must be an absolute URI, with its scheme."
    type: list
    elements: str
  default_redirection_uri:
    description:
      - Where users are sent who come to a login page without a client. An empty string removes it.
      - "Value: must begin with https://."
    type: str
  customize_mfa_in_postlogin_action:
    description: Whether actions decide which factors a user is asked for.
    type: bool
  skip_non_verifiable_callback_uri_confirmation_prompt:
    description: Whether to skip asking users before they are sent to a URI whose owner cannot be verified. To leave it
      to Auth0, name it in O(clear).
    type: bool
  enabled_locales:
    description:
      - The languages of the login pages. The first one is the default for users with none of the others.
      - "Value: at least 1 item."
    type: list
    elements: str
    choices: [am, ar, ar-EG, ar-SA, az, bg, bn, bs, ca-ES, cnr, cs, cy, da, de, el, en, en-CA, es, es-419, es-AR, es-MX,
      et, eu-ES, fa, fi, fr, fr-CA, fr-FR, gl-ES, gu, he, hi, hr, hu, hy, id, is, it, ja, ka, kk, kn, ko, lt, lv, mk,
      ml, mn, mr, ms, my, nb, nl, nn, "no", pa, pl, pt, pt-BR, pt-PT, ro, ru, sk, sl, so, sq, sr, sv, sw, ta, te, th,
      tl, tr, uk, ur, vi, zgh, zh-CN, zh-HK, zh-MO, zh-TW]
  change_password:
    description: The page of Classic Login for new passwords.
    type: dict
    suboptions:
      enabled:
        description: Whether the tenant's own page is used.
        type: bool
      html:
        description: The page, in HTML with Liquid.
        type: str
  guardian_mfa_page:
    description: The page of Classic Login for second factors.
    type: dict
    suboptions:
      enabled:
        description: Whether the tenant's own page is used.
        type: bool
      html:
        description: The page, in HTML with Liquid.
        type: str
  error_page:
    description: The page for errors.
    type: dict
    suboptions:
      html:
        description: The page, in HTML with Liquid.
        type: str
      show_log_link:
        description: Whether Auth0's page links to the log.
        type: bool
      url:
        description:
          - Where users are sent instead.
          - "Value: must be an absolute URI, with its scheme."
        type: str
  device_flow:
    description: Logins on devices without a keyboard.
    type: dict
    suboptions:
      charset:
        description: The characters of user codes. V(base20) is of consonants, V(digits) of digits.
        type: str
        choices: [base20, digits]
      mask:
        description:
          - What a user code looks like. A star stands for a character.
          - "Value: at most 20 characters."
        type: str
  country_codes:
    description: The countries whose phone numbers users can give.
    type: dict
    suboptions:
      list:
        description:
          - The codes of countries. The list is authoritative.
          - "Value: each item exactly 2 characters; each item must be the code of a country in two capital letters, such
            as DE."
        type: list
        elements: str
      mode:
        description: Whether these are allowed, or denied.
        type: str
        choices: [allow, deny]
  security_headers:
    description: Headers by which browsers protect the tenant's pages.
    type: dict
    suboptions:
      content_security_policy:
        description: What the pages may load.
        type: dict
        suboptions:
          enabled:
            description: Whether the header is sent.
            type: bool
          policies:
            description: The policies. Each is declared as a whole, and the order is kept.
            type: list
            elements: dict
            suboptions:
              mode:
                description: Whether browsers obey the policy, or only report.
                type: str
                choices: [enforcing, reporting]
              directives:
                description:
                  - The directives, each with its list of values.
                  - "Value: at most 30 keys; each value each item at most 2048 characters."
                type: dict
              flags:
                description: The directives that have no value.
                type: list
                elements: str
                choices: [upgrade-insecure-requests, block-all-mixed-content]
              reporting:
                description: Where browsers report to.
                type: dict
                suboptions:
                  report_uri:
                    description:
                      - The URL.
                      - "Value: must begin with https://."
                    type: str
                  report_to_group:
                    description: The group of O(security_headers.content_security_policy.reporting_infrastructure).
                    type: str
          reporting_infrastructure:
            description: What policies report to.
            type: dict
            suboptions:
              report_to:
                description: The header C(Report-To).
                type: dict
                suboptions:
                  group:
                    description: The name of the group.
                    type: str
                  max_age:
                    description: The seconds for which browsers keep it.
                    type: int
                  endpoints:
                    description: Where reports go.
                    type: list
                    elements: dict
                    suboptions:
                      url:
                        description:
                          - The URL.
                          - "Value: must begin with https://."
                        type: str
                        required: true
              reporting_endpoints:
                description: The header C(Reporting-Endpoints), by names of endpoints the URLs. A name with the value
                  V(null) is removed.
                type: dict
      x_xss_protection:
        description: The older header C(X-XSS-Protection).
        type: dict
        suboptions:
          enabled:
            description: Whether the header is sent.
            type: bool
          mode:
            description: What browsers do.
            type: str
            choices: [block]
          report_uri:
            description:
              - Where browsers report to.
              - "Value: must begin with https://."
            type: str
  sandbox_version:
    description:
      - The version of Node.js that actions and other code of the tenant run on.
        RV(tenant_settings.sandbox_versions_available) lists the available ones.
      - "Value: at most 8 characters; V(22) for a new tenant."
    type: str
  legacy_sandbox_version:
    description:
      - The same for rules and hooks.
      - "Value: at most 8 characters."
    type: str
  phone_consolidated_experience:
    description:
      - Whether phone messages of all kinds are set up in one place.
      - "Value: V(false) for a new tenant."
    type: bool
  enable_ai_guide:
    description: Whether the Dashboard has Auth0's assistant.
    type: bool
  include_session_metadata_in_tenant_logs:
    description: Whether logs about logout hold the metadata of sessions.
    type: bool
notes:
  - "Scopes of the Management API: C(read:tenant_settings); C(update:tenant_settings) to change."
seealso:
  - module: community.auth0.auth0_tenant_settings_info
  - module: community.auth0.auth0_client
    description: Its O(community.auth0.auth0_client#module:token_quota) takes the place of the quota of the tenant.
  - module: community.auth0.auth0_organization
    description: So does its O(community.auth0.auth0_organization#module:token_quota).
"""

EXAMPLES = r"""
- name: A token of the Management API for the tasks that follow
  community.auth0.auth0_token:
    auth0_domain: acme.eu.auth0.com
    auth0_client_id: "{{ vault_auth0_client_id }}"
    auth0_client_secret: "{{ vault_auth0_client_secret }}"
  register: management
  no_log: true

- name: Limit the tokens of every client, and let clients name organizations and bring certificates
  community.auth0.auth0_tenant_settings:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    default_token_quota:
      clients:
        client_credentials:
          enforce: true
          per_hour: 100
    allow_organization_name_in_authentication_api: true
    mtls:
      enable_endpoint_aliases: true

- name: Keep strangers from registering clients
  community.auth0.auth0_tenant_settings:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    flags:
      enable_dynamic_client_registration: false

- name: Take the quota away again, and issue no token without an API
  community.auth0.auth0_tenant_settings:
    auth0_domain: acme.eu.auth0.com
    auth0_api_token: "{{ management.access_token }}"
    default_audience: ""
    clear: [default_token_quota]
"""

RETURN = r"""
action:
  description: What was done, or would be done in check mode.
  type: str
  returned: success
  choices: [update, none]
  sample: update
tenant_settings:
  description: The settings as Auth0 returns them. In check mode, as they would be.
  type: dict
  returned: success
  contains:
    sandbox_versions_available:
      description: The versions that O(sandbox_version) can have.
      type: list
      elements: str
  sample:
    friendly_name: Acme
    default_audience: ""
    default_token_quota:
      clients:
        client_credentials:
          enforce: true
          per_hour: 100
    resource_parameter_profile: audience
    session_lifetime: 168
    flags:
      enable_sso: true
    sandbox_version: "22"
    sandbox_versions_available: ["22", "18"]
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

from ansible_collections.community.auth0.plugins.module_utils._kinds.tenant_settings import TENANT_SETTINGS
from ansible_collections.community.auth0.plugins.module_utils._modules.keeping import work_of
from ansible_collections.community.auth0.plugins.module_utils._task.runner import run_module

WORK = work_of(TENANT_SETTINGS)


def main() -> None:
    run_module(WORK)


if __name__ == "__main__":
    main()
