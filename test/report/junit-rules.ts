import { XMLParser } from 'fast-xml-parser';

/** An element of an XML text. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

interface Rule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
}

const OUTCOME: Rule = { required: [], optional: ['type', 'message'], children: [] };

/**
 * The elements that Jenkins's schema of JUnit (xunit-plugin, junit-10.xsd) has, as far as a report can
 * use them; Azure and GitLab read the same and less.
 */
const RULES: Readonly<Record<string, Rule>> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: OUTCOME,
  skipped: OUTCOME,
  'system-out': { required: [], optional: [], children: [] },
};

/** The root of an XML text. */
export function readXml(text: string): XmlNode {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
  });
  const roots = (parser.parse(text) as readonly Record<string, unknown>[]).flatMap(toNode);
  const [root] = roots.filter(({ name }) => !name.startsWith('?'));
  if (!root) throw new Error('the text has no element');
  return root;
}

function toNode(given: Record<string, unknown>): XmlNode[] {
  const { ':@': attributes = {}, ...rest } = given;
  return Object.entries(rest).flatMap(([name, inner]) =>
    Array.isArray(inner)
      ? [
          {
            name,
            attributes: attributes as Record<string, string>,
            children: inner.flatMap(toNode),
          },
        ]
      : [],
  );
}

/** What a text breaks of the rules. */
export function junitMistakes(text: string): readonly string[] {
  const barred = /[^\t\n\r\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  return [
    ...(barred ? [`U+${barred[0].codePointAt(0)?.toString(16)}`] : []),
    ...listMistakes(readXml(text)),
  ];
}

function listMistakes({ name, attributes, children }: XmlNode): readonly string[] {
  const rule = RULES[name];
  if (!rule) return [`<${name}> is unknown`];
  const known = [...rule.required, ...rule.optional];
  const { time } = attributes;
  return [
    ...rule.required.flatMap((each) => (each in attributes ? [] : [`<${name}> lacks ${each}`])),
    ...Object.keys(attributes).flatMap((each) =>
      known.includes(each) ? [] : [`<${name} ${each}>`],
    ),
    ...children.flatMap((each) =>
      rule.children.includes(each.name) ? [] : [`<${name}><${each.name}>`],
    ),
    // SUREFIRE_TIME.
    ...(time === undefined || /^\d*(?:\.\d*)?$/.test(time) ? [] : [`time="${time}"`]),
    ...children.flatMap(listMistakes),
  ];
}
