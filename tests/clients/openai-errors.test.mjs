// The official client: every class of error, what it retries and what it does not.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  APIConnectionError, APIError, AuthenticationError, BadRequestError, InternalServerError, NotFoundError,
  RateLimitError,
} from 'openai';
import {
  apiKey, collect, openai, pixel, recordingFetch, rejection, strictGatewayUrl, traced, upstream, user, weatherTool,
} from './support.mjs';

const client = openai();
const chat = client.chat.completions;
const hello = { model: 'demo', messages: user('Hello') };

/** Timers may fire a little early. */
const timerSlack = 5;

describe('AuthenticationError', () => {
  const wrongKey = 'sk-somebody-else';
  const cases = [
    ['a wrong key', { apiKey: wrongKey }],
    ['no key', { defaultHeaders: { Authorization: null } }],
  ];
  for (const [name, options] of cases) {
    test(`401 for ${name}, not tried again`, async () => {
      const { fetch, exchanges } = recordingFetch();
      const error = await rejection(openai({ ...options, fetch }).chat.completions.create(hello));

      assert.ok(error instanceof AuthenticationError, `${error}`);
      assert.equal(error.status, 401);
      assert.equal(error.code, 'invalid_api_key');
      assert.equal(error.type, 'invalid_request_error');
      assert.equal(error.headers.get('www-authenticate'), 'Bearer');
      assert.equal(error.requestID, error.headers.get('x-request-id'));
      assert.ok(!error.message.includes(wrongKey) && !error.message.includes(apiKey));
      assert.equal(exchanges.length, 1);
    });
  }
});

describe('NotFoundError', () => {
  for (const stream of [false, true]) {
    test(`404 for an unknown model (stream: ${stream})`, async () => {
      const error = await rejection(chat.create({ ...hello, model: 'nobody', stream }));

      assert.ok(error instanceof NotFoundError, `${error}`);
      assert.equal(error.status, 404);
      assert.equal(error.code, 'model_not_found');
      assert.match(error.message, /nobody/);
    });
  }

  test('404 for a route that is not there', async () => {
    const error = await rejection(client.files.list());

    assert.ok(error instanceof NotFoundError, `${error}`);
    assert.equal(error.code, 'not_found');
  });
});

describe('BadRequestError', () => {
  const image = (url) => user([{ type: 'image_url', image_url: { url } }]);
  const cases = [
    ['no model', { messages: user('Hello') }, 'model', null],
    ['no messages', { model: 'demo', messages: [] }, 'messages', null],
    ['an unknown role', { model: 'demo', messages: [{ role: 'alien', content: 'x' }] }, 'messages[0].role', null],
    ['a wrong type', { ...hello, temperature: 'hot' }, 'temperature', null],
    ['too hot', { ...hello, temperature: 2.5 }, 'temperature', null],
    ['n too large', { ...hello, n: 9 }, 'n', null],
    ['max_completion_tokens 0', { ...hello, max_completion_tokens: 0 }, 'max_completion_tokens', null],
    ['top_logprobs alone', { ...hello, top_logprobs: 2 }, 'top_logprobs', null],
    ['a choice of an unknown tool',
      { ...hello, tools: [weatherTool], tool_choice: { type: 'function', function: { name: 'x' } } },
      'tool_choice', null],
    ['a schema format without schema',
      { ...hello, response_format: { type: 'json_schema', json_schema: { name: 'x' } } },
      'response_format.json_schema.schema', null],
    ['an image address',
      { ...hello, messages: image('https://example.com/a.png') },
      'messages[0].content[0].image_url.url', 'unsupported_image_url'],
    ['audio',
      { ...hello, messages: user([{ type: 'input_audio', input_audio: { data: '', format: 'wav' } }]) },
      'messages[0].content[0].type', 'unsupported_content_part'],
    ['an image for a model that sees none', { ...hello, messages: image(pixel) }, 'model', 'unsupported_by_model'],
    ['tools for a model that calls none',
      { model: 'recording/chat_tools_unsupported_model', messages: user('Hello'), tools: [weatherTool] },
      'tools', 'unsupported_by_model'],
    ['a prompt that does not fit',
      { model: 'recording/chat_prompt_longer_than_ctx_notrunc', messages: user('Hello') },
      'messages', 'context_length_exceeded'],
  ];
  for (const [name, request, param, code] of cases) {
    test(`400 for ${name}, not tried again`, async () => {
      const { fetch, exchanges } = recordingFetch();
      const error = await rejection(openai({ fetch }).chat.completions.create(request));

      assert.ok(error instanceof BadRequestError, `${error}`);
      assert.equal(error.type, 'invalid_request_error');
      assert.equal(error.param, param);
      assert.equal(error.code, code);
      assert.ok(error.error.message.length > 0);
      assert.equal(exchanges.length, 1);
    });
  }
});

describe('InternalServerError', () => {
  test('503 when Ollama is busy, tried again after the time it says', async () => {
    const { id, headers } = traced();
    const { fetch, exchanges } = recordingFetch();
    const error = await rejection(
      openai({ fetch }).chat.completions.create({ ...hello, model: 'emu:busy' }, { headers, maxRetries: 1 }));

    assert.ok(error instanceof InternalServerError, `${error}`);
    assert.equal(error.status, 503);
    assert.equal(error.code, 'upstream_busy');
    assert.equal(error.type, 'server_error');
    assert.equal((await upstream(id, '/api/chat')).length, 2);
    assertWaited(exchanges);
  });

  test('502 upstream_error when the runner died, tried again', async () => {
    const { id, headers } = traced();
    const error = await rejection(
      chat.create({ ...hello, model: 'recording/chat_nonstream_runner_killed' }, { headers, maxRetries: 1 }));

    assert.ok(error instanceof InternalServerError, `${error}`);
    assert.equal(error.status, 502);
    assert.equal(error.code, 'upstream_error');
    assert.equal((await upstream(id, '/api/chat')).length, 2);
  });

  test('502 upstream_unreachable when the connection breaks', async () => {
    const error = await rejection(chat.create({ ...hello, model: 'emu:fail-reset_at-0' }, { maxRetries: 0 }));

    assert.ok(error instanceof InternalServerError, `${error}`);
    assert.equal(error.code, 'upstream_unreachable');
  });

  for (const model of ['recording/chat_token_repeat_abort', 'emu:fail-silent']) {
    test(`502 upstream_incomplete is not tried again, with default options (${model})`, async () => {
      const { id, headers } = traced();
      const { fetch, exchanges } = recordingFetch();
      const error = await rejection(openai({ fetch }).chat.completions.create({ ...hello, model }, { headers }));

      assert.ok(error instanceof InternalServerError, `${error}`);
      assert.equal(error.status, 502);
      assert.equal(error.code, 'upstream_incomplete');
      assert.equal(error.headers.get('x-should-retry'), 'false');
      assert.equal(exchanges.length, 1);
      assert.equal((await upstream(id, '/api/chat')).length, 1);
    });
  }

  test('503 before the first piece of a stream is thrown by create', async () => {
    const error = await rejection(chat.create({ ...hello, model: 'emu:busy', stream: true }, { maxRetries: 0 }));

    assert.ok(error instanceof InternalServerError, `${error}`);
    assert.equal(error.code, 'upstream_busy');
  });
});

describe('a stream that breaks', () => {
  const breaks = [
    ['emu:fail-error_at-2', 'upstream_error'],
    ['emu:fail-reset_at-2', 'upstream_unreachable'],
    ['emu:fail-garbage_at-2', 'upstream_error'],
    ['emu:fail-silent_at-2', 'upstream_incomplete'],
    ['recording/chat_midstream_runner_killed', 'upstream_error'],
    ['recording/chat_token_repeat_abort_stream', 'upstream_incomplete'],
  ];
  for (const [model, code] of breaks) {
    test(`the iterator throws APIError after what came (${model})`, async () => {
      const stream = await chat.create({ ...hello, model, stream: true });
      let text = '';
      const error = await rejection((async () => {
        for await (const chunk of stream) {
          text += chunk.choices[0].delta.content ?? '';
          assert.equal(chunk.choices[0].finish_reason, null);
        }
      })());

      assert.ok(error instanceof APIError, `${error}`);
      assert.equal(error.code, code);
      assert.equal(error.type, 'server_error');
      assert.ok(error.message.length > 0);
      assert.ok(text.trim().length > 0);
    });
  }

  test('the stream helper rejects too', async () => {
    const error = await rejection(chat.stream({ ...hello, model: 'emu:fail-error_at-2' }).finalChatCompletion());

    assert.ok(error instanceof APIError, `${error}`);
    assert.equal(error.code, 'upstream_error');
  });
});

describe('APIConnectionError', () => {
  test('when nobody listens', async () => {
    const nobody = openai({ baseURL: 'http://127.0.0.1:1/v1', maxRetries: 0 });

    assert.ok(await rejection(nobody.models.list()) instanceof APIConnectionError);
  });
});

/** One client for the strict gateway: it needs no key there, but the SDK does. */
const strict = (options) => openai({ baseURL: `${strictGatewayUrl}/v1`, apiKey: 'any', ...options });

describe('a gateway of two requests per second and no patience', () => {
  test('504 when Ollama says nothing for TIMEOUT', async () => {
    const error = await rejection(
      strict({ maxRetries: 0 }).chat.completions.create({ ...hello, model: 'emu:first-20s' }));

    assert.ok(error instanceof InternalServerError, `${error}`);
    assert.equal(error.status, 504);
    assert.equal(error.code, 'upstream_timeout');
  });

  test('a stall in a stream is thrown by the iterator', async () => {
    const stream = await strict({ maxRetries: 5 }).chat.completions.create(
      { ...hello, model: 'emu:fail-hang_at-2', stream: true });
    const error = await rejection(collect(stream));

    assert.ok(error instanceof APIError, `${error}`);
    assert.equal(error.code, 'upstream_timeout');
  });

  test('RateLimitError: 429, with the time to wait and what is left', async () => {
    const { chat: { completions } } = strict({ maxRetries: 0 });
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => completions.create(hello)));

    const errors = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason);
    assert.ok(errors.length > 0, 'six at once are too many');
    for (const error of errors) {
      assert.ok(error instanceof RateLimitError, `${error}`);
      assert.equal(error.status, 429);
      assert.equal(error.type, 'rate_limit_error');
      assert.equal(error.code, 'rate_limit_exceeded');
      assert.ok(Number(error.headers.get('retry-after')) >= 1);
      assert.ok(Number(error.headers.get('retry-after-ms')) > 0);
      assert.equal(error.headers.get('x-ratelimit-limit-requests'), '2');
      assert.equal(error.headers.get('x-ratelimit-remaining-requests'), '0');
      assert.match(error.headers.get('x-ratelimit-reset-requests'), /^[\d.]+(ms|s)$/);
      assert.ok(error.requestID);
    }
  });

  test('a client with default options waits as told and gets through', async () => {
    const { fetch, exchanges } = recordingFetch();
    const patient = strict({ fetch });
    const wasRefused = () => exchanges.some((exchange) => exchange.status === 429);
    for (let i = 0; i < 30 && !wasRefused(); i++) {
      await patient.chat.completions.create(hello);
    }

    assert.ok(wasRefused(), 'one after the other at full speed is too fast');
    assert.equal(exchanges.at(-1).status, 200);
    assertWaited(exchanges);
  });

  test('the stream says 429 as an error of create, not in the stream', async () => {
    const { chat: { completions } } = strict({ maxRetries: 0 });
    const request = { ...hello, stream: true };
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => completions.create(request)));
    for (const { value } of outcomes) {
      value?.controller.abort();
    }

    assert.ok(outcomes.some(({ reason }) => reason instanceof RateLimitError));
  });
});

/** After each refusal the next try came no sooner than the gateway asked for. */
function assertWaited(exchanges) {
  for (const [i, refused] of exchanges.slice(0, -1).entries()) {
    if (refused.status !== 429 && refused.status !== 503) {
      continue;
    }

    const asked = Number(refused.headers.get('retry-after-ms'));
    const waited = exchanges[i + 1].startedAt - refused.endedAt;
    assert.ok(asked > 0 && waited >= asked - timerSlack, `asked for ${asked} ms, waited ${waited} ms`);
  }
}
