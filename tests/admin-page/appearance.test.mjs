// The page alone, before a made-up API: nothing to show, hostile names, accessibility in each theme and width, paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SCHEMES, WIDTHS, assertAccessible, assertNoSidewaysScroll, picture, renders, signIn } from './browser.mjs';
import { useFixture } from './fixture-bed.mjs';
import { emptyStatus } from './fixture-status.mjs';

const HOSTILE = '<img src=x onerror="document.title=1"><script>alert(1)</script>\u202e&amp;';
const SHOWN = HOSTILE.replace('\u202e', '\ufffd');
const LONG = 'a-name-without-any-place-to-break-it-'.repeat(4);
const bed = useFixture();

test('empty states are in words, with sharing and without', async () => {
  for (const sharing of [true, false]) {
    bed.server.statusOf = (_, { now }) => emptyStatus(now, sharing);
    const tab = await bed.openSignedIn();
    const words = await tab.innerText('#figures');
    for (const sentence of ['No calls are waiting.', 'Nobody has used a GPU in the last hour.', 'There were no calls today.',
      'No model has been loaded since the gateway started.', 'DATA_DIR is not set', sharing ? 'No model is loaded.' : 'Sharing is off']) {
      assert.ok(words.includes(sentence), `${sentence} is not in: ${words}`);
    }
    assert.ok(await tab.isHidden('#warnings'));
    assert.ok(await tab.isHidden('#cluster'));
    assert.equal(await tab.getByRole('button', { name: /Drain/ }).count(), sharing ? 1 : 0);
    await assertAccessible(tab, `empty, sharing ${sharing}`);
    await picture(tab, `empty-${sharing ? 'shared' : 'not-shared'}`);
  }
});

test('hostile and endless names are text', async () => {
  const words = /^\d{4}-|^(up|down|draining|open|closed|normal|low|high|waiting|loading|ok|failed|running|member|active|joining|leaving)$/;
  const poison = value => {
    if (typeof value === 'string') {
      return words.test(value) ? value : `${HOSTILE} ${LONG} ${value}`;
    }
    if (Array.isArray(value)) {
      return value.map(poison);
    }
    return value === null || typeof value !== 'object'
      ? value
      : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poison(inner)]));
  };
  const honest = bed.server.statusOf;
  bed.server.statusOf = (seconds, facts) => poison(honest(seconds, facts));
  for (const width of WIDTHS) {
    const tab = await bed.openSignedIn({ width });
    await renders(tab);
    assert.equal(await tab.locator('#figures :is(img, script, iframe)').count(), 0);
    assert.ok((await tab.textContent('#queue')).includes(SHOWN));
    assert.doesNotMatch(await tab.title(), /^1$/);
    await assertNoSidewaysScroll(tab, `hostile names, ${width}`);
    await tab.locator('#queue tbody tr:nth-child(1) button').click();
    assert.ok((await tab.textContent('#confirm-title')).includes(SHOWN));
    assert.equal(await tab.locator('dialog :is(img, script)').count(), 0);
    await tab.click('#confirm-no');
    await picture(tab, `hostile-${width}`);
  }
});

for (const scheme of SCHEMES) {
  for (const width of WIDTHS) {
    test(`axe finds nothing and nothing scrolls sideways: ${scheme}, ${width} pixels`, async () => {
      const tab = await bed.open({ scheme, width });
      await assertAccessible(tab, 'signing in');
      await picture(tab, `sign-in-${scheme}-${width}`, {});
      await signIn(tab, bed.server.adminKey);
      await renders(tab);
      await assertAccessible(tab, 'the figures');
      await assertNoSidewaysScroll(tab, 'the figures');
      await picture(tab, `page-${scheme}-${width}`);
      await tab.click('button[aria-label="Load a model on host gpu1"]');
      await assertAccessible(tab, 'a question');
      await picture(tab, `question-${scheme}-${width}`, {});
      await tab.click('#confirm-yes');
      await tab.waitForSelector('#results .result');
      await assertAccessible(tab, 'a result');
    });
  }
}

test('nothing scrolls sideways in windows between a telephone and a wall', async () => {
  const tab = await bed.openSignedIn();
  for (const width of [320, 480, 640, 641, 768, 900, 1199, 1200, 1920]) {
    await tab.setViewportSize({ width, height: 900 });
    await assertNoSidewaysScroll(tab, `${width} pixels`);
  }
});

test('nothing moves for those who want no motion', async () => {
  const tab = await bed.openSignedIn({ reducedMotion: 'reduce' });
  await bed.server.stop();
  await tab.waitForSelector('#state[data-state="away"]');
  assert.equal(await tab.evaluate(() => document.getAnimations().length), 0);
  assert.match(await tab.evaluate(() => getComputedStyle(document.querySelector('.bar'), '::after').transitionDuration), /^0s$/);
  await bed.server.start();
  bed.forgive(tab, /ERR_/);
});

test('on paper there are no buttons', async () => {
  const tab = await bed.openSignedIn();
  await tab.emulateMedia({ media: 'print' });
  assert.equal(await tab.locator('button:visible').count(), 0);
  assert.ok(await tab.isVisible('#queue table'));
  assert.ok((await tab.pdf()).length > 10_000);
});
