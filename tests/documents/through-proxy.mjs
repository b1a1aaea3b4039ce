// What a caller must get through a proxy: tokens as they come, a body of a fair size, an end when he leaves, his own address.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:https';
import { eventually } from './processes.mjs';
import { host } from './proxies.mjs';

/** Not the proxy's address, which is 127.0.0.1. */
const caller = '127.0.0.2';

/** name → test, each given the proxy. */
export const proxyTests = {
  'streams token by token': streamsTokenByToken,
  'a caller who leaves ends the call to Ollama': leavingEndsTheCall,
  'the log has the caller\'s address': logHasCaller,
  'an X-Forwarded-For of the caller\'s own is not believed': forgedAddressIsIgnored,
  'a body of 8 MiB gets through': largeBodyGetsThrough,
  'an idle stream\'s comments come at once': commentsComeAtOnce,
};

export async function reaches(proxy) {
  try {
    return (await whole(await call(proxy, '/livez', { method: 'GET' }))).includes('{');
  } catch {
    return false;
  }
}

/** Few enough for any buffer to hold all of them: the first would come when Ollama has said the last, many seconds later. */
async function streamsTokenByToken(proxy) {
  await comesBeforeTheEnd(proxy, 'emu:tokens-12_gap-4000ms', /"content":" ?(one|two)"/, 2);
}

async function leavingEndsTheCall(proxy) {
  const id = `documents-${randomUUID()}`;
  const answer = await chat(proxy, 'emu:tokens-2000_gap-50ms', { 'X-Request-ID': id });
  for await (const piece of answer) {
    if (piece.includes('"content":"one')) {
      break;
    }
  }

  answer.destroy();
  await eventually(async () => (await upstream(proxy, id))?.aborted, 'Ollama sees the caller leave');
}

async function logHasCaller(proxy) {
  assert.equal(await loggedAddress(proxy, {}), caller);
}

async function forgedAddressIsIgnored(proxy) {
  assert.equal(await loggedAddress(proxy, { 'X-Forwarded-For': '203.0.113.9' }), caller);
}

async function loggedAddress(proxy, headers) {
  const id = `documents-${randomUUID()}`;
  await whole(await call(proxy, '/v1/models', { method: 'GET', headers: { ...headers, 'X-Request-ID': id } }));
  const line = await eventually(() => proxy.gateway.lines().find((one) => one.request_id === id), 'the request is logged');
  return line.ip;
}

async function largeBodyGetsThrough(proxy) {
  const body = { model: 'nope', messages: [{ role: 'user', content: 'x'.repeat(8 << 20) }] };
  const answer = await call(proxy, '/v1/chat/completions', { body });
  assert.equal(answer.statusCode, 404);
  assert.equal(JSON.parse(await whole(answer)).error.code, 'model_not_found');
}

/** Ollama is silent for half a minute; the gateway of these tests sends a comment every 200 ms meanwhile. */
async function commentsComeAtOnce(proxy) {
  await comesBeforeTheEnd(proxy, 'emu:tokens-1_first-30s', /: keep-alive/, 2);
}

/** So many pieces with what is looked for, each while Ollama has not ended its answer. */
async function comesBeforeTheEnd(proxy, model, looked, wanted) {
  const id = `documents-${randomUUID()}`;
  const answer = await chat(proxy, model, { 'X-Request-ID': id });
  let seen = 0;
  for await (const piece of answer) {
    if (looked.test(piece)) {
      const { completed } = await upstream(proxy, id) ?? { completed: false };
      assert.equal(completed, false, 'it came when Ollama had ended its answer');
      seen++;
    }

    if (seen === wanted) {
      break;
    }
  }

  assert.equal(seen, wanted);
}

async function upstream(proxy, id) {
  const requests = await (await fetch(`${proxy.emulator.url}/_emulator/requests`)).json();
  return requests.find(({ path, headers }) => path === '/api/chat'
    && Object.entries(headers).some(([name, value]) => /^x-request-id$/i.test(name) && `${value}` === id));
}

async function chat(proxy, model, headers = {}) {
  // A question of its own each time: no kept answer may stand in for a stream.
  const body = { model, stream: true, messages: [{ role: 'user', content: randomUUID() }] };
  const answer = await call(proxy, '/v1/chat/completions', { body, headers });
  assert.equal(answer.statusCode, 200);
  return answer;
}

function call(proxy, path, { method = 'POST', body, headers = {} } = {}) {
  const text = body && JSON.stringify(body);
  const described = text && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1', port: proxy.port, servername: host, localAddress: caller, agent: false, path, method,
      // The certificate is the test's own; which one it is does not matter here.
      rejectUnauthorized: false,
      headers: { Host: host, ...described, ...headers },
    };
    const sent = request(options, (answer) => resolve(answer.setEncoding('utf8')));
    sent.setTimeout(60_000, () => sent.destroy(new Error('no answer within 60 s'))).on('error', reject).end(text);
  });
}

async function whole(answer) {
  let text = '';
  for await (const piece of answer) {
    text += piece;
  }

  return text;
}
