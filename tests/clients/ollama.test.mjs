// Ollama's own client with its host set to the gateway.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ollama } from 'ollama';
import { apiKey, eventually, gatewayUrl, strictGatewayUrl, traced, upstream, user } from './support.mjs';

const ollama = (headers = {}, host = gatewayUrl) =>
  new Ollama({ host, headers: { Authorization: `Bearer ${apiKey}`, ...headers } });

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Get the weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

test('a chat says something and counts its tokens', async () => {
  const answer = await ollama().chat({ model: 'demo', messages: user('Say hello') });
  assert.equal(answer.model, 'demo');
  assert.match(answer.message.content, /Say hello/);
  assert.equal(answer.done, true);
  assert.ok(answer.eval_count > 0);
});

test('a streamed chat comes in pieces, under the name that was asked', async () => {
  let text = '';
  let last;
  let pieces = 0;
  for await (const piece of await ollama().chat({ model: 'gpt-4o-mini', messages: user('Say hello'), stream: true })) {
    assert.equal(piece.model, 'gpt-4o-mini');
    text += piece.message.content;
    last = piece;
    pieces++;
  }

  assert.match(text, /Say hello/);
  assert.ok(pieces > 2);
  assert.equal(last.done_reason, 'stop');
});

test('a tool is called with its arguments', async () => {
  const answer = await ollama().chat({ model: 'demo', messages: user('What is the weather in Paris?'), tools: [weather] });
  assert.equal(answer.message.tool_calls[0].function.name, 'get_weather');
  assert.equal(typeof answer.message.tool_calls[0].function.arguments, 'object');
});

test('a prompt is continued', async () => {
  const answer = await ollama().generate({ model: 'demo', prompt: 'Say hello' });
  assert.match(answer.response, /Say hello/);
});

test('texts become vectors', async () => {
  const answer = await ollama().embed({ model: 'text-embedding-ada-002', input: ['a', 'b'] });
  assert.equal(answer.model, 'text-embedding-ada-002');
  assert.equal(answer.embeddings.length, 2);
});

test('models are listed, with their aliases, and shown', async () => {
  const { models } = await ollama().list();
  assert.ok(models.some(({ name }) => name === 'demo:latest'));
  assert.ok(models.some(({ name }) => name === 'gpt-4o-mini'));
  const shown = await ollama().show({ model: 'gpt-4o-mini' });
  assert.ok(shown.capabilities.includes('completion'));
  assert.ok(Array.isArray((await ollama().ps()).models));
  assert.match((await ollama().version()).version, /^\d+\.\d+/);
});

test('a pull of what is there succeeds, and models cannot be changed', async () => {
  assert.equal((await ollama().pull({ model: 'demo' })).status, 'success');
  for (const change of [
    () => ollama().pull({ model: 'other' }),
    () => ollama().delete({ model: 'demo' }),
    () => ollama().copy({ source: 'demo', destination: 'x' }),
    () => ollama().create({ model: 'x', from: 'demo' }),
  ]) {
    await assert.rejects(change, { message: 'this gateway does not let models be changed', status_code: 403 });
  }
});

test('errors are texts', async () => {
  await assert.rejects(ollama().chat({ model: 'nope', messages: user('hi') }), { message: "model 'nope' not found", status_code: 404 });
  await assert.rejects(
    new Ollama({ host: gatewayUrl }).list(), ({ message, status_code: status }) => status === 401 && /API key is required/.test(message));
});

test('a stream that breaks is an error', async () => {
  const stream = await ollama().chat({ model: 'emu:tokens-5_at-2_fail-error', messages: user('hi'), stream: true });
  await assert.rejects(async () => {
    for await (const piece of stream) {
      assert.equal(piece.done, false);
    }
  }, /error was encountered|unexpected EOF/);
});

test('too many calls are 429', async () => {
  const strict = ollama({}, strictGatewayUrl);
  const answers = await Promise.allSettled(Array.from({ length: 6 }, () => strict.list()));
  assert.ok(answers.some(({ reason }) => reason?.status_code === 429 && /Too many requests/.test(reason.message)));
});

test('who aborts ends the generation', async () => {
  const { id, headers } = traced();
  const client = ollama(headers);
  const stream = await client.chat({ model: 'emu:tokens-1000_gap-50ms', messages: user('hi'), stream: true });
  await assert.rejects(async () => {
    for await (const piece of stream) {
      assert.equal(piece.done, false);
      client.abort();
    }
  }, { name: 'AbortError' });
  await eventually(async () => (await upstream(id, '/api/chat'))[0]?.aborted, 'Ollama sees that the caller has left');
});
