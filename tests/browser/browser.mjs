// A page of another origin calls a running gateway in a real Chromium. It starts nothing but the browser and the page's server.
//   GATEWAY_URL  where the gateway listens, such as http://127.0.0.1:8080; it must let in the origins of this machine only
//   API_KEY      its key
//   CHROMIUM     the browser (default: /usr/bin/chromium)
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const gateway = required('GATEWAY_URL');
const key = required('API_KEY');
let passed = 0;
let failed = 0;

const server = createServer((_, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end('<!doctype html><title>page</title>');
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const { port } = server.address();

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
    // A name that the browser, like a page of an attacker's, finds at this machine.
    '--host-resolver-rules=MAP page.example 127.0.0.1',
  ],
});
const local = await open(`http://localhost:${port}`);
const foreign = await open(`http://page.example:${port}`);

await check('a page on this machine reads a chat and its headers', async () => {
  const answer = await call(local, { body: chat('Say hello') });
  assert.equal(answer.status, 200);
  assert.match(JSON.parse(answer.text).choices[0].message.content, /\S/);
  assert.match(answer.headers['x-request-id'], /^[0-9a-f]{32}$/);
  assert.equal(answer.headers['x-llamagate-cache'], 'miss');
  assert.equal(answer.headers['x-ratelimit-limit-requests'], '100');
  assert.match(answer.headers['openai-processing-ms'], /^\d+$/);
  assert.match(answer.headers['server-timing'], /^upstream;dur=/);
});

await check('headers that clients invent pass', async () => {
  const answer = await call(local, { body: chat('Invented'), headers: { 'X-Stainless-Lang': 'js', 'X-Made-Up': '1' } });
  assert.equal(answer.status, 200);
});

await check('it reads a stream token by token', async () => {
  const reads = await local.evaluate(async ({ url, init }) => {
    const response = await fetch(url, init);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const texts = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return texts;
      }

      texts.push(value);
    }
  }, request({ body: { ...chat('Stream it'), stream: true } }));
  const text = reads.join('');
  assert.ok(reads.length > 1, `all in ${reads.length} piece`);
  assert.match(text, /^data: \{/);
  assert.match(text, /data: \[DONE\]\n\n$/);
});

await check('it reads the models', async () => {
  const answer = await call(local, { path: '/v1/models', method: 'GET' });
  assert.equal(JSON.parse(answer.text).object, 'list');
});

for (const [what, status, code, options] of [
  ['a wrong key', 401, 'invalid_api_key', { body: chat('x'), headers: { Authorization: 'Bearer wrong' } }],
  ['a wrong route', 404, 'not_found', { path: '/v1/nothing', body: {} }],
  ['a wrong method', 405, 'method_not_allowed', { path: '/v1/models', method: 'DELETE' }],
  ['a wrong field', 400, null, { body: { model: 'demo', messages: {} } }],
  ['a body too large', 413, 'request_too_large', { body: chat('x'.repeat(1100 * 1024)) }],
  ['a failure of Ollama', 503, 'upstream_busy', { body: { ...chat('x'), model: 'emu:busy' } }],
]) {
  await check(`it reads the error and the headers of ${what}`, async () => {
    const answer = await call(local, options);
    assert.equal(answer.status, status);
    assert.equal(JSON.parse(answer.text).error.code, code);
    assert.match(answer.headers['x-request-id'], /^[0-9a-f]{32}$/);
    if (status === 503) {
      assert.match(answer.headers['retry-after'], /^\d+$/);
      assert.match(answer.headers['retry-after-ms'], /^\d+$/);
    }
  });
}

await check('a page of somebody else reads nothing, and its chat does not reach the gateway', async () => {
  for (const options of [{ body: chat('Evil') }, { path: '/v1/models', method: 'GET' }, { path: '/livez', method: 'GET', headers: {} }]) {
    assert.equal(await call(foreign, options), 'TypeError: Failed to fetch');
  }
});

await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function chat(content) {
  return { model: 'demo', messages: [{ role: 'user', content }] };
}

function request({ path = '/v1/chat/completions', method = 'POST', body, headers = {} }) {
  return {
    url: gateway + path,
    init: {
      method,
      headers: { Authorization: `Bearer ${key}`, ...(body && { 'Content-Type': 'application/json' }), ...headers },
      body: body && JSON.stringify(body),
    },
  };
}

/** What a script of the page sees: the answer, or how the call failed. */
function call(tab, options) {
  return tab.evaluate(async ({ url, init }) => {
    try {
      const response = await fetch(url, init);
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
    } catch (error) {
      return String(error);
    }
  }, request(options));
}

async function open(url) {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(30_000);
  await tab.goto(url);
  return tab;
}

async function check(name, prove) {
  try {
    await prove();
    passed++;
    console.log(`  passed  ${name}`);
  } catch (error) {
    failed++;
    console.log(`  FAILED  ${name}\n${error.stack}`);
  }
}

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run ./run.sh`);
  }

  return value;
}
