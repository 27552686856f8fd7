/** What each problem of a value is, by the last part of a finding's code. */
const PROBLEMS: Readonly<Record<string, string>> = {
  type: 'is of another JSON type than the document asks for',
  required: 'is missing, and the document requires it',
  enum: 'is none of the values that the document lists',
  format: 'has not the form that the document names',
  pattern: 'does not match the pattern of the document',
  range: 'is outside the limits of a number, or no multiple of what it must be',
  length: 'is a text shorter or longer than the document allows',
  items: 'is a list of a number or kind of items that the document does not allow',
  properties: 'is an object of a number or kind of properties that the document does not allow',
  unknown: 'has a name that the document does not have',
  readOnly: 'is set by the service alone, and a request carries it',
  writeOnly: 'is never answered, and a response carries it',
  discriminator: 'is a tag that names none of the schemas',
  alternatives: 'fits none of the alternatives of the document, or more than it may',
  forbidden: 'is what the document forbids',
  malformed: 'cannot be read as what it must be',
  unmatched: 'is none that the document has',
  undeclared: 'is none that the operation declares',
  mediaType: 'is of a media type that the document does not declare',
  unexpected: 'is there, and the document declares none',
  missing: 'is missing, and the document demands it',
};

/** What each problem of a pact is, by the last part of a finding's code. */
const PACT_PROBLEMS: Readonly<Record<string, string>> = {
  optional: 'is relied on, and the document lets it be missing',
  nullable: 'is relied on, and the document lets it be null',
  empty: 'must not be empty, and the document lets it be',
  wider: 'may be what the matching rule refuses',
  allowed: 'may be what the document forbids, by its matching rule',
  example: 'has an example that its own matching rule refuses',
};

/** Codes that are of no value in a message. */
const OTHERS: Readonly<Record<string, string>> = {
  'request.method.unknown': 'The method is none that the path has.',
  'request.security.missing': 'Credentials that the operation demands are missing.',
  'verify.status': 'The status is another than the consumer of the pact expects.',
  'verify.header': 'A header is missing, or is another than the consumer of the pact expects.',
  'verify.body': 'The body, or a part of it, does not match the pact.',
  'verify.metadata': 'The metadata of a message does not match the pact.',
  'verify.unanswered': 'The provider gave no answer.',
  'change.breaking': 'The new document breaks those who use what the old one promised.',
  'change.dangerous': 'The new document may break those who use what the old one promised.',
};

/** A code as a sentence: what it says of a message. */
export function ruleHelp(code: string): string {
  const isPact = code.startsWith('pact.');
  const [side = '', part = '', ...rest] = code.replace(/^pact\./, '').split('.');
  const problem = rest.at(-1) ?? '';
  const says = (isPact ? PACT_PROBLEMS : PROBLEMS)[problem];
  const other = OTHERS[code];
  if (other !== undefined) return other;
  if (says === undefined) return `The contract is broken: ${code}.`;
  const whose = isPact ? `Of a ${side} of a pact` : `Of a ${side}`;
  return `${whose}: the ${part}, or something in it, ${says}.`;
}
