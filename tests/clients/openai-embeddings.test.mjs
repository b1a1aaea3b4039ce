// The official client: embeddings.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BadRequestError, NotFoundError } from 'openai';
import { nativeBody, openai, recordingFetch, rejection, traced } from './support.mjs';

const { embeddings } = openai();
const model = 'demo-embed';

describe('embeddings', () => {
  test('a text, with the SDK\'s default', async () => {
    const answer = await embeddings.create({ model, input: 'the cat sat' });

    assert.equal(answer.object, 'list');
    assert.equal(answer.model, model);
    assert.equal(answer.usage.prompt_tokens, 3);
    assert.equal(answer.usage.total_tokens, 3);
    const [{ object, index, embedding }] = answer.data;
    assert.equal(object, 'embedding');
    assert.equal(index, 0);
    assert.equal(embedding.length, 32);
    assert.ok(embedding.every((value) => Number.isFinite(value)));
  });

  test('the default, which travels as base64, is bit for bit what float gives', async () => {
    const sent = [];
    const client = openai({
      fetch: (url, init) => {
        sent.push(JSON.parse(init.body));
        return fetch(url, init);
      },
    });
    const input = 'the very same words';
    const standard = await client.embeddings.create({ model, input });
    const floats = await client.embeddings.create({ model, input, encoding_format: 'float' });

    assert.deepEqual(sent.map((body) => body.encoding_format), ['base64', 'float']);
    assert.deepEqual([...standard.data[0].embedding], floats.data[0].embedding.map(Math.fround));
  });

  test('encoding_format base64 hands out the text', async () => {
    const encoded = await embeddings.create({ model, input: 'as text', encoding_format: 'base64' });
    const floats = await embeddings.create({ model, input: 'as text', encoding_format: 'float' });

    const bytes = Buffer.from(encoded.data[0].embedding, 'base64');
    const values = Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
    assert.deepEqual(values, floats.data[0].embedding.map(Math.fround));
  });

  test('2048 texts keep their order and are counted together', async () => {
    const input = Array.from({ length: 2048 }, (_, i) => `text ${i}`);
    const answer = await embeddings.create({ model, input });

    assert.deepEqual(answer.data.map((item) => item.index), input.map((_, i) => i));
    assert.equal(answer.usage.prompt_tokens, 2 * input.length);
    const one = await embeddings.create({ model, input: input[2047] });
    assert.deepEqual(answer.data[2047].embedding, one.data[0].embedding);
  });

  test('dimensions', async () => {
    const { id, headers } = traced();
    const answer = await embeddings.create({ model, input: 'short', dimensions: 8 }, { headers });

    assert.equal(answer.data[0].embedding.length, 8);
    const body = await nativeBody(id, '/api/embed');
    assert.equal(body.dimensions, 8);
    assert.equal(body.truncate, false);
  });

  test('_request_id', async () => {
    const { id, headers } = traced();

    assert.equal((await embeddings.create({ model, input: 'id' }, { headers }))._request_id, id);
  });

  const refused = [
    ['an empty text', { model, input: '' }, BadRequestError, 'input', null],
    ['no texts', { model, input: [] }, BadRequestError, 'input', null],
    ['an empty text among others', { model, input: ['a', ''] }, BadRequestError, 'input[1]', null],
    ['tokens', { model, input: [1, 2, 3] }, BadRequestError, 'input', null],
    ['lists of tokens', { model, input: [[1, 2], [3]] }, BadRequestError, 'input', null],
    ['more than 2048', { model, input: Array(2049).fill('a') }, BadRequestError, 'input', null],
    ['an unknown encoding', { model, input: 'a', encoding_format: 'hex' }, BadRequestError, 'encoding_format', null],
    ['a model that only chats', { model: 'demo', input: 'a' }, BadRequestError, 'model', 'unsupported_by_model'],
    ['an unknown model', { model: 'nobody', input: 'a' }, NotFoundError, 'model', 'model_not_found'],
  ];
  for (const [name, request, kind, param, code] of refused) {
    test(`${name} is refused, not tried again`, async () => {
      const { fetch, exchanges } = recordingFetch();
      const error = await rejection(openai({ fetch }).embeddings.create(request));

      assert.ok(error instanceof kind, `${error}`);
      assert.equal(error.type, 'invalid_request_error');
      assert.equal(error.param, param);
      assert.equal(error.code, code);
      assert.equal(exchanges.length, 1);
    });
  }
});
