// LangChain's OpenAI package, with its default options: only the address and the key are given.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AIMessageChunk, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';
import { apiKey, baseURL, collect, eventually, pixel, rejection, traced, upstream } from './support.mjs';

const configuration = { baseURL };
const model = new ChatOpenAI({ model: 'demo', apiKey, configuration });

const getWeather = tool(({ city }) => `21 degrees in ${city}`, {
  name: 'get_weather',
  description: 'The weather in a city',
  schema: z.object({ city: z.string(), unit: z.enum(['celsius', 'fahrenheit']).optional() }),
});

const join = (chunks) => chunks.reduce((whole, chunk) => whole.concat(chunk));

describe('chat', () => {
  test('invoke', async () => {
    const answer = await model.invoke([new SystemMessage('Be brief.'), new HumanMessage('Say hello')]);

    assert.match(answer.content, /Say hello/);
    assert.equal(answer.response_metadata.finish_reason, 'stop');
    const { input_tokens: input, output_tokens: output, total_tokens: total } = answer.usage_metadata;
    assert.ok(input > 0 && output > 0);
    assert.equal(total, input + output);
    assert.match(answer.id, /^chatcmpl-/);
  });

  test('invoke under the hard-wired default model\'s name', async () => {
    const answer = await new ChatOpenAI({ model: 'gpt-4o-mini', apiKey, configuration }).invoke('Say hello');

    assert.match(answer.content, /Say hello/);
  });

  test('stream, with the usage it asks for by itself', async () => {
    const chunks = await collect(await model.stream('Tell me of streams'));

    assert.ok(chunks.length > 3);
    const whole = join(chunks);
    assert.ok(whole instanceof AIMessageChunk);
    assert.match(whole.content, /Tell me of streams/);
    assert.equal(whole.response_metadata.finish_reason, 'stop');
    assert.ok(whole.usage_metadata.total_tokens > 0);
  });

  test('batch keeps the order', async () => {
    const answers = await model.batch(['Alpha', 'Beta', 'Gamma']);

    assert.match(answers[0].content, /Alpha/);
    assert.match(answers[1].content, /Beta/);
    assert.match(answers[2].content, /Gamma/);
  });

  test('an image', async () => {
    const seeing = new ChatOpenAI({ model: 'emu:tokens-3', apiKey, configuration });
    const answer = await seeing.invoke([new HumanMessage({
      content: [{ type: 'text', text: 'What is this?' }, { type: 'image_url', image_url: { url: pixel } }],
    })]);

    assert.equal(answer.content, 'one two three');
  });

  test('reasoning is handed on', async () => {
    const answer = await new ChatOpenAI({ model: 'demo-thinking', apiKey, configuration }).invoke('Why?');

    assert.match(answer.additional_kwargs.reasoning_content, /Let me think/);
    assert.doesNotMatch(answer.content, /Let me think/);
  });

  test('a stream that is left is aborted at Ollama', async () => {
    const { id, headers } = traced();
    const slow = new ChatOpenAI({
      model: 'emu:tokens-1000_gap-50ms', apiKey, configuration: { baseURL, defaultHeaders: headers },
    });
    for await (const chunk of await slow.stream('A very long story')) {
      if (chunk.content) {
        break;
      }
    }

    await eventually(async () => (await upstream(id, '/api/chat'))[0]?.aborted, 'the upstream call is aborted');
  });

  test('an error keeps its status and code', async () => {
    const error = await rejection(new ChatOpenAI({ model: 'nobody', apiKey, configuration }).invoke('Hello'));

    assert.equal(error.status, 404);
    assert.equal(error.code, 'model_not_found');
  });
});

describe('bindTools', () => {
  const withTools = model.bindTools([getWeather]);

  test('a call, its result, the answer', async () => {
    const question = new HumanMessage('What is the weather in Madrid?');
    const call = await withTools.invoke([question]);

    assert.equal(call.response_metadata.finish_reason, 'tool_calls');
    assert.equal(call.tool_calls.length, 1);
    assert.equal(call.tool_calls[0].name, 'get_weather');
    assert.equal(call.tool_calls[0].args.city, 'Madrid');

    const result = await getWeather.invoke(call.tool_calls[0]);
    assert.ok(result instanceof ToolMessage);
    const answer = await withTools.invoke([question, call, result]);
    assert.match(answer.content, /21 degrees in Madrid/);
  });

  test('a streamed call', async () => {
    const whole = join(await collect(await withTools.stream('What is the weather in Rome?')));

    assert.equal(whole.tool_calls[0].name, 'get_weather');
    assert.equal(whole.tool_calls[0].args.city, 'Rome');
  });

  for (const choice of ['any', 'get_weather']) {
    test(`tool_choice ${choice} is enforced`, async () => {
      const held = model.bindTools([getWeather], { tool_choice: choice });
      const call = await held.invoke('Nothing to do with it');

      assert.equal(call.tool_calls[0].name, 'get_weather');
      assert.equal(typeof call.tool_calls[0].args.city, 'string');
    });
  }
});

describe('withStructuredOutput', () => {
  const Trip = z.object({ city: z.string(), days: z.number().int().min(2), by: z.enum(['train', 'plane']) });

  test('with its default method', async () => {
    const trip = await model.withStructuredOutput(Trip).invoke('A trip to Vienna');

    assert.deepEqual(trip, { city: 'Vienna', days: 2, by: 'train' });
  });

  for (const method of ['jsonSchema', 'functionCalling']) {
    test(`by ${method}`, async () => {
      const trip = await model.withStructuredOutput(Trip, { method, name: 'trip' }).invoke('Going to Oslo');

      assert.deepEqual(trip, { city: 'Oslo', days: 2, by: 'train' });
    });
  }

  test('by jsonMode', async () => {
    const Answer = z.object({ answer: z.string() });
    const { answer } = await model.withStructuredOutput(Answer, { method: 'jsonMode' }).invoke('As JSON');

    assert.match(answer, /As JSON/);
  });

  test('streamed', async () => {
    const pieces = await collect(await model.withStructuredOutput(Trip).stream('A trip to Rome'));

    assert.deepEqual(pieces.at(-1), { city: 'Rome', days: 2, by: 'train' });
  });
});

describe('embeddings', () => {
  test('embedQuery and embedDocuments agree, under the default model\'s name', async () => {
    const embeddings = new OpenAIEmbeddings({ apiKey, configuration });
    const query = await embeddings.embedQuery('the cat sat');
    const documents = await embeddings.embedDocuments(['a dog', 'the cat sat']);

    assert.equal(query.length, 32);
    assert.equal(documents.length, 2);
    assert.deepEqual(documents[1], query);
    assert.notDeepEqual(documents[0], query);
    const length = Math.hypot(...query);
    assert.ok(Math.abs(length - 1) < 1e-5, `a unit vector, not ${length}`);
  });

  test('more documents than go into one request keep their order', async () => {
    const embeddings = new OpenAIEmbeddings({ model: 'demo-embed', apiKey, configuration });
    const texts = Array.from({ length: 1100 }, (_, i) => `document ${i}`);
    const vectors = await embeddings.embedDocuments(texts);

    assert.equal(vectors.length, texts.length);
    assert.deepEqual(vectors[1099], await embeddings.embedQuery('document 1099'));
  });
});

describe('completions', () => {
  const completing = new OpenAI({ model: 'demo', apiKey, configuration });

  test('invoke', async () => {
    assert.match(await completing.invoke('Once upon a time'), /Once upon a time/);
  });

  test('stream', async () => {
    const pieces = await collect(await completing.stream('Once upon a stream'));

    assert.ok(pieces.length > 3);
    assert.match(pieces.join(''), /Once upon a stream/);
  });
});

describe('the Responses API', () => {
  const responding = new ChatOpenAI({ model: 'demo', apiKey, configuration, useResponsesApi: true });

  test('invoke', async () => {
    const answer = await responding.invoke('Say hello');

    assert.match(answer.text, /Say hello/);
    assert.ok(answer.usage_metadata.total_tokens > 0);
  });

  test('stream', async () => {
    const whole = join(await collect(await responding.stream('Tell me of streams')));

    assert.match(whole.text, /Tell me of streams/);
  });

  test('a call, its result, the answer', async () => {
    const withTools = responding.bindTools([getWeather]);
    const question = new HumanMessage('What is the weather in Madrid?');
    const call = await withTools.invoke([question]);
    assert.equal(call.tool_calls[0].args.city, 'Madrid');

    const result = await getWeather.invoke(call.tool_calls[0]);
    const answer = await withTools.invoke([question, call, result]);
    assert.match(answer.text, /21 degrees in Madrid/);
  });
});
