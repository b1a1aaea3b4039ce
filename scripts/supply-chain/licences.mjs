// Checks every restored package's licence against licences.json. Exit code 1 when one does not fit.
import { allPackages, policy } from './packages.mjs';

/** What is wrong, in words; empty when every licence is known and allowed, and every word of the policy is still needed. */
export function licenceFaults(packages, { allowed, stated, exceptions }) {
  const ids = new Set(packages.map(({ id }) => id));
  return [
    ...packages.filter(({ licence }) => !licence).map(({ id }) => `${id}: its licence is not known; look it up and state it`),
    ...packages.filter(({ id, licence }) => licence && !exceptions[id] && !allowed.includes(licence))
      .map(({ id, licence }) => `${id}: ${licence} is not allowed`),
    ...packages.filter(({ id, expression, licence }) => expression && expression !== licence)
      .map(({ id, expression, licence }) => `${id}: it says ${expression} by itself, and licences.json ${licence}`),
    ...Object.keys({ ...stated, ...exceptions }).filter((id) => !ids.has(id))
      .map((id) => `${id}: in licences.json, but not restored`),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const packages = allPackages();
  const faults = licenceFaults(packages, policy);
  faults.forEach((fault) => console.error(fault));
  for (const [id, { licence, reason }] of Object.entries(policy.exceptions)) {
    console.log(`exception: ${id} ${licence}: ${reason}`);
  }

  console.log(`${packages.length} packages, ${faults.length} with a licence that does not fit`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
