// Starts programs and ends them: what was started here is stopped here, however the run ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const running = new Set();
const pollMilliseconds = 50;

/** Free now, chosen by the system so that two runs at the same time do not meet. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A program in a process group of its own, as a terminal would start it; what it prints is gathered. */
export function start(command, args, { cwd, env = process.env } = {}) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const program = { child, stdout: '', stderr: '', ended: false };
  child.stdout.setEncoding('utf8').on('data', (text) => { program.stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { program.stderr += text; });
  program.end = new Promise((resolve) => {
    child.on('error', (error) => { program.stderr += error.message; });
    child.on('close', (code, signal) => {
      program.ended = true;
      running.delete(program);
      resolve({ code: code ?? signal ?? 127, stdout: program.stdout, stderr: program.stderr });
    });
  });
  running.add(program);
  return program;
}

/** Runs a program to its end; one that takes longer is ended and has failed. */
export async function run(command, args, { seconds = 240, ...options } = {}) {
  const program = start(command, args, options);
  const timer = setTimeout(() => signal(program, 'SIGKILL'), seconds * 1000);
  const result = await program.end;
  clearTimeout(timer);
  return result;
}

/** To the whole group, as a terminal does. */
export function signal(program, name) {
  try {
    process.kill(-program.child.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}

export async function stop(program, name = 'SIGTERM') {
  signal(program, name);
  const timer = setTimeout(() => signal(program, 'SIGKILL'), 60_000);
  const result = await program.end;
  clearTimeout(timer);
  return result;
}

export async function stopAll() {
  await Promise.all([...running].map((program) => stop(program)));
}

/** Asks again until the answer is truthy; fails after a while, or as soon as the program has ended. */
export async function eventually(ask, what, { seconds = 120, program } = {}) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }

    if (program?.ended || Date.now() > deadline) {
      throw new Error(`${what}: not within ${seconds} s${program ? `\n${program.stdout}${program.stderr}` : ''}`);
    }

    await new Promise((resolve) => { setTimeout(resolve, pollMilliseconds); });
  }
}
