// Writes THIRD-PARTY-NOTICES.txt from the packages that are shipped. --check only says whether it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policy, root, shippedPackages } from './packages.mjs';

const path = join(root, 'THIRD-PARTY-NOTICES.txt');
const line = '-'.repeat(78);

export function notices(packages, { inside, runtime }) {
  const entries = [
    ...packages.map((one) => ({ ...one, name: `${one.name} ${one.version}` })),
    ...packages.filter(({ name }) => inside[name])
      .map(({ name }) => ({ ...inside[name], name: `${inside[name].name}, in ${name}` })),
    { ...runtime, name: `${runtime.name}, in the self-contained builds` },
  ];
  const licences = [...new Set(entries.map(({ licence }) => licence))].sort();
  return `${[
    'LlamaGate is under the MIT licence (LICENSE). It comes with the works below, under their own.',
    'Made by scripts/supply-chain/notices.mjs; do not edit.',
    'The .NET runtime has notices of its own: ThirdPartyNotices.txt beside this file in a release, else in the SDK.',
    ...licences.flatMap((licence) => [line, licence, line, ...entriesUnder(licence, entries), textOf(licence)]),
  ].join('\n\n')}\n`;
}

function entriesUnder(licence, entries) {
  return entries.filter((entry) => entry.licence === licence)
    .map(({ name, copyright, url }) => [name, copyright, url].filter(Boolean).join('\n  '));
}

function textOf(licence) {
  return readFileSync(join(import.meta.dirname, 'texts', `${licence}.txt`), 'utf8').trim();
}

if (process.argv[1] === import.meta.filename) {
  const text = notices(shippedPackages(), policy);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
  } else if (readFileSync(path, 'utf8') !== text) {
    console.error('THIRD-PARTY-NOTICES.txt is stale: run node scripts/supply-chain/notices.mjs');
    process.exitCode = 1;
  }
}
