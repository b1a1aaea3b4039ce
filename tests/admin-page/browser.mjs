// The browser of these tests, and what a person does in it.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.SCREENSHOTS ?? 'screenshots';
await mkdir(pictures, { recursive: true });

export const SCHEMES = ['light', 'dark'];
export const WIDTHS = [1280, 390];

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync',
    ],
  });
}

// A tab of its own context. errors: what the console and the page complained of, and requests for other hosts.
export async function openTab(browser, url, { width = 1280, height = 900, scheme = 'light', reducedMotion = 'no-preference' } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion });
  const tab = await context.newPage();
  tab.setDefaultTimeout(20_000);
  tab.errors = watch(tab, new URL(url).host);
  await tab.goto(url);
  return tab;
}

export function watch(tab, host) {
  const errors = [];
  tab.on('console', message => ['error', 'warning'].includes(message.type()) && errors.push(message.text()));
  tab.on('pageerror', error => errors.push(String(error)));
  tab.on('request', request => new URL(request.url()).host !== host && errors.push(`request to ${request.url()}`));
  return errors;
}

export async function signIn(tab, key) {
  await tab.fill('#key', key);
  await tab.press('#key', 'Enter');
  await live(tab);
}

export const live = tab => tab.waitForSelector('#state[data-state="live"]');

// Until the page has been drawn this many times more.
export async function renders(tab, number = 1) {
  await tab.evaluate(times => new Promise(resolve => {
    let left = times;
    const observer = new MutationObserver(() => {
      if (--left <= 0) {
        observer.disconnect();
        resolve();
      }
    });
    observer.observe(document.getElementById('figures'), { subtree: true, childList: true, characterData: true, attributes: true });
  }), number);
}

export async function assertAccessible(tab, what) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const found = violations.flatMap(({ id, help, nodes }) =>
    [`${id}: ${help}`, ...nodes.map(node => `  ${node.html} ${node.any[0]?.message ?? ''}`)]);
  assert.deepEqual(found, [], what);
}

export async function assertNoSidewaysScroll(tab, what) {
  const [wide, seen] = await tab.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= seen, `${what}: ${wide} pixels in a window of ${seen}`);
}

export async function picture(tab, name, options = { fullPage: true }) {
  await tab.screenshot({ path: path.join(pictures, `${name}.png`), ...options });
}
