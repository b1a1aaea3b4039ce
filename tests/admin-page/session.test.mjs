// The page alone, before a made-up API: signing in and out, refusals, a gateway that is away and comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, live, picture, watch } from './browser.mjs';
import { useFixture } from './fixture-bed.mjs';

const bed = useFixture();

test('without a key it shows the form, and sends no request to the API', async () => {
  const tab = await bed.open();
  assert.equal(await tab.textContent('#state'), 'Signed out');
  assert.ok(await tab.isVisible('#sign-in') && await tab.isHidden('#figures'));
  assert.equal(await tab.evaluate(() => document.activeElement.id), 'key');
  assert.equal(await tab.getAttribute('#key', 'type'), 'password');
  assert.equal(bed.server.streams, 0);
});

test('it says in words why a key is not taken', async () => {
  const tab = await bed.open();
  for (const [key, words] of [
    ['two words', /no spaces/], ['sk-wrong', /does not accept this key. The API key is wrong/], [bed.server.otherKey, /no administrator rights/],
  ]) {
    await tab.fill('#key', key);
    await tab.press('#key', 'Enter');
    await tab.waitForFunction(text => new RegExp(text).test(document.getElementById('key-error').textContent), words.source);
    assert.ok(await tab.isHidden('#figures'));
    assert.equal(await tab.getAttribute('#key', 'aria-invalid'), 'true');
  }
  assert.equal(await tab.evaluate(() => sessionStorage.length), 0);
  bed.forgive(tab, /status of 40[13]/);
});

test('a gateway that loses its admin key signs out and explains', async () => {
  const tab = await bed.openSignedIn();
  bed.server.adminKey = 'sk-another';
  bed.server.dropStreams();
  await tab.waitForSelector('#sign-in:not([hidden])');
  assert.match(await tab.textContent('#key-error'), /does not accept this key/);
  assert.equal(await tab.evaluate(() => sessionStorage.length), 0);
  bed.forgive(tab, /status of 401|ERR_/);
});

test('the key survives a reload, belongs to one tab, and goes with Sign out', async () => {
  const tab = await bed.openSignedIn();
  await tab.reload();
  await live(tab);
  const other = await tab.context().newPage();
  other.errors = watch(other, new URL(bed.server.url).host);
  bed.keep(other);
  await other.goto(`${bed.server.url}/admin`);
  assert.ok(await other.isVisible('#sign-in'));
  await tab.click('#sign-out');
  assert.ok(await tab.isVisible('#sign-in') && await tab.isHidden('#figures'));
  assert.equal(await tab.inputValue('#key'), '');
  await tab.waitForFunction(() => sessionStorage.length === 0 && localStorage.length === 0 && document.cookie === '');
  await tab.reload();
  assert.ok(await tab.isVisible('#sign-in'));
});

test('it survives a restart of the gateway, and marks what is not current', async () => {
  const tab = await bed.openSignedIn();
  await bed.server.stop();
  await tab.waitForSelector('#state[data-state="away"]');
  assert.match(await tab.textContent('#state'), /^Reconnecting since \d\d:\d\d:\d\d$/);
  await tab.waitForSelector('#stale:not([hidden])');
  assert.match(await tab.textContent('#stale'), /^These figures are not current\. They are from \d\d:\d\d:\d\d\.$/);
  assert.ok(await tab.isVisible('#figures'));
  await assertAccessible(tab, 'reconnecting');
  await picture(tab, 'reconnecting');
  await bed.server.start();
  await live(tab);
  await tab.waitForSelector('#stale', { state: 'hidden' });
  bed.forgive(tab, /ERR_/);
});

test('a gateway that falls silent is taken for gone', async () => {
  const tab = await bed.open();
  await tab.clock.install();
  await tab.reload();
  bed.server.interval = 3_600_000;
  await tab.fill('#key', bed.server.adminKey);
  await tab.press('#key', 'Enter');
  await live(tab);
  await tab.clock.runFor(16_000);
  await tab.waitForSelector('#state[data-state="away"]');
  await tab.clock.runFor(2_000);
  await live(tab);
  bed.forgive(tab, /ERR_/);
});

test('a gateway that answers but does not serve says why', async () => {
  const tab = await bed.openSignedIn();
  bed.server.busy = '32 clients already listen to the status.';
  bed.server.dropStreams();
  await tab.waitForSelector('#stale >> text=32 clients already listen to the status.');
  const other = await bed.open();
  await other.fill('#key', bed.server.adminKey);
  await other.press('#key', 'Enter');
  await other.waitForSelector('#key-error >> text=32 clients already listen to the status. The page retries automatically.');
  bed.server.busy = '';
  await live(tab);
  await live(other);
  bed.forgive(tab, /ERR_|status of 503/);
  bed.forgive(other, /status of 503/);
});
