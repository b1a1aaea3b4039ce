// The workflows as far as they can be judged without running them: their form, their rights, what they call.
import assert from 'node:assert/strict';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../../scripts/supply-chain/packages.mjs';

const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')])
  .map(([file, text]) => ({ file, text, ...parse(text, { strict: true }) }));
const jobs = workflows.flatMap(({ file, jobs: its }) =>
  Object.entries(its).map(([name, job]) => ({ where: `${file}: ${name}`, ...job })));
const steps = jobs.flatMap((job) => job.steps.map((step) => ({ where: job.where, ...step })));
const release = workflows.find(({ file }) => file === 'release.yml');

test('there are the three', () =>
  assert.deepEqual(workflows.map(({ file }) => file).sort(), ['ci.yml', 'nightly.yml', 'release.yml']));

test('every night there are ten times the mutations', () => {
  const { on, jobs: { thorough } } = workflows.find(({ file }) => file === 'nightly.yml');
  assert.match(on.schedule[0].cron, /^\d+ \d+ \* \* \*$/);
  assert.equal(thorough.env.FUZZ_MUTATIONS, '100000');
  assert.ok(thorough.steps.some(({ run }) => run === '.ci/run'));
});

test('every action is pinned to a commit, with its version beside it', () => {
  const uses = workflows.flatMap(({ text }) => text.split('\n').filter((line) => /\buses:/.test(line)));
  assert.ok(uses.length > 5);
  assert.deepEqual(uses.filter((line) => !/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)), []);
});

test('nothing but the release may write, and no checkout leaves its token behind', () => {
  assert.ok(workflows.every(({ permissions }) => JSON.stringify(permissions) === '{"contents":"read"}'));
  const writers = jobs.filter(({ permissions }) => permissions);
  assert.deepEqual(writers.map(({ where, permissions }) => ({ where, permissions })),
    [{ where: 'release.yml: release', permissions: { contents: 'write' } }]);
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  assert.ok(checkouts.every((step) => step.with['persist-credentials'] === false));
});

test('every job ends by itself, on a machine that it names', () =>
  assert.ok(jobs.every((job) => job['timeout-minutes'] > 0 && job['runs-on'])));

test('every script that is called is there and can be run', () => {
  const called = steps.flatMap(({ run }) => run?.match(/^(?:\.ci|scripts|tests|install)\/\S+/gm) ?? []);
  const nodes = steps.flatMap(({ run }) => [...(run ?? '').matchAll(/^node (\S+)/gm)].map(([, script]) => script));
  assert.deepEqual([...new Set(nodes)], ['scripts/supply-chain/locked.mjs']);
  nodes.forEach((script) => accessSync(join(root, script)));
  assert.ok(['.ci/run', 'scripts/unix/build.sh', 'scripts/unix/release.sh'].every((script) => called.includes(script)));
  called.forEach((script) => accessSync(join(root, script), constants.X_OK));
});

test('no text of a stranger gets into a command', () =>
  assert.deepEqual(steps.filter(({ run }) => /\$\{\{\s*(github\.(event|head_ref|ref_name)|inputs)/.test(run ?? '')), []));

test('the release waits for the tests and has the four binaries, from machines of their kind', () => {
  assert.deepEqual(release.jobs.release.needs, ['test', 'build']);
  const rids = release.jobs.build.strategy.matrix.include.map(({ rid }) => rid);
  assert.deepEqual(rids, ['linux-x64', 'linux-arm64', 'win-x64', 'osx-arm64']);
  const packed = release.jobs.release.steps.find(({ run }) => run?.includes('release.sh')).run;
  assert.ok(packed.endsWith(rids.join(' ')));
});

test('dependabot watches every place that names versions', () => {
  const { version, updates } = parse(readFileSync(join(root, '.github/dependabot.yml'), 'utf8'), { strict: true });
  assert.equal(version, 2);
  assert.deepEqual(updates.map((update) => update['package-ecosystem']), ['nuget', 'npm', 'github-actions', 'docker']);
  const npm = readdirSync(join(root, 'tests')).filter((name) => existsSync(join(root, 'tests', name, 'package.json')));
  assert.deepEqual(updates[1].directories, npm.map((name) => `/tests/${name}`));
});
