// OpenAI's Agents SDK over its default, the Responses API: tools over several turns and what it sends back of them, handoffs, sessions.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  Agent, MemorySession, OpenAIProvider, Runner, setTracingDisabled, shellTool, tool, user, webSearchTool,
} from '@openai/agents';
import { z } from 'zod';
import { openai, traced as tracedRequest, upstream } from './support.mjs';

setTracingDisabled(true);

/** All calls of a runner have the same request id; `calls` gives what Ollama got, oldest first. No answer is out of the cache. */
function traced() {
  const { id, headers } = tracedRequest();
  const openAIClient = openai({ defaultHeaders: { ...headers, 'Cache-Control': 'no-cache, no-store' } });
  const runner = new Runner({ modelProvider: new OpenAIProvider({ openAIClient }) });
  return { runner, calls: async () => (await upstream(id, '/api/chat')).map(({ body }) => JSON.parse(body)) };
}

const weather = tool({
  name: 'get_weather',
  description: 'The weather in a city',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `21 degrees in ${city}`,
});

const agentOf = (model, tools, settings = {}) =>
  new Agent({ name: 'Helper', instructions: 'Be brief.', model, tools, modelSettings: settings });

const question = 'What is the weather in Paris?';

describe('a run', () => {
  for (const stream of [false, true]) {
    test(`calls a tool and keeps the thought, ${stream ? 'streamed' : 'plain'}`, async () => {
      const { runner, calls } = traced();
      const result = await runner.run(agentOf('demo-thinking', [weather]), question, { stream });
      if (stream) {
        await result.completed;
      }

      assert.ok(result.finalOutput.length > 0);
      const [first, second, ...more] = await calls();
      assert.deepEqual(more, []);
      assert.deepEqual(first.messages.map(({ role }) => role), ['system', 'user']);
      assert.deepEqual(second.messages.map(({ role }) => role), ['system', 'user', 'assistant', 'tool']);
      const [, , asked, answered] = second.messages;
      assert.ok(asked.thinking.length > 0);
      assert.equal(asked.tool_calls[0].function.name, 'get_weather');
      assert.match(answered.content, /21 degrees/);
      assert.equal(answered.tool_name, 'get_weather');
    });
  }

  test('goes on from its history', async () => {
    const { runner, calls } = traced();
    const agent = agentOf('demo-thinking', [weather]);
    let history = [];
    for (let turn = 1; turn <= 3; turn += 1) {
      const result = await runner.run(agent, [...history, user(`${question} Turn ${turn}`)]);
      history = result.history;
    }

    const sent = await calls();
    assert.equal(sent.length, 6);
    assert.equal(sent.at(-1).messages.filter(({ role }) => role === 'user').length, 3);
    assert.ok(sent.at(-1).messages.every(({ role, thinking }) => role !== 'assistant' || thinking.length > 0));
  });

  test('goes on from the previous response', async () => {
    const { runner, calls } = traced();
    const agent = agentOf('demo', []);
    const first = await runner.run(agent, 'One');
    const second = await runner.run(agent, 'Two', { previousResponseId: first.lastResponseId });
    assert.match(second.finalOutput, /Two/);
    assert.deepEqual(
      (await calls()).at(-1).messages.map(({ role, content }) => (role === 'assistant' ? role : content)),
      ['Be brief.', 'One', 'assistant', 'Two']);
  });

  test('with a tool that only OpenAI has does without it', async () => {
    const { runner, calls } = traced();
    const result = await runner.run(agentOf('demo', [webSearchTool(), weather]), question);
    assert.ok(result.finalOutput.length > 0);
    for (const { tools } of await calls()) {
      assert.deepEqual(tools.map(({ function: { name } }) => name), ['get_weather']);
    }
  });

  test('runs the shell here', async () => {
    const ran = [];
    const shell = {
      run: async (action) => {
        ran.push(action);
        return { output: [{ stdout: 'proof.txt\n', stderr: '', outcome: { type: 'exit', exitCode: 0 } }] };
      },
    };
    const { runner, calls } = traced();
    await runner.run(agentOf('demo', [shellTool({ shell })]), 'List the files with the shell');
    assert.equal(ran.length, 1);
    assert.ok(Array.isArray(ran[0].commands));
    const [first, second] = await calls();
    assert.equal(first.tools[0].function.name, 'shell');
    assert.match(second.messages.at(-1).content, /proof\.txt\nExit code: 0/);
  });

  test('must call the tool that is chosen', async () => {
    const { runner, calls } = traced();
    await runner.run(agentOf('demo', [weather], { toolChoice: 'get_weather' }), question);
    assert.equal((await calls())[0].format.properties.name.const, 'get_weather');
  });
});

for (const model of ['demo', 'demo-thinking']) {
  describe(model, () => {
    test('a handoff while it streams', async () => {
      const helper = new Agent({ name: 'Helper', model });
      const agent = Agent.create({ name: 'Front', model, handoffs: [helper] });
      const result = await traced().runner.run(agent, 'Please transfer to Helper', { stream: true });
      let events = 0;
      for await (const event of result) {
        events += event.type === 'raw_model_stream_event' ? 1 : 0;
      }

      await result.completed;
      assert.ok(events > 2);
      assert.equal(result.lastAgent.name, 'Helper');
      assert.match(result.finalOutput, /\S/);
    });

    test('structured output', async () => {
      const result = await traced().runner.run(new Agent({ name: 'A', model, outputType: z.object({ city: z.string() }) }), 'Which city?');

      assert.equal(typeof result.finalOutput.city, 'string');
    });

    test('a session of five turns, each with a tool', async () => {
      const session = new MemorySession();
      const { runner, calls } = traced();
      const agent = new Agent({ name: 'A', model, tools: [weather] });
      for (let turn = 1; turn <= 5; turn += 1) {
        const result = await runner.run(agent, `${question} Turn ${turn}`, { session });

        assert.equal((await calls()).length, 2 * turn);
        assert.match(result.finalOutput, /\S/);
      }

      assert.ok((await session.getItems()).length >= 20);
    });
  });
}
