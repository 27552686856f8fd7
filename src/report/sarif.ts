import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Severity, SpecLocation } from '../finding.ts';
import type { Page } from './format.ts';
import type { Frame } from './frame.ts';
import { isFile, pathFrom } from './path.ts';
import { seenText } from './problem-text.ts';
import type { Occurrence, Problem, Report, Subject } from './report.ts';
import { ruleHelp } from './rule-help.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  risk: 'warning',
  warning: 'note',
};

const HOME = 'https://www.npmjs.com/package/exactmatch-kit';

/**
 * A report as SARIF: results at the lines of the document, related to the places of the messages.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function writeSarif(report: Report, page: Page): string {
  const { tool, command, startedAt, milliseconds, subjects } = report;
  const found = subjects.flatMap((subject) =>
    subject.problems.map((problem) => ({ subject, problem })),
  );
  const codes = [...new Set(found.map(({ problem }) => problem.finding.code))].sort();
  const rules = codes.map((code) => toRule(code));
  const endTime = new Date(Date.parse(startedAt) + milliseconds).toISOString();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: tool.name, version: tool.version, informationUri: HOME, rules },
        },
        automationDetails: { id: `${tool.name}/${command}/` },
        invocations: [{ executionSuccessful: true, startTimeUtc: startedAt, endTimeUtc: endTime }],
        columnKind: 'utf16CodeUnits',
        results: found.map(({ subject, problem }) =>
          toResult(subject, problem, codes.indexOf(problem.finding.code), page),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function toRule(code: string): object {
  const text = ruleHelp(code);
  return {
    id: code,
    name: code.replaceAll(/(?:^|\.)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text },
    fullDescription: { text },
    help: {
      text: `${text} The location is the rule in the OpenAPI document; the related locations are the messages that break it. Correct the service, the client or the document, whichever is wrong.`,
    },
    helpUri: `${HOME}#checks`,
  };
}

function toResult(
  { name, operation }: Subject,
  { finding, count, occurrences, rule }: Problem,
  ruleIndex: number,
  { root }: Page,
): object {
  const { code, severity, message, at, spec, expected, actual } = finding;
  const [seen] = occurrences;
  const origin = seen ? ` (${seenText(seen, count, root)})` : '';
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${name}: ${message}${origin}` },
    locations: [ruleLocation(spec, rule, root)],
    ...(occurrences.length > 0
      ? { relatedLocations: occurrences.map((each, id) => messageLocation(each, id, root)) }
      : {}),
    occurrenceCount: count,
    partialFingerprints: {
      'exactmatchRule/v1': fingerprint([name, code, listless(at), spec.pointer]),
    },
    properties: {
      ...{ subject: name, at },
      ...(operation === undefined ? {} : { operation }),
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
    },
  };
}

function ruleLocation(
  { file, line, column, pointer }: SpecLocation,
  rule: Frame | undefined,
  root: string | undefined,
): object {
  const logical = { logicalLocations: [{ fullyQualifiedName: pointer || '/', kind: 'value' }] };
  if (file === '(inline)') return logical;
  const text = rule?.lines[rule.marked];
  const region = {
    startLine: line,
    startColumn: column,
    ...(text === undefined ? {} : { snippet: { text } }),
  };
  return { physicalLocation: { artifactLocation: artifact(file, root), region }, ...logical };
}

function messageLocation(
  { origin, place, at, frame }: Occurrence,
  id: number,
  root: string | undefined,
): object {
  const line = frame?.lines[frame.marked]?.trim();
  const text = line === undefined ? origin : `${origin}: ${line}`;
  const logical = at === '' ? {} : { logicalLocations: [{ fullyQualifiedName: at }] };
  if (!place) return { id, message: { text }, ...logical };
  const { file, line: startLine, column: startColumn } = place;
  const physicalLocation = {
    artifactLocation: artifact(file, root),
    region: { startLine, startColumn },
  };
  return { id, physicalLocation, message: { text }, ...logical };
}

/** Relative to the sources' root where it lies in there, else absolute. */
function artifact(file: string, root: string | undefined): object {
  if (!isFile(file)) return { uri: URL.parse(file)?.href ?? encodeURI(file) };
  const path = pathFrom(root, file);
  if (path === file && isAbsolute(file)) return { uri: pathToFileURL(file).href };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

/** The same finding in another run, or for another item of a list, has the same fingerprint. */
function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

function listless(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}
