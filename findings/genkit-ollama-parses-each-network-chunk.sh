#!/usr/bin/env bash
# genkitx-ollama 1.42.0 with genkit 1.42.0 (npm), Node 20: generateStream takes each chunk that arrives from the network for one JSON object. Ollama
# sends one object a line; when two lines arrive in one chunk, as they do from a fast model or through a proxy, the stream ends with a SyntaxError.
# It matters to everyone who measures or shares a model: the same answer works while the model is slow, and fails when it is quick.
# Output seen on 2026-12-01:
#   a line in each chunk: Hello
#   two lines in a chunk: Unexpected non-whitespace character after JSON
# Exits 0 while this is so, 1 when it has changed. Needs Node 20 or later and npm; works in a temporary folder.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund genkit@1.42.0 genkitx-ollama@1.42.0

cat > finding.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { genkit } from 'genkit';
import { ollama } from 'genkitx-ollama';

const line = (content, done) => `${JSON.stringify({
  model: 'm', created_at: '2026-12-01T00:00:00Z', message: { role: 'assistant', content }, done, ...(done && { done_reason: 'stop' }),
})}\n`;
let chunks;
const server = createServer(async (request, response) => {
  request.resume();
  await once(request, 'end');
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  for (const chunk of chunks) {
    response.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  response.end();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const ai = genkit({ plugins: [ollama({ models: [{ name: 'm', type: 'chat' }], serverAddress: `http://127.0.0.1:${server.address().port}` })] });
async function ask(...sent) {
  chunks = sent;
  try {
    const { stream, response } = ai.generateStream({ model: 'ollama/m', prompt: 'hi' });
    response.catch(() => {});
    for await (const _ of stream);
    return (await response).text;
  } catch (error) {
    return error.message.replace(/ at position.*/s, '');
  }
}

const apart = await ask(line('Hel', false), line('lo', false), line('', true));
const together = await ask(line('Hel', false) + line('lo', false), line('', true));
console.log(`a line in each chunk: ${apart}`);
console.log(`two lines in a chunk: ${together}`);
process.exit(apart === 'Hello' && together === 'Unexpected non-whitespace character after JSON' ? 0 : 1);
JS
node finding.mjs
