// Reads what a restore brought: each package with its licence, its hash and what it needs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
export const policy = JSON.parse(readFileSync(join(import.meta.dirname, 'licences.json'), 'utf8'));

/** The product: what its assets file has beyond these projects is not shipped. */
const product = join(root, 'src/LlamaGate.Api/obj/project.assets.json');

/** Every package of every project that has been restored, tests and tools too; each once. */
export function allPackages() {
  const files = ['src', 'tests', 'bench'].filter((folder) => existsSync(join(root, folder))).flatMap((folder) => [
    join(root, folder, 'obj/project.assets.json'),
    ...readdirSync(join(root, folder)).map((project) => join(root, folder, project, 'obj/project.assets.json')),
  ]).filter(existsSync);
  return sorted(new Map(files.flatMap(packagesOf).map((one) => [one.id, one])));
}

/** The packages whose files are in the published product. */
export function shippedPackages() {
  if (!existsSync(product)) {
    throw new Error('Nothing has been restored: run dotnet restore src/LlamaGate.Api first.');
  }

  return sorted(new Map(packagesOf(product).filter((one) => one.shipped).map((one) => [one.id, one])));
}

function sorted(packages) {
  const byName = new Intl.Collator('en').compare;
  return [...packages.values()].sort((a, b) => byName(a.name, b.name) || byName(a.version, b.version));
}

function packagesOf(file) {
  const assets = JSON.parse(readFileSync(file, 'utf8'));
  const folders = Object.keys(assets.packageFolders);
  return Object.entries(assets.libraries).filter(([, library]) => library.type === 'package').map(([id, library]) => {
    const targets = Object.values(assets.targets).map((target) => target[id]).filter(Boolean);
    const nuspec = readNuspec(folders, library);
    const [name, version] = id.split('/');
    return {
      id,
      name,
      version,
      ...nuspec,
      licence: policy.exceptions[id]?.licence ?? policy.stated[id]?.licence ?? nuspec.expression,
      sha512: Buffer.from(library.sha512, 'base64').toString('hex'),
      shipped: targets.some(isShipped),
      needs: Object.keys(Object.assign({}, ...targets.map((target) => target.dependencies))),
    };
  });
}

/** A package that only takes part in the build has no file that runs, or the place-holder of one. */
function isShipped({ runtime = {}, runtimeTargets = {}, native = {}, resource = {} }) {
  return [runtime, runtimeTargets, native, resource].flatMap(Object.keys).some((path) => !path.endsWith('/_._'));
}

function readNuspec(folders, library) {
  const file = library.files.find((path) => path.endsWith('.nuspec'));
  const path = folders.map((folder) => join(folder, library.path, file)).find(existsSync);
  const text = readFileSync(path, 'utf8');
  const member = (name) => decoded(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(text)?.[1].trim());
  return {
    expression: decoded(/<license type="expression"[^>]*>([^<]*)</.exec(text)?.[1]),
    copyright: member('copyright') || `Copyright ${member('authors').replaceAll(/,\s*/g, ', ')}`,
    url: member('projectUrl') ?? /<repository [^>]*url="([^"]*)"/.exec(text)?.[1],
  };
}

function decoded(text) {
  return text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
