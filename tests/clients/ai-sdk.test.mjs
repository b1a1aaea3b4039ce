// Vercel's AI SDK through its provider for OpenAI-compatible servers, with default options.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  APICallError, embed, embedMany, generateObject, generateText, isStepCount, Output, streamObject, streamText, tool,
} from 'ai';
import { z } from 'zod';
import { apiKey, baseURL, collect, eventually, pixel, rejection, traced, upstream } from './support.mjs';

// It would print one for each structured output that goes as json_object.
globalThis.AI_SDK_LOG_WARNINGS = false;

const provider = createOpenAICompatible({ name: 'llamagate', baseURL, apiKey });
const withSchemas = createOpenAICompatible({ name: 'llamagate', baseURL, apiKey, supportsStructuredOutputs: true });
const withUsage = createOpenAICompatible({ name: 'llamagate', baseURL, apiKey, includeUsage: true });
const model = provider('demo');

const tools = {
  get_weather: tool({
    description: 'The weather in a city',
    inputSchema: z.object({ city: z.string() }),
    execute: ({ city }) => ({ city, degrees: 21 }),
  }),
};

describe('text', () => {
  test('generateText', async () => {
    const { text, finishReason, usage, finalStep } = await generateText({
      model, system: 'Be brief.', prompt: 'Say hello',
    });

    assert.match(text, /Say hello/);
    assert.equal(finishReason, 'stop');
    assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
    assert.equal(usage.totalTokens, usage.inputTokens + usage.outputTokens);
    assert.match(finalStep.response.id, /^chatcmpl-/);
    assert.equal(finalStep.response.modelId, 'demo');
  });

  test('streamText', async () => {
    const result = streamText({ model, prompt: 'Tell me of streams' });
    const pieces = await collect(result.textStream);

    assert.ok(pieces.length > 3);
    assert.match(pieces.join(''), /Tell me of streams/);
    assert.equal(await result.finishReason, 'stop');
  });

  test('streamText with usage', async () => {
    const result = streamText({ model: withUsage('demo'), prompt: 'Count me' });

    await result.consumeStream();
    const usage = await result.usage;
    assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
  });

  test('maxOutputTokens cuts, and says so', async () => {
    const { finishReason, usage } = await generateText({ model, prompt: 'A long story', maxOutputTokens: 3 });

    assert.equal(finishReason, 'length');
    assert.equal(usage.outputTokens, 3);
  });

  test('an image', async () => {
    const { text } = await generateText({
      model: provider('emu:tokens-3'),
      messages: [{
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', image: Buffer.from(pixel.split(',')[1], 'base64'), mediaType: 'image/png' },
        ],
      }],
    });

    assert.equal(text, 'one two three');
  });

  test('a completion model', async () => {
    const { text } = await generateText({ model: provider.completionModel('demo'), prompt: 'Once upon a time' });

    assert.match(text, /Once upon a time/);
  });

  test('a completion model streams', async () => {
    const pieces = await collect(
      streamText({ model: provider.completionModel('demo'), prompt: 'Once upon a stream' }).textStream);

    assert.ok(pieces.length > 3);
    assert.match(pieces.join(''), /Once upon a stream/);
  });
});

describe('reasoning', () => {
  const thinking = provider('demo-thinking');

  test('generateText gives it apart', async () => {
    const { reasoningText, text } = await generateText({ model: thinking, prompt: 'Why?' });

    assert.equal(reasoningText, 'Let me think about this first');
    assert.doesNotMatch(text, /Let me think/);
  });

  test('streamText gives it once and first', async () => {
    const parts = await collect(streamText({ model: thinking, prompt: 'Why not?' }).fullStream);

    const thoughts = parts.filter((part) => part.type === 'reasoning-delta').map((part) => part.text);
    assert.equal(thoughts.join(''), 'Let me think about this first');
    const lastThought = parts.findLastIndex((part) => part.type === 'reasoning-delta');
    assert.ok(lastThought < parts.findIndex((part) => part.type === 'text-delta'));
  });

  test('it can be turned off', async () => {
    const { reasoningText } = await generateText({ model: thinking, prompt: 'Quick', reasoning: 'none' });

    assert.equal(reasoningText, undefined);
  });
});

describe('structured output', () => {
  const Trip = z.object({ city: z.string(), days: z.number().int().min(2), by: z.enum(['train', 'plane']) });
  const trip = { city: 'Vienna', days: 2, by: 'train' };
  const Answer = z.object({ answer: z.string() });

  test('generateText with an output, by default as json_object', async () => {
    const { output } = await generateText({ model, prompt: 'As JSON', output: Output.object({ schema: Answer }) });

    assert.match(output.answer, /As JSON/);
  });

  test('generateText with an output, as json_schema', async () => {
    const { output } = await generateText({
      model: withSchemas('demo'), prompt: 'A trip to Vienna', output: Output.object({ schema: Trip }),
    });

    assert.deepEqual(output, trip);
  });

  test('streamText with an output', async () => {
    const result = streamText({
      model: withSchemas('demo'), prompt: 'A trip to Vienna', output: Output.object({ schema: Trip }),
    });

    assert.deepEqual((await collect(result.partialOutputStream)).at(-1), trip);
    assert.deepEqual(await result.output, trip);
  });

  test('generateObject', async () => {
    const { object } = await generateObject({ model: withSchemas('demo'), schema: Trip, prompt: 'A trip to Vienna' });

    assert.deepEqual(object, trip);
  });

  test('streamObject', async () => {
    const result = streamObject({ model: withSchemas('demo'), schema: Trip, prompt: 'A trip to Vienna' });

    assert.deepEqual((await collect(result.partialObjectStream)).at(-1), trip);
  });

  test('Output.choice', async () => {
    const { output } = await generateText({
      model: withSchemas('demo'), prompt: 'Choose', output: Output.choice({ options: ['sun', 'rain'] }),
    });

    assert.equal(output, 'sun');
  });
});

describe('tools', () => {
  test('generateText goes round: call, result, answer', async () => {
    const { text, steps } = await generateText({
      model, tools, stopWhen: isStepCount(5), prompt: 'What is the weather in Madrid?',
    });

    assert.equal(steps.length, 2);
    assert.equal(steps[0].finishReason, 'tool-calls');
    assert.equal(steps[0].toolCalls.length, 1);
    assert.equal(steps[0].toolCalls[0].toolName, 'get_weather');
    assert.deepEqual(steps[0].toolCalls[0].input, { city: 'Madrid' });
    assert.deepEqual(steps[0].toolResults[0].output, { city: 'Madrid', degrees: 21 });
    assert.match(text, /"degrees":21/);
  });

  test('streamText goes round', async () => {
    const result = streamText({ model, tools, stopWhen: isStepCount(5), prompt: 'What is the weather in Lisbon?' });

    assert.match(await result.text, /"degrees":21/);
    assert.equal((await result.steps).length, 2);
  });

  test('two calls in one stream', async () => {
    const result = streamText({ model: provider('emu:tools-done_calls-2'), tools, prompt: 'Weather?' });

    const calls = await result.toolCalls;
    assert.equal(calls.length, 2);
    assert.notEqual(calls[0].toolCallId, calls[1].toolCallId);
  });

  for (const toolChoice of ['required', { type: 'tool', toolName: 'get_weather' }]) {
    test(`toolChoice ${toolChoice.type ?? toolChoice} is enforced`, async () => {
      const { toolCalls } = await generateText({ model, tools, toolChoice, prompt: 'Nothing to do with it' });

      assert.equal(toolCalls[0].toolName, 'get_weather');
      assert.equal(typeof toolCalls[0].input.city, 'string');
    });
  }
});

describe('embeddings', () => {
  const embedding = provider.embeddingModel('demo-embed');

  test('embedMany, in order, over several requests', async () => {
    const values = Array.from({ length: 2500 }, (_, i) => `value ${i}`);
    const { embeddings, usage } = await embedMany({ model: embedding, values });

    assert.equal(embeddings.length, values.length);
    assert.equal(usage.tokens, 2 * values.length);
    const { embedding: last } = await embed({ model: embedding, value: 'value 2499' });
    assert.equal(last.length, 32);
    assert.deepEqual(embeddings[2499], last);
  });
});

describe('errors', () => {
  test('an unknown model is an APICallError with OpenAI\'s code', async () => {
    const error = await rejection(generateText({ model: provider('nobody'), prompt: 'Hello' }));

    assert.ok(APICallError.isInstance(error), `${error}`);
    assert.equal(error.statusCode, 404);
    assert.equal(error.isRetryable, false);
    assert.equal(error.data.error.code, 'model_not_found');
  });

  test('busy can be tried again', async () => {
    const error = await rejection(generateText({ model: provider('emu:busy'), prompt: 'Hello', maxRetries: 0 }));

    assert.ok(APICallError.isInstance(error), `${error}`);
    assert.equal(error.statusCode, 503);
    assert.equal(error.isRetryable, true);
  });

  test('a stream that breaks is an error part', async () => {
    const result = streamText({ model: provider('emu:fail-error_at-2'), prompt: 'Hello', onError: () => {} });
    const parts = await collect(result.fullStream);

    assert.ok(parts.some((part) => part.type === 'text-delta'));
    assert.ok(parts.some((part) => part.type === 'error'));
  });

  test('an abort reaches Ollama', async () => {
    const { id, headers } = traced();
    const leaving = new AbortController();
    const result = streamText({
      model: provider('emu:tokens-1000_gap-50ms'), prompt: 'A very long story', headers, abortSignal: leaving.signal,
    });
    for await (const part of result.fullStream) {
      if (part.type === 'text-delta') {
        leaving.abort();
      }
    }

    await eventually(async () => (await upstream(id, '/api/chat'))[0]?.aborted, 'the upstream call is aborted');
  });
});
