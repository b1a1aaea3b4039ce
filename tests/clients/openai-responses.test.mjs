// The official client: the Responses API, as far as a gateway with a short memory can have it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { APIError, BadRequestError, InternalServerError, NotFoundError } from 'openai';
import { zodResponsesFunction, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import {
  collect, eventually, nativeBody, openai, pixel, rejection, traced, upstream, weatherTool,
} from './support.mjs';

const client = openai();
const { responses } = client;
const model = 'demo';
const weather = { type: 'function', ...weatherTool.function, strict: true };

const types = (items) => items.map((item) => item.type);

describe('create', () => {
  test('answers with the whole response', async () => {
    const response = await responses.create({
      model, input: 'Say hello', instructions: 'Be brief.', metadata: { team: 'blue' },
    });

    assert.match(response.id, /^resp_/);
    assert.equal(response.object, 'response');
    assert.equal(response.status, 'completed');
    assert.equal(response.model, model);
    assert.equal(response.error, null);
    assert.equal(response.incomplete_details, null);
    assert.equal(response.instructions, 'Be brief.');
    assert.deepEqual(response.metadata, { team: 'blue' });
    assert.deepEqual(response.tools, []);
    assert.equal(response.tool_choice, 'auto');
    assert.equal(response.parallel_tool_calls, true);
    assert.ok(Math.abs(Date.now() / 1000 - response.created_at) < 600);

    const [message] = response.output;
    assert.equal(message.type, 'message');
    assert.equal(message.role, 'assistant');
    assert.equal(message.status, 'completed');
    assert.match(message.id, /^msg_/);
    assert.deepEqual(types(message.content), ['output_text']);
    assert.deepEqual(message.content[0].annotations, []);
    assert.equal(response.output_text, message.content[0].text);
    assert.match(response.output_text, /Say hello/);

    const { usage } = response;
    assert.ok(usage.input_tokens > 0 && usage.output_tokens > 0);
    assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
    assert.equal(typeof usage.input_tokens_details.cached_tokens, 'number');
    assert.equal(typeof usage.output_tokens_details.reasoning_tokens, 'number');
  });

  test('instructions and items become the messages', async () => {
    const { id, headers } = traced();
    await responses.create({
      model: 'emu:tokens-2',
      instructions: 'Be brief.',
      input: [
        { role: 'developer', content: 'Be polite.' },
        {
          role: 'user',
          content: [{ type: 'input_text', text: 'One' }, { type: 'input_image', image_url: pixel, detail: 'auto' }],
        },
        { role: 'assistant', content: 'Two' },
        { type: 'message', role: 'user', content: 'Go on' },
      ],
    }, { headers });

    const { messages } = await nativeBody(id, '/api/chat');
    assert.deepEqual(messages.map((message) => [message.role, message.content]), [
      ['system', 'Be brief.'],
      ['system', 'Be polite.'],
      ['user', 'One'],
      ['assistant', 'Two'],
      ['user', 'Go on'],
    ]);
    assert.deepEqual(messages[2].images, [pixel.split(',')[1]]);
  });

  test('the output of one is the input of the next', async () => {
    const input = [{ role: 'user', content: 'First' }];
    const first = await responses.create({ model: 'demo-thinking', input });
    const second = await responses.create({
      model: 'demo-thinking', input: [...input, ...first.output, { role: 'user', content: 'Second' }],
    });

    assert.match(second.output_text, /Second/);
  });

  test('temperature 0 and top_p 0 are values and reach the model', async () => {
    const { id, headers } = traced();
    const response = await responses.create({ model, input: 'Zero', temperature: 0, top_p: 0 }, { headers });

    assert.equal(response.temperature, 0);
    assert.equal(response.top_p, 0);
    assert.deepEqual((await nativeBody(id, '/api/chat')).options, { temperature: 0, top_p: 0 });
  });

  test('max_output_tokens makes it incomplete, and says why', async () => {
    const response = await responses.create({ model, input: 'A long story', max_output_tokens: 3 });

    assert.equal(response.status, 'incomplete');
    assert.deepEqual(response.incomplete_details, { reason: 'max_output_tokens' });
    assert.equal(response.max_output_tokens, 3);
    assert.equal(response.usage.output_tokens, 3);
    assert.ok(response.output_text.length > 0);
  });

  test('thinking is a reasoning item before the message', async () => {
    const response = await responses.create({ model: 'demo-thinking', input: 'Why?', reasoning: { summary: 'auto' } });

    assert.deepEqual(types(response.output), ['reasoning', 'message']);
    assert.deepEqual(response.output[0].summary, [{ type: 'summary_text', text: 'Let me think about this first' }]);
    assert.doesNotMatch(response.output_text, /Let me think/);
  });

  test('log probabilities, when they are included', async () => {
    const response = await responses.create({
      model: 'recording/chat_logprobs', input: 'random', include: ['message.output_text.logprobs'], top_logprobs: 3,
    });

    const [{ text, logprobs }] = response.output[0].content;
    assert.equal(logprobs.map((entry) => entry.token).join(''), text);
    assert.ok(logprobs.every((entry) => entry.top_logprobs.length === 3));
  });

  test('reasoning.effort reaches the model', async () => {
    const { id, headers } = traced();
    await responses.create({ model: 'demo-thinking', input: 'Why?', reasoning: { effort: 'low' } }, { headers });

    assert.equal((await nativeBody(id, '/api/chat')).think, 'low');
  });

  test('_request_id', async () => {
    const { id, headers } = traced();

    assert.equal((await responses.create({ model, input: 'id' }, { headers }))._request_id, id);
  });
});

describe('structured output', () => {
  const Trip = z.object({ city: z.string(), days: z.number().int().min(2), by: z.enum(['train', 'plane']) });
  const trip = { city: 'Vienna', days: 2, by: 'train' };

  test('parse with zod', async () => {
    const response = await responses.parse({
      model, input: 'A trip to Vienna', text: { format: zodTextFormat(Trip, 'trip') },
    });

    assert.deepEqual(response.output_parsed, trip);
    assert.equal(response.text.format.type, 'json_schema');
    assert.equal(response.text.format.name, 'trip');
  });

  test('a stream is parsed too', async () => {
    const stream = responses.stream({
      model, input: 'Another trip to Vienna', text: { format: zodTextFormat(Trip, 'trip') },
    });

    assert.deepEqual((await stream.finalResponse()).output_parsed, trip);
  });

  test('json_object', async () => {
    const response = await responses.create({ model, input: 'As JSON', text: { format: { type: 'json_object' } } });

    assert.equal(typeof JSON.parse(response.output_text), 'object');
  });
});

describe('functions', () => {
  test('a call, its output, the answer', async () => {
    const input = [{ role: 'user', content: 'What is the weather in Madrid?' }];
    const call = await responses.create({ model, input, tools: [weather] });

    assert.equal(call.status, 'completed');
    assert.equal(call.tools[0].name, 'get_weather');
    const [item] = call.output;
    assert.equal(item.type, 'function_call');
    assert.equal(item.status, 'completed');
    assert.equal(item.name, 'get_weather');
    assert.match(item.call_id, /^call_/);
    assert.equal(JSON.parse(item.arguments).city, 'Madrid');

    const { id, headers } = traced();
    const answer = await responses.create({
      model,
      tools: [weather],
      input: [
        ...input,
        ...call.output,
        { type: 'function_call_output', call_id: item.call_id, output: '{"degrees":21}' },
      ],
    }, { headers });
    assert.match(answer.output_text, /"degrees":21/);
    const result = (await nativeBody(id, '/api/chat')).messages.at(-1);
    assert.equal(result.role, 'tool');
    assert.equal(result.tool_name, 'get_weather');
  });

  for (const form of ['tools-own', 'tools-done']) {
    test(`two calls in a stream (${form})`, async () => {
      const stream = responses.stream({ model: `emu:${form}_calls-2`, input: 'Weather?', tools: [weather] });
      const response = await stream.finalResponse();

      assert.deepEqual(types(response.output), ['function_call', 'function_call']);
      assert.notEqual(response.output[0].call_id, response.output[1].call_id);
      assert.deepEqual(JSON.parse(response.output[1].arguments), { city: 'Paris', unit: 'celsius' });
    });
  }

  test('a zod function comes with parsed arguments', async () => {
    const tool = zodResponsesFunction({ name: 'get_weather', parameters: z.object({ city: z.string() }) });
    const response = await responses.parse({ model, input: 'The weather in Rome?', tools: [tool] });

    assert.deepEqual(response.output[0].parsed_arguments, { city: 'Rome' });
  });

  for (const choice of ['required', { type: 'function', name: 'get_weather' }]) {
    test(`tool_choice ${choice.type ?? choice} is enforced`, async () => {
      const response = await responses.create({
        model, input: 'Nothing to do with it', tools: [weather], tool_choice: choice,
      });

      assert.equal(response.output[0].type, 'function_call');
      assert.equal(response.output[0].name, 'get_weather');
      assert.deepEqual(response.tool_choice, choice);
    });
  }
});

describe('stream', () => {
  const events = async (request) => collect(await responses.create({ ...request, stream: true }));

  test('the events of a text come in OpenAI\'s order', async () => {
    const all = await events({ model, input: 'Tell me of the order of events' });

    assert.deepEqual(all.map((event) => event.sequence_number), all.map((_, i) => i));
    const order = types(all).filter((type, i, list) => type !== list[i - 1]);
    assert.deepEqual(order, [
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    const deltas = all.filter((event) => event.type === 'response.output_text.delta');
    const done = all.find((event) => event.type === 'response.output_text.done');
    assert.ok(deltas.length > 3);
    assert.equal(deltas.map((event) => event.delta).join(''), done.text);
    const { response } = all.at(-1);
    assert.equal(response.status, 'completed');
    assert.equal(response.id, all[0].response.id);
    assert.equal(all[0].response.status, 'in_progress');
    assert.equal(response.output[0].content[0].text, done.text);
    assert.equal(response.output[0].id, done.item_id);
    assert.ok(response.usage.total_tokens > 0);
  });

  test('the events of thinking come before them', async () => {
    const all = await events({ model: 'demo-thinking', input: 'Why?' });

    const deltas = all.filter((event) => event.type === 'response.reasoning_summary_text.delta');
    assert.equal(deltas.map((event) => event.delta).join(''), 'Let me think about this first');
    assert.deepEqual(types(all.at(-1).response.output), ['reasoning', 'message']);
    const items = all.filter((event) => event.type === 'response.output_item.done');
    assert.deepEqual(items.map((event) => [event.output_index, event.item.type]), [[0, 'reasoning'], [1, 'message']]);
  });

  test('the events of a call', async () => {
    const all = await events({ model, input: 'The weather in Oslo?', tools: [weather] });

    const done = all.find((event) => event.type === 'response.function_call_arguments.done');
    assert.equal(JSON.parse(done.arguments).city, 'Oslo');
    const deltas = all.filter((event) => event.type === 'response.function_call_arguments.delta');
    assert.equal(deltas.map((event) => event.delta).join(''), done.arguments);
  });

  test('a cut answer ends in response.incomplete', async () => {
    const all = await events({ model, input: 'A long story', max_output_tokens: 3 });

    assert.equal(all.at(-1).type, 'response.incomplete');
    assert.deepEqual(all.at(-1).response.incomplete_details, { reason: 'max_output_tokens' });
  });

  test('an answer out of the cache is streamed with the same events', async () => {
    const request = { model: 'demo-thinking', input: `Cached ${crypto.randomUUID()}`, temperature: 0 };
    const fresh = await responses.create({ ...request, stream: true }).withResponse();
    const first = await collect(fresh.data);
    const kept = await responses.create({ ...request, stream: true }).withResponse();
    const second = await collect(kept.data);

    assert.equal(fresh.response.headers.get('x-llamagate-cache'), 'miss');
    assert.equal(kept.response.headers.get('x-llamagate-cache'), 'hit');
    assert.deepEqual([...new Set(types(second))], [...new Set(types(first))]);
    assert.equal(second.at(-1).response.output[1].content[0].text, first.at(-1).response.output[1].content[0].text);
  });

  test('the stream helper puts it together again', async () => {
    const stream = responses.stream({ model, input: 'Hello helper' });
    let seen = '';
    stream.on('response.output_text.delta', (event) => { seen += event.delta; });

    const response = await stream.finalResponse();
    assert.equal(response.output_text, seen);
    assert.match(seen, /Hello helper/);
  });

  const breaks = [
    ['emu:fail-error_at-2', 'upstream_error'],
    ['emu:fail-reset_at-2', 'upstream_unreachable'],
    ['emu:fail-silent_at-2', 'upstream_incomplete'],
  ];
  for (const [broken, code] of breaks) {
    test(`the iterator throws APIError after what came (${broken})`, async () => {
      const seen = [];
      const error = await rejection((async () => {
        for await (const event of await responses.create({ model: broken, input: 'Hello', stream: true })) {
          seen.push(event.type);
        }
      })());

      assert.ok(error instanceof APIError, `${error}`);
      assert.equal(error.code, code);
      assert.ok(seen.includes('response.output_text.delta'));
      assert.ok(!seen.includes('response.completed'));
    });
  }

  test('break out of a stream reaches Ollama', async () => {
    const { id, headers } = traced();
    const stream = await responses.create(
      { model: 'emu:tokens-1000_gap-50ms', input: 'A very long story', stream: true }, { headers });
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') {
        break;
      }
    }

    await eventually(async () => (await upstream(id, '/api/chat'))[0]?.aborted, 'the upstream call is aborted');
  });
});

describe('what is kept', () => {
  test('a response can be gone on from, read, listed and deleted', async () => {
    const first = await responses.create({ model, input: 'One' });
    const { id, headers } = traced();
    const second = await responses.create({ model, input: 'Two', previous_response_id: first.id }, { headers });

    assert.equal(second.previous_response_id, first.id);
    assert.equal((await nativeBody(id, '/api/chat')).messages.length, 3);
    assert.equal((await responses.retrieve(second.id)).output_text, second.output_text);
    assert.equal((await collect(await responses.inputItems.list(second.id, { limit: 2 }))).length, 3);
    await responses.delete(second.id);
    assert.ok(await rejection(responses.retrieve(second.id)) instanceof NotFoundError);
  });

  test('a built-in tool is left out', async () => {
    const response = await responses.create({ model, input: 'Hello', tools: [{ type: 'web_search' }] });

    assert.deepEqual(response.tools, []);
  });
});

describe('what it cannot do', () => {
  const refused = [
    ['background', { model, input: 'Hello', background: true }, 'background'],
    ['no input', { model }, 'input'],
  ];
  for (const [name, request, param] of refused) {
    test(`${name} is BadRequestError`, async () => {
      const error = await rejection(responses.create(request));

      assert.ok(error instanceof BadRequestError, `${error}`);
      assert.equal(error.param, param);
    });
  }

  test('what is not kept is NotFoundError', async () => {
    for (const find of [
      () => responses.retrieve('resp_1'),
      () => responses.delete('resp_1'),
      () => responses.create({ model, input: 'Hello', previous_response_id: 'resp_1' }),
      () => responses.create({ model, input: [{ type: 'item_reference', id: 'msg_1' }] }),
    ]) {
      const error = await rejection(find());

      assert.ok(error instanceof NotFoundError, `${error}`);
      assert.match(error.message, /not found/);
    }
  });

  test('an unknown model is NotFoundError', async () => {
    const error = await rejection(responses.create({ model: 'nobody', input: 'Hello' }));

    assert.ok(error instanceof NotFoundError, `${error}`);
    assert.equal(error.code, 'model_not_found');
  });

  test('a busy Ollama is InternalServerError', async () => {
    const error = await rejection(responses.create({ model: 'emu:busy', input: 'Hello' }, { maxRetries: 0 }));

    assert.ok(error instanceof InternalServerError, `${error}`);
    assert.equal(error.code, 'upstream_busy');
  });
});
