# Copyright (c) 2026, community.auth0 contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This plugin util is PRIVATE and should only be used by community.auth0: it may change at any time.

"""How the page of a report looks: on a light and on a dark screen, and on paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #f3f5f7; --line: #c9d0d8; --link: #0550ae;
  --bad: #a40e26; --bad-soft: #ffebe9; --good: #116329; --good-soft: #e6f6ea; --quiet: #57606a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --soft: #161b22; --line: #3d444d;
  --link: #79c0ff; --bad: #ff9492; --bad-soft: #3c1618; --good: #7ee787; --good-soft: #12261a; --quiet: #9ea7b3; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 90rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.3rem; margin: 0; }
a { color: var(--link); }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: 0.5rem; }
section[aria-labelledby] { border-top: 2px solid var(--line); margin-top: 2.5rem; padding-top: 1rem; }
.scroll { overflow-x: auto; margin: 1rem 0; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.4rem; }
th, td { border: 1px solid var(--line); padding: 0.35rem 0.6rem; text-align: left; vertical-align: top;
  overflow-wrap: break-word; min-width: 5rem; max-width: 34rem; }
thead th { background: var(--soft); }
tbody th { font-weight: 600; }
ul { margin: 0; padding-left: 1.1rem; }
summary { cursor: pointer; font-weight: 600; padding: 0.4rem 0; }
.domain, .note, .up { color: var(--quiet); margin: 0.2rem 0; }
.note { font-size: 0.85rem; }
.some, .none { white-space: nowrap; }
.some { color: var(--bad); font-weight: 700; }
.none { color: var(--quiet); }
td summary { font-weight: 400; padding: 0; }
em { color: var(--bad); font-style: normal; }
.problem, .bad { color: var(--bad); background: var(--bad-soft); border-left: 4px solid var(--bad);
  padding: 0.5rem 0.8rem; }
.bad table { color: var(--ink); background: var(--paper); }
.bad p { font-weight: 600; margin: 0; }
section.bad { margin: 1rem 0; }
.good { color: var(--good); background: var(--good-soft); border-left: 4px solid var(--good); padding: 0.5rem 0.8rem; }
@media (min-width: 60rem) { tbody th { position: sticky; left: 0; background: var(--paper);
  box-shadow: 1px 0 var(--line); } }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #eee; --line: #888; --link: #000; --bad: #000;
    --bad-soft: #fff; --good: #000; --good-soft: #fff; --quiet: #333; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .skip, .up { display: none; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; block-size: auto; }
  td summary { list-style: none; font-weight: 600; }
  td details ul { padding: 0; font-size: 7pt; line-height: 1.3; }
  td details li { display: inline; }
  td details li:not(:last-child)::after { content: "; "; }
  tbody th { position: static; box-shadow: none; }
  section[aria-labelledby] { break-before: page; }
  tr { break-inside: avoid; }
  tr:has(details) { break-inside: auto; }
  thead { display: table-header-group; }
}
"""
