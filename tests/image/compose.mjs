// Reads docker-compose.yml as Compose would and holds it against the Dockerfile's words and the gateway's variables.
// usage: node compose.mjs REPOSITORY "VARIABLE VARIABLE …"; a line per finding.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { check } from "./findings.mjs";

const [root, known] = process.argv.slice(2);
const text = readFileSync(join(root, "docker-compose.yml"), "utf8");
const variables = new Set(known.split(" "));

const seconds = (duration) => Number(/^(\d+)s$/.exec(duration)?.[1]);
const compose = parse(text, { strict: true, uniqueKeys: true });
const { llamagate: gateway, ollama } = compose.services;

check("compose.yml has the two services", Object.keys(compose.services).sort().join() === "llamagate,ollama", compose.services);
check("it builds the Dockerfile beside it", gateway.build === "." && existsSync(join(root, "Dockerfile")), gateway.build);
for (const [name, service] of Object.entries(compose.services)) {
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    check(`${name} waits until ${other} is healthy`, condition === "service_healthy", condition);
    check(`${other} is there, and says when it is`, compose.services[other]?.healthcheck?.test?.[0] === "CMD", compose.services[other]);
  }
}
check("the gateway waits for Ollama", gateway.depends_on?.ollama !== undefined, gateway.depends_on);

const names = Object.keys(gateway.environment);
const unknown = names.filter((name) => !variables.has(name));
check("every variable that it sets exists", names.length > 0 && unknown.length === 0, unknown);
const passedOn = names.filter((name) => /^\$\{/.test(gateway.environment[name]));
const renamed = passedOn.filter((name) => gateway.environment[name] !== `\${${name}:-}`);
check("what it passes on keeps its name and may be unset", passedOn.length > 0 && renamed.length === 0, renamed);
const ofTheImage = ["PORT", "LISTEN_ADDRESS", "LOG_FILE"];
const lost = [...variables].filter((name) => !names.includes(name) && !ofTheImage.includes(name));
check("every other variable of .env reaches the gateway", lost.length === 0, lost);
check("the gateway finds Ollama by the service's name", gateway.environment.OLLAMA_HOST === "http://ollama:11434", gateway.environment);

const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");
const exposed = /^EXPOSE (\d+)$/m.exec(dockerfile)?.[1];
check("the port is the image's, on this machine only", gateway.ports?.join() === `127.0.0.1:8080:${exposed}`, gateway.ports);
check("the root is read-only, with a place for diagnostics", gateway.read_only === true && gateway.tmpfs === "/tmp", gateway);
const longest = Number(/^# SHUTDOWN_TIMEOUT=(\d+)s$/m.exec(readFileSync(join(root, ".env.example"), "utf8"))?.[1]);
check("it is given longer to stop than SHUTDOWN_TIMEOUT", seconds(gateway.stop_grace_period) > longest, gateway.stop_grace_period);
const volumes = Object.keys(compose.volumes ?? {});
const mounted = (ollama.volumes ?? []).map((volume) => volume.split(":")[0]);
check("models are in a volume that is declared", mounted.length > 0 && mounted.every((name) => volumes.includes(name)), mounted);

const gpuBlock = /^ {4}# deploy:\n(?: {4}# .*\n)+/m.exec(text)?.[0] ?? "";
const withGpu = parse(text.replace(gpuBlock, gpuBlock.replaceAll("    # ", "    ")), { strict: true, uniqueKeys: true });
const device = withGpu.services.ollama.deploy?.resources?.reservations?.devices?.[0];
check("the GPU's lines can be uncommented as they stand", device?.driver === "nvidia" && device.capabilities?.join() === "gpu", withGpu);
const firstModel = "docker compose exec ollama ollama pull llama3.2";
const withoutIt = ["docker-compose.yml", "README.md", "QUICKSTART.md"].filter((name) => !readFileSync(join(root, name), "utf8").includes(firstModel));
check("one command for the first model is named where it is needed", withoutIt.length === 0, withoutIt);
