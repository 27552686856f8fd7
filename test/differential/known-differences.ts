import type { KnownDifference } from './difference.ts';
import { KNOWN_IN_BODIES } from './known-in-bodies.ts';
import { KNOWN_IN_FORMS } from './known-in-forms.ts';
import { KNOWN_IN_KEYWORDS } from './known-in-keywords.ts';
import { KNOWN_IN_PARAMETERS } from './known-in-parameters.ts';
import { KNOWN_IN_PATHS } from './known-in-paths.ts';
import { KNOWN_IN_SCHEMAS } from './known-in-schemas.ts';
import { KNOWN_IN_SECURITY } from './known-in-security.ts';
import { KNOWN_IN_STYLES } from './known-in-styles.ts';
import { KNOWN_IN_TEXTS } from './known-in-texts.ts';

/** Every way in which stock Prism judges a request otherwise than we do, one by one. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  ...KNOWN_IN_PATHS,
  ...KNOWN_IN_PARAMETERS,
  ...KNOWN_IN_STYLES,
  ...KNOWN_IN_TEXTS,
  ...KNOWN_IN_KEYWORDS,
  ...KNOWN_IN_SCHEMAS,
  ...KNOWN_IN_BODIES,
  ...KNOWN_IN_FORMS,
  ...KNOWN_IN_SECURITY,
];
