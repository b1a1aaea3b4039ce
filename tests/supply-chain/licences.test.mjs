// Licences: the check itself, and the notices that are made of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { licenceFaults } from '../../scripts/supply-chain/licences.mjs';
import { notices } from '../../scripts/supply-chain/notices.mjs';
import { allPackages, policy, root, shippedPackages } from '../../scripts/supply-chain/packages.mjs';

const rules = { allowed: ['MIT'], stated: {}, exceptions: {} };
const one = { id: 'A/1.0', expression: 'MIT', licence: 'MIT' };

test('every restored package has a licence that is allowed, or an exception with its reason', () => {
  assert.ok(allPackages().length > 50, 'the solution is restored');
  assert.deepEqual(licenceFaults(allPackages(), policy), []);
  assert.ok(Object.values(policy.exceptions).every(({ reason }) => reason.length > 20));
});

test('a licence that is unknown, not allowed, misstated or stated for nothing is a fault', () => {
  assert.deepEqual(licenceFaults([one], rules), []);
  assert.equal(licenceFaults([{ ...one, expression: undefined, licence: undefined }], rules).length, 1);
  assert.equal(licenceFaults([{ ...one, expression: 'GPL-3.0', licence: 'GPL-3.0' }], rules).length, 1);
  assert.equal(licenceFaults([{ ...one, expression: 'GPL-3.0' }], rules).length, 1);
  assert.equal(licenceFaults([one], { ...rules, stated: { 'B/1.0': {} } }).length, 1);
});

test('every package that the product takes has its reason in the document on dependencies', () => {
  const adr = readFileSync(join(root, 'docs/adr/0010-dependencies.md'), 'utf8');
  const props = readFileSync(join(root, 'Directory.Packages.props'), 'utf8');
  const service = /Label="service">([^]*?)<\/ItemGroup>/.exec(props)[1];
  const taken = [...service.matchAll(/Include="([^"]+)" Version="\[?([^"\]]+)\]?"/g)];
  assert.ok(taken.length > 10);
  // The table names families once, "FluentValidation 12.2.0, AspNetCore 11.3.1", and equal versions too.
  const endings = (name) => name.split('.').map((_, at, parts) => parts.slice(at).join('.'));
  const told = (name, version) => endings(name).some((ending) => new RegExp(`[| ]${ending} ${version}[ ,]`).test(adr));
  assert.deepEqual(taken.map(([, name, version]) => [name, version]).filter(([name, version]) => !told(name, version)), []);
});

test('THIRD-PARTY-NOTICES.txt is what notices.mjs makes', () => {
  const file = readFileSync(join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  assert.equal(file, notices(shippedPackages(), policy), 'it is stale: run node scripts/supply-chain/notices.mjs');
});

const output = () => JSON.parse(readFileSync(join(root, 'src/LlamaGate.Api/bin/Release/net10.0/llamagate.deps.json'), 'utf8'));

test('the notices name every assembly of others that is published', () => {
  const { libraries } = output();
  const published = Object.entries(libraries).filter(([, { type }]) => type === 'package').map(([id]) => id);
  const file = readFileSync(join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const shipped = new Set(shippedPackages().map(({ id }) => id));
  assert.ok(published.length > 20);
  assert.deepEqual(published.filter((id) => shipped.has(id) && !file.includes(`${id.replace('/', ' ')}\n`)), []);
  assert.deepEqual([...shipped].filter((id) => !published.includes(id)), []);
});

test('no file of a package outside the notices lies in the output', () => {
  const { targets, runtimeTarget, libraries } = output();
  const withFiles = Object.entries(targets[runtimeTarget.name])
    .filter(([, { runtime, native, resources, runtimeTargets }]) => runtime ?? native ?? resources ?? runtimeTargets)
    .map(([id]) => id).filter((id) => libraries[id].type === 'package');
  const shipped = new Set(shippedPackages().map(({ id }) => id));
  assert.deepEqual(withFiles.filter((id) => !shipped.has(id)), []);
});
