import type { Page } from './format.ts';
import { createPaint } from './paint.ts';
import { pathFrom } from './path.ts';
import { type Look, problemText, seenText } from './problem-text.ts';
import type { Problem, Report, Skipped, Subject } from './report.ts';

/** The text of a failure has so many UTF-16 code units; its message, which lists show, fewer. */
const TEXT = 30_000;
const MESSAGE = 500;

/**
 * A report as JUnit XML: a suite for the run, a case for each subject, one failure with all errors
 * of it. The time of the run is shared out by what was checked.
 */
export function writeJunit(report: Report, page: Page): string {
  const { summary, subjects, skipped, milliseconds, startedAt, document, command } = report;
  const look = { columns: undefined, root: page.root, paint: createPaint(false) };
  const counts = {
    tests: subjects.length + skipped.length + (report.shortfalls?.length ?? 0),
    failures: subjects.filter(({ failed }) => failed > 0).length + (report.shortfalls?.length ?? 0),
    errors: 0,
  };
  const name = `exactmatch ${command}`;
  const time = seconds(milliseconds);
  const suite = {
    ...{ name, ...counts, skipped: skipped.length, time, timestamp: startedAt },
    file: pathFrom(page.root, document.file),
  };
  const share = milliseconds / Math.max(1, summary.checked);
  const cases = [
    ...subjects.map((subject) => caseXml(subject, share, look)),
    ...skipped.map(skippedXml),
    ...shortfallsXml(report),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
${open('testsuites', { name, ...counts, time })}
  ${open('testsuite', suite)}
${cases.join('')}  </testsuite>
</testsuites>
`;
}

function caseXml(subject: Subject, share: number, look: Look): string {
  const { name, operation, checked, problems } = subject;
  const errors = problems.filter(({ finding }) => finding.severity === 'error');
  const others = problems.filter(({ finding }) => finding.severity !== 'error');
  const [first] = errors;
  const attributes = {
    name,
    classname: operation ?? 'exactmatch',
    time: seconds(share * checked),
  };
  const failure = first
    ? `      ${open('failure', { message: first.finding.message.slice(0, MESSAGE), type: first.finding.code })}${escaped(textOf(errors, look))}</failure>\n`
    : '';
  const output =
    others.length > 0 ? `      <system-out>${escaped(textOf(others, look))}</system-out>\n` : '';
  if (failure === '' && output === '') return `    ${open('testcase', attributes, true)}\n`;
  return `    ${open('testcase', attributes)}\n${failure}${output}    </testcase>\n`;
}

/** Problems as text, with every time that is known. */
function textOf(problems: readonly Problem[], look: Look): string {
  const texts = problems.map((problem) => {
    const also = problem.occurrences.slice(1).map((seen) => `    ${seenText(seen, 1, look.root)}`);
    return [...problemText(problem, look), ...also].join('\n');
  });
  const text = `\n${texts.join('\n\n')}\n`;
  return text.length > TEXT ? `${text.slice(0, TEXT)}…\n` : text;
}

function skippedXml({ reason, count }: Skipped): string {
  return `    ${open('testcase', { name: `${count} not judged`, classname: 'exactmatch', time: '0' })}
      ${open('skipped', { message: reason }, true)}
    </testcase>
`;
}

function shortfallsXml({ shortfalls = [] }: Report): readonly string[] {
  return shortfalls.map(({ measure, seen, total, asked }) => {
    const message = `${seen} of ${total} ${measure} were exercised, and ${asked} % are asked for.`;
    return `    ${open('testcase', { name: `coverage of ${measure}`, classname: 'exactmatch', time: '0' })}
      ${open('failure', { message, type: 'coverage' }, true)}
    </testcase>
`;
  });
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function open(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  isEmpty = false,
): string {
  const pairs = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(String(value))}"`,
  );
  return `<${name}${pairs.join('')}${isEmpty ? '/' : ''}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as XML 1.0 can carry it; what it has no way to say becomes a replacement character. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot say.
      .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g, '\ufffd')
      .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
  );
}
