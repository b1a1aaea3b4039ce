// Compares what the last restore of the product resolved, for whichever runtime, with its lock file; exit code 1 when they differ.
// NuGet itself does so for a restore without a runtime (--locked-mode); one for a runtime has no lock file of its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packages.mjs';

/** What is not locked, or locked to another content, in words. */
export function unlocked(assets, lock) {
  const locked = new Map(Object.values(lock.dependencies).flatMap(Object.entries)
    .filter(([, { contentHash }]) => contentHash)
    .map(([name, { resolved, contentHash }]) => [`${name}/${resolved}`, contentHash]));
  return Object.entries(assets.libraries).filter(([, { type }]) => type === 'package')
    .filter(([id, { sha512 }]) => locked.get(id) !== sha512)
    .map(([id]) => `${id}: ${locked.has(id) ? 'another content than packages.lock.json says' : 'not in packages.lock.json'}`);
}

if (process.argv[1] === import.meta.filename) {
  const project = join(root, 'src/LlamaGate.Api');
  const [assets, lock] = ['obj/project.assets.json', 'packages.lock.json']
    .map((file) => JSON.parse(readFileSync(join(project, file), 'utf8')));
  const faults = unlocked(assets, lock);
  faults.forEach((fault) => console.error(fault));
  console.log(`${Object.keys(assets.targets).join(', ')}: ${faults.length} packages that are not locked`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
