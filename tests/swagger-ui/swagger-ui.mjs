// Opens Swagger UI of a running gateway in a real Chromium and uses it as a person would. It starts nothing but the browser.
//   GATEWAY_URL  where the gateway listens, such as http://127.0.0.1:8080
//   API_KEY      its key
//   ADMIN_KEY    its administrator's key
//   OPEN_URL     where a gateway without keys listens
//   SCREENSHOTS  directory for pictures (default: ./screenshots)
//   CHROMIUM     the browser (default: /usr/bin/chromium)
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { SwaggerPage } from './swagger-page.mjs';

const gateway = new URL(required('GATEWAY_URL'));
const key = required('API_KEY');
const adminKey = required('ADMIN_KEY');
const openGateway = new URL(required('OPEN_URL'));
const pictures = process.env.SCREENSHOTS ?? 'screenshots';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});
const tab = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
tab.setDefaultTimeout(30_000);
const consoleErrors = [];
const strangers = [];
tab.on('console', message => message.type() === 'error' && consoleErrors.push(message.text()));
tab.on('pageerror', error => consoleErrors.push(String(error)));
tab.on('request', request => isStranger(request.url()) && strangers.push(request.url()));

const swagger = new SwaggerPage(tab);
const chat = swagger.operation('Chat', 'createChatCompletion');
let passed = 0;
let failed = 0;
await mkdir(pictures, { recursive: true });

await check('opens without a key, with the operations of OpenAI, and lists every operation under its tag', async () => {
  await swagger.open(new URL('/swagger', gateway).href);
  assert.equal(await tab.title(), 'LlamaGate');
  const document = await (await fetch(new URL('/swagger/v1/swagger.json', gateway))).json();
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`));
  assert.ok(described.includes('POST /v1/chat/completions'));
  assert.deepEqual(await swagger.tags(), document.tags.map(tag => tag.name));
  const ofOpenAI = described.filter(line => / \/v1\//.test(line) && !/\/v1\/(messages|queue|usage)/.test(line));
  assert.ok(ofOpenAI.length > 4 && ofOpenAI.length < described.length);
  assert.deepEqual((await swagger.operations()).sort(), ofOpenAI.sort());
  await swagger.expand('Anthropic', 'Queue', 'Usage', 'Health', 'Admin', 'Ollama');
  assert.deepEqual((await swagger.operations()).sort(), described.sort());
  await picture('1-overview');
});

await check('shows what a chat takes and answers', async () => {
  await chat.open();
  assert.match(await chat.requestBody(), /"messages"/);
  await picture('2-chat');
  await chat.showSchema();
  await picture('3-chat-schema', chat.requestSection);
  await chat.showExample();
});

await check('answers 401 without a key', async () => {
  const answer = await chat.execute();
  assert.equal(answer.status, 401);
  assert.equal(JSON.parse(answer.body).error.code, 'invalid_api_key');
});

await check('answers 401 with a wrong key', async () => {
  await swagger.authorize('not-the-key');
  assert.equal((await chat.execute()).status, 401);
  await picture('4-wrong-key', chat.answer);
  await swagger.logOut();
});

await check('Authorize takes the key, and the first example works unchanged', async () => {
  await swagger.authorize(key, () => picture('5-authorize'));
  const answer = await chat.execute();
  assert.equal(answer.status, 200);
  const { message } = JSON.parse(answer.body).choices[0];
  assert.equal(message.role, 'assistant');
  assert.ok(message.content.length > 0);
  assert.ok(answer.shown.includes(JSON.stringify(message.content)), `The message is not to be seen: ${answer.shown}`);
  await picture('6-answer', chat.answer);
});

for (const example of ['streamed', 'tools', 'json_schema', 'vendor']) {
  await check(`the example "${example}" works unchanged`, async () => {
    await chat.choose(example);
    const answer = await chat.execute();
    assert.equal(answer.status, 200);
    if (example === 'streamed') {
      assert.match(answer.shown, /data: \[DONE\]/);
      await picture('7-stream', chat.answer);
    } else {
      assert.equal(JSON.parse(answer.body).object, 'chat.completion');
    }
  });
}

await check('a stream is shown while it comes', async () => {
  await chat.choose('streamed');
  await chat.ask('Tell me a story that nobody has cached.');
  const [, text] = await Promise.all([chat.execute(), chat.stream.getByText('arriving').waitFor().then(() => chat.stream.innerText())]);
  assert.match(text, /^Stream: \d+ chunks/);
  await chat.stream.getByText('complete after').waitFor();
  const streamed = await chat.stream.locator('pre').innerText();
  assert.ok(streamed.length > 40, streamed);
  await picture('7-live-stream', chat.stream);
});

await check('a stream goes with its answer', async () => {
  assert.equal(await chat.stream.count(), 1);
  await chat.clear();
  await chat.stream.waitFor({ state: 'detached' });
  await chat.choose('tools');
  await chat.execute();
  assert.equal(await chat.stream.count(), 0);
});

await check('the key survives a reload', async () => {
  await swagger.open(new URL('/swagger', gateway).href);
  const models = swagger.operation('Models', 'listModels');
  await models.open();
  const answer = await models.execute();
  assert.equal(answer.status, 200);
  assert.equal(answer.request.headers().authorization, `Bearer ${key}`);
});

await check('shows the product and nobody else', async () => {
  assert.equal(await tab.locator('.gateway-bar img').evaluate(image => image.naturalWidth > 0), true);
  assert.match(await tab.locator('link[rel=icon]').getAttribute('href'), /mark\.svg$/);
  assert.equal(await tab.locator('.topbar, .topbar-wrapper').count(), 0);
  assert.doesNotMatch(await tab.locator('body').innerText(), /smartbear/i);
});

await check('unfolds a chat to no more than 2,000 pixels, with errors and headers folded', async () => {
  await swagger.open(new URL('/swagger', gateway).href);
  await chat.open();
  const { height } = await chat.root.boundingBox();
  assert.ok(height <= 2000, `The operation is ${height} pixels tall.`);
  const refusal = chat.root.locator('.gateway-response[data-code="404"] details').first();
  assert.equal(await refusal.locator('.response-col_description').isVisible(), false);
  await refusal.locator('summary').first().click();
  assert.equal(await refusal.locator('.response-col_description').first().isVisible(), true);
});

await check('has no accessibility violation', async () => {
  await tab.evaluate(axe.source);
  const { violations } = await tab.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
});

await check('a model is looked up with the id that stands there', async () => {
  const model = swagger.operation('Models', 'retrieveModel');
  await model.open();
  const answer = await model.execute();
  assert.equal(answer.status, 200);
  assert.equal(JSON.parse(answer.body).object, 'model');
});

await swagger.expand('Health');
for (const operation of ['getHealth', 'getLiveness', 'getReadiness']) {
  await check(`${operation} answers 200`, async () => {
    const health = swagger.operation('Health', operation);
    await health.open();
    assert.equal((await health.execute()).status, 200);
  });
}

await check('usage is reported for any day as the fields stand', async () => {
  await swagger.expand('Usage');
  const usage = swagger.operation('Usage', 'getUsage');
  await usage.open();
  const answer = await usage.execute();
  assert.equal(answer.status, 200);
  assert.equal(new URL(answer.request.url()).search, '?by=day&format=json');
});

await check('a change by an administrator is sent with its content type', async () => {
  await swagger.logOut();
  await swagger.authorize(adminKey);
  await swagger.expand('Admin');
  const drain = swagger.operation('Admin', 'drainHost');
  await drain.open();
  const answer = await drain.execute();
  // The hosts of this gateway are not shared, so there is nothing to drain.
  assert.equal(JSON.parse(answer.body).error.code, 'conflict');
  assert.equal(answer.request.headers()['content-type'], 'application/json');
  await picture('9-admin', drain.root);
});

await check('fits a telephone', async () => {
  await tab.setViewportSize({ width: 390, height: 844 });
  await swagger.open(new URL('/swagger', gateway).href);
  const wide = await tab.evaluate('document.documentElement.scrollWidth');
  assert.ok(wide <= 390, `The page is ${wide} pixels wide.`);
  await picture('8-telephone');
});

await check('a gateway without keys has no padlock', async () => {
  await swagger.open(new URL('/swagger', openGateway).href);
  assert.equal(await tab.locator('.authorize, .authorization__btn').count(), 0);
  await chat.open();
  assert.equal((await chat.execute()).status, 200);
});

await check('no error is in the console but the answers that were refused', async () => {
  const refusals = consoleErrors.filter(text => /status of (401|409)/.test(text));
  assert.equal(refusals.length, 3);
  assert.deepEqual(consoleErrors.filter(text => !refusals.includes(text)), []);
});

await check('no request left for another host', async () => assert.deepEqual(strangers, []));

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function check(name, run) {
  try {
    await run();
    passed++;
    console.log(`ok: ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED: ${name}\n${error.stack}`);
    await picture(`failed-${failed}`).catch(() => {});
  }
}

async function picture(name, element) {
  await (element ?? tab).screenshot({ path: path.join(pictures, `${name}.png`) });
}

function isStranger(url) {
  const { protocol, host } = new URL(url);
  return protocol !== 'data:' && protocol !== 'blob:' && host !== gateway.host && host !== openGateway.host;
}

function required(name) {
  const value = process.env[name];
  if (!value) {
    console.error(`${name} is not set.`);
    process.exit(2);
  }
  return value;
}
