// Starts nginx and Caddy with the configuration that a document shows, in front of a gateway.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placed } from './commands.mjs';
import { eventually, freePort, run, start } from './processes.mjs';
import { succeeded } from './programs.mjs';
import { reaches } from './through-proxy.mjs';

/** The name that the documents use. */
export const host = 'gateway.example.com';

/** nginx: the block stands inside http { }. */
export async function startNginx(block, { servers, work }) {
  const directory = mkdtempSync(join(work, 'nginx-'));
  const certificate = await selfSigned(directory);
  const port = await freePort();
  const gateway = await servers.gateway(block.marks.gateway);
  const site = placed(block.code, gateway.port, servers.emulator)
    .replaceAll(/^(\s*ssl_certificate)\s.*;/gm, `$1 ${certificate.file};`)
    .replaceAll(/^(\s*ssl_certificate_key)\s.*;/gm, `$1 ${certificate.key};`)
    .replaceAll(/^\s*listen \[::\].*$/gm, '')
    .replaceAll(/listen 443\b/g, `listen 127.0.0.1:${port}`);
  mkdirSync(join(directory, 'temp'));
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${directory}/temp/${name};`).join('\n');
  const file = join(directory, 'nginx.conf');
  // Started by root, its workers would be somebody who may not write into this test's directory.
  const user = process.getuid() === 0 ? 'user root root;\n' : '';
  writeFileSync(file, `${user}daemon off;\npid ${directory}/nginx.pid;\nerror_log stderr;\nworker_processes 1;\n`
    + `events {}\nhttp {\n  access_log off;\n${temp}\n${site}\n}\n`);
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  succeeded(await run('nginx', ['-t', '-e', 'stderr', '-p', directory, '-c', file], { env }));
  const program = start('nginx', ['-e', 'stderr', '-p', directory, '-c', file], { env });
  return up({ port, ca: certificate.text, gateway, emulator: servers.emulator }, program, 'nginx');
}

/** Caddy: a Caddyfile. Its certificates come from its own authority instead of a public one. */
export async function startCaddy(block, { servers, work }) {
  const directory = mkdtempSync(join(work, 'caddy-'));
  const [port, plain] = [await freePort(), await freePort()];
  const gateway = await servers.gateway(block.marks.gateway);
  const file = join(directory, 'Caddyfile');
  writeFileSync(file, `{\n  admin off\n  local_certs\n  skip_install_trust\n  http_port ${plain}\n  https_port ${port}\n}\n`
    + placed(block.code, gateway.port, servers.emulator));
  const env = { ...process.env, HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory };
  succeeded(await run('caddy', ['validate', '--config', file, '--adapter', 'caddyfile'], { env }));
  const program = start('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { env });
  return up({ port, gateway, emulator: servers.emulator }, program, 'Caddy');
}

async function up(proxy, program, name) {
  await eventually(() => reaches(proxy), `${name} answers`, { program });
  return proxy;
}

async function selfSigned(directory) {
  const [file, key] = [join(directory, 'fullchain.pem'), join(directory, 'privkey.pem')];
  succeeded(await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${host}`,
    '-addext', `subjectAltName=DNS:${host}`, '-keyout', key, '-out', file]));
  return { file, key };
}
