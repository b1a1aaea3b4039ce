// A gateway in front of emulated Ollamas, as processes of their own, and clients that give them work.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withGpuMemory } from './gpu-memory.mjs';

const DEADLINE = 30_000;

export class Bed {
  keys = {};
  #directory = '';
  #children = new Map();
  #settings = {};
  #entries = [];
  #calls = new Set();
  #proxies = [];
  url = '';

  // hosts: { name: { args of the emulator, sizes of its models, members of HOSTS_FILE } }
  // keys: { id: policy }; each gets the key sk-<id>-of-the-tests.
  async start({ hosts, keys, settings = {} }) {
    this.#directory = await mkdtemp(path.join(tmpdir(), 'llamagate-admin-page-'));
    const listed = [];
    for (const [name, { args, sizes, ...host }] of Object.entries(hosts)) {
      const port = await freePort();
      await this.#run(name, process.env.EMULATOR_DLL, ['--port', String(port), ...args], {}, `http://127.0.0.1:${port}/api/version`);
      const proxy = await withGpuMemory(`http://127.0.0.1:${port}`, sizes);
      this.#proxies.push(proxy);
      listed.push({ name, url: proxy.url, ...host });
    }
    this.#entries = Object.entries(keys).map(([id, policy]) => {
      this.keys[id] = `sk-${id}-of-the-tests`;
      return { id, hash: `sha256:${createHash('sha256').update(this.keys[id]).digest('hex')}`, ...policy };
    });
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    this.#settings = {
      HOSTS_FILE: await this.#write('hosts.json', { hosts: listed }), KEYS_FILE: await this.writeKeys(),
      PORT: String(port), LISTEN_ADDRESS: '127.0.0.1', RATE_LIMIT_RPS: '1000', LOG_FILE: '', ...settings,
    };
    await this.startGateway();
    return this;
  }

  startGateway() {
    return this.#run('gateway', process.env.GATEWAY_DLL, [], this.#settings, `${this.url}/livez`);
  }

  // The gateway reads it within two seconds. The keys are those of the start; more: members of some of them.
  writeKeys(more = {}) {
    const entries = this.#entries.map(entry => ({ ...entry, ...more[entry.id] }));
    return this.#write('keys.json', { keys: entries });
  }

  stopGateway() {
    return this.#end('gateway');
  }

  async stop() {
    this.#calls.forEach(call => call.abort());
    for (const name of [...this.#children.keys()].reverse()) {
      await this.#end(name);
    }
    this.#proxies.forEach(proxy => proxy.stop());
    await rm(this.#directory, { recursive: true, force: true });
  }

  // A streamed chat of that many tokens, which is not awaited; the result is its status, or what broke it.
  call(id, { model, tokens, headers = {}, body = {} }) {
    const abort = new AbortController();
    this.#calls.add(abort);
    const done = this.#chat(id, { model, tokens, headers, body }, abort.signal).catch(error => ({ status: 0, text: String(error) }));
    done.finally(() => this.#calls.delete(abort));
    return { done, leave: () => abort.abort() };
  }

  async #chat(id, { model, tokens, headers, body }, signal) {
    const answer = await fetch(`${this.url}/v1/chat/completions`, {
      method: 'POST', signal,
      headers: { Authorization: `Bearer ${this.keys[id]}`, 'Content-Type': 'application/json', ...headers },
      // Different each time: equal calls would share one answer.
      body: JSON.stringify({
        model, stream: true, max_tokens: tokens, messages: [{ role: 'user', content: `Count, ${Math.random()}` }], ...body,
      }),
    });
    return { status: answer.status, text: await answer.text() };
  }

  async #run(name, dll, args, settings, url) {
    const env = { PATH: process.env.PATH, HOME: this.#directory, DOTNET_ROOT: process.env.DOTNET_ROOT ?? '', ...settings };
    // From a directory without an .env file: the gateway must have these settings and no others.
    const child = spawn('dotnet', [dll, ...args], { cwd: this.#directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', data => { output = (output + data).slice(-20_000); });
    child.stderr.on('data', data => { output = (output + data).slice(-20_000); });
    this.#children.set(name, child);
    const end = Date.now() + DEADLINE;
    while (!await fetch(url).then(answer => answer.ok, () => false)) {
      if (child.exitCode !== null || Date.now() > end) {
        throw new Error(`${name} did not start:\n${output}`);
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  async #end(name) {
    const child = this.#children.get(name);
    this.#children.delete(name);
    if (child && child.exitCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE);
      await gone;
      clearTimeout(timer);
    }
  }

  async #write(name, content) {
    const file = path.join(this.#directory, name);
    await writeFile(file, JSON.stringify(content), { mode: 0o600 });
    return file;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
