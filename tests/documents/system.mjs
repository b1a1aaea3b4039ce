// Checks units and log rotation with the programs that read them.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, run } from './processes.mjs';
import { succeeded } from './programs.mjs';

const searched = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };

/** A unit, or the part of one that goes into a drop-in: systemd must know every line of it. */
export async function checkUnit(block, { work }) {
  const directory = mkdtempSync(join(work, 'unit-'));
  const whole = /^ExecStart=/m.test(block.code);
  // What the unit starts is not installed here; everything else stays as the document has it.
  const code = block.code.replaceAll(/^ExecStart=\S+/gm, 'ExecStart=/bin/true');
  const file = join(directory, 'documented.service');
  writeFileSync(file, whole ? code : `[Service]\nExecStart=/bin/true\n${code}`);
  const result = await run('systemd-analyze', ['verify', '--man=no', file], { env: searched });
  const complaints = result.stderr.split('\n').filter((line) => line.includes('documented.service'));
  if (complaints.length > 0 || result.code !== 0) {
    throw new Error(result.stdout + result.stderr);
  }
}

/** The log is really rotated: the gateway goes on in a new file, and no line of it is lost. */
export async function rotate(block, { servers, work }) {
  // One that nobody else writes to.
  const gateway = await servers.gateway('DEBUG=false');
  const ask = async () => (await fetch(`${gateway.url}/v1/models`)).headers.get('x-request-id');
  const before = await ask();
  await eventually(() => readFileSync(gateway.log, 'utf8').includes(before), 'the first line is in the log');

  const directory = mkdtempSync(join(work, 'rotation-'));
  const file = join(directory, 'llamagate');
  writeFileSync(file, block.code.replaceAll('/var/log/llamagate/llamagate.log', gateway.log), { mode: 0o644 });
  succeeded(await run('logrotate', ['--force', '--state', join(directory, 'state'), file], { env: searched }));

  const rotated = `${gateway.log}.1`;
  await eventually(() => existsSync(rotated), 'the old file is there');
  // The gateway notices at a line that it writes: until one is in the new file, the ones before are in the old.
  const asked = [before];
  await eventually(async () => {
    asked.push(await ask());
    const fresh = existsSync(gateway.log) ? readFileSync(gateway.log, 'utf8') : '';
    return asked.some((id) => fresh.includes(id));
  }, 'the gateway writes to the new file', { seconds: 60 });
  // Lines are written a little after their answers.
  await eventually(() => {
    const both = readFileSync(rotated, 'utf8') + readFileSync(gateway.log, 'utf8');
    return asked.every((id) => both.includes(id));
  }, 'every line is in one of the two files', { seconds: 60 });
}
