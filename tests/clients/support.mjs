// What the suites share: where everything is, a client as a user would make it, and a look at what reached Ollama.
import { randomUUID } from 'node:crypto';
import OpenAI from 'openai';

export const gatewayUrl = required('GATEWAY_URL');
export const strictGatewayUrl = required('STRICT_GATEWAY_URL');
export const apiKey = required('GATEWAY_KEY');
export const baseURL = `${gatewayUrl}/v1`;
const emulatorUrl = required('EMULATOR_URL');
const pollMilliseconds = 20;

function required(name) {
  return process.env[name] ?? fail(`${name} is not set: run ./run.sh`);
}

function fail(message) {
  throw new Error(message);
}

/** An official client with nothing but what a user must say, and what the test is about. */
export const openai = (options = {}) => new OpenAI({ apiKey, baseURL, ...options });

export const user = (content) => [{ role: 'user', content }];

/** Request options by which `upstream` finds the call again: the gateway passes the request id on. */
export function traced() {
  const id = `clients-${randomUUID()}`;
  return { id, headers: { 'X-Request-ID': id } };
}

/** What the emulator got under a request id, oldest first. */
export async function upstream(id, path) {
  const response = await fetch(`${emulatorUrl}/_emulator/requests`);
  const requests = await response.json();
  return requests.filter(({ headers, path: its }) =>
    (path === undefined || its === path) &&
    Object.entries(headers).some(([name, value]) => name.toLowerCase() === 'x-request-id' && value === id));
}

/** The native body of the one call under a request id. */
export async function nativeBody(id, path) {
  const requests = await upstream(id, path);
  if (requests.length !== 1) {
    fail(`Ollama got ${requests.length} calls of ${path} for ${id}, not one`);
  }

  return JSON.parse(requests[0].body);
}

/** Asks again until the answer is truthy; fails after a while. */
export async function eventually(ask, what, milliseconds = 10_000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }

    if (Date.now() > deadline) {
      fail(`not within ${milliseconds} ms: ${what}`);
    }

    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

/** A fetch for a client, and the list of the exchanges that went through it. */
export function recordingFetch() {
  const exchanges = [];
  const recorded = async (url, init) => {
    const startedAt = performance.now();
    const response = await fetch(url, init);
    exchanges.push({ startedAt, endedAt: performance.now(), status: response.status, headers: response.headers });
    return response;
  };
  return { fetch: recorded, exchanges };
}

export async function collect(stream) {
  const items = [];
  for await (const item of stream) {
    items.push(item);
  }

  return items;
}

/** The error a promise ends in. */
export async function rejection(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }

  return fail(`this was to fail, but gave ${JSON.stringify(value)}`);
}

/** OpenAI's own example. */
export const weatherParameters = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'The city' },
    unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
  },
  required: ['city', 'unit'],
  additionalProperties: false,
};

export const weatherTool = {
  type: 'function',
  function: { name: 'get_weather', description: 'The weather in a city', parameters: weatherParameters },
};

export const timeTool = {
  type: 'function',
  function: {
    name: 'get_time',
    description: 'The time in a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

/** A PNG of one pixel. */
export const pixel = 'data:image/png;base64,'
  + 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk'
  + '+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
