# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Create or remove clients of a tenant, faster than a task for each.

clients.py create NAME COUNT    so many clients with that name
clients.py remove               all clients whose name starts with "it "
"""

from __future__ import annotations

import os
import sys

import requests

URL = os.environ["TENANT_URL"] + "/api/v2/clients"


def main() -> None:
    with requests.Session() as tenant:
        tenant.trust_env = False
        tenant.headers["Authorization"] = "Bearer " + os.environ["TENANT_TOKEN"]
        if sys.argv[1] == "create":
            for dummy in range(int(sys.argv[3])):
                tenant.post(URL, json={"name": sys.argv[2]}).raise_for_status()
            return
        start: dict[str, str] = {}
        ids: list[str] = []
        while True:
            page = tenant.get(URL, params={"take": "100", **start}).json()
            ids += [client["client_id"] for client in page["clients"] if client["name"].startswith("it ")]
            if not page.get("next"):
                break
            start = {"from": page["next"]}
        for client_id in ids:
            tenant.delete(f"{URL}/{client_id}").raise_for_status()


if __name__ == "__main__":
    main()
