// Runs the programs in documents: JavaScript with the packages of tests/clients, C# with the official package.
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placed } from './commands.mjs';
import { run } from './processes.mjs';
import { cleanEnvironment, root } from './servers.mjs';

export async function runJavaScript(block, { servers, work }) {
  const gateway = await servers.gateway(block.marks.gateway);
  const directory = mkdtempSync(join(work, 'js-'));
  symlinkSync(join(root, 'tests/clients/node_modules'), join(directory, 'node_modules'));
  writeFileSync(join(directory, 'block.mjs'), placed(block.code, gateway.port, servers.emulator));
  // For the programs that name no address: the clients take it from the environment, as the documents say.
  const env = { ...cleanEnvironment, OPENAI_BASE_URL: `${gateway.url}/v1`, OPENAI_API_KEY: 'any' };
  return succeeded(await run('node', ['block.mjs'], { cwd: directory, env }));
}

/** All C# blocks are one program with a method for each: one build instead of many. Returns what each prints. */
export async function runCSharp(blocks, { servers, work }) {
  if (blocks.length === 0) {
    return new Map();
  }

  const directory = mkdtempSync(join(work, 'csharp-'));
  const gateway = await servers.gateway();
  blocks.forEach((block, index) => writeFileSync(join(directory, `Block${index}.cs`),
    methodOf(placed(block.code, gateway.port, servers.emulator), index)));
  writeFileSync(join(directory, 'Program.cs'), `switch (args[0])\n{\n${blocks
    .map((_, index) => `    case "${index}": await Block${index}.Run(); break;`).join('\n')}\n}\n`);
  writeFileSync(join(directory, 'Blocks.csproj'), project());
  succeeded(await run('dotnet', ['build', '--nologo', '-v', 'quiet', '-o', 'out', '-p:UseSharedCompilation=false'],
    { cwd: directory, env: cleanEnvironment }));

  const printed = new Map();
  for (const [index, block] of blocks.entries()) {
    printed.set(block, await run('dotnet', ['out/Blocks.dll', `${index}`], { cwd: directory, env: cleanEnvironment }));
  }

  return printed;
}

/** Top-level statements as the body of a method; the usings stay outside. */
function methodOf(code, index) {
  const lines = code.split('\n');
  const usings = lines.filter((line) => /^using [\w.]+;$/.test(line));
  const body = lines.filter((line) => !usings.includes(line));
  return `${usings.join('\n')}\ninternal static class Block${index}\n{\n    public static async Task Run()\n    {\n`
    + `await Task.CompletedTask;\n${body.join('\n')}\n    }\n}\n`;
}

function project() {
  const version = /Include="OpenAI" Version="([^"]+)"/.exec(readFileSync(join(root, 'Directory.Packages.props'), 'utf8'))[1];
  return `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="OpenAI" Version="${version}" />
  </ItemGroup>
</Project>
`;
}

/** The Python packages are not here: what can be said is that a block is Python. */
export async function checkPython(block, { work }) {
  const file = join(mkdtempSync(join(work, 'python-')), 'block.py');
  writeFileSync(file, block.code);
  succeeded(await run('python3', ['-m', 'py_compile', file]));
}

export function succeeded({ code, stdout, stderr }) {
  if (code !== 0) {
    throw new Error(`exit code ${code}\n${stdout}${stderr}`);
  }

  return stdout;
}

export const clientsAreInstalled = () => existsSync(join(root, 'tests/clients/node_modules/openai'));
