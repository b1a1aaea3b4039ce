// Serves the page's files and a made-up admin API, so that the page can be tested alone: every state at will, no gateway.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { statusAt } from './fixture-status.mjs';

const api = fileURLToPath(new URL('../../src/LlamaGate.Api/', import.meta.url));
const folders = [path.join(api, 'Admin/Page'), path.join(api, 'WebPages')];
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
  + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

export class FixtureServer {
  adminKey = 'sk-fixture';
  otherKey = 'sk-no-admin';
  posts = [];
  changes = { draining: [], cancelled: [], unloaded: [], loading: null };
  statusOf = (seconds, facts) => statusAt(seconds, facts);
  interval = 1000;
  // Milliseconds until a stream has its first status.
  delay = 0;
  // Why it does not serve at the moment.
  busy = '';
  #server = null;
  #streams = new Set();
  #started = Date.now();
  #port = 0;

  async start() {
    this.#server = createServer((request, response) => this.#answer(request, response).catch(error => response.destroy(error)));
    await new Promise(resolve => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = this.#server.address().port;
    this.#started = Date.now();
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  get streams() {
    return this.#streams.size;
  }

  async stop() {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  status() {
    const now = new Date().toISOString().slice(0, 19) + 'Z';
    const started = new Date(Date.now() - 93_784_000).toISOString().slice(0, 19) + 'Z';
    return this.statusOf((Date.now() - this.#started) / 1000, { now, started, ...this.changes });
  }

  dropStreams() {
    this.#streams.forEach(stream => stream.destroy());
  }

  endStreams() {
    this.#streams.forEach(stream => stream.end());
  }

  push() {
    for (const stream of this.#streams) {
      stream.write(`event: status\ndata: ${JSON.stringify(this.status())}\n\n`);
    }
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, this.url);
    if (pathname === '/admin' || pathname.startsWith('/admin/assets/')) {
      await this.#file(pathname === '/admin' ? 'index.html' : path.basename(pathname), response);
    } else if (pathname.startsWith('/admin/api/')) {
      this.#api(pathname.slice('/admin/api/'.length), request, response);
    } else {
      this.#error(response, 404, 'No such route.');
    }
  }

  async #file(name, response) {
    const found = await Promise.any(folders.map(folder => readFile(path.join(folder, name)))).catch(() => null);
    if (found === null) {
      this.#error(response, 404, `There is no ${name}.`);
      return;
    }
    response.writeHead(200, { 'Content-Type': `${types[path.extname(name)]}; charset=utf-8`, 'Content-Security-Policy': POLICY });
    response.end(found);
  }

  #api(route, request, response) {
    const key = request.headers.authorization?.replace(/^Bearer /, '');
    if (key !== this.adminKey) {
      const known = key === this.otherKey;
      const [status, message, code] = known ? [403, 'The key may not administer.', 'admin_only'] : [401, 'The API key is wrong.', null];
      this.#error(response, status, message, code);
    } else if (this.busy) {
      this.#error(response, 503, this.busy);
    } else if (route === 'events') {
      this.#stream(response);
    } else if (request.method === 'POST') {
      this.#post(route.split('/').map(decodeURIComponent), response);
    } else {
      this.#error(response, 404, 'No such route.');
    }
  }

  #stream(response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
    const write = () => response.write(`event: status\ndata: ${JSON.stringify(this.status())}\n\n`);
    const first = setTimeout(write, this.delay);
    const timer = setInterval(write, this.interval);
    response.flushHeaders();
    this.#streams.add(response);
    response.on('close', () => {
      clearTimeout(first);
      clearInterval(timer);
      this.#streams.delete(response);
    });
  }

  #post(parts, response) {
    this.posts.push(parts.join(' '));
    const [, name, word, model, last] = parts;
    const { changes } = this;
    const done = {
      drain: () => changes.draining.push(name) && `Host ${name} is draining: 3 calls still run.`,
      resume: () => (changes.draining = changes.draining.filter(other => other !== name)) && `Host ${name} takes calls again.`,
      cancel: () => changes.cancelled.push(name) && `Call ${name} is cancelled.`,
      unload: () => changes.unloaded.push(`${name} ${model}`) && `${model} leaves the memory of ${name}.`,
      load: () => (changes.loading = { host: name, model }) && `${model} is being loaded on ${name}.`,
    }[last ?? word];
    if (parts[0] === 'calls' && changes.cancelled.includes(name)) {
      this.#error(response, 404, `There is no call ${name} any more.`);
      return;
    }
    const message = done();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ done: true, message }));
    this.push();
  }

  #error(response, status, message, code = null) {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ error: { message, type: 'invalid_request_error', code } }));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await new FixtureServer().start();
  console.log(`${server.url}/admin with the key ${server.adminKey}`);
}
