import { createHash } from 'node:crypto';
import type { Page } from '../format.ts';
import { pathFrom } from '../path.ts';
import type { Report } from '../report.ts';
import { coverageMarkup } from './coverage.ts';
import { html, type Markup } from './markup.ts';
import { problemsMarkup } from './problems.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** A report as one HTML file: nothing is loaded, and nothing but its own script may run. */
export function writeHtml(report: Report, { root }: Page): string {
  const { command, document, tool, startedAt } = report;
  const title = `${document.title || 'OpenAPI'}: exactmatch ${command}`;
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  // What is far away is laid out when somebody comes near it.
  const isMany = report.subjects.length > 50 || (report.coverage?.operations.length ?? 0) > 200;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="generator" content="${tool.name} ${tool.version}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
<header class="top">${headMarkup(report, root)}</header>
${barMarkup(report)}
<main${isMany ? html` class="many"` : undefined}>${problemsMarkup(report, root)}${coverageMarkup(report)}</main>
<footer><p>${tool.name} ${tool.version}, ${startedAt}</p></footer>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`;
  return page.markup;
}

/** Our own style and script: no text of a report is among them. */
function raw(text: string): Markup {
  return { markup: text };
}

function headMarkup(report: Report, root: string | undefined): Markup {
  const { command, document, targets, summary, skipped, shortfalls = [] } = report;
  const { checked, failed, findings } = summary;
  const isGood = findings.error === 0 && shortfalls.length === 0;
  const verdict = isGood
    ? html`<span class="verdict good">The promise is kept</span>`
    : html`<span class="verdict bad">The promise is broken</span>`;
  const tiles = [
    tile('checked', checked, ''),
    tile('failed', failed, failed > 0 ? 'error' : 'good'),
    tile('errors', findings.error, findings.error > 0 ? 'error' : ''),
    tile('risks', findings.risk, findings.risk > 0 ? 'risk' : ''),
    tile('warnings', findings.warning, findings.warning > 0 ? 'warning' : ''),
    tile('not judged', summary.skipped, ''),
  ];
  const left = skipped.map(({ reason, count }) => html`<li>${count} not judged: ${reason}</li>`);
  return html`<h1>${document.title || 'OpenAPI document'} <span class="faint">${document.version}</span></h1>
<p>${verdict} <span class="faint">· exactmatch ${command} ${targets.join(' ')}</span></p>
<p class="small faint">${pathFrom(root, document.file)}</p>
<dl class="tiles">${tiles}</dl>${left.length > 0 ? html`<ul class="small faint left">${left}</ul>` : undefined}`;
}

function tile(name: string, count: number, look: string): Markup {
  return html`<div class="tile"><dt>${name}</dt><dd class="${look}">${count}</dd></div>`;
}

function barMarkup({ subjects, coverage }: Report): Markup {
  if (!coverage && subjects.every(({ problems }) => problems.length === 0)) return html``;
  const kinds = [
    html`<option value="error">failed</option>`,
    html`<option value="risk">risks</option>`,
    html`<option value="warning">warnings</option>`,
    ...(coverage ? [html`<option value="unseen">never seen</option>`] : []),
  ];
  return html`<search class="bar js-only"><form><input id="filter" type="search" aria-label="Filter by text" placeholder="Filter by text" autocomplete="off" spellcheck="false"><select id="kind" aria-label="What to show"><option value="">everything</option>${kinds}</select><output id="count" for="filter kind"></output></form></search>`;
}
