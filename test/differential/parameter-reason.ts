import type { Example, Judged, KnownDifference, Reason } from './difference.ts';
import { decoded, type GivenParameter, givenParameter } from './given.ts';
import type { Keywords } from './leaf.ts';

/** Explains reasons about a parameter. */
export function ofParameter(
  holds: (given: GivenParameter, reason: Reason, judged: Judged) => boolean,
): KnownDifference['explains'] {
  return (reason, judged) => {
    const given = givenParameter(reason, judged);
    return given !== undefined && holds(given, reason, judged);
  };
}

/** A request for `GET /a` or `GET /a/{p}` that has one parameter. */
export function parameterExample(
  parameter: Keywords,
  sent: string,
  prism: Example['prism'],
  ...ours: readonly string[]
): Example {
  const { in: place = 'query' } = parameter;
  const path = place === 'path' ? '/a/{p}' : '/a';
  const url = place === 'path' ? `/a/${sent}` : place === 'query' ? `/a?${sent}` : '/a';
  const headers = place === 'header' ? { x: sent } : place === 'cookie' ? { cookie: sent } : {};
  const name = place === 'header' ? 'X' : 'p';
  return {
    path,
    operation: { parameters: [{ name, in: 'query', required: place === 'path', ...parameter }] },
    sent: { url, headers },
    prism,
    ours,
  };
}

/** The items that a parameter's texts may have, however they are split. */
export function itemsOf({ texts: list, members }: GivenParameter): readonly string[] {
  const all = [...list, ...members];
  const items = DELIMITERS.flatMap((delimiter) => all.flatMap((text) => text.split(delimiter)));
  return [...all, ...items].flatMap((text) => [decoded(text), decoded(text.replaceAll('+', ' '))]);
}

const DELIMITERS = [/^[.]/, /,/, /[.]/, /[.=]/, /[,=]/, /[;=]/, /%20|\+/, /\||%7c/i];
