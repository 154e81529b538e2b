# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Makes the calls of an act of show.yml, one after the other, and tells what the API has answered.

One process makes them all, since ansible.builtin.uri needs one for each. Reads JSON from standard input, so that tokens
are in no arguments of a process: {"url": of the API, "tokens": {NAME: TOKEN}, "calls": rows of acts.yml}. Writes the
rows as JSON, each with its answer: the status, and what the challenge (RFC 6750) of the API says about the error.
"""

from __future__ import annotations

import json
import re
import sys

import requests


def answer(session: requests.Session, method: str, url: str, token: str | None) -> str:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        came = session.request(method, url, headers=headers, allow_redirects=False, timeout=10)
    except requests.RequestException as error:
        return f"none ({type(error).__name__})"
    told = dict(re.findall(r'(\w+)="([\w ]+)"', came.headers.get("WWW-Authenticate", "")))
    return f"{came.status_code} {told.get('error_description', told.get('error', ''))}".rstrip()


def main() -> None:
    given = json.load(sys.stdin)
    with requests.Session() as session:
        session.trust_env = False  # or a password in ~/.netrc would be sent instead of the token
        for row in given["calls"]:
            method, path = row["call"].split()
            row["answer"] = answer(session, method, given["url"] + path, given["tokens"].get(row.get("sent")))
    json.dump(given["calls"], sys.stdout)


if __name__ == "__main__":
    main()
