#!/usr/bin/env bash
# openai 7.57.0 (npm), Node 20: chat.completions.stream() joins the pieces of `content`, but of members that the package does not know, such
# as the `reasoning_content` that servers of open models stream, its final message keeps only the last piece. runTools sends that message
# back, so the model reads a fragment of its own thoughts. The plain iterator of `stream: true` shows every piece.
# It matters to everyone who shows or replays the thoughts of a streamed answer with this helper.
# Output seen on 2026-12-01:
#   content: Hello, reasoning_content: it.
# Exits 0 while this is so, 1 when it has changed. Needs Node 20 or later and npm; works in a temporary folder.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund openai@7.57.0

cat > finding.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import OpenAI from 'openai';

const deltas = [
  { role: 'assistant', content: '' },
  { reasoning_content: 'Let me ' }, { reasoning_content: 'think about ' }, { reasoning_content: 'it.' },
  { content: 'Hel' }, { content: 'lo' },
];
const chunk = (delta, finish_reason = null) => `data: ${JSON.stringify({
  id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }],
})}\n\n`;
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.end(`${deltas.map((delta) => chunk(delta)).join('')}${chunk({}, 'stop')}data: [DONE]\n\n`);
}).listen(0, '127.0.0.1');
await once(server, 'listening');

const client = new OpenAI({ apiKey: 'any', baseURL: `http://127.0.0.1:${server.address().port}/v1` });
const message = await client.chat.completions.stream({ model: 'm', messages: [{ role: 'user', content: 'hi' }] }).finalMessage();
console.log(`content: ${message.content}, reasoning_content: ${message.reasoning_content}`);
server.close();
JS

echo 'content: Hello, reasoning_content: it.' > expected.txt
timeout 60 node finding.mjs > output.txt
cat output.txt
diff -u expected.txt output.txt
