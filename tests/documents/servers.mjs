// The emulator as Ollama, and a gateway in front of it for each set of settings that a block asks for.
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freePort, start } from './processes.mjs';

export const root = join(import.meta.dirname, '../..');
export const gatewayDll = join(root, 'src/LlamaGate.Api/bin/Release/net10.0/llamagate.dll');
const emulatorDll = join(root, 'tests/LlamaGate.OllamaEmulator/bin/Release/net10.0/ollama-emulator.dll');

/** Nothing of this shell's own settings may reach what is started. */
export const cleanEnvironment = Object.fromEntries(Object.entries(process.env)
  .filter(([name]) => !/^(API_KEY|KEYS_FILE|OLLAMA_HOST|LISTEN_ADDRESS|DEBUG|LOG_FILE|PORT|OPENAI_.*|https?_proxy)$/i.test(name)));

export class Servers {
  #work;
  #gateways = new Map();

  constructor(work) {
    this.#work = work;
    this.keysFile = join(work, 'keys.json');
  }

  /** The documents' file of keys, which commands make and a gateway reads, as it is here. */
  withKeysFile(text) {
    return text.replaceAll('/etc/llamagate/keys.json', this.keysFile);
  }

  async startEmulator() {
    const port = await freePort();
    const program = start('dotnet', [emulatorDll, '--demo', '--port', `${port}`], { env: cleanEnvironment });
    this.emulator = { port, url: `http://127.0.0.1:${port}`, others: {} };
    await eventually(() => answers(`${this.emulator.url}/api/version`), 'the emulator answers', { program });
  }

  /** The hosts of documents with several: gpu1.lan, gpu2.lan and attic.lan. */
  async startHosts() {
    for (const name of ['gpu1', 'gpu2', 'attic']) {
      const port = await freePort();
      const program = start('dotnet', [emulatorDll, '--demo', '--port', `${port}`], { env: cleanEnvironment });
      this.emulator.others[name] = port;
      await eventually(() => answers(`http://127.0.0.1:${port}/api/version`), `the emulator ${name} answers`, { program });
    }
  }

  /** The gateway with these settings (`NAME=value NAME=value`), started when it is first asked for. */
  gateway(settings = '') {
    if (!this.#gateways.has(settings)) {
      this.#gateways.set(settings, this.#startGateway(settings));
    }

    return this.#gateways.get(settings);
  }

  /** Something of each kind in the log of the gateway that most blocks use, for those that read it. */
  async makeLog() {
    const { url } = await this.gateway();
    for (const model of ['demo', 'demo-thinking', 'nope', 'emu:tokens-3_fail-error_at-2']) {
      for (const stream of [false, true]) {
        const body = JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'Hello' }] });
        const headers = { 'Content-Type': 'application/json' };
        await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body })).text();
      }
    }
  }

  async #startGateway(settings) {
    const port = await freePort();
    // An empty directory, because the gateway reads .env from where it stands.
    const cwd = mkdtempSync(join(this.#work, 'gateway-'));
    const log = join(cwd, 'llamagate.log');
    const env = {
      ...cleanEnvironment,
      OLLAMA_HOST: this.emulator.url,
      PORT: `${port}`,
      LOG_FILE: log,
      RATE_LIMIT_RPS: '100000',
      ...Object.fromEntries(this.withKeysFile(settings).split(/\s+/).filter(Boolean).map((pair) => pair.split(/=(.*)/s).slice(0, 2))),
    };
    const program = start('dotnet', [gatewayDll], { cwd, env });
    await eventually(() => answers(`http://127.0.0.1:${port}/health`), 'the gateway is healthy', { program });
    return { port, log, program, url: `http://127.0.0.1:${port}`, lines: () => logLines(log) };
  }
}

async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false;
  }
}

function logLines(log) {
  return readFileSync(log, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}
