// Anthropic's official client: its tool runner and its threads, which a server would have to keep.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Anthropic, { BadRequestError } from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { apiKey, gatewayUrl, rejection, traced, upstream, user, weatherParameters } from './support.mjs';

const client = new Anthropic({ apiKey, baseURL: gatewayUrl });
const hello = { model: 'demo', max_tokens: 100 };

describe('message threads', () => {
  const runnable = (name) => betaTool({
    name,
    description: 'The weather in a city',
    inputSchema: weatherParameters,
    run: ({ city }) => `sunny in ${city}`,
  });
  const roles = ({ messages }) => messages.map((message) => message.role);

  for (const [city, stream] of [['Oslo', false], ['Bergen', true]]) {
    test(`toolRunner goes on by itself with the whole history (stream: ${stream})`, async () => {
      const { id, headers } = traced();
      const runner = client.beta.messages.toolRunner(
        { ...hello, messages: user(`What is the weather in ${city}?`), tools: [runnable('get_weather')], stream }, { headers });
      const answer = await runner.runUntilDone();

      assert.ok(answer.content.at(-1).text.includes(`sunny in ${city}`));
      const calls = await upstream(id, '/api/chat');
      assert.deepEqual(calls.map((call) => roles(JSON.parse(call.body))), [['user'], ['user', 'assistant', 'tool']]);
    });
  }

  test('toolRunner adds and removes tools on the way', async () => {
    const { id, headers } = traced();
    const runner = client.beta.messages.toolRunner(
      { ...hello, messages: user('What is the weather in Rome?'), tools: [runnable('get_weather')] }, { headers });
    let isFirst = true;
    for await (const message of runner) {
      assert.equal(message.role, 'assistant');
      if (isFirst) {
        runner.addTools(runnable('get_forecast'));
        runner.removeTools('get_weather');
        isFirst = false;
      }
    }

    const calls = await upstream(id, '/api/chat');
    assert.deepEqual(
      calls.map((call) => JSON.parse(call.body).tools.map((tool) => tool.function.name)), [['get_weather'], ['get_forecast']]);
  });

  test('a thread is refused, and goes on without the server if it may', async () => {
    const params = { model: 'demo', max_tokens: 100 };
    const error = await rejection(client.beta.messages.thread(params).send(user('Hello')));
    assert.ok(error instanceof BadRequestError, `${error}`);
    assert.equal(error.errorCode, 'thread_unsupported_request');
    assert.match(error.apiMessage, /thread/);

    const { id, headers } = traced();
    const thread = client.beta.messages.thread({ ...params, unsupportedRequestBehavior: 'continue_unthreaded' }, { headers });
    await thread.send(user('Good morning'));
    await thread.send(user('And now?'));
    const calls = await upstream(id, '/api/chat');
    assert.deepEqual(calls.map((call) => roles(JSON.parse(call.body))), [['user'], ['user', 'assistant', 'user']]);
  });
});
