// A module of the page that imports no other. Its name ends in .js, which older releases of Node take for CommonJS.
import { readFile } from 'node:fs/promises';

const folder = new URL('../../src/LlamaGate.Api/Admin/Page/', import.meta.url);

export async function pageModule(name) {
  const source = await readFile(new URL(name, folder), 'utf8');
  return import(`data:text/javascript,${encodeURIComponent(source)}`);
}
