// What is done with a block, by its language: the one list of it.
import { parse } from 'yaml';
import { checkDotEnv, checkRunBy, placed, runShell } from './commands.mjs';
import { difference } from './output.mjs';
import { checkPython, runJavaScript, succeeded } from './programs.mjs';
import { startCaddy, startNginx } from './proxies.mjs';
import { checkUnit, rotate } from './system.mjs';

/** Comments come often enough to be seen in a second; for the rest the gateway is as the document has it. */
const quickComments = 'SSE_KEEPALIVE=200ms';
const behindProxy = (block) => ({ ...block, marks: { gateway: `${block.marks.gateway ?? ''} ${quickComments}` } });

/** A command must not hide in a block that is only shown. */
const commandLine = /^\s*(\$ |\.\/|(sudo|curl|docker|dotnet|git|npm|ollama|systemctl|llamagate|jq) |[A-Z_]+=\S* \.\/)/m;

const kept = async (block, printing) => {
  block.printed = await printing;
};

export const kinds = {
  bash: { counted: 'shell blocks run', run: (block, context) => kept(block, runShell(block, context)) },
  js: { counted: 'JavaScript programs run', run: (block, context) => kept(block, runJavaScript(block, context)) },
  csharp: {
    counted: 'C# programs compiled and run',
    run: (block, { csharp }) => kept(block, csharp.then((printed) => succeeded(printed.get(block)))),
  },
  python: { counted: 'Python programs compiled only: their packages are not here', run: checkPython },
  output: { counted: 'outputs compared', run: compareOutput },
  json: { counted: 'JSON blocks parsed', run: async (block) => JSON.parse(block.code) },
  yaml: { counted: 'YAML blocks parsed', run: async (block) => parse(block.code, { strict: true }) },
  dotenv: { counted: '.env files read by the gateway', run: checkDotEnv },
  nginx: {
    counted: 'nginx configurations run',
    proxy: true,
    run: (block, context) => startNginx(behindProxy(block), context),
  },
  caddyfile: {
    counted: 'Caddyfiles run',
    proxy: true,
    run: (block, context) => startCaddy(behindProxy(block), context),
  },
  systemd: { counted: 'systemd units verified', run: checkUnit },
  logrotate: { counted: 'log rotations done', run: rotate },
  mermaid: { counted: 'diagrams, checked by LlamaGate.ArchitectureTests', run: async () => {} },
  text: { counted: 'texts shown', run: checkText },
  notRun: checkNotRun,
};

/** What can be said of a block that is not run: that another suite runs it, that it can be read. */
async function checkNotRun(block, read) {
  if ('run by' in block.marks) {
    checkRunBy(block, read);
  }

  if (['json', 'yaml'].includes(block.language)) {
    await kinds[block.language].run(block);
  }
}

export function reasonNotRun({ marks, document, line }) {
  if ('run by' in marks) {
    return `${marks['run by']} runs it`;
  }

  if ('not run' in marks && !marks['not run']) {
    throw new Error(`${document}:${line}: a block that is not run needs a reason`);
  }

  return marks['not run'];
}

async function compareOutput(block, { servers }) {
  const { of } = block;
  if (of?.printed === undefined) {
    throw new Error('no block before it has printed anything');
  }

  const gateway = await servers.gateway(of.marks.gateway);
  const found = difference(placed(block.code, gateway.port, servers.emulator), of.printed);
  if (found) {
    throw new Error(found);
  }
}

async function checkText(block) {
  const found = commandLine.exec(block.code);
  if (found) {
    throw new Error(`this looks like a command, and nobody runs it: ${found[0]}`);
  }
}
