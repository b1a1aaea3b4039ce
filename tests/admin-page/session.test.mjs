// The page alone, before a made-up API: signing in and out, refusals, a gateway that is away and comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, live, picture, signIn, watch } from './browser.mjs';
import { useFixture } from './fixture-bed.mjs';
import { emptyStatus } from './fixture-status.mjs';

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

test('until the first status it says that it connects, and then it shows that status at once', async () => {
  bed.server.delay = 700;
  const tab = await bed.openSignedIn();
  for (const begin of [() => tab.reload(), () => tab.click('#sign-out').then(() => signIn(tab, bed.server.adminKey))]) {
    await tab.addInitScript(recordShown);
    await tab.evaluate(recordShown);
    await begin();
    await live(tab);
    assert.match(await tab.innerText('#queue'), /carol/, 'The figures are there as soon as it is live.');
    const seen = await tab.evaluate(() => globalThis.shown);
    assert.ok(seen.some(({ state }) => state === 'Connecting …'), JSON.stringify(seen));
    assert.deepEqual(seen.filter(({ text }) => /No host is|No calls are|Nobody has|no calls today|No model has/.test(text)), []);
    assert.deepEqual(seen.filter(({ state, text }) => state === 'Live' && text === ''), []);
  }
});

// Notes at each frame what the page says and shows.
function recordShown() {
  globalThis.shown = [];
  const note = () => {
    const state = document.getElementById('state')?.textContent;
    const text = document.getElementById('figures')?.innerText.trim() ?? '';
    globalThis.shown.push({ state, text: document.getElementById('figures')?.hidden ? '' : text });
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}

test('signing out leaves no figures in the document, and the next sign-in shows none from before', async () => {
  const tab = await bed.openSignedIn();
  await tab.click('button[aria-label="Cancel the waiting call c114 of bob"]');
  await tab.click('#confirm-yes');
  await tab.waitForSelector('#results >> text=Call c114 is cancelled.');
  await tab.click('#sign-out');
  const left = await tab.evaluate(() => document.body.outerHTML);
  assert.deepEqual(['gpu1', 'attic', 'anna', 'carol', 'bob', 'c114', 'gemma3', 'redis://', '19.6', 'ops'].filter(word => left.includes(word)), []);
  bed.server.statusOf = (_, { now }) => emptyStatus(now, true);
  await signIn(tab, bed.server.adminKey);
  assert.doesNotMatch(await tab.innerText('#figures'), /gpu1|anna|carol/);
});

test('what comes of an action after signing out is not shown', async () => {
  const tab = await bed.openSignedIn();
  await tab.route('**/cancel', async route => {
    await new Promise(resolve => setTimeout(resolve, 500));
    await route.continue();
  });
  await tab.click('button[aria-label="Cancel the waiting call c114 of bob"]');
  const answered = tab.waitForResponse('**/cancel');
  await tab.click('#confirm-yes');
  await tab.click('#sign-out');
  await answered;
  await tab.waitForTimeout(200);
  assert.equal(await tab.textContent('#results'), '');
});

test('a stream that ends because the key is no longer in force signs out with the reason', async () => {
  const tab = await bed.openSignedIn();
  bed.server.adminKey = 'sk-another';
  bed.server.endStreams();
  await tab.waitForSelector('#sign-in:not([hidden])');
  assert.match(await tab.textContent('#key-error'), /does not accept this key. The API key is wrong/);
  assert.ok(!(await tab.evaluate(() => document.body.outerHTML)).includes('gpu1'));
  bed.forgive(tab, /status of 401/);
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
