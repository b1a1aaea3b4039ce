// Anthropic's official client: plain, streamed, tools, thinking, images, counting, models, and each way to fail.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Anthropic, {
  APIError, AuthenticationError, BadRequestError, InternalServerError, NotFoundError, RateLimitError,
} from '@anthropic-ai/sdk';
import {
  apiKey, collect, gatewayUrl, nativeBody, pixel, recordingFetch, rejection, strictGatewayUrl,
  traced, upstream, user, weatherParameters,
} from './support.mjs';

/** The base URL has no /v1. */
const anthropic = (options = {}) => new Anthropic({ apiKey, baseURL: gatewayUrl, ...options });
const client = anthropic();
const hello = { model: 'demo', max_tokens: 100, messages: user('Hello') };
const weather = { name: 'get_weather', description: 'The weather in a city', input_schema: weatherParameters };

describe('messages.create', () => {
  test('answers', async () => {
    const { id, headers } = traced();
    const message = await client.messages.create(
      { ...hello, system: 'Be brief.', temperature: 0, top_k: 5, stop_sequences: ['END'] }, { headers });

    assert.match(message.id, /^msg_/);
    assert.equal(message.model, 'demo');
    assert.equal(message.stop_reason, 'end_turn');
    assert.equal(message.content[0].type, 'text');
    assert.ok(message.content[0].text.length > 0);
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
    assert.equal(message._request_id, id);
    const native = await nativeBody(id, '/api/chat');
    assert.deepEqual(native.messages[0], { role: 'system', content: 'Be brief.' });
    assert.deepEqual(native.options, { temperature: 0, num_predict: 100, stop: ['END'], top_k: 5 });
  });

  test('takes the key as a bearer too', async () => {
    const message = await anthropic({ apiKey: null, authToken: apiKey }).messages.create(hello);

    assert.equal(message.role, 'assistant');
  });

  test('streams', async () => {
    const events = await collect(await client.messages.create({ ...hello, messages: user('Hello in pieces'), stream: true }));

    assert.equal(events[0].type, 'message_start');
    assert.deepEqual(events[1].content_block, { type: 'text', text: '' });
    assert.equal(events.at(-2).delta.stop_reason, 'end_turn');
    assert.equal(events.at(-1).type, 'message_stop');
    assert.ok(events.filter((event) => event.type === 'content_block_delta').length > 1);
  });

  test('the stream helper gathers the message', async () => {
    const stream = client.messages.stream(hello);
    let text = '';
    stream.on('text', (delta) => { text += delta; });
    const message = await stream.finalMessage();

    assert.equal(message.content[0].text, text);
    assert.ok(message.usage.output_tokens > 0);
  });

  test('shows an image to a model that sees', async () => {
    const { id, headers } = traced();
    const [, data] = pixel.split(',');
    await client.messages.create({
      ...hello,
      model: 'recording/vision_chat',
      messages: user([
        { type: 'text', text: 'What is this?' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data } },
      ]),
    }, { headers });

    assert.deepEqual((await nativeBody(id, '/api/chat')).messages[0].images, [data]);
  });
});

describe('tools', () => {
  const asked = { ...hello, messages: user('What is the weather in Paris?'), tools: [weather], tool_choice: { type: 'any' } };

  test('are called, and take their result', async () => {
    const message = await client.messages.create(asked);
    const call = message.content.find((block) => block.type === 'tool_use');

    assert.equal(message.stop_reason, 'tool_use');
    assert.equal(call.name, 'get_weather');
    assert.match(call.id, /^toolu_/);
    assert.equal(typeof call.input.city, 'string');

    const { id, headers } = traced();
    const answer = await client.messages.create({
      ...hello,
      tools: [weather],
      messages: [
        ...asked.messages,
        { role: 'assistant', content: message.content },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny' }] },
      ],
    }, { headers });
    assert.equal(answer.content[0].type, 'text');
    const native = await nativeBody(id, '/api/chat');
    assert.deepEqual(native.messages[2], { role: 'tool', content: 'sunny', tool_name: 'get_weather', tool_call_id: call.id });
  });

  test('are called in a stream', async () => {
    const message = await client.messages.stream(asked).finalMessage();
    const call = message.content.find((block) => block.type === 'tool_use');

    assert.equal(call.name, 'get_weather');
    assert.equal(typeof call.input.city, 'string');
  });
});

describe('thinking', () => {
  const thoughtful = { ...hello, model: 'demo-thinking', max_tokens: 2048, messages: user('Why?') };

  for (const stream of [false, true]) {
    test(`is shown when it is asked for (stream: ${stream})`, async () => {
      const request = { ...thoughtful, thinking: { type: 'enabled', budget_tokens: 1024 } };
      const message = stream ? await client.messages.stream(request).finalMessage() : await client.messages.create(request);

      assert.equal(message.content[0].type, 'thinking');
      assert.ok(message.content[0].thinking.length > 0);
      assert.equal(message.content[0].signature, 'lg1.');
      assert.equal(message.content[1].type, 'text');
    });
  }

  test('reaches the model again when it is omitted', async () => {
    const omitted = { ...thoughtful, thinking: { type: 'adaptive', display: 'omitted' } };
    const message = await client.messages.stream(omitted).finalMessage();

    assert.equal(message.content[0].thinking, '');
    const thought = Buffer.from(message.content[0].signature.slice('lg1.'.length), 'base64').toString();
    assert.ok(thought.length > 0);

    const { id, headers } = traced();
    await client.messages.create({
      ...omitted,
      messages: [...omitted.messages, { role: 'assistant', content: message.content }, ...user('And?')],
    }, { headers });
    assert.equal((await nativeBody(id, '/api/chat')).messages[1].thinking, thought);
  });

  test('is off unless it is asked for', async () => {
    const { id, headers } = traced();
    const message = await client.messages.create(thoughtful, { headers });

    assert.equal(message.content[0].type, 'text');
    assert.equal((await nativeBody(id, '/api/chat')).think, false);
  });
});

describe('the other endpoints', () => {
  test('countTokens estimates', async () => {
    const { data, response } = await client.messages
      .countTokens({ model: 'demo', messages: user('Why is the sky blue?'), tools: [weather] }).withResponse();

    assert.ok(data.input_tokens > 10);
    assert.equal(response.headers.get('x-llamagate-estimate'), 'input_tokens');
  });

  test('models.list goes from page to page', async () => {
    const ids = (await collect(client.models.list({ limit: 1 }))).map((model) => model.id);

    assert.ok(ids.includes('demo:latest') && ids.length > 2, ids.join());
    assert.equal(new Set(ids).size, ids.length);
  });

  test('models.retrieve', async () => {
    const model = await client.models.retrieve('demo');

    assert.equal(model.type, 'model');
    assert.ok(!Number.isNaN(Date.parse(model.created_at)));
  });
});

describe('errors', () => {
  const cases = [
    ['a wrong key', AuthenticationError, 401, 'authentication_error', hello, { apiKey: 'sk-somebody-else' }],
    ['an unknown model', NotFoundError, 404, 'not_found_error', { ...hello, model: 'nobody' }],
    ['max_tokens 0', BadRequestError, 400, 'invalid_request_error', { ...hello, max_tokens: 0 }],
    ['a prompt that does not fit', BadRequestError, 400, 'invalid_request_error',
      { ...hello, model: 'recording/chat_prompt_longer_than_ctx_notrunc' }],
    ['a full queue', InternalServerError, 503, 'overloaded_error', { ...hello, model: 'emu:busy' }],
    ['a connection that breaks', InternalServerError, 502, 'api_error', { ...hello, model: 'emu:fail-reset_at-0' }],
  ];
  for (const [name, kind, status, type, request, options] of cases) {
    test(`${status} for ${name}`, async () => {
      const error = await rejection(anthropic({ maxRetries: 0, ...options }).messages.create(request));

      assert.ok(error instanceof kind, `${error}`);
      assert.equal(error.status, status);
      assert.equal(error.type, type);
      assert.equal(error.requestID, error.headers.get('x-request-id'));
    });
  }

  test('an overflow says both lengths in the words that clients look for', async () => {
    const error = await rejection(client.messages.create({ ...hello, model: 'recording/chat_prompt_longer_than_ctx_notrunc' }));

    assert.match(error.error.error.message, /^prompt is too long: \d+ tokens > \d+ maximum$/);
  });

  test('503 is tried again, and what a repeat does not change is not', async () => {
    const { id, headers } = traced();
    await rejection(client.messages.create({ ...hello, model: 'emu:busy' }, { headers, maxRetries: 1 }));
    assert.equal((await upstream(id, '/api/chat')).length, 2);

    const { fetch, exchanges } = recordingFetch();
    await rejection(anthropic({ fetch }).messages.create({ ...hello, model: 'recording/chat_token_repeat_abort' }));
    assert.equal(exchanges.length, 1);
  });

  for (const [model, type] of [['emu:fail-error_at-2', 'overloaded_error'], ['emu:fail-silent_at-2', 'api_error']]) {
    test(`a failure after the first token is thrown by the iterator (${model})`, async () => {
      const stream = await client.messages.create({ ...hello, model, stream: true });
      let text = '';
      const error = await rejection((async () => {
        for await (const event of stream) {
          text += event.delta?.text ?? '';
        }
      })());

      assert.ok(error instanceof APIError, `${error}`);
      assert.equal(error.error.error.type, type);
      assert.ok(text.length > 0);
    });
  }

  test('429 says when to come back', async () => {
    const strict = anthropic({ baseURL: strictGatewayUrl, maxRetries: 0 });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => strict.messages.create(hello)));
    const errors = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason);

    assert.ok(errors.length > 0, 'six at once are too many');
    for (const error of errors) {
      assert.ok(error instanceof RateLimitError, `${error}`);
      assert.equal(error.type, 'rate_limit_error');
      assert.ok(Number(error.headers.get('retry-after')) >= 1);
    }
  });
});
