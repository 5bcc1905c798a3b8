/** A comparison as one HTML page without scripts or anything from elsewhere. */
import type { DifferentField } from "@support-line/local-twilio/proof";
import { byReason, headline, type Page } from "./text.ts";

const style = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --twilio: #b3261e; --local: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --twilio: #ff8a80; --local: #8ab4f8; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 66rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .25rem; } h2 { font-size: 1.15rem; margin-top: 2.25rem; }
.counts { display: flex; gap: 1rem; flex-wrap: wrap; margin: 1.25rem 0; padding: 0; list-style: none; }
.counts li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; }
.counts b { font-size: 1.35rem; display: block; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; margin: .75rem 0; }
article h3 { font: 600 1rem ui-monospace, monospace; margin: 0; overflow-wrap: anywhere; }
article p { margin: .15rem 0; } .source { opacity: .75; font-size: .875rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin-top: .5rem; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
td { font: .8125rem/1.45 ui-monospace, monospace; } th { font-weight: 600; } col.field { width: 22%; }
td.twilio { color: var(--twilio); } td.local { color: var(--local); }
details { margin: .5rem 0; } summary { cursor: pointer; } code { font-family: ui-monospace, monospace; font-size: .875rem; }
ul.ids { columns: 22rem; padding-left: 1.2rem; font: .8125rem/1.6 ui-monospace, monospace; }
`;

/** The page as HTML. */
export function htmlPage(page: Page): string {
  const { comparison, proof, asked } = page;
  const { equal, different, notAsked } = comparison;
  const positions = Object.entries(proof.switches);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Proof: ${escape(asked)}</title><style>${style}</style></head><body>
<h1>Twilio and the local Twilio, beside each other</h1>
<p>${escape(headline(page))} Asked on ${escape(proof.at)} by version ${escape(proof.version)}.</p>
<ul class="counts"><li><b>${equal.length}</b> equal</li><li><b>${different.length}</b> different</li><li><b>${notAsked.length}</b> not asked</li></ul>
<h2>Different</h2>
${different.length === 0 ? "<p>Nothing.</p>" : different.map((each) => differenceHtml(each, proof.differences.find(({ id }) => id === each.id)?.matters ?? "")).join("\n")}
${positions.length === 0 ? "" : `<h2>Switches</h2><p><code>npx local-twilio start --as proof.json</code> sets them.</p><ul>${positions.map(([name, position]) => `<li><code>${escape(name)}</code>: ${escape(String(position))}</li>`).join("")}</ul>`}
<h2>Not asked</h2>
${
  notAsked.length === 0
    ? "<p>Everything was asked.</p>"
    : byReason(notAsked)
        .map(
          ([why, ids]) => `<details><summary>${ids.length}: ${escape(why)}</summary>${idList(ids)}</details>`,
        )
        .join("\n")
}
<h2>Equal</h2>
<details><summary>${equal.length} facts</summary>${idList(equal.map(({ id }) => id))}</details>
</body></html>
`;
}

type Different = Page["comparison"]["different"][number];

function differenceHtml({ id, asks, source, fields }: Different, matters: string): string {
  return `<article id="${escape(id)}"><h3>${escape(id)}</h3><p>${escape(asks)}</p>
${matters === "" ? "" : `<p>Depends on it: ${escape(matters)}.</p>`}<p class="source">${escape(source)}</p>
<table><colgroup><col class="field"><col><col></colgroup><tr><th>field</th><th>Twilio</th><th>local Twilio</th></tr>
${fields.map(fieldRow).join("")}</table></article>`;
}

function fieldRow({ path, twilio, local }: DifferentField): string {
  const cell = (value: unknown) => (value === undefined ? "<i>missing</i>" : escape(JSON.stringify(value)));
  return `<tr><td>${escape(path === "" ? "answer" : path)}</td><td class="twilio">${cell(twilio)}</td><td class="local">${cell(local)}</td></tr>`;
}

function idList(ids: readonly string[]): string {
  return `<ul class="ids">${ids.map((id) => `<li>${escape(id)}</li>`).join("")}</ul>`;
}

function escape(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}
