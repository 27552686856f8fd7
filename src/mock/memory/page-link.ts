import { baseOf, type Context } from './context.ts';

/**
 * The URL of another page of what is asked for: some parameters of the query in place of those of the
 * same names, and of those that are to go.
 */
export function pageUrl(
  context: Context,
  parameters: Readonly<Record<string, number>>,
  gone: readonly string[] = [],
): string {
  const { message, origin } = context;
  const base = baseOf(context);
  const path = message.path.slice(base.length - origin.length);
  const isGone = (name: string) => Object.hasOwn(parameters, name) || gone.includes(name);
  // All else as it came: written anew, a comma that separates would become one that is meant.
  const others = message.query.split('&').filter((part) => part !== '' && !isGone(nameOf(part)));
  const own = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return `${base}${path}?${[...others, ...own].join('&')}`;
}

function nameOf(part: string): string {
  const [name = ''] = new URLSearchParams(part).keys();
  return name;
}
