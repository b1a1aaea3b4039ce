// Azure's client of the official package: the key in api-key, the deployment in the path.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AuthenticationError, AzureOpenAI, NotFoundError } from 'openai';
import { apiKey, collect, gatewayUrl, nativeBody, rejection, traced, user } from './support.mjs';

const azure = (options = {}) =>
  new AzureOpenAI({ endpoint: gatewayUrl, apiKey, apiVersion: '2024-10-21', maxRetries: 0, ...options });

describe('chat', () => {
  test('the model is the deployment', async () => {
    const { id, headers } = traced();
    const answer = await azure().chat.completions.create({ model: 'demo', messages: user('Hello, Azure') }, { headers });

    assert.equal(answer.model, 'demo');
    assert.match(answer.choices[0].message.content, /\S/);
    assert.equal((await nativeBody(id, '/api/chat')).model, 'demo');
  });

  test('a deployment that is fixed stands for every model', async () => {
    const { id, headers } = traced();
    const client = azure({ deployment: 'gpt-4o-mini' });
    const answer = await client.chat.completions.create({ model: 'whatever', messages: user('Aliased') }, { headers });

    assert.equal(answer.model, 'gpt-4o-mini');
    assert.equal((await nativeBody(id, '/api/chat')).model, 'demo:latest');
  });

  test('it streams', async () => {
    const stream = await azure().chat.completions.create({ model: 'demo', messages: user('Stream, Azure'), stream: true });
    const chunks = await collect(stream);

    assert.ok(chunks.length > 2);
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
  });

  test('a trailing slash of the endpoint does no harm', async () => {
    const answer = await azure({ endpoint: `${gatewayUrl}/` }).chat.completions.create({ model: 'demo', messages: user('Slash') });

    assert.equal(answer.object, 'chat.completion');
  });
});

describe('the others', () => {
  test('completions', async () => {
    const answer = await azure().completions.create({ model: 'demo', prompt: 'Hello' });

    assert.equal(answer.object, 'text_completion');
  });

  test('embeddings, through an alias', async () => {
    const answer = await azure().embeddings.create({ model: 'text-embedding-ada-002', input: 'Hello' });

    assert.ok(answer.data[0].embedding.length > 0);
  });

  test('models', async () => {
    const models = await collect(azure().models.list());

    assert.ok(models.some((model) => model.id === 'demo:latest'));
  });

  test('responses', async () => {
    const answer = await azure().responses.create({ model: 'demo', input: 'Hello' });

    assert.match(answer.output_text, /\S/);
  });
});

describe('errors', () => {
  test('a wrong key is AuthenticationError', async () => {
    const error = await rejection(azure({ apiKey: 'wrong' }).chat.completions.create({ model: 'demo', messages: user('x') }));

    assert.ok(error instanceof AuthenticationError);
    assert.equal(error.status, 401);
    assert.equal(error.code, 'invalid_api_key');
  });

  test('a deployment that is not there is NotFoundError', async () => {
    const error = await rejection(azure().chat.completions.create({ model: 'nobody/nothing:7b', messages: user('x') }));

    assert.ok(error instanceof NotFoundError);
    assert.equal(error.code, 'model_not_found');
  });
});
