// The official client: models, chat, tools, structured output.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import OpenAI, { NotFoundError } from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import {
  collect, eventually, nativeBody, openai, pixel, rejection, timeTool, traced, upstream, user, weatherParameters,
  weatherTool,
} from './support.mjs';

const client = openai();
const chat = client.chat.completions;

describe('models', () => {
  test('list gives what Ollama has, and the aliases', async () => {
    const models = await collect(client.models.list());

    const byId = new Map(models.map((model) => [model.id, model]));
    assert.ok(byId.has('demo:latest') && byId.has('demo-embed:latest') && byId.has('demo-thinking:latest'));
    assert.equal(byId.get('gpt-4o-mini')?.owned_by, 'alias');
    for (const model of models) {
      assert.equal(model.object, 'model');
      assert.ok(Number.isInteger(model.created));
      assert.equal(typeof model.owned_by, 'string');
    }
  });

  for (const id of ['demo:latest', 'demo']) {
    test(`retrieve finds ${id}`, async () => {
      const model = await client.models.retrieve(id);

      assert.equal(model.object, 'model');
      assert.match(model.id, /^demo/);
    });
  }

  test('retrieve of an unknown one, with a slash in its name, is NotFoundError', async () => {
    const error = await rejection(client.models.retrieve('nobody/nothing:7b'));

    assert.ok(error instanceof NotFoundError);
    assert.equal(error.code, 'model_not_found');
  });
});

describe('chat', () => {
  test('create answers with the whole completion', async () => {
    const completion = await chat.create({ model: 'demo', messages: user('Say hello') });

    assert.match(completion.id, /^chatcmpl-[\w-]{22,}$/);
    assert.equal(completion.object, 'chat.completion');
    assert.equal(completion.model, 'demo');
    assert.ok(Math.abs(Date.now() / 1000 - completion.created) < 600);
    const [choice] = completion.choices;
    assert.equal(choice.index, 0);
    assert.equal(choice.finish_reason, 'stop');
    assert.equal(choice.logprobs, null);
    assert.equal(choice.message.role, 'assistant');
    assert.equal(choice.message.refusal, null);
    assert.match(choice.message.content, /Say hello/);
    const { prompt_tokens: prompt, completion_tokens: completed, total_tokens: total } = completion.usage;
    assert.ok(prompt > 0 && completed > 0);
    assert.equal(total, prompt + completed);
  });

  test('a hard-wired model name works through an alias and is answered under that name', async () => {
    const completion = await chat.create({ model: 'gpt-4o-mini', messages: user('Say hello') });

    assert.equal(completion.model, 'gpt-4o-mini');
    assert.match(completion.choices[0].message.content, /Say hello/);
  });

  test('a whole conversation with system, developer, parts and an earlier answer is taken', async () => {
    const { id, headers } = traced();
    await chat.create({
      model: 'demo',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: 'Be polite.' },
        { role: 'user', content: [{ type: 'text', text: 'One' }, { type: 'text', text: 'two' }] },
        { role: 'assistant', content: 'Three' },
        { role: 'user', content: 'Go on', name: 'kim' },
      ],
    }, { headers });

    const { messages } = await nativeBody(id, '/api/chat');
    assert.deepEqual(messages.map((message) => [message.role, message.content]), [
      ['system', 'Be brief.'],
      ['system', 'Be polite.'],
      ['user', 'One\ntwo'],
      ['assistant', 'Three'],
      ['user', 'Go on'],
    ]);
  });

  test('stream gives the pieces of the same answer under one id', async () => {
    const request = { model: 'demo', messages: user('Tell me of streams') };
    const chunks = await collect(await chat.create({ ...request, stream: true }));
    const plain = await chat.create(request);

    assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
    assert.ok(chunks.every((chunk) => chunk.object === 'chat.completion.chunk' && chunk.model === 'demo'));
    assert.deepEqual(chunks[0].choices[0].delta, { role: 'assistant', content: '' });
    const text = chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join('');
    assert.equal(text, plain.choices[0].message.content);
    const reasons = chunks.map((chunk) => chunk.choices[0].finish_reason).filter((reason) => reason !== null);
    assert.deepEqual(reasons, ['stop']);
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
  });

  test('stream with include_usage ends in one chunk of usage', async () => {
    const chunks = await collect(await chat.create({
      model: 'demo', messages: user('Count me'), stream: true, stream_options: { include_usage: true },
    }));

    const last = chunks.at(-1);
    assert.deepEqual(last.choices, []);
    assert.equal(last.usage.total_tokens, last.usage.prompt_tokens + last.usage.completion_tokens);
    assert.ok(last.usage.completion_tokens > 0);
    assert.ok(chunks.slice(0, -1).every((chunk) => chunk.usage === null));
  });

  test('the stream helper puts it together again', async () => {
    const stream = chat.stream({
      model: 'demo', messages: user('Hello helper'), stream_options: { include_usage: true },
    });
    let seen = '';
    stream.on('content', (delta) => { seen += delta; });

    const completion = await stream.finalChatCompletion();
    assert.equal(completion.choices[0].message.content, seen);
    assert.equal(completion.choices[0].finish_reason, 'stop');
    assert.ok(completion.usage.total_tokens > 0);
  });

  test('an emoji cut over many packets arrives whole', async () => {
    const chunks = await collect(await chat.create({
      model: 'recording/chat_emoji_stream', messages: user('emoji'), stream: true,
    }));

    const text = chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join('');
    assert.match(text, /\p{Extended_Pictographic}/u);
    assert.doesNotMatch(text, /\uFFFD/);
  });

  test('temperature 0 and seed 0 are values and reach the model', async () => {
    const { id, headers } = traced();
    await chat.create({
      model: 'demo',
      messages: user('Zero'),
      temperature: 0,
      seed: 0,
      top_p: 0,
      frequency_penalty: 0,
      presence_penalty: 0,
    }, { headers });

    const { options } = await nativeBody(id, '/api/chat');
    assert.deepEqual(options, { temperature: 0, top_p: 0, seed: 0, frequency_penalty: 0, presence_penalty: 0 });
  });

  test('what was not said is not sent', async () => {
    const { id, headers } = traced();
    await chat.create({ model: 'demo', messages: user('Nothing else') }, { headers });

    const body = await nativeBody(id, '/api/chat');
    assert.deepEqual(Object.keys(body).sort(), ['messages', 'model', 'stream', 'truncate']);
  });

  test('max_completion_tokens cuts, and says so', async () => {
    const completion = await chat.create({ model: 'demo', messages: user('A long story'), max_completion_tokens: 3 });

    assert.equal(completion.choices[0].finish_reason, 'length');
    assert.equal(completion.usage.completion_tokens, 3);
  });

  test('stop ends the answer before its word', async () => {
    const completion = await chat.create({ model: 'demo', messages: user('hello'), stop: ['heard'] });

    assert.doesNotMatch(completion.choices[0].message.content, /heard/);
    assert.equal(completion.choices[0].finish_reason, 'stop');
  });

  test('n=2 gives two choices of two seeds and counts the prompt once', async () => {
    const { id, headers } = traced();
    const one = await chat.create({ model: 'demo', messages: user('Twins'), seed: 7 });
    const two = await chat.create({ model: 'demo', messages: user('Twins'), seed: 7, n: 2 }, { headers });

    assert.deepEqual(two.choices.map((choice) => choice.index), [0, 1]);
    assert.ok(two.choices.every((choice) => choice.message.content && choice.finish_reason === 'stop'));
    assert.equal(two.usage.prompt_tokens, one.usage.prompt_tokens);
    assert.equal(two.usage.completion_tokens, 2 * one.usage.completion_tokens);
    const calls = await upstream(id, '/api/chat');
    assert.deepEqual(calls.map((call) => JSON.parse(call.body).options.seed).sort(), [7, 8]);
  });

  test('n=2 streams both, told apart by index', async () => {
    const stream = chat.stream({ model: 'demo', messages: user('Streaming twins'), n: 2 });

    const completion = await stream.finalChatCompletion();
    assert.deepEqual(completion.choices.map((choice) => choice.index).sort(), [0, 1]);
    assert.equal(completion.choices[0].message.content, completion.choices[1].message.content);
  });

  test('an image as data URI reaches the model as bare base64', async () => {
    const { id, headers } = traced();
    await chat.create({
      model: 'emu:tokens-3',
      messages: user([
        { type: 'text', text: 'What is this, in a chat?' },
        { type: 'image_url', image_url: { url: pixel, detail: 'low' } },
      ]),
    }, { headers });

    const { messages } = await nativeBody(id, '/api/chat');
    assert.deepEqual(messages, [{ role: 'user', content: 'What is this, in a chat?', images: [pixel.split(',')[1]] }]);
  });

  test('logprobs come in OpenAI\'s shape', async () => {
    const completion = await chat.create({
      model: 'recording/chat_logprobs', messages: user('random'), logprobs: true, top_logprobs: 3,
    });

    const { content } = completion.choices[0].logprobs;
    assert.equal(content.map((entry) => entry.token).join(''), completion.choices[0].message.content);
    assert.ok(content.every((entry) => entry.logprob < 0 && entry.top_logprobs.length === 3));
    assert.deepEqual(content[0].bytes, [...Buffer.from(content[0].token)]);
  });

  test('logprobs are streamed and put together', async () => {
    const completion = await chat.stream({
      model: 'recording/chat_logprobs_stream', messages: user('random'), logprobs: true, top_logprobs: 3,
    }).finalChatCompletion();

    const { content } = completion.choices[0].logprobs;
    assert.equal(content.map((entry) => entry.token).join(''), completion.choices[0].message.content);
  });

  test('fields without effect are named, not dropped silently', async () => {
    const { response } = await chat.create({
      model: 'demo',
      messages: user('Ignore'),
      logit_bias: { 50256: -100 },
      user: 'kim',
      metadata: { a: 'b' },
      store: false,
    }).withResponse();

    assert.equal(response.headers.get('x-llamagate-ignored'), 'logit_bias');
  });

  test('vendor fields go through the SDK untouched', async () => {
    const { id, headers } = traced();
    await chat.create({
      model: 'demo', messages: user('Vendor'), keep_alive: '5m', options: { num_ctx: 2048, top_k: 3 },
    }, { headers });

    const body = await nativeBody(id, '/api/chat');
    assert.equal(body.keep_alive, '5m');
    assert.deepEqual(body.options, { num_ctx: 2048, top_k: 3 });
  });

  test('stored completions are not there, as NotFoundError', async () => {
    const error = await rejection(chat.retrieve('chatcmpl-none'));

    assert.ok(error instanceof NotFoundError);
    assert.equal(error.code, 'not_found');
  });
});

describe('thinking', () => {
  test('reasoning_content is apart from the answer', async () => {
    const completion = await chat.create({ model: 'demo-thinking', messages: user('Why?') });

    const { message } = completion.choices[0];
    assert.match(message.reasoning_content, /Let me think/);
    assert.equal(message.reasoning, message.reasoning_content);
    assert.doesNotMatch(message.content, /Let me think/);
  });

  test('it is streamed before the answer', async () => {
    const chunks = await collect(await chat.create({
      model: 'demo-thinking', messages: user('Why not?'), stream: true,
    }));

    const deltas = chunks.map((chunk) => chunk.choices[0].delta);
    assert.match(deltas.map((delta) => delta.reasoning_content ?? '').join(''), /Let me think/);
    assert.ok(deltas.findLastIndex((delta) => delta.reasoning_content) < deltas.findIndex((delta) => delta.content));
  });

  test('reasoning_effort none turns it off, on any model', async () => {
    const thinking = await chat.create({ model: 'demo-thinking', messages: user('Quick'), reasoning_effort: 'none' });
    assert.equal(thinking.choices[0].message.reasoning_content, undefined);

    const plain = await chat.create({ model: 'demo', messages: user('Quick'), reasoning_effort: 'none' });
    assert.match(plain.choices[0].message.content, /Quick/);
  });
});

describe('structured output', () => {
  const Event = z.object({
    name: z.string(),
    date: z.string(),
    guests: z.number().int().min(1),
    kind: z.enum(['party', 'meeting']),
    place: z.object({ city: z.string() }),
  });

  test('parse with zod', async () => {
    const { id, headers } = traced();
    const completion = await chat.parse({
      model: 'demo', messages: user('A party in Rome'), response_format: zodResponseFormat(Event, 'event'),
    }, { headers });

    const { parsed } = completion.choices[0].message;
    assert.deepEqual(Event.parse(parsed), parsed);
    assert.equal(parsed.place.city, 'Rome');
    assert.equal((await nativeBody(id, '/api/chat')).format.type, 'object');
  });

  test('parse with a JSON schema', async () => {
    const completion = await chat.parse({
      model: 'demo',
      messages: user('Weather in Oslo'),
      response_format: {
        type: 'json_schema', json_schema: { name: 'weather', strict: true, schema: weatherParameters },
      },
    });

    assert.deepEqual(completion.choices[0].message.parsed, { city: 'Oslo', unit: 'celsius' });
  });

  test('json_object', async () => {
    const completion = await chat.create({
      model: 'demo', messages: user('As JSON, please'), response_format: { type: 'json_object' },
    });

    assert.equal(typeof JSON.parse(completion.choices[0].message.content), 'object');
  });

  test('the stream helper parses too', async () => {
    const stream = chat.stream({
      model: 'demo', messages: user('A meeting in Paris'), response_format: zodResponseFormat(Event, 'event'),
    });

    const completion = await stream.finalChatCompletion();
    assert.equal(completion.choices[0].message.parsed.place.city, 'Paris');
  });

  test('an answer cut by the limit is LengthFinishReasonError', async () => {
    const error = await rejection(chat.parse({
      model: 'emu:tokens-3_reason-length', messages: user('Cut'), response_format: zodResponseFormat(Event, 'event'),
    }));

    assert.equal(error.constructor.name, 'LengthFinishReasonError');
  });
});

describe('tools', () => {
  for (const form of ['tools-own', 'tools-done']) {
    test(`create returns the call (${form})`, async () => {
      const completion = await chat.create({ model: `emu:${form}`, messages: user('Weather?'), tools: [weatherTool] });

      const [choice] = completion.choices;
      assert.equal(choice.finish_reason, 'tool_calls');
      assert.equal(choice.message.content, null);
      const [call] = choice.message.tool_calls;
      assert.match(call.id, /^call_.+/);
      assert.equal(call.type, 'function');
      assert.equal(call.function.name, 'get_weather');
      assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Paris', unit: 'celsius' });
    });

    test(`stream gives two calls, told apart by index (${form})`, async () => {
      const chunks = await collect(await chat.create({
        model: `emu:${form}_calls-2`, messages: user('Weather?'), tools: [weatherTool], stream: true,
      }));

      const calls = chunks.flatMap((chunk) => chunk.choices[0].delta.tool_calls ?? []);
      assert.deepEqual(calls.map((call) => call.index), [0, 1]);
      assert.equal(new Set(calls.map((call) => call.id)).size, 2);
      assert.equal(chunks.at(-1).choices[0].finish_reason, 'tool_calls');
    });

    test(`parallel_tool_calls: false gives one (${form})`, async () => {
      const completion = await chat.create({
        model: `emu:${form}_calls-2`, messages: user('Weather?'), tools: [weatherTool], parallel_tool_calls: false,
      });

      assert.equal(completion.choices[0].message.tool_calls.length, 1);
    });
  }

  const asked = [];
  const runnable = {
    type: 'function',
    function: {
      ...weatherTool.function,
      parse: JSON.parse,
      function: ({ city }) => {
        asked.push(city);
        return { city, degrees: 21 };
      },
    },
  };

  test('runTools goes round: call, result, answer', async () => {
    const runner = chat.runTools({
      model: 'demo', messages: user('What is the weather in Madrid?'), tools: [runnable],
    });

    const answer = await runner.finalContent();
    assert.ok(asked.includes('Madrid'));
    assert.match(answer, /"degrees":21/);
    assert.deepEqual(runner.messages.map((message) => message.role), ['user', 'assistant', 'tool', 'assistant']);
    assert.ok((await runner.totalUsage()).total_tokens > 0);
  });

  test('runTools goes round in a stream', async () => {
    const runner = chat.runTools({
      model: 'demo', messages: user('What is the weather in Lisbon?'), tools: [runnable], stream: true,
    });

    assert.match(await runner.finalContent(), /"degrees":21/);
    assert.ok(asked.includes('Lisbon'));
  });

  test('a zod function is called with parsed arguments', async () => {
    const tool = zodFunction({
      name: 'get_weather',
      parameters: z.object({ city: z.string(), days: z.number().int() }),
      function: ({ city, days }) => `${city} for ${days}`,
    });
    const runner = chat.runTools({ model: 'demo', messages: user('Get the weather of Vienna'), tools: [tool] });

    assert.match(await runner.finalContent(), /Vienna for 1/);
  });

  test('the result of a call goes upstream under its function\'s name', async () => {
    const { id, headers } = traced();
    await chat.create({
      model: 'demo',
      tools: [weatherTool],
      messages: [
        ...user('Weather in Rome?'),
        {
          role: 'assistant',
          content: null,
          tool_calls: [{
            id: 'call_1',
            type: 'function',
            function: { name: 'get_weather', arguments: '{"unit":"celsius","city":"Rome"}' },
          }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: '21' },
      ],
    }, { headers });

    const [, assistant, result] = (await nativeBody(id, '/api/chat')).messages;
    const given = Object.entries(assistant.tool_calls[0].function.arguments);
    assert.deepEqual(given, [['unit', 'celsius'], ['city', 'Rome']]);
    assert.equal(result.tool_name, 'get_weather');
    assert.equal(result.tool_call_id, 'call_1');
  });

  const choices = [
    ['required', 'required', ['get_time', 'get_weather']],
    ['named', { type: 'function', function: { name: 'get_weather' } }, ['get_weather']],
  ];
  for (const [name, choice, allowed] of choices) {
    const request = {
      model: 'demo', messages: user('Nothing to do with it'), tools: [timeTool, weatherTool], tool_choice: choice,
    };

    test(`tool_choice ${name} is enforced`, async () => {
      const completion = await chat.create(request);

      const [{ finish_reason: reason, message }] = completion.choices;
      assert.equal(reason, 'tool_calls');
      assert.ok(allowed.includes(message.tool_calls[0].function.name));
      assert.equal(typeof JSON.parse(message.tool_calls[0].function.arguments).city, 'string');
    });

    test(`tool_choice ${name} is enforced in a stream`, async () => {
      const streamed = { ...request, messages: user('Nothing to do with it, in a stream') };
      const completion = await chat.stream(streamed).finalChatCompletion();

      const { message } = completion.choices[0];
      assert.ok(allowed.includes(message.tool_calls[0].function.name));
      assert.equal(typeof JSON.parse(message.tool_calls[0].function.arguments).city, 'string');
    });
  }

  test('tool_choice none sends no tools', async () => {
    const { id, headers } = traced();
    const completion = await chat.create({
      model: 'demo', messages: user('The weather in Rome?'), tools: [weatherTool], tool_choice: 'none',
    }, { headers });

    assert.equal(completion.choices[0].message.tool_calls, undefined);
    assert.equal((await nativeBody(id, '/api/chat')).tools, undefined);
  });

  test('legacy functions are answered with function_call', async () => {
    const request = { model: 'demo', messages: user('The weather in Rome?'), functions: [weatherTool.function] };
    const completion = await chat.create(request);

    const [{ message, finish_reason: reason }] = completion.choices;
    assert.equal(reason, 'function_call');
    assert.equal(message.function_call.name, 'get_weather');
    assert.equal(JSON.parse(message.function_call.arguments).city, 'Rome');

    const answer = await chat.create({
      ...request,
      messages: [...request.messages, message, { role: 'function', name: 'get_weather', content: '21 degrees' }],
    });
    assert.match(answer.choices[0].message.content, /21 degrees/);
  });

  test('legacy functions stream', async () => {
    const completion = await chat.stream({
      model: 'demo',
      messages: user('The weather in Oslo?'),
      functions: [weatherTool.function],
      function_call: { name: 'get_weather' },
    }).finalChatCompletion();

    assert.equal(JSON.parse(completion.choices[0].message.function_call.arguments).city, 'Oslo');
  });
});

describe('the exchange', () => {
  test('_request_id is X-Request-ID, new for each request', async () => {
    const request = { model: 'demo', messages: user('Id') };
    const { data, response, request_id: id } = await chat.create(request).withResponse();
    const other = await chat.create(request);

    assert.ok(id);
    assert.equal(data._request_id, id);
    assert.equal(response.headers.get('x-request-id'), id);
    assert.notEqual(other._request_id, id);
  });

  test('the caller\'s own X-Request-ID is kept and passed on', async () => {
    const { id, headers } = traced();
    const completion = await chat.create({ model: 'demo', messages: user('My id') }, { headers });

    assert.equal(completion._request_id, id);
    assert.equal((await upstream(id, '/api/chat')).length, 1);
  });

  test('a custom header does no harm, and neither it nor the key goes upstream', async () => {
    const { id, headers } = traced();
    const own = openai({ defaultHeaders: { 'X-Team': 'blue' }, organization: 'org-1', project: 'proj-1' });
    await own.chat.completions.create({ model: 'demo', messages: user('Headers') }, { headers });

    const [{ headers: sent }] = await upstream(id, '/api/chat');
    const names = Object.keys(sent).map((name) => name.toLowerCase());
    assert.ok(!names.includes('authorization') && !names.includes('x-team') && !names.includes('openai-organization'));
  });

  test('an answer out of the cache says hit', async () => {
    const messages = user(`Cached ${crypto.randomUUID()}`);
    const first = await chat.create({ model: 'demo', messages, temperature: 0 }).withResponse();
    const second = await chat.create({ model: 'demo', messages, temperature: 0 }).withResponse();

    assert.equal(first.response.headers.get('x-llamagate-cache'), 'miss');
    assert.equal(second.response.headers.get('x-llamagate-cache'), 'hit');
    assert.deepEqual(second.data.choices, first.data.choices);
  });

  const long = { model: 'emu:tokens-1000_gap-50ms', messages: user('A very long story'), stream: true };

  test('abort of a stream reaches Ollama', async () => {
    const { id, headers } = traced();
    const stream = await chat.create(long, { headers });
    for await (const chunk of stream) {
      if (chunk.choices[0].delta.content) {
        stream.controller.abort();
      }
    }

    await eventually(async () => (await upstream(id, '/api/chat'))[0]?.aborted, 'the upstream call is aborted');
  });

  test('break out of a stream reaches Ollama', async () => {
    const { id, headers } = traced();
    for await (const chunk of await chat.create(long, { headers })) {
      if (chunk.choices[0].delta.content) {
        break;
      }
    }

    await eventually(async () => (await upstream(id, '/api/chat'))[0]?.aborted, 'the upstream call is aborted');
  });

  test('abort of a plain request is APIUserAbortError and reaches Ollama', async () => {
    const { id, headers } = traced();
    const leaving = new AbortController();
    const pending = rejection(
      chat.create({ model: 'emu:first-30s', messages: user('Never mind') }, { headers, signal: leaving.signal }));
    await eventually(async () => (await upstream(id, '/api/chat')).length === 1, 'the call is at Ollama');
    leaving.abort();

    assert.ok(await pending instanceof OpenAI.APIUserAbortError);
    await eventually(async () => (await upstream(id, '/api/chat'))[0]?.aborted, 'the upstream call is aborted');
  });

  test('the client\'s own timeout is APIConnectionTimeoutError and reaches Ollama', async () => {
    const { id, headers } = traced();
    const error = await rejection(
      chat.create({ model: 'emu:first-30s', messages: user('Too slow') }, { headers, timeout: 500, maxRetries: 0 }));

    assert.ok(error instanceof OpenAI.APIConnectionTimeoutError);
    await eventually(async () => (await upstream(id, '/api/chat'))[0]?.aborted, 'the upstream call is aborted');
  });
});
