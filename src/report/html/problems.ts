import { pathFrom } from '../path.ts';
import { seenText } from '../problem-text.ts';
import type { ExchangeText, Occurrence, Problem, Report, Subject } from '../report.ts';
import { placesOf } from '../risk-text.ts';
import { areRisksMany, groupRisks, isRisk } from '../risks.ts';
import { exchangeMarkup } from './exchange.ts';
import { linesMarkup } from './lines.ts';
import { html, type Markup } from './markup.ts';

/** A message that lists much is not shouted. */
const LONG = 200;

/** What is worth knowing of the page that problems are written on. */
interface Paper {
  readonly root: string | undefined;
  /** Where each exchange stands: one that several problems share is written once. */
  readonly exchanges: Map<ExchangeText, string>;
  readonly areRisksMany: boolean;
}

/** The problems of a report by subject; those with errors come first. */
export function problemsMarkup(report: Report, root: string | undefined): Markup {
  const exchanges = new Map<ExchangeText, string>();
  const paper = { root, exchanges, areRisksMany: areRisksMany(report) };
  const broken = report.subjects
    .filter(({ problems }) => problems.length > 0)
    .toSorted((one, other) => Number(other.failed > 0) - Number(one.failed > 0));
  if (broken.length === 0) return html``;
  return html`<section aria-labelledby="problems"><h2 id="problems">Problems</h2>${broken.map(
    (subject) => subjectMarkup(subject, paper),
  )}</section>`;
}

function subjectMarkup(subject: Subject, paper: Paper): Markup {
  const { name, checked, failed, unlisted = 0 } = subject;
  const risks = paper.areRisksMany ? subject.problems.filter(isRisk) : [];
  const problems = subject.problems.filter((problem) => !risks.includes(problem));
  const rest =
    unlisted === 0
      ? undefined
      : html`<p class="problem faint">and ${unlisted} findings more that are not listed</p>`;
  return html`<section class="subject"><header><h3>${name}</h3><p class="small faint">${failed} of ${checked} failed</p></header>${problems.map((problem) => problemMarkup(problem, paper))}${risks.length > 0 ? risksMarkup(subject, risks, paper) : undefined}${rest}</section>
`;
}

/** Many risks together, each behind a click. */
function risksMarkup(subject: Subject, risks: readonly Problem[], paper: Paper): Markup {
  const groups = groupRisks(subject).map((group) => {
    const places = placesOf(group, paper.root).map((place) => html`<p class="where">${place}</p>`);
    const lists = [...group.kinds].map(
      ([kind, names]) =>
        html`<p>${kind}: ${names.map((name, index) => html`${index > 0 ? ', ' : ''}<code>${name}</code>`)}</p>`,
    );
    return html`${places}${lists}`;
  });
  return html`<div class="problem risk" data-kind="risk"><h4>Relied on, and not promised</h4>${groups}<details><summary>Each with its lines</summary>${risks.map((problem) => problemMarkup(problem, paper, html``))}</details></div>`;
}

function problemMarkup(
  { finding, count, occurrences, rule }: Problem,
  paper: Paper,
  // What the filter of the page counts.
  kind: Markup = html` data-kind="${finding.severity}"`,
): Markup {
  const { severity, message, code, spec } = finding;
  const [seen] = occurrences;
  const place = `${pathFrom(paper.root, spec.file)}:${spec.line}:${spec.column}`;
  const frames = [
    ...(rule ? [linesMarkup(html`The rule: ${place}`, rule)] : []),
    ...(seen?.frame ? [linesMarkup(html`The message: ${captionOf(seen, code)}`, seen.frame)] : []),
  ];
  return html`<article class="problem ${severity}"${kind}><h4${message.length > LONG ? html` class="long"` : undefined}>${wordsMarkup(message)}</h4>
<p class="where"><code>${code}</code>${rule ? undefined : html` at ${place}`}${seen ? html` · ${seenText(seen, count, paper.root)}` : undefined}</p>
<div class="pair">${frames}</div><div class="more">${occurrences.slice(0, 1).map((each) => travelled(each, paper))}${moreMarkup(occurrences, count, paper)}</div></article>`;
}

/** What a message quotes by backticks is code. */
function wordsMarkup(message: string): readonly Markup[] {
  return message
    .split(/`([^`]+)`/)
    .map((text, index) => (index % 2 === 1 ? html`<code>${text}</code>` : html`${text}`));
}

function captionOf({ at }: Occurrence, code: string): string {
  const [side = '', part = ''] = code.split('.');
  return `${side} ${part}${at === '' ? '' : ` ${at}`}`;
}

/** The exchange and the command line that does it again. */
function travelled({ exchange, reproduce }: Occurrence, { exchanges }: Paper): Markup {
  const again =
    reproduce === undefined
      ? undefined
      : html`<details><summary>Do it again</summary><figure><pre>${reproduce}</pre></figure></details>`;
  if (!exchange) return html`${again}`;
  const known = exchanges.get(exchange);
  if (known !== undefined) {
    return html`${again}<a class="small" href="#${known}">The whole exchange is above</a>`;
  }
  const id = `exchange-${exchanges.size + 1}`;
  exchanges.set(exchange, id);
  return html`${again}${exchangeMarkup(exchange, id)}`;
}

function moreMarkup(occurrences: readonly Occurrence[], count: number, paper: Paper): Markup {
  const others = occurrences.slice(1);
  if (others.length === 0) return html``;
  const beyond = count - occurrences.length;
  const rest = beyond > 0 ? html`<p class="small faint">and ${beyond} times more</p>` : undefined;
  return html`<details><summary>Other times</summary>${others.map(
    (each) =>
      html`<p class="where">${seenText(each, 1, paper.root)}${each.at === '' ? '' : `, ${each.at}`}</p>${travelled(each, paper)}`,
  )}${rest}</details>`;
}
