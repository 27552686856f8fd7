import type { Dependence } from '../pact/dependence.ts';
import type { Page } from './format.ts';

/** What consumers depend on as text of that form. */
export async function writeDependence(
  dependence: Dependence,
  format: 'pretty' | 'json' | 'html',
  page: Page,
): Promise<string> {
  if (format === 'json') return `${JSON.stringify(dependence, null, 2)}\n`;
  if (format === 'html')
    return (await import('./html/dependence.ts')).dependenceHtml(dependence, page);
  return (await import('./dependence-text.ts')).dependenceText(dependence, page);
}
