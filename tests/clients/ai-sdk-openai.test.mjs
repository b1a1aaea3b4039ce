// Vercel's AI SDK through its default provider, which speaks the Responses API and refers to earlier items by their id.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, isStepCount, streamText, tool } from 'ai';
import { z } from 'zod';
import { apiKey, baseURL, nativeBody, traced, upstream } from './support.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;

const provider = createOpenAI({ baseURL, apiKey });
const tools = {
  get_weather: tool({
    description: 'The weather in a city',
    inputSchema: z.object({ city: z.string() }),
    execute: ({ city }) => ({ city, degrees: 21 }),
  }),
};

describe('a thought', () => {
  for (const store of [true, false]) {
    test(`reaches the model with what the tool gave, ${store ? 'by reference' : 'in encrypted_content'}`, async () => {
      const { id, headers } = traced();
      await generateText({
        model: provider('demo-thinking'),
        prompt: `What is the weather in Paris? ${id}`,
        tools,
        stopWhen: isStepCount(3),
        headers,
        providerOptions: { openai: { store, ...(store ? {} : { forceReasoning: true, include: ['reasoning.encrypted_content'] }) } },
      });
      const [, second] = (await upstream(id, '/api/chat')).map(({ body }) => JSON.parse(body));
      assert.deepEqual(second.messages.map(({ role }) => role), ['user', 'assistant', 'tool']);
      assert.ok(second.messages[1].thinking.length > 0);
      assert.equal(second.messages[1].tool_calls[0].function.name, 'get_weather');
    });
  }
});

describe('a conversation of five turns', () => {
  for (const name of ['demo', 'demo-thinking']) {
    test(`${name}, plain`, async () => {
      const messages = [];
      for (let turn = 1; turn <= 5; turn += 1) {
        messages.push({ role: 'user', content: `Turn ${turn}` });
        const { id, headers } = traced();
        const result = await generateText({ model: provider(name), messages, headers });
        messages.push(...result.responseMessages ?? result.response.messages);
        assert.match(result.text, new RegExp(`Turn ${turn}`));
        const sent = await nativeBody(id, '/api/chat');
        assert.equal(sent.messages.length, 2 * turn - 1);
        assert.ok(sent.messages.every((message) => message.content.length > 0));
      }
    });

    test(`${name}, streamed, with a tool`, async () => {
      const messages = [];
      for (let turn = 1; turn <= 5; turn += 1) {
        messages.push({ role: 'user', content: `What is the weather in Paris? Turn ${turn}` });
        const errors = [];
        const result = streamText({
          model: provider(name), messages, tools, stopWhen: isStepCount(3), onError: ({ error }) => errors.push(error),
        });
        await result.consumeStream();
        const answered = await result.response;
        messages.push(...await result.responseMessages ?? answered.messages);
        assert.deepEqual(errors, []);
        assert.equal((await result.steps).flatMap((step) => step.toolCalls).length, 1);
        assert.match(await result.text, /\S/);
        assert.equal(messages.filter((message) => message.role === 'tool').length, turn);
      }
    });
  }
});
