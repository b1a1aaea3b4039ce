// Runs every fenced block of the documents, or says why not. The last line is "N passed, N failed".
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds, reasonNotRun } from './kinds.mjs';
import { blocksOf } from './markdown.mjs';
import { stopAll } from './processes.mjs';
import { cloneFor } from './commands.mjs';
import { runCSharp } from './programs.mjs';
import { proxyTests } from './through-proxy.mjs';
import { root, Servers } from './servers.mjs';

const only = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'llamagate-documents-'));
const counts = new Map();
const reasons = new Map();
let passed = 0;
let failed = 0;

const read = (file) => readFileSync(join(root, file), 'utf8');
const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);

async function check(what, action) {
  const started = performance.now();
  try {
    const value = await action();
    passed++;
    console.log(`ok: ${what} (${Math.round(performance.now() - started)} ms)`);
    return value;
  } catch (error) {
    failed++;
    console.log(`FAILED: ${what}\n${error.message.trimEnd().replaceAll(/^/gm, '  | ')}`);
    return undefined;
  }
}

/** The top level and docs: what a person who uses or runs the gateway reads. */
function documents() {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' });
  return [...new Set(listed.split('\n'))]
    .filter((file) => file !== '' && (!file.includes('/') || file.startsWith('docs/')))
    .filter((file) => only.length === 0 || only.includes(file)).sort();
}

/** In their order, because a later command may need what an earlier one made; documents go side by side. */
async function runDocument(document, blocks, context) {
  const clone = cloneFor(work);
  for (const block of blocks) {
    const name = `${document}:${block.line} ${block.language}`;
    const reason = reasonNotRun(block);
    if (reason) {
      count(reasons, reason);
      await check(`${name}, not run: ${reason}`, () => kinds.notRun(block, read));
      continue;
    }

    const kind = kinds[block.marks.output !== undefined ? 'output' : block.language];
    count(counts, kind?.counted ?? 'of no known kind');
    const result = await check(`${name}: ${kind?.counted}`, () => {
      if (!kind) {
        throw new Error(`nobody runs a block of the language "${block.language}"; say that it is text, or mark it`);
      }

      return kind.run(block, { ...context, clone });
    });
    if (kind?.proxy && result) {
      await Promise.all(Object.entries(proxyTests).map(([test, action]) => check(`${name}: ${test}`, () => action(result))));
    }
  }
}

async function main() {
  const servers = new Servers(work);
  const perDocument = new Map(documents().map((document) => [document, blocksOf(document, read(document))]));
  const blocks = [...perDocument.values()].flat();
  for (const block of blocks.filter((one) => one.of)) {
    block.of.shown = block;
  }

  await servers.startEmulator();
  if (blocks.some((block) => block.code.includes('gpu1.lan'))) {
    await servers.startHosts();
  }

  await servers.makeLog();
  const context = { servers, work, read };
  context.csharp = runCSharp(blocks.filter((block) => block.language === 'csharp' && !reasonNotRun(block)), context);
  context.csharp.catch(() => { /* Each C# block says so by itself. */ });
  await Promise.all([...perDocument].map(([document, its]) => runDocument(document, its, context)));

  console.log('');
  [...counts].sort().forEach(([kind, number]) => console.log(`${String(number).padStart(4)} ${kind}`));
  [...reasons].sort().forEach(([reason, number]) => console.log(`${String(number).padStart(4)} not run: ${reason}`));
}

for (const [name, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  process.once(name, () => { stopAll().finally(() => process.exit(code)); });
}

await check('every block is read, and the servers start', main);
await stopAll();
rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
