import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeReport } from '../../src/report/format.ts';
import type { Report } from '../../src/report/report.ts';
import { missingBrowser, startBrowser, type TestBrowser } from '../browser.ts';
import { brokenRun } from './broken-run.ts';
import { manyOperations } from './many.ts';

const missing = missingBrowser();
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const phone = { width: 390, height: 844 };
const wide = { width: 1280, height: 900 };
/** How long a machine that is busy may take. */
const PATIENT = { timeout: 30_000 };
const plain = { columns: undefined, hasColor: false };

test('escapes what travelled, and lets no script run but its own', async () => {
  const text = await writeReport(await brokenRun(), 'html', plain);
  expect(text).not.toContain('<script>alert');
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;;/);
  expect(text).not.toContain('very-secret-token');
  expect(text).not.toContain('\u001b');
});

describe.skipIf(missing !== undefined)('in a browser', () => {
  let browser: TestBrowser;
  let report: Report;
  beforeAll(async () => {
    [browser, report] = await Promise.all([startBrowser(), brokenRun()]);
  });
  afterAll(async () => browser[Symbol.asyncDispose]());

  test.for([
    ['wide and light', { viewport: wide, colorScheme: 'light' }],
    ['on a phone and dark', { viewport: phone, colorScheme: 'dark' }],
  ] as const)(
    '%s, it loads nothing, fits, and has no accessibility violation',
    async ([, options]) => {
      await using opened = await open(browser, report, options);
      const { page, heard } = opened;
      expect(await page.locator('h1').textContent()).toContain('exactMatchSession');
      await page.locator('details').evaluateAll((all) => {
        for (const each of all) each.setAttribute('open', '');
      });
      expect(await contentWidth(page)).toBe(options.viewport.width);
      expect(await violations(page)).toEqual([]);
      expect(heard).toEqual([]);
    },
  );

  test('it is filtered by text and by kind', async () => {
    await using opened = await open(browser, report, { viewport: phone });
    const { page } = opened;
    const shown = () => page.locator('.problem:visible h4').allTextContents();
    const all = await shown();
    await page.locator('#filter').fill('rowsPerBlock 2.5.');
    await expect.poll(shown, PATIENT).toEqual([expect.stringContaining('got 2.5')]);
    expect(await page.locator('tbody tr:visible').count()).toBe(0);
    await page.locator('#filter').fill('');
    await expect.poll(async () => (await shown()).length, PATIENT).toBe(all.length);
    await page.locator('#kind').selectOption('warning');
    expect(await shown()).toEqual([expect.stringContaining('takes no body')]);
    await page.locator('#kind').selectOption('unseen');
    expect(await page.locator('tbody tr:visible').count()).toBe(12);
  });

  test('a matrix says of each operation and status what was seen', async () => {
    await using opened = await open(browser, report, { viewport: wide });
    const { page } = opened;
    const headings = await page.locator('thead th').allTextContents();
    const cellOf = async (operation: string, status: string) => {
      const row = page.locator('tbody tr', { hasText: operation }).first();
      return row.locator('th, td').nth(headings.indexOf(status)).textContent();
    };
    expect(await cellOf('createExactMatchSession', '201')).toBe('× 4/6');
    expect(await cellOf('deleteExactMatchSession', '404')).toBe('✓ 1');
    expect(await cellOf('getExactMatchSession', '418')).toBe('× 1/1?');
    expect(await cellOf('getExactMatchSession', '200')).toBe('·');
    expect(await cellOf('getExactMatchSession', '201')).toBe('');
  });

  test('it stays usable with a thousand operations', async () => {
    await using opened = await open(browser, manyOperations(report, 1000), { viewport: phone });
    const { page, heard } = opened;
    await page.locator('#filter').fill('operation777');
    await expect.poll(() => page.locator('.problem:not([hidden])').count(), PATIENT).toBe(1);
    expect(await page.locator('tbody tr:not([hidden])').count()).toBe(1);
    expect(await contentWidth(page)).toBe(phone.width);
    expect(heard).toEqual([]);
  });
});

interface Opened {
  readonly page: Page;
  /** What it has printed, thrown, or asked of the network. */
  readonly heard: readonly string[];
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

async function open(
  { browser }: TestBrowser,
  report: Report,
  options: BrowserContextOptions,
): Promise<Opened> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'exactmatch-'));
  const file = join(folder.path, 'report.html');
  await writeFile(file, await writeReport(report, 'html', plain));
  const context = await browser.newContext(options);
  // Not as a script of the page: nothing may run there but its own.
  await context.addInitScript({ path: axe });
  const page = await context.newPage();
  const { href } = pathToFileURL(file);
  const heard: string[] = [];
  page.on('console', (message) => heard.push(message.text()));
  page.on('pageerror', (cause) => heard.push(String(cause)));
  page.on('request', (request) => {
    if (request.url() !== href) heard.push(request.url());
  });
  await page.goto(href);
  const close = async () => {
    await context.close();
    await folder.remove();
  };
  return { page, heard, [Symbol.asyncDispose]: close };
}

async function contentWidth(page: Page): Promise<unknown> {
  return page.locator('html').evaluate((node) => node.scrollWidth);
}

async function violations(page: Page): Promise<readonly string[]> {
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
