#!/usr/bin/env bash
# ai-sdk-ollama 4.3.0 with ai 7.0.173 (npm), Node 20: the abortSignal of streamText ends the stream in the program at once, but the HTTP request
# stays open, and the server goes on to the end of its answer. @ai-sdk/openai-compatible 3.0.92 closes the request with the same call.
# It matters where several people share a GPU: an answer that nobody reads any more keeps its slot.
# Output seen on 2026-12-01:
#   ai-sdk-ollama: ended in the program, request closed: false, pieces sent after the abort: 15
#   openai-compatible: ended in the program, request closed: true
# Exits 0 while this is so, 1 when it has changed. Needs Node 20 or later and npm; works in a temporary folder.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund ai@7.0.173 ai-sdk-ollama@4.3.0 @ai-sdk/openai-compatible@3.0.92

cat > finding.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { streamText } from 'ai';
import { createOllama } from 'ai-sdk-ollama';

const pieces = 20;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const native = (done) => `${JSON.stringify({
  model: 'm', created_at: '2026-12-01T00:00:00Z', message: { role: 'assistant', content: done ? '' : 'a' }, done, ...(done && { done_reason: 'stop' }),
})}\n`;
const chunk = (done) => `data: ${JSON.stringify({
  id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm',
  choices: [{ index: 0, delta: done ? {} : { content: 'a' }, finish_reason: done ? 'stop' : null }],
})}\n\n${done ? 'data: [DONE]\n\n' : ''}`;

let seen;
const server = createServer(async (request, response) => {
  request.resume();
  await once(request, 'end');
  const answer = seen = { isClosed: false, sent: 0 };
  response.on('close', () => { answer.isClosed = !response.writableFinished; });
  const write = request.url.startsWith('/api') ? native : chunk;
  for (; answer.sent < pieces && !answer.isClosed; answer.sent++) {
    response.write(write(false));
    await pause(100);
  }
  response.end(write(true));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${server.address().port}`;

async function abort(model) {
  const leaving = new AbortController();
  const { fullStream } = streamText({ model, prompt: 'hi', abortSignal: leaving.signal, maxRetries: 0, onError() {} });
  let before;
  try {
    for await (const part of fullStream) {
      if (part.type === 'text-delta' && before === undefined) {
        before = seen.sent;
        leaving.abort();
      }
    }
  } catch {
    // Either way the program goes on.
  }
  await pause(1500);
  return { isClosed: seen.isClosed, after: seen.sent - before };
}

const ollama = await abort(createOllama({ baseURL: address })('m'));
const compatible = await abort(createOpenAICompatible({ name: 'c', baseURL: `${address}/v1` })('m'));
console.log(`ai-sdk-ollama: ended in the program, request closed: ${ollama.isClosed}, pieces sent after the abort: ${ollama.after}`);
console.log(`openai-compatible: ended in the program, request closed: ${compatible.isClosed}`);
process.exit(!ollama.isClosed && ollama.after >= 12 && compatible.isClosed ? 0 : 1);
JS
node finding.mjs
