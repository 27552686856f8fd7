import type {
  Dependence,
  OperationDependence,
  PartDependence,
  Uses,
} from '../../pact/dependence.ts';
import { labelOf } from '../dependence-text.ts';
import type { Page } from '../format.ts';
import { pathFrom } from '../path.ts';
import { html, type Markup } from './markup.ts';
import { STYLE } from './style.ts';

/** What consumers depend on as one HTML file: nothing is loaded, and nothing may run. */
export function dependenceHtml(dependence: Dependence, { root }: Page): string {
  const { document, consumers, operations, unused, unknown } = dependence;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
  const title = `${document.title || 'OpenAPI'}: what its consumers use`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${{ markup: STYLE + OWN_STYLE }}</style>
</head>
<body>
<header class="top"><h1>${document.title || 'OpenAPI document'} <span class="faint">${document.version}</span></h1>
<p>What its consumers use <span class="faint">· ${operations.length} of ${operations.length + unused.length} operations</span></p>
<p class="small faint">${pathFrom(root, document.file)}</p>
<dl class="tiles">${consumers.map(tile)}</dl></header>
<main><section aria-labelledby="uses"><h2 id="uses">Consumers</h2>
<ul class="legend"><li>a number: so many interactions</li><li>✓ sent or read</li><li>· not used</li></ul>
${table(dependence)}</section>
${unknown.length === 0 ? undefined : unknownMarkup(dependence, root)}
${unused.length === 0 ? undefined : html`<section aria-labelledby="unused"><h2 id="unused">Used by nobody</h2><ul class="names">${unused.map((id) => html`<li>${id}</li>`)}</ul></section>`}</main>
</body>
</html>
`;
  return page.markup;
}

const OWN_STYLE = `
tr.operation > * { border-top: 2px solid var(--line); font-weight: 650; }
tr.part th { font: .8125rem/1.5 var(--mono); padding-left: 1.5rem; }
`;

function tile({ name, interactions, messages }: Dependence['consumers'][number]): Markup {
  const more = messages > 0 ? `, messages: ${messages}` : '';
  return html`<div class="tile"><dt>${name}: interactions${more}</dt><dd>${interactions}</dd></div>`;
}

function table({ consumers, operations }: Dependence): Markup {
  const names = consumers.map(({ name }) => name);
  const head = names.map((name) => html`<th scope="col">${name}</th>`);
  const rows = operations.map((operation) => rowsOf(operation, names));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Operations and fields by consumer"><table><thead><tr><th scope="col">Operation</th>${head}</tr></thead><tbody>
${rows}</tbody></table></div>`;
}

function rowsOf(
  { id, method, path, uses, parts }: OperationDependence,
  names: readonly string[],
): Markup {
  const address = id === `${method} ${path}` ? undefined : html`<span>${method} ${path}</span>`;
  return html`<tr class="operation"><th scope="row">${id}${address}</th>${cells(uses, names, true)}</tr>
${parts.map((part) => partRow(part, names))}`;
}

function partRow(part: PartDependence, names: readonly string[]): Markup {
  const isCounted = part.place === 'response.status';
  return html`<tr class="part"><th scope="row">${labelOf(part)}</th>${cells(part.uses, names, isCounted)}</tr>
`;
}

function cells(uses: Uses, names: readonly string[], isCounted: boolean): readonly Markup[] {
  return names.map((name) => {
    const count = uses[name];
    if (count === undefined) return html`<td class="u">·</td>`;
    return html`<td class="p">${isCounted ? String(count) : '✓'}</td>`;
  });
}

function unknownMarkup({ unknown }: Dependence, root: string | undefined): Markup {
  const rows = unknown.map(
    ({ consumer, description, method, path, file, line }) =>
      html`<li><strong>${consumer}</strong>: ${method} ${path}, “${description}” <span class="faint small">${pathFrom(root, file)}:${line}</span></li>`,
  );
  return html`<section aria-labelledby="unknown"><h2 id="unknown">Not in the document</h2><ul>${rows}</ul></section>`;
}
