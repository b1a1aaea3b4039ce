// The page alone, before a made-up API: what it shows, renders that disturb nobody, the keyboard, actions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { live, renders } from './browser.mjs';
import { useFixture } from './fixture-bed.mjs';

const bed = useFixture();

test('it shows hosts, slots, the queue, shares, accounts, loads and warnings', async () => {
  const tab = await bed.openSignedIn();
  const text = async selector => (await tab.innerText(selector)).replaceAll('\u202f', ' ').replace(/\s+/g, ' ');
  const warnings = await tab.locator('#warnings li').allInnerTexts();
  assert.match(warnings[0], /^Error\s+Host attic is down: connection refused\. Start Ollama on attic, or drain it\.$/);
  assert.match(warnings[1], /^Warning/);
  assert.match(await text('#summary'), /Hosts up 2 of 3 attic is down Slots busy 6 of 7/);
  const gpu1 = await text('.host:nth-child(1)');
  assert.match(gpu1, /gpu1 Up .*Ollama 0\.33\.0 · 5 of 6 slots busy VRAM 19\.6 GB of 24 GB/);
  assert.match(gpu1, /llama3\.2:latest Pinned 8K context · 6\.2 GB · 4 slots, learned/);
  assert.match(gpu1, /qwen3:14b Gets no new calls 16K context · 11\.1 GB of 13\.4 GB in VRAM · 2 slots/);
  assert.deepEqual(await tab.locator('.host:nth-child(1) .model:nth-child(1) .slot').evaluateAll(slots => slots.map(slot =>
    slot.querySelector('.who')?.textContent ?? slot.textContent)), ['anna', 'carol@example.org (web-ui)', 'bob', 'free']);
  assert.match(await text('.host:nth-child(2)'), /Loading gemma3:27b Its turn: calls waited for it\. ≈ \d+ s left/);
  assert.match(await text('.host:nth-child(3)'), /attic Down .*connection refused/);
  assert.deepEqual(await tab.locator('#queue tbody tr td:first-child').allInnerTexts(), ['1', '2', '3', '4', '5', '6']);
  assert.match(await text('#queue tbody tr:nth-child(2)'), /2 dave@example\.org by key web-ui · qwen3:14b high \d+ s ≈ \d+ s Cancel/);
  assert.match(await text('#shares tbody tr:nth-child(1)'), /anna 2 36 min 15 s 32% 22% 10 points above the target/);
  assert.equal(await tab.locator('#shares .band').count(), 7);
  assert.match(await tab.textContent('#chart-text'), /^anna: 32%, target 22%; batch: 21%/);
  assert.match(await text('#accounts tbody tr:nth-child(2)'), /batch 412 9\.8 M 1\.2 M 2 h .*11 M of 20 M 55% 2 h of 2 h used up/);
  assert.match(await text('#loads tbody tr:nth-child(4)'),
    /gemma3:27b on attic It was not loaded on any host for carol · 1 call waited 31 s Failed out of memory/);
  assert.match(await text('#cluster'), /Redis redis:\/\/redis:6379\/0 has been away for 42 s/);
  assert.match(await text('#cluster tbody tr:nth-child(1)'), /^gateway1 10\.0\.0\.7:11111 Works 2 h 1 min this one$/);
  assert.match(await text('#cluster tbody tr:nth-child(2)'), /^gateway2 10\.0\.0\.8:11111 Works 1 h.* holds the queue$/);
  assert.match(await text('#cluster tbody tr:nth-child(3)'), /^gateway3 10\.0\.0\.9:11111 Joins –\s*$/);
  assert.match(await tab.title(), /^6 waiting/);
});

test('times run on between two statuses', async () => {
  bed.server.interval = 60_000;
  const tab = await bed.openSignedIn();
  const seconds = async () => parseInt(await tab.textContent('.host:nth-child(1) .slot .time'), 10);
  const first = await seconds();
  await tab.waitForFunction(least => parseInt(document.querySelector('.slot .time').textContent, 10) >= least, first + 2);
});

test('it draws at most once a second, whatever the gateway sends', async () => {
  bed.server.interval = 40;
  const tab = await bed.openSignedIn();
  const drawn = await tab.evaluate(() => new Promise(resolve => {
    let count = 0;
    new MutationObserver(() => count++)
      .observe(document.querySelector('#queue .body'), { subtree: true, childList: true, characterData: true });
    setTimeout(() => resolve(count), 3500);
  }));
  assert.ok(drawn >= 2 && drawn <= 4, `${drawn} times in 3.5 s`);
});

test('focus, scroll and an open question survive renders', async () => {
  const tab = await bed.openSignedIn({ height: 500 });
  const button = tab.locator('#queue tbody tr:nth-child(3) button');
  await button.focus();
  await button.evaluate(node => { node.known = true; });
  const top = await tab.evaluate(() => scrollY);
  await renders(tab, 2);
  assert.ok(await tab.evaluate(() => document.activeElement.known === true));
  // The calls before it go: it moves to another row, and keeps the focus.
  bed.server.changes.cancelled = ['c112', 'c113'];
  await tab.waitForFunction(() => document.activeElement.closest('tr')?.rowIndex === 1);
  assert.ok(await tab.evaluate(() => document.activeElement.known === true));
  assert.equal(await tab.evaluate(() => scrollY), top);
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('dialog[open]');
  await renders(tab, 2);
  assert.ok(await tab.isVisible('dialog[open]'));
  assert.equal(await tab.textContent('#confirm-title'), 'Cancel the call of bob?');
  await tab.keyboard.press('Escape');
  assert.ok(await tab.evaluate(() => document.activeElement.known === true), 'The focus goes back to the button.');
  assert.deepEqual(bed.server.posts, []);
});

for (const [name, size, list] of [
  ['the list of the queue', { width: 1280, height: 900 }, '#queue .body'], ['the page of a phone', { width: 390, height: 700 }, ':root'],
]) {
  test(`${name} stays where it was scrolled to while the calls change`, async () => {
    // Each second the first ones start, others come, and their order changes.
    let drawn = 0;
    const honest = bed.server.statusOf;
    bed.server.statusOf = (seconds, facts) => {
      const status = honest(seconds, facts);
      const [call] = status.queue.calls;
      drawn += 3;
      const calls = Array.from({ length: 60 }, (_, index) => ({ ...call, id: `q${drawn + (index % 7 === 3 ? index - 3 : index)}-${index % 7 === 3}` }));
      return { ...status, queue: { ...status.queue, waiting: calls.length, calls } };
    };
    const tab = await bed.openSignedIn(size);
    await tab.locator('#queue tbody tr').nth(30).evaluate(row => row.scrollIntoView({ block: 'center' }));
    const top = () => tab.evaluate(selector => document.querySelector(selector).scrollTop, list);
    const before = await top();
    assert.ok(before > 300, `${before}`);
    for (let times = 0; times < 3; times++) {
      const first = await tab.textContent('#queue tbody tr button');
      await renders(tab);
      await tab.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      assert.equal(await top(), before, first);
    }
  });
}

test('focus of what disappears goes to the heading of its section', async () => {
  const tab = await bed.openSignedIn();
  await tab.locator('#queue tbody tr:nth-child(1) button').focus();
  bed.server.changes.cancelled = ['c112'];
  await tab.waitForFunction(() => document.activeElement.id === 'queue-title');
});

test('a keyboard alone is enough to sign in and to drain a host', async () => {
  const tab = await bed.open();
  await tab.keyboard.type(bed.server.adminKey);
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await live(tab);
  await renders(tab);
  assert.equal(await tab.evaluate(() => document.activeElement.id), 'title');
  await tabTo(tab, 'Drain host gpu1');
  await tab.keyboard.press('Enter');
  assert.equal(await tab.evaluate(() => document.activeElement.id), 'confirm-no', 'The safe answer has the focus.');
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('#results [role="status"] >> text=Host gpu1 is draining: 3 calls still run.');
  assert.deepEqual(bed.server.posts, ['hosts gpu1 drain']);
  await tab.waitForSelector('.host:nth-child(1) >> text=Draining');
  assert.equal(await tab.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Resume host gpu1');
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('dialog[open]');
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('#results >> text=Host gpu1 takes calls again.');
});

test('a host that is down is drained and resumed', async () => {
  const tab = await bed.openSignedIn();
  const act = async word => {
    await tab.click(`button[aria-label="${word} host attic"]`);
    await tab.click(`dialog[open] #confirm-yes:has-text("${word}")`);
  };
  assert.match(await tab.innerText('#warnings'), /Host attic is down/);
  await act('Drain');
  await tab.waitForSelector('button[aria-label="Resume host attic"]');
  assert.match(await tab.innerText('.host:nth-child(3)'), /^attic\s+Down\s+Drained\s+Resume/);
  assert.doesNotMatch(await tab.innerText('#warnings'), /attic/);
  await act('Resume');
  await tab.waitForSelector('button[aria-label="Drain host attic"]');
  assert.doesNotMatch(await tab.innerText('.host:nth-child(3)'), /Drained/);
  assert.deepEqual(bed.server.posts, ['hosts attic drain', 'hosts attic resume']);
});

async function tabTo(tab, label) {
  for (let presses = 0; presses < 40; presses++) {
    await tab.keyboard.press('Tab');
    const focused = await tab.evaluate(() => document.activeElement.getAttribute('aria-label'));
    const outline = await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, 'solid', `No focus ring on ${focused}`);
    if (focused === label) {
      return;
    }
  }
  assert.fail(`${label} is not reached by Tab.`);
}

test('load, unload and cancel send what was confirmed, and show what came of it', async () => {
  const tab = await bed.openSignedIn();
  const act = async (label, yes, result) => {
    await tab.click(`button[aria-label="${label}"]`);
    await tab.click(`dialog[open] #confirm-yes:has-text("${yes}")`);
    await tab.waitForSelector(`#results >> text=${result}`);
  };
  await tab.click('button[aria-label="Load a model on host gpu1"]');
  assert.deepEqual(await tab.locator('#confirm-select option').allInnerTexts(), ['gemma3:27b', 'nomic-embed-text:latest']);
  await tab.selectOption('#confirm-select', 'nomic-embed-text:latest');
  await tab.click('#confirm-yes');
  await tab.waitForSelector('#results >> text=nomic-embed-text:latest is being loaded on gpu1.');
  await act('Unload qwen3:14b from host gpu1', 'Unload', 'qwen3:14b leaves the memory of gpu1.');
  await act('Cancel the running call c101 of anna', 'Cancel the call', 'Call c101 is cancelled.');
  await tab.waitForFunction(() => document.querySelector('.host:nth-child(1) .slot').textContent === 'free');
  await act('Cancel the waiting call c116 of batch', 'Cancel the call', 'Call c116 is cancelled.');
  assert.deepEqual(bed.server.posts, [
    'hosts gpu1 models nomic-embed-text:latest load', 'hosts gpu1 models qwen3:14b unload', 'calls c101 cancel', 'calls c116 cancel',
  ]);
  assert.equal(await tab.locator('button[aria-label^="Unload llama3.2"]').isVisible(), false, 'A pinned model stays.');
});

test('an action that fails says so and stays until it is read', async () => {
  bed.server.interval = 60_000;
  const tab = await bed.openSignedIn();
  bed.server.changes.cancelled = ['c114'];
  const cancel = async () => {
    await tab.click('button[aria-label="Cancel the waiting call c114 of bob"]');
    await tab.click('#confirm-yes');
  };
  await cancel();
  await tab.waitForSelector('#results [role="alert"] >> text=There is no call c114 any more.');
  await tab.click('#results button[aria-label="Close the message"]');
  assert.equal(await tab.locator('#results .result').count(), 0);
  await bed.server.stop();
  await cancel();
  await tab.waitForSelector('#results [role="alert"] >> text=The gateway did not answer, so the result is unknown.');
  await bed.server.start();
  bed.forgive(tab, /status of 404|ERR_/);
});
