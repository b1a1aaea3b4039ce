// LangChain's Ollama package with its base URL set to the gateway.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HumanMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOllama, OllamaEmbeddings } from '@langchain/ollama';
import { z } from 'zod';
import { apiKey, collect, gatewayUrl } from './support.mjs';

const connection = { baseUrl: gatewayUrl, headers: { Authorization: `Bearer ${apiKey}` } };
const model = new ChatOllama({ ...connection, model: 'demo', temperature: 0 });

const getWeather = tool(({ city }) => `21 degrees in ${city}`, {
  name: 'get_weather',
  description: 'The weather in a city',
  schema: z.object({ city: z.string() }),
});

test('invoke', async () => {
  const answer = await model.invoke([new HumanMessage('Say hello')]);
  assert.match(answer.content, /Say hello/);
  assert.ok(answer.usage_metadata.total_tokens > 0);
});

test('stream', async () => {
  const chunks = await collect(await model.stream('Tell me of streams'));
  assert.ok(chunks.length > 3);
  assert.match(chunks.map(({ content }) => content).join(''), /Tell me of streams/);
});

test('a tool is called', async () => {
  const answer = await model.bindTools([getWeather]).invoke('What is the weather in Paris?');
  assert.equal(answer.tool_calls[0].name, 'get_weather');
  assert.equal(typeof answer.tool_calls[0].args, 'object');
});

test('embeddings, under an alias', async () => {
  const vectors = await new OllamaEmbeddings({ ...connection, model: 'text-embedding-ada-002' }).embedDocuments(['a', 'b']);
  assert.equal(vectors.length, 2);
});

test('an error is a text', async () => {
  await assert.rejects(new ChatOllama({ ...connection, model: 'nope', maxRetries: 0 }).invoke('hi'), /model 'nope' not found/);
});
