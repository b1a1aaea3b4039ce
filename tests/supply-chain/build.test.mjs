// The build: the same sources give the same assemblies, the versions are locked, a release packs what it says.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { unlocked } from '../../scripts/supply-chain/locked.mjs';
import { root } from '../../scripts/supply-chain/packages.mjs';

const work = mkdtempSync(join(tmpdir(), 'llamagate-build-'));
after(() => rmSync(work, { recursive: true, force: true }));
const run = (command, args, options = {}) =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: root, ...options });
const files = run('git', ['ls-files', '-co', '--exclude-standard', '-z']).split('\0')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const projects = files.filter((file) => file.endsWith('.csproj'));

/** The sources and nothing else, somewhere else: no restore, no build, no history. */
function copy(name) {
  const to = join(work, name);
  const wanted = files.filter((file) => file.startsWith('src/') || !file.includes('/'));
  wanted.forEach((file) => {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    writeFileSync(join(to, file), readFileSync(join(root, file)));
  });
  return to;
}

const assemblies = ['LlamaGate.Domain.dll', 'LlamaGate.Application.dll', 'LlamaGate.Infrastructure.dll', 'llamagate.dll'];

/**
 * Name and SHA-256 of each of the four, built without symbols as a release is. With them, an assembly holds a checksum of its
 * symbols, these hold the generated sources, and the generator of log messages writes its classes in no fixed order.
 */
async function built(directory) {
  const quick = ['-p:RunAnalyzers=false', '-p:EnforceCodeStyleInBuild=false'];
  const as = ['-c', 'Release', '-p:DebugType=none', ...quick, '--nologo', '-v', 'quiet'];
  await promisify(execFile)('dotnet', ['build', 'src/LlamaGate.Api', ...as], { cwd: directory });
  return assemblies.map((name) => [name, createHash('sha256')
    .update(readFileSync(join(directory, 'src/LlamaGate.Api/bin/Release/net10.0', name))).digest('hex')]);
}

test('the same sources in two directories give the same four assemblies', async () => {
  const [first, second] = await Promise.all(['first', 'a second with a longer name'].map((name) => built(copy(name))));
  assert.deepEqual(second, first);
  assert.equal(new Set(first.map(([, hash]) => hash)).size, 4);
});

test('every project has its versions locked', () => {
  assert.deepEqual(projects.filter((project) => !files.includes(join(dirname(project), 'packages.lock.json'))), []);
});

test('lock files name no place that packages come from', () => {
  const naming = (name, pattern) => files.filter((file) => file.endsWith(name))
    .filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(naming('packages.lock.json', /:\/\//), []);
  assert.deepEqual(naming('package-lock.json', /"resolved": "\w+:/), []);
});

test('what was resolved for the product is what is locked, and a difference is found', () => {
  const read = (file) => JSON.parse(readFileSync(join(root, 'src/LlamaGate.Api', file), 'utf8'));
  const [assets, lock] = [read('obj/project.assets.json'), read('packages.lock.json')];
  assert.deepEqual(unlocked(assets, lock), []);
  const [id] = Object.keys(assets.libraries);
  const type = 'package';
  const other = { ...assets, libraries: { [id]: { type, sha512: 'another' }, 'New/1.0.0': { type, sha512: 'x' } } };
  assert.deepEqual(unlocked(other, lock),
    [`${id}: another content than packages.lock.json says`, 'New/1.0.0: not in packages.lock.json']);
});

test('the SDK is pinned', () => {
  const { sdk } = JSON.parse(readFileSync(join(root, 'global.json'), 'utf8'));
  assert.match(sdk.version, /^10\.0\.\d{3}$/);
});

test('a release has the archives, the bill of materials, the notices, and the checksums of all', () => {
  const place = join(work, 'release');
  const published = ['linux-x64/llamagate', 'win-x64/llamagate.exe'];
  published.forEach((file) => {
    mkdirSync(join(place, dirname(file)), { recursive: true });
    writeFileSync(join(place, file), file);
  });
  const out = join(work, 'out');
  const env = { ...process.env, PUBLISHED: place, RELEASE: out, SOURCE_DATE_EPOCH: '1700000000' };
  const pack = (...args) => run(join(root, 'scripts/unix/release.sh'), args, { env });
  pack('linux-x64', 'win-x64');
  const sums = readFileSync(join(out, 'SHA256SUMS'), 'utf8');
  assert.deepEqual(readdirSync(out).map((name) => name.replace(/-\d+\.\d+\.\d+/, '')).sort(),
    ['SHA256SUMS', 'THIRD-PARTY-NOTICES.txt', 'llamagate-linux-x64.tar.gz', 'llamagate-win-x64.zip', 'llamagate.cdx.json']);
  run('sha256sum', ['--check', 'SHA256SUMS'], { cwd: out });
  const listed = run('tar', ['-tvzf', readdirSync(out).find((name) => name.endsWith('.tar.gz'))], { cwd: out });
  assert.match(listed, /-rwxr-xr-x 0\/0 .*\/llamagate\n/);
  ['LICENSE', 'THIRD-PARTY-NOTICES.txt', 'ThirdPartyNotices.txt', '.env.example']
    .forEach((name) => assert.ok(listed.includes(`/${name}\n`), name));
  pack('linux-x64', 'win-x64');
  assert.equal(readFileSync(join(out, 'SHA256SUMS'), 'utf8'), sums, 'the same files give the same archives');
  assert.throws(() => pack('--tag', 'v99.0.0', 'linux-x64'), /Directory\.Build\.props says/);
  assert.throws(() => pack('osx-arm64'), /is missing/);
});

test('no restored package is known to be vulnerable, as far as the package source knows', () => {
  console.log(run(join(root, 'scripts/supply-chain/vulnerable.sh'), []));
});
