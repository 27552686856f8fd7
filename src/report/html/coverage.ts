import {
  MEASURES,
  type OperationCoverage,
  type PropertyCoverage,
  percentOf,
  type StatusCoverage,
} from '../../coverage/coverage.ts';
import { formatShortfall } from '../../coverage/minimum.ts';
import type { Report } from '../report.ts';
import { html, type Markup } from './markup.ts';

/** What was exercised: the sums, a matrix of operations by statuses, and the parts of each operation. */
export function coverageMarkup({ coverage, shortfalls = [] }: Report): Markup {
  const short = shortfalls.map(
    (each) => html`<p class="short">${formatShortfall(each, coverage)}</p>`,
  );
  if (!coverage) return html`${short}`;
  const totals = MEASURES.map((measure) => {
    const share = coverage.totals[measure];
    const percent = percentOf(share);
    return html`<div class="total"><b>${percent} %</b> <span class="faint">${share.seen} of ${share.total} ${measure}</span><div class="track"><i style="width:${percent}%"></i></div></div>`;
  });
  const { operations } = coverage;
  return html`<section aria-labelledby="coverage"><h2 id="coverage">Coverage</h2><div class="totals">${totals}</div>${short}
<ul class="legend"><li>✓ passed, how often</li><li>× failed, of how many</li><li>· never seen</li><li>? not declared</li></ul>
${matrix(operations)}${operations.filter(({ requests }) => requests > 0).map(partsMarkup)}</section>`;
}

function matrix(operations: readonly OperationCoverage[]): Markup {
  const all = operations.flatMap(({ statuses }) => statuses.map(({ status }) => status));
  const columns = [...new Set(all)].sort(byStatus);
  const head = columns.map((status) => html`<th scope="col">${status}</th>`);
  const rows = operations.map((operation) => {
    const byKey = new Map(operation.statuses.map((status) => [status.status, status]));
    const cells = columns.map((column) => cell(byKey.get(column)));
    const { id, method, path, requests, statuses } = operation;
    const isFailed = statuses.some(({ failed }) => failed > 0);
    const kind = isFailed ? 'error' : requests === 0 ? 'unseen' : '';
    const address = id === `${method} ${path}` ? undefined : html`<span>${method} ${path}</span>`;
    return html`<tr data-kind="${kind}"><th scope="row">${id}${address}</th>${cells}</tr>
`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Operations by status"><table><thead><tr><th scope="col">Operation</th>${head}</tr></thead><tbody>
${rows}</tbody></table></div>`;
}

/** Numbers first, then ranges, then the rest. */
function byStatus(one: string, other: string): number {
  const rank = (status: string) => (/^\d+$/.test(status) ? 0 : /^\dxx$/i.test(status) ? 1 : 2);
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

function cell(status: StatusCoverage | undefined): Markup {
  if (!status) return html`<td></td>`;
  const { isDeclared, passed, failed } = status;
  const mark = isDeclared ? '' : '?';
  if (failed > 0) return html`<td class="f">× ${failed}/${passed + failed}${mark}</td>`;
  return passed > 0 ? html`<td class="p">✓ ${passed}${mark}</td>` : html`<td class="u">·</td>`;
}

/** The parameters and properties of an operation: those seen, and those that never were. */
function partsMarkup({ id, parameters, properties, statuses }: OperationCoverage): Markup {
  const given = parameters.map(({ name, in: place, isSeen }) =>
    nameMarkup(`${name} (${place})`, isSeen),
  );
  const bodies = [
    listMarkup('Parameters', given),
    listMarkup('Request body', namesOf(properties)),
    ...statuses.map(({ status, properties: ofStatus }) =>
      listMarkup(`Response ${status}`, namesOf(ofStatus)),
    ),
  ];
  const seen = parameters.filter(({ isSeen }) => isSeen).length;
  return html`<details class="parts"><summary>${id}: ${seen} of ${parameters.length} parameters, ${sum(statuses, properties)} properties</summary>${bodies}</details>
`;
}

function sum(statuses: readonly StatusCoverage[], request: PropertyCoverage): string {
  const bodies = [request, ...statuses.map(({ properties }) => properties)];
  const seen = bodies.reduce((total, body) => total + body.seen, 0);
  const total = bodies.reduce((all, body) => all + body.total, 0);
  return `${seen} of ${total}`;
}

function namesOf({ seenPaths = [], unseenPaths = [] }: PropertyCoverage): readonly Markup[] {
  return [
    ...seenPaths.map((path) => nameMarkup(path, true)),
    ...unseenPaths.map((path) => nameMarkup(path, false)),
  ];
}

function nameMarkup(name: string, isSeen: boolean): Markup {
  return isSeen ? html`<li class="seen">✓ ${name}</li>` : html`<li>${name}</li>`;
}

function listMarkup(title: string, names: readonly Markup[]): Markup {
  return names.length === 0 ? html`` : html`<h3>${title}</h3><ul class="names">${names}</ul>`;
}
