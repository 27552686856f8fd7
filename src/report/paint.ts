import { styleText } from 'node:util';

/** What a text is, for those who see colours. */
export type Role = 'title' | 'error' | 'risk' | 'warning' | 'place' | 'faint' | 'mark' | 'good';

/** Colours a text, or leaves it as it is. */
export type Paint = (role: Role, text: string) => string;

const STYLES: Readonly<Record<Role, Parameters<typeof styleText>[0]>> = {
  title: 'bold',
  error: ['bold', 'red'],
  risk: ['bold', 'magenta'],
  warning: ['bold', 'yellow'],
  place: 'cyan',
  faint: 'dim',
  mark: ['bold', 'red'],
  good: 'green',
};

/** Makes what colours texts, where colours are wanted. */
export function createPaint(hasColor: boolean): Paint {
  if (!hasColor) return (_, text) => text;
  return (role, text) => styleText(STYLES[role], text, { validateStream: false });
}
