// Writes a bill of materials (CycloneDX 1.6, JSON) of what is shipped to stdout.
//   sbom.mjs [--runtime VERSION]   with the .NET runtime, which self-contained builds bring along
// The same sources give the same bytes: SOURCE_DATE_EPOCH, else the time of the last commit, stands in it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policy, root, shippedPackages } from './packages.mjs';

export function bill(packages, { version, time, runtimeVersion }) {
  const product = { type: 'application', 'bom-ref': `pkg:generic/llamagate@${version}`, name: 'llamagate', version,
    licenses: [{ license: { id: 'MIT' } }], purl: `pkg:generic/llamagate@${version}` };
  const components = packages.map(componentOf);
  const refs = new Map(packages.map(({ name }, index) => [name, components[index]['bom-ref']]));
  const runtime = runtimeVersion ? [runtimeOf(runtimeVersion)] : [];
  const dependencies = [
    { ref: product['bom-ref'], dependsOn: [...components, ...runtime].map((one) => one['bom-ref']) },
    ...packages.map(({ name, needs }) =>
      ({ ref: refs.get(name), dependsOn: needs.map((need) => refs.get(need)).filter(Boolean).sort() })),
    ...runtime.map((one) => ({ ref: one['bom-ref'], dependsOn: [] })),
  ];
  const content = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1,
    metadata: { timestamp: new Date(time * 1000).toISOString(), component: product },
    components: [...components, ...runtime], dependencies };
  return { $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json', serialNumber: `urn:uuid:${uuidOf(content)}`, ...content };
}

function componentOf({ name, version, licence, copyright, url, sha512 }) {
  const purl = `pkg:nuget/${name}@${version}`;
  return { type: 'library', 'bom-ref': purl, name, version, scope: 'required', hashes: [{ alg: 'SHA-512', content: sha512 }],
    licenses: [{ license: { id: licence } }], copyright, purl,
    ...(url && { externalReferences: [{ type: 'website', url }] }) };
}

function runtimeOf(version) {
  const { name, licence, copyright, url } = policy.runtime;
  return { type: 'framework', 'bom-ref': `dotnet-runtime@${version}`, name, version, scope: 'required',
    licenses: [{ license: { id: licence } }], copyright, externalReferences: [{ type: 'website', url }] };
}

/** From the content, so that equal bills have equal numbers; its shape is a version 8, "of one's own making". */
function uuidOf(content) {
  const hex = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

if (process.argv[1] === import.meta.filename) {
  const version = /<Version>([^<]+)</.exec(readFileSync(join(root, 'Directory.Build.props'), 'utf8'))[1];
  const lastCommit = () => execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  const time = Number(process.env.SOURCE_DATE_EPOCH || lastCommit());
  const at = process.argv.indexOf('--runtime');
  const runtimeVersion = at < 0 ? undefined : process.argv[at + 1];
  process.stdout.write(`${JSON.stringify(bill(shippedPackages(), { version, time, runtimeVersion }), null, 2)}\n`);
}
