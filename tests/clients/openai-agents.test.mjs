// OpenAI's Agents SDK, which speaks the Responses API: a tool, a handoff while it streams, structured output, a session.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Agent, MemorySession, OpenAIProvider, Runner, tool } from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import { apiKey, baseURL } from './support.mjs';

const runner = new Runner({
  modelProvider: new OpenAIProvider({ openAIClient: new OpenAI({ baseURL, apiKey }), useResponses: true }),
  tracingDisabled: true,
});
const asked = [];
const getWeather = tool({
  name: 'get_weather',
  description: 'The weather in a city',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => {
    asked.push(city);
    return '21 degrees';
  },
});

for (const model of ['demo', 'demo-thinking']) {
  describe(model, () => {
    test('a tool is called and its result goes back', async () => {
      const before = asked.length;
      const result = await runner.run(new Agent({ name: 'A', model, tools: [getWeather] }), 'What is the weather in Paris?');

      assert.equal(asked.length, before + 1);
      assert.match(result.finalOutput, /\S/);
    });

    test('a handoff while it streams', async () => {
      const helper = new Agent({ name: 'Helper', model });
      const agent = Agent.create({ name: 'Front', model, handoffs: [helper] });
      const result = await runner.run(agent, 'Please transfer to Helper', { stream: true });
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
      const result = await runner.run(new Agent({ name: 'A', model, outputType: z.object({ city: z.string() }) }), 'Which city?');

      assert.equal(typeof result.finalOutput.city, 'string');
    });

    test('a session of five turns, each with a tool', async () => {
      const session = new MemorySession();
      const agent = new Agent({ name: 'A', model, tools: [getWeather] });
      for (let turn = 1; turn <= 5; turn += 1) {
        const before = asked.length;
        const result = await runner.run(agent, `What is the weather in Paris? Turn ${turn}`, { session });

        assert.equal(asked.length, before + 1);
        assert.match(result.finalOutput, /\S/);
      }

      assert.ok((await session.getItems()).length >= 20);
    });
  });
}
