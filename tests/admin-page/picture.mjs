// Makes the pictures admin-light.png and admin-dark.png of docs/images: the page of a gateway with real traffic of some minutes.
// Run by hand; then reduce the colours to a palette:
//   GATEWAY_DLL=… EMULATOR_DLL=… node picture.mjs MINUTES DIRECTORY
import path from 'node:path';
import { launch, openTab, renders, signIn } from './browser.mjs';
import { Bed } from './gateway.mjs';

const [minutes = '5', directory = '.'] = process.argv.slice(2);
const ADMIN_KEY = 'sk-admin-of-the-picture';
const SIZES = { 'llama3.2:latest': 6.2e9, 'qwen3:14b': 11.1e9, 'gemma3:12b': 9.4e9 };
const SPEED = ['--parallel', '4', '--load-time', '4s', '--token-time', '45ms'];
const bed = await new Bed().start({
  hosts: {
    gpu1: {
      args: ['--models', 'llama3.2,qwen3:14b,gemma3:12b', '--max-loaded', '2', ...SPEED], sizes: SIZES, slots: 3, max_loaded: 2, vram_gb: 24,
      pin: ['llama3.2'],
    },
    gpu2: { args: ['--models', 'llama3.2,gemma3:12b', '--max-loaded', '1', ...SPEED], sizes: SIZES, slots: 2, max_loaded: 1, vram_gb: 12 },
  },
  keys: {
    anna: { weight: 2, tokens_per_day: 60_000 }, bob: {}, batch: { priority: 'low', gpu_seconds_per_day: 3600 },
    'web-ui': { weight: 2, share_by: 'user:X-User' }, ops: { admin: true },
  },
  settings: { ADMIN_KEY },
});

let isOver = false;
// One after the other, with pauses: a person, or a batch job without any.
async function use(id, model, tokens, pause, { user, body } = {}) {
  while (!isOver) {
    const length = body ? tokens : Math.round(tokens * (0.5 + Math.random()));
    await bed.call(id, { model, tokens: length, headers: user ? { 'X-User': user } : {}, body }).done;
    await new Promise(resolve => setTimeout(resolve, pause * 1000 * (0.5 + Math.random())));
  }
}

use('anna', 'llama3.2', 300, 1);
use('anna', 'qwen3:14b', 200, 3);
use('bob', 'llama3.2', 250, 6);
use('web-ui', 'llama3.2', 200, 2, { user: 'carol@example.org' });
use('web-ui', 'gemma3:12b', 200, 4, { user: 'dave@example.org' });
// The same each time: an answer from the cache.
use('bob', 'llama3.2', 80, 9, { body: { temperature: 0, messages: [{ role: 'user', content: 'The same question' }] } });
for (let job = 0; job < 7; job++) {
  use('batch', job % 2 ? 'gemma3:12b' : 'qwen3:14b', 350, 0);
}

const browser = await launch();
try {
  const tab = await openTab(browser, `${bed.url}/admin`, { width: 1280, height: 900 });
  await signIn(tab, ADMIN_KEY);
  await new Promise(resolve => setTimeout(resolve, Number(minutes) * 60_000));
  await tab.waitForFunction(() => document.querySelectorAll('#queue tbody tr').length >= 3, null, { timeout: 120_000 });
  for (const scheme of ['light', 'dark']) {
    await tab.emulateMedia({ colorScheme: scheme });
    await renders(tab);
    await tab.screenshot({ path: path.join(directory, `admin-${scheme}.png`), fullPage: true });
  }
} finally {
  isOver = true;
  await browser.close();
  await bed.stop();
}
process.exit(0);
