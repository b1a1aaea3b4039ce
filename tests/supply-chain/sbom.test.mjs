// The bill of materials against CycloneDX's own schema, and against what is shipped.
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, shippedPackages } from '../../scripts/supply-chain/packages.mjs';

const made = (args = [], env = {}) => execFileSync('node', [join(root, 'scripts/supply-chain/sbom.mjs'), ...args],
  { encoding: 'utf8', env: { ...process.env, SOURCE_DATE_EPOCH: '', ...env } });
const text = made(['--runtime', '10.0.12']);
const bill = JSON.parse(text);
const faults = async (value) => await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(JSON.stringify(value));

test('it follows the schema of CycloneDX 1.6', async () => assert.equal(await faults(bill), null));

test('a bill that does not follow it is found', async () => {
  assert.notEqual(await faults({ ...bill, components: [{ ...bill.components[0], type: 'thing' }] }), null);
  assert.notEqual(await faults({ ...bill, serialNumber: 'urn:uuid:1' }), null);
});

test('it has every shipped package with its licence, its hash and its address, and the runtime', () => {
  const packages = bill.components.filter(({ purl }) => purl);
  const shipped = shippedPackages().map(({ name, version }) => `pkg:nuget/${name}@${version}`);
  assert.deepEqual(packages.map(({ purl }) => purl), shipped);
  assert.ok(packages.every(({ licenses, hashes }) => licenses[0].license.id && /^[0-9a-f]{128}$/.test(hashes[0].content)));
  const others = bill.components.filter(({ purl }) => !purl).map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(others, ['.NET and ASP.NET Core 10.0.12']);
});

test('its dependencies lead to its components, each once', () => {
  const refs = [bill.metadata.component, ...bill.components].map((one) => one['bom-ref']);
  assert.equal(new Set(refs).size, refs.length);
  assert.deepEqual(bill.dependencies.map(({ ref }) => ref).sort(), [...refs].sort());
  assert.deepEqual(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.includes(ref)), []);
  const serilog = bill.dependencies.find(({ ref }) => ref.startsWith('pkg:nuget/Serilog.AspNetCore@'));
  assert.ok(serilog.dependsOn.some((ref) => ref.startsWith('pkg:nuget/Serilog@')));
});

test('the same sources give the same bytes, another runtime gives another number', () => {
  assert.equal(made(['--runtime', '10.0.12']), text);
  assert.notEqual(JSON.parse(made(['--runtime', '10.0.13'])).serialNumber, bill.serialNumber);
  assert.equal(JSON.parse(made([], { SOURCE_DATE_EPOCH: '0' })).metadata.timestamp, '1970-01-01T00:00:00.000Z');
});
