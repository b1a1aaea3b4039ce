// Stands between the gateway and the emulator: plays a model that does the task named in the prompt, and passes the rest on.
//   node model.mjs PORT EMULATOR_URL
// Tasks: "Task hello.", "Task broken-NAME.", "Task write FILE.", "Task overflow FILE." The shapes are those of tests/recordings.
import { createServer } from 'node:http';

const [port, emulator] = process.argv.slice(2);
const content = 'made by an agent\n';

/** How each agent's own tool makes a file. The first that is offered is called. */
const tools = {
  Write: (file) => ({ file_path: file, filepath: file, content }),
  write_file: (file) => ({ file_path: file, content }),
  write: (file) => ({ filePath: file, path: file, content }),
  create: (file) => ({ path: file, file_text: content }),
  editor: (file) => ({ path: file, new_text: content }),
  exec_command: (file) => ({ cmd: `echo 'made by an agent' > '${file}'` }),
};

const taskOf = (body) => /Task ([\w-]+)(?: ([^\s"\\]+))?\./.exec(JSON.stringify(body.messages));

const met = new Set();
let summary = '';
const once = (what) => !met.has(what) && met.add(what);

const line = (message, rest = { done: false }) =>
  `${JSON.stringify({ model: 'demo-thinking:latest', created_at: new Date().toISOString(), message: { role: 'assistant', content: '', ...message }, ...rest })}\n`;
/** Agents decide by the counts whether a summary was worth it: four characters are a token. */
const end = (body) =>
  line({}, { done: true, done_reason: 'stop', total_duration: 11960062, load_duration: 1409161, prompt_eval_count: Math.ceil(JSON.stringify(body).length / 4), prompt_eval_duration: 1267000, eval_count: 7, eval_duration: 4655000 });
const words = (text) => text.match(/\S+\s*/g).map((word) => line({ content: word }));

/** What the lines of a stream add up to. */
function whole(lines) {
  const parts = lines.map((one) => JSON.parse(one));
  const joined = (name) => parts.map(({ message }) => message[name] ?? '').join('');
  const calls = parts.flatMap(({ message }) => message.tool_calls ?? []);
  const message = { role: 'assistant', content: joined('content'), thinking: joined('thinking') };
  return JSON.stringify({ ...parts.at(-1), message: calls.length ? { ...message, tool_calls: calls } : message });
}

function callFor(body, file) {
  const offered = body.tools.map((tool) => tool.function.name);
  const name = Object.keys(tools).find((known) => offered.includes(known));
  if (!name) {
    return words(`No known tool is offered: ${offered.join(' ')}`);
  }
  const { properties = {} } = body.tools[offered.indexOf(name)].function.parameters;
  const given = Object.entries(tools[name](file)).filter(([key]) => key in properties);
  const call = { id: 'call_ljil67a9', function: { index: 0, name, arguments: Object.fromEntries(given) } };
  return [line({ tool_calls: [call] })];
}

function answer(response, body, lines) {
  const thoughts = body.think ? [line({ thinking: 'Let me' }), line({ thinking: ' think.' })] : [];
  const all = [...thoughts, ...lines, end(body)];
  response.writeHead(200, { 'Content-Type': body.stream === false ? 'application/json' : 'application/x-ndjson' });
  response.end(body.stream === false ? whole(all) : all.join(''));
}

function breakOff(response) {
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  response.write(line({ content: 'Half an' }));
  setTimeout(() => response.destroy(), 100);
}

/** After it agents ask for a summary, some of them with the task cut off: it names the task again. */
function overflow(response, file) {
  const text = `Task overflow ${file}. Its file is written.`;
  summary = `<summary>${text}</summary>\n<state_snapshot>${text}</state_snapshot>`;
  const error = { code: 400, message: 'request (52560 tokens) exceeds the available context size (32768 tokens), try increasing it', type: 'exceed_context_size_error', n_prompt_tokens: 52560, n_ctx: 32768 };
  response.writeHead(400, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ error: JSON.stringify({ error }) }));
}

function play(response, body, [, task, file]) {
  const worked = body.messages.some((message) => message.role === 'tool');
  if (task.startsWith('broken') && once(task)) {
    breakOff(response);
  } else if (task === 'overflow' && worked && once(file)) {
    overflow(response, file);
  } else if (file && !worked && !met.has(file)) {
    answer(response, body, callFor(body, file));
  } else {
    console.log(`Done: ${task} ${file ?? ''}`);
    answer(response, body, words(`The ${task} task is done.`));
  }
}

async function passOn(request, response, body) {
  const { method, url, headers } = request;
  const { host, connection, 'content-length': length, ...rest } = headers;
  const passed = await fetch(emulator + url, { method, headers: rest, body: method === 'POST' ? body : undefined });
  response.writeHead(passed.status, { 'Content-Type': passed.headers.get('content-type') ?? 'text/plain' });
  response.end(Buffer.from(await passed.arrayBuffer()));
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const chat = request.url === '/api/chat' ? JSON.parse(body) : { messages: [] };
  const task = taskOf(chat);
  const last = chat.messages.at(-1)?.content ?? '';
  if (summary && /summar|compact|snapshot/i.test(last)) {
    answer(response, chat, words(summary));
    summary = '';
  } else if (task && chat.tools?.length) {
    play(response, chat, task);
  } else {
    await passOn(request, response, body);
  }
}).listen(Number(port), '127.0.0.1');
