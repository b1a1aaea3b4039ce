// The pages of a running gateway with real traffic: two hosts, slow models, people who wait.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import {
  SCHEMES, WIDTHS, assertAccessible, assertNoSidewaysScroll, launch, live, openTab, picture, renders, signIn,
} from './browser.mjs';
import { Bed } from './gateway.mjs';

const ADMIN_KEY = 'sk-admin-of-the-tests';
const HOSTILE = '<img src=x onerror=alert(1)>';
const SIZES = { 'llama3.2:latest': 3.4e9, 'qwen3:latest': 6.1e9 };
const SLOW = ['--models', 'llama3.2,qwen3', '--max-loaded', '1', '--parallel', '4', '--load-time', '1500ms', '--token-time', '50ms'];
let browser;
let bed;
let tab;

before(async () => {
  browser = await launch();
  bed = await new Bed().start({
    hosts: {
      gpu1: { args: SLOW, sizes: SIZES, slots: 2, vram_gb: 8 },
      gpu2: { args: [SLOW[0], 'llama3.2', ...SLOW.slice(2)], sizes: SIZES, slots: 1 },
    },
    keys: {
      anna: { weight: 2 }, bob: {}, batch: { priority: 'low' }, web: { share_by: 'user:X-User' }, ops: { admin: true },
    },
    settings: { ADMIN_KEY, SHUTDOWN_TIMEOUT: '1s' },
  });
  tab = await openTab(browser, `${bed.url}/admin`);
});
after(async () => {
  await browser?.close();
  await bed?.stop();
});
afterEach(() => {
  const errors = tab.errors.splice(0);
  assert.deepEqual(errors, []);
});

const forgive = pattern => tab.errors.splice(0, tab.errors.length, ...tab.errors.filter(text => !pattern.test(text)));
const words = async selector => (await tab.innerText(selector)).replaceAll('\u202f', ' ').replace(/\s+/g, ' ');
const host = name => tab.locator('.host').filter({ has: tab.locator(`h3:text-is("${name}")`) });

// Until the words of this part of the page are so.
async function shows(selector, pattern) {
  await tab.waitForFunction(([where, source]) =>
    [...document.querySelectorAll(where)].some(node => new RegExp(source, 's').test(node.innerText)), [selector, pattern.source]);
}

async function act(label, yes, result) {
  await tab.getByRole('button', { name: label }).click();
  await tab.click(`dialog[open] #confirm-yes:has-text("${yes}")`);
  await tab.waitForFunction(source => new RegExp(source).test(document.getElementById('results').innerText), result.source);
}

test('it is served with a strict policy, and a wrong key is refused', async () => {
  for (const path of ['/admin', '/admin/assets/admin.js']) {
    const answer = await fetch(bed.url + path);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-security-policy'), /^default-src 'none'; script-src 'self'; style-src 'self'; /);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  }
  await tab.fill('#key', 'sk-nobody');
  await tab.press('#key', 'Enter');
  await shows('#key-error', /does not accept this key\. The API key is wrong\./);
  await tab.fill('#key', bed.keys.bob);
  await tab.press('#key', 'Enter');
  await shows('#key-error', /no administrator rights/);
  forgive(/status of 40[13]/);
});

test('an idle gateway has nothing to tell but its hosts', async () => {
  await signIn(tab, ADMIN_KEY);
  await shows('#summary', /Hosts up\s+2 of 2/);
  const figures = await words('#figures');
  for (const sentence of [
    'No calls are waiting.', 'No model is loaded.', 'Nobody has used a GPU in the last hour.', 'Up to 1,000 calls can wait.',
  ]) {
    assert.ok(figures.includes(sentence), `${sentence} is not in: ${figures}`);
  }
  assert.match(await words('#about'), /^Version \d.* · up .* · key admin$/);
});

test('a model is loaded by hand, and the load is listed with its reason', async () => {
  await host('gpu2').getByRole('button', { name: 'Load a model' }).click();
  assert.deepEqual(await tab.locator('#confirm-select option').allInnerTexts(), ['llama3.2:latest']);
  await tab.click('#confirm-yes');
  await shows('#results', /llama3\.2/);
  await shows('.host', /^gpu2.*3\.4.GB in use.*llama3\.2:latest.*3\.4.GB.*1 slot.*free/);
  await shows('#loads tbody', /llama3\.2:latest.*on gpu2.*By an administrator.*Loaded/);
});

test('traffic: slots with names and times, the queue in order, a load', async () => {
  bed.call('anna', { model: 'llama3.2', tokens: 6000 });
  await shows('.slot', /^anna/);
  bed.call('web', { model: 'llama3.2', tokens: 6000, headers: { 'X-User': HOSTILE } });
  bed.call('bob', { model: 'llama3.2', tokens: 6000 });
  await shows('#summary', /Slots busy\s+3 of/);
  await shows('.host', /^gpu1.*3\.4.GB of 8.GB/);
  for (const id of ['anna', 'batch', 'bob', 'web']) {
    bed.call(id, { model: 'llama3.2', tokens: 60, headers: { 'X-User': 'carol' } });
  }
  await tab.waitForFunction(() => document.querySelectorAll('#queue tbody tr').length === 4);
  assert.deepEqual(await tab.locator('#queue tbody td:first-child').allInnerTexts(), ['1', '2', '3', '4']);
  // The low class is granted last.
  await shows('#queue tbody tr:last-child', /batch.*low/);
  assert.match(await words('#queue-lead'), /^4 of at most 1,000 calls wait\.$/);
  const before = await tab.locator('.slot', { hasText: 'anna' }).locator('.time').innerText();
  await tab.waitForFunction(text => [...document.querySelectorAll('.slot .time')].every(node => node.textContent !== text), before);
  assert.match(await tab.title(), /^4 waiting/);
});

test('hostile names stay text', async () => {
  await shows('.slot', /<img src=x/);
  assert.equal(await tab.locator('main img').count(), 0);
});

for (const scheme of SCHEMES) {
  for (const width of WIDTHS) {
    test(`with traffic, axe finds nothing and nothing scrolls sideways: ${scheme}, ${width} pixels`, async () => {
      await tab.emulateMedia({ colorScheme: scheme });
      await tab.setViewportSize({ width, height: 900 });
      await renders(tab);
      await assertAccessible(tab, 'with traffic');
      await assertNoSidewaysScroll(tab, 'with traffic');
      await picture(tab, `traffic-${scheme}-${width}`);
    });
  }
}

test('a waiting call and a running one are cancelled; their clients are told', async () => {
  await tab.emulateMedia({ colorScheme: 'light' });
  await tab.setViewportSize({ width: 1280, height: 900 });
  const waiting = bed.call('ops', { model: 'llama3.2', tokens: 5 });
  await shows('#queue tbody', /ops/);
  await act(/^Cancel the waiting call .* of ops$/, 'Cancel the call', /cancelled/);
  const told = await waiting.done;
  assert.ok(told.status === 503 || /cancelled/.test(told.text), JSON.stringify(told));
  assert.match(told.text, /"cancelled"/);
  await act(/^Cancel the running call .* of <img/, 'Cancel the call', /cancelled/);
  await tab.waitForFunction(() => ![...document.querySelectorAll('.slot')].some(slot => slot.textContent.includes('<img')));
});

test('a host is drained and resumed', async () => {
  await act('Drain host gpu1', 'Drain', /gpu1 is draining/);
  await shows('.host', /^gpu1\s+Draining/);
  await act('Resume host gpu1', 'Resume', /gpu1/);
  await shows('.host', /^gpu1\s+Up/);
});

test('it survives a restart of the gateway', async () => {
  const restarted = bed.stopGateway();
  await tab.waitForSelector('#state[data-state="away"]');
  await tab.waitForSelector('#stale:not([hidden])');
  await restarted;
  await bed.startGateway();
  await live(tab);
  await tab.waitForSelector('#stale', { state: 'hidden' });
  await shows('#summary', /Hosts up\s+2 of 2/);
  assert.equal(await tab.evaluate(() => document.getElementById('sign-in').hidden), true);
  forgive(/ERR_|status of 503/);
});

test('a model is unloaded', async () => {
  await shows('.host', /^gpu2.*llama3\.2:latest/);
  await act('Unload llama3.2:latest from host gpu2', 'Unload', /llama3\.2/);
  await shows('.host', /^gpu2.*No model is loaded\./);
});

test('shares, accounts and loads tell what was done', async () => {
  await bed.call('anna', { model: 'qwen3', tokens: 30 }).done;
  await shows('#shares tbody', /anna/);
  assert.ok(await tab.locator('#shares .band').count() > 0);
  await shows('#accounts tbody', /anna\s+1\b/);
  await shows('#loads tbody', /qwen3:latest.*on gpu1/);
});

test('a key that is disabled is signed out with the reason', async () => {
  await tab.click('#sign-out');
  await signIn(tab, bed.keys.ops);
  await bed.writeKeys({ ops: { disabled: true } });
  await shows('#key-error', /does not accept this key\. The API key is disabled\./);
  assert.ok(await tab.isHidden('#figures'));
  assert.doesNotMatch(await tab.evaluate(() => document.body.outerHTML), /gpu1/);
  forgive(/status of 401/);
});

test('a browser that opens / sees what this is, and where to go', async () => {
  const landing = await openTab(browser, `${bed.url}/`);
  const text = await landing.innerText('body');
  assert.match(text, /LlamaGate is running/);
  assert.ok(text.includes(`curl ${bed.url}/v1/models`) && text.includes(`base_url="${bed.url}/v1"`), text);
  assert.doesNotMatch(text, /llama3\.2|qwen3/);
  for (const scheme of SCHEMES) {
    for (const width of WIDTHS) {
      await landing.emulateMedia({ colorScheme: scheme });
      await landing.setViewportSize({ width, height: 900 });
      await assertAccessible(landing, `landing, ${scheme}, ${width}`);
      await assertNoSidewaysScroll(landing, `landing, ${width}`);
      await picture(landing, `landing-${scheme}-${width}`);
    }
  }
  await landing.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await landing.getByRole('button', { name: 'Copy' }).first().click();
  await landing.waitForSelector('#copied:text("Copied")', { state: 'attached' });
  assert.match(await landing.evaluate(() => navigator.clipboard.readText()), /^curl http.*\/v1\/models/);
  assert.deepEqual(landing.errors, []);
  await landing.getByRole('link', { name: 'Status and administration' }).click();
  await landing.waitForSelector('#sign-in:not([hidden])');
  await landing.goto(`${bed.url}/`);
  await landing.getByRole('link', { name: 'The API' }).click();
  await landing.waitForSelector('.swagger-ui .opblock');
  await landing.context().close();
});
