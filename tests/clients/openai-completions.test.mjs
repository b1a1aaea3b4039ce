// The official client: the older completions.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { APIError, BadRequestError, NotFoundError } from 'openai';
import { collect, eventually, nativeBody, openai, rejection, traced, upstream } from './support.mjs';

const { completions } = openai();
const model = 'demo';

describe('completions', () => {
  test('create', async () => {
    const completion = await completions.create({ model, prompt: 'Once upon a time' });

    assert.match(completion.id, /^cmpl-/);
    assert.equal(completion.object, 'text_completion');
    assert.equal(completion.model, model);
    const [choice] = completion.choices;
    assert.match(choice.text, /Once upon a time/);
    assert.equal(choice.index, 0);
    assert.equal(choice.logprobs, null);
    assert.equal(choice.finish_reason, 'stop');
    const { prompt_tokens: prompt, completion_tokens: completed, total_tokens: total } = completion.usage;
    assert.ok(prompt > 0 && completed > 0);
    assert.equal(total, prompt + completed);
  });

  test('several prompts are answered in order', async () => {
    const { choices } = await completions.create({ model, prompt: ['Alpha', 'Beta', 'Gamma'] });

    assert.deepEqual(choices.map((choice) => choice.index), [0, 1, 2]);
    assert.match(choices[0].text, /Alpha/);
    assert.match(choices[1].text, /Beta/);
    assert.match(choices[2].text, /Gamma/);
  });

  test('n answers to each of two prompts', async () => {
    const { choices } = await completions.create({ model, prompt: ['Alpha', 'Beta'], n: 2 });

    assert.deepEqual(choices.map((choice) => choice.index), [0, 1, 2, 3]);
    assert.ok(choices.slice(0, 2).every((choice) => choice.text.includes('Alpha')));
    assert.ok(choices.slice(2).every((choice) => choice.text.includes('Beta')));
  });

  test('stream gives the pieces of the same answer under one id', async () => {
    const chunks = await collect(await completions.create({ model, prompt: 'Once upon a stream', stream: true }));
    const plain = await completions.create({ model, prompt: 'Once upon a stream' });

    assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
    assert.ok(chunks.every((chunk) => chunk.object === 'text_completion'));
    assert.equal(chunks.map((chunk) => chunk.choices[0].text).join(''), plain.choices[0].text);
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
  });

  test('stream of several prompts with include_usage', async () => {
    const chunks = await collect(await completions.create({
      model, prompt: ['Alpha', 'Beta'], stream: true, stream_options: { include_usage: true },
    }));

    const last = chunks.at(-1);
    assert.deepEqual(last.choices, []);
    assert.ok(last.usage.completion_tokens > 0);
    const texts = ['', ''];
    for (const { choices: [choice] } of chunks.slice(0, -1)) {
      texts[choice.index] += choice.text;
    }

    assert.match(texts[0], /Alpha/);
    assert.match(texts[1], /Beta/);
  });

  test('max_tokens, stop, seed and temperature 0 reach the model', async () => {
    const { id, headers } = traced();
    const completion = await completions.create(
      { model, prompt: 'A long story', max_tokens: 3, stop: ['never'], seed: 0, temperature: 0 }, { headers });

    assert.equal(completion.choices[0].finish_reason, 'length');
    assert.equal(completion.usage.completion_tokens, 3);
    const { options } = await nativeBody(id, '/api/generate');
    assert.deepEqual(options, { temperature: 0, seed: 0, stop: ['never'], num_predict: 3 });
  });

  test('echo puts the prompt first', async () => {
    const { choices } = await completions.create({ model, prompt: 'Echo me. ', echo: true });

    assert.ok(choices[0].text.startsWith('Echo me. '));
    assert.ok(choices[0].text.length > 'Echo me. '.length);
  });

  test('suffix goes to a model that can insert', async () => {
    const { id, headers } = traced();
    await completions.create({ model: 'emu:tokens-3', prompt: 'def add(', suffix: 'return c' }, { headers });

    assert.equal((await nativeBody(id, '/api/generate')).suffix, 'return c');
  });

  test('logprobs in the older shape', async () => {
    const { choices: [choice] } = await completions.create({
      model: 'recording/generate_logprobs', prompt: 'random', logprobs: 2,
    });

    const { tokens, token_logprobs: logprobs, top_logprobs: top, text_offset: offsets } = choice.logprobs;
    assert.equal(tokens.join(''), choice.text);
    assert.equal(logprobs.length, tokens.length);
    assert.equal(offsets.length, tokens.length);
    assert.equal(top.length, tokens.length);
    assert.ok(logprobs.every((logprob) => logprob <= 0));
  });

  test('a stream that breaks throws APIError', async () => {
    const stream = await completions.create({ model: 'emu:fail-error_at-2', prompt: 'Hello', stream: true });
    const error = await rejection(collect(stream));

    assert.ok(error instanceof APIError, `${error}`);
    assert.equal(error.code, 'upstream_error');
  });

  test('break out of a stream reaches Ollama', async () => {
    const { id, headers } = traced();
    const stream = await completions.create(
      { model: 'emu:tokens-1000_gap-50ms', prompt: 'A very long story', stream: true }, { headers });
    for await (const chunk of stream) {
      if (chunk.choices[0].text) {
        break;
      }
    }

    await eventually(async () => (await upstream(id, '/api/generate'))[0]?.aborted, 'the upstream call is aborted');
  });

  const refused = [
    ['no prompt', { model }, BadRequestError, 'prompt', null],
    ['tokens', { model, prompt: [1, 2] }, BadRequestError, 'prompt', null],
    ['best_of below n', { model, prompt: 'a', n: 2, best_of: 1 }, BadRequestError, 'best_of', null],
    ['an unknown model', { model: 'nobody', prompt: 'a' }, NotFoundError, 'model', 'model_not_found'],
  ];
  for (const [name, request, kind, param, code] of refused) {
    test(`${name} is refused`, async () => {
      const error = await rejection(completions.create(request));

      assert.ok(error instanceof kind, `${error}`);
      assert.equal(error.param, param);
      assert.equal(error.code, code);
    });
  }
});
