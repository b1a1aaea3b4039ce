// Runs the command blocks of a document, in a directory that looks like a fresh clone of the repository.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freePort, run, start, stop } from './processes.mjs';
import { cleanEnvironment, gatewayDll, root } from './servers.mjs';

/** What must not be there in a fresh clone. */
const made = new Set(['.git', '.env', 'artifacts', 'publish']);

/** A directory for one document: the repository's files, so that what a command writes stays out of the tree. */
export function cloneFor(work) {
  const clone = mkdtempSync(join(work, 'clone-'));
  for (const name of readdirSync(root)) {
    if (!made.has(name)) {
      symlinkSync(join(root, name), join(clone, name));
    }
  }

  // Real files, because a script finds the repository by where it stands.
  rmSync(join(clone, 'scripts'));
  cpSync(join(root, 'scripts'), join(clone, 'scripts'), { recursive: true });
  // The gateway as if it were installed.
  mkdirSync(join(clone, '.bin'));
  writeFileSync(join(clone, '.bin/llamagate'), `#!/bin/sh\nexec dotnet '${gatewayDll}' "$@"\n`, { mode: 0o755 });
  return clone;
}

/** The document's addresses, as they are here. */
export const placed = (text, port, emulator, log = '/dev/null') => text
  .replaceAll(/\b(localhost|127\.0\.0\.1):8080\b/g, `$1:${port}`)
  .replaceAll(/\b(localhost|127\.0\.0\.1):11434\b/g, `$1:${emulator.port}`)
  .replaceAll(/\b(gpu1|gpu2|attic)\.lan:11434\b/g, (_, name) => `127.0.0.1:${emulator.others[name]}`)
  .replaceAll('/var/log/llamagate/llamagate.log', log);

/** A gateway that a block starts itself: documents go side by side, so each block has a port of its own for it. */
const withOwnPort = (text, port) => text.replaceAll(/\b(localhost:|PORT=)9099\b/g, `$1${port}`);

/** What the commands print; a command that fails, or prints an error that the document does not show, is an error. */
export async function runShell(block, { servers, clone }) {
  return 'until' in block.marks ? runUntil(block, servers, clone) : runThrough(block, servers, clone);
}

async function runThrough(block, servers, clone) {
  const gateway = await servers.gateway(block.marks.gateway);
  const placedCode = placed(block.code, gateway.port, servers.emulator, gateway.log);
  const code = servers.withKeysFile(withOwnPort(placedCode, await freePort()));
  // curl's meter would stand between the lines that a document shows.
  const script = `set -euo pipefail\ncurl() { command curl --silent --show-error --max-time 120 "$@"; }\n${code}`;
  const result = await run('bash', ['-c', script], {
    cwd: clone, // HOSTS_FILE beside OLLAMA_HOST is a conflict.
    env: { ...environment(clone, servers, block.code.includes('HOSTS_FILE=')), PORT: `${gateway.port}` },
  });
  if (result.code !== 0) {
    throw new Error(`exit code ${result.code}\n${result.stdout}${result.stderr}`);
  }

  if (!block.shown && /"error":\s*\{/.test(result.stdout)) {
    throw new Error(`an error that the document does not show:\n${result.stdout}`);
  }

  return result.stdout;
}

function environment(clone, servers, namesHosts = false) {
  const PATH = `${join(clone, '.bin')}:${process.env.PATH}`;
  return { ...cleanEnvironment, PATH, SKIP_BUILD: '1', ...(namesHosts ? {} : { OLLAMA_HOST: servers.emulator.url }) };
}

async function runUntil(block, servers, clone) {
  const port = await freePort();
  const env = { ...environment(clone, servers), PORT: `${port}` };
  const program = start('bash', ['-c', placed(block.code, port, servers.emulator)], { cwd: clone, env });
  const text = placed(block.marks.until, port, servers.emulator);
  await eventually(() => (program.stdout + program.stderr).includes(text), `"${text}" is printed`, { program });
  const { stdout } = await stop(program, 'SIGINT');
  return stdout;
}

/** A marked block that other suites run: they must name its commands. */
export function checkRunBy(block, read) {
  const files = block.marks['run by'].split(/,\s*/);
  const suites = files.map((file) => read(file)).join('\n');
  const commands = block.code.match(/[\w.-]+\.(sh|cmd|ps1)\b/g) ?? [];
  if (commands.length === 0) {
    throw new Error(`no script in the block that ${files} could run`);
  }

  for (const command of commands) {
    if (!suites.includes(command)) {
      throw new Error(`${files} does not run ${command}`);
    }
  }
}

/** A .env file: the gateway itself says whether it would start with it. */
export async function checkDotEnv(block, { work, servers }) {
  const directory = mkdtempSync(join(work, 'dotenv-'));
  writeFileSync(join(directory, '.env'), servers.withKeysFile(block.code).replaceAll('/var/log/llamagate', directory));
  const result = await run('dotnet', [gatewayDll, '--check-config'], { cwd: directory, env: cleanEnvironment });
  if (result.code !== 0) {
    throw new Error(result.stdout + result.stderr);
  }
}
