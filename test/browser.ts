import { spawnSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** A browser of this test alone. */
export interface TestBrowser {
  readonly browser: Browser;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Why there is no browser to test with, as a sentence, which is printed too; `undefined` when there
 * is one.
 *
 * @throws {Error} With that sentence, in CI.
 */
export function missingBrowser(): string | undefined {
  if (findBrowser() !== undefined) return undefined;
  const sentence = 'chromium is not installed: apt-get install chromium, or brew install chromium';
  if (process.env['CI']) throw new Error(sentence);
  process.stderr.write(`Tests are skipped: ${sentence}\n`);
  return sentence;
}

/** Starts the browser that is installed. */
export async function startBrowser(): Promise<TestBrowser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no browser is installed');
  // Chromium has no sandbox for root, which tests in containers run as.
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  return { browser, [Symbol.asyncDispose]: () => browser.close() };
}

function findBrowser(): string | undefined {
  for (const name of NAMES) {
    const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return undefined;
}
