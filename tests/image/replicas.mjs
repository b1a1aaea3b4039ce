// Holds deploy/compose and deploy/kubernetes against each other, the gateway's variables, and what several replicas need.
// usage: node replicas.mjs REPOSITORY "VARIABLE VARIABLE …"; a line per finding.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { check } from "./findings.mjs";

const [root, known] = process.argv.slice(2);
const variables = new Set(known.split(" "));
const read = (path) => readFileSync(join(root, "deploy", path), "utf8");
const longest = Number(/^# SHUTDOWN_TIMEOUT=(\d+)s$/m.exec(readFileSync(join(root, ".env.example"), "utf8"))?.[1]);
const version = /<Version>(.*)<\/Version>/.exec(readFileSync(join(root, "Directory.Build.props"), "utf8"))?.[1];
const needed = ["REDIS_URL", "CLUSTER_ADDRESS", "CLUSTER_CERTIFICATE", "CLUSTER_CA", "HOSTS_FILE", "KEYS_FILE", "DATA_DIR"];
const unknownOf = (names) => names.filter((name) => !variables.has(name));
const missingOf = (names) => needed.filter((name) => !names.includes(name));

readCompose();
readKubernetes();

function readCompose() {
  const { services, networks, volumes } = parse(read("compose/compose.yaml"), { strict: true, uniqueKeys: true, merge: true });
  const replicas = Object.entries(services).filter(([name]) => name.startsWith("llamagate-"));
  check("Compose has three replicas", replicas.length === 3, replicas.map(([name]) => name));
  const subnet = networks.gateways.ipam.config[0].subnet.replace(/\.0\/24$/, ".");
  for (const [name, { environment, volumes: mounts, ...service }] of replicas) {
    const names = Object.keys(environment);
    check(`${name} has what a replica needs`, missingOf(names).length === 0, missingOf(names));
    check(`and no variable that does not exist`, unknownOf(names).length === 0, unknownOf(names));
    const address = service.networks.gateways.ipv4_address;
    check("its silo listens on its own address", environment.CLUSTER_ADDRESS === `${address}:11111` && address.startsWith(subnet), environment);
    check("it waits until Redis is healthy", service.depends_on.redis.condition === "service_healthy", service.depends_on);
    const delay = Number(/^(\d+)s$/.exec(environment.SHUTDOWN_DELAY)?.[1]);
    check("it may finish its answers", Number(/^(\d+)s$/.exec(service.stop_grace_period)?.[1]) > delay + longest, service.stop_grace_period);
    check("Caddy has time to see that it stops", delay >= 3 && /health_interval 1s\s+health_timeout 2s/.test(read("compose/Caddyfile")), environment);
    check("its root is read-only", service.read_only === true && service.tmpfs === "/tmp", service);
    check("it publishes no port", service.ports === undefined, service.ports);
    check("its image is this version", service.image === `llamagate:${version}`, service.image);
    check("certificates and settings are read-only", mounts.filter((mount) => mount.endsWith(":ro")).length === 2, mounts);
  }

  const data = replicas.map(([, { volumes: mounts }]) => mounts.find((mount) => mount.endsWith(":/data"))?.split(":")[0]);
  check("each replica has records of its own", new Set(data).size === 3 && data.every((name) => name in volumes), data);
  check("Redis evicts nothing and keeps its data", /--appendonly yes.*noeviction/.test(services.redis.command.join(" ")), services.redis.command);
  const caddyfile = read("compose/Caddyfile");
  const targets = [...caddyfile.matchAll(/llamagate-\d+:8080/g)].map(([target]) => target.split(":")[0]).sort();
  check("Caddy knows the replicas", targets.join() === replicas.map(([name]) => name).sort().join(), targets);
  check("and asks whether they are ready", /health_uri \/readyz/.test(caddyfile), caddyfile);
  check("Caddy's network is trusted", replicas[0][1].environment.TRUSTED_PROXIES === `${subnet}0/24`, replicas[0][1].environment);
}

function readKubernetes() {
  const { resources, namespace } = parse(read("kubernetes/kustomization.yaml"));
  check("each manifest is there", resources.every((name) => existsSync(join(root, "deploy/kubernetes", name))), resources);
  const all = resources.flatMap((name) => parseAllDocuments(read(`kubernetes/${name}`), { strict: true, uniqueKeys: true }).map((one) => one.toJS()));
  const find = (kind, name) => all.find((one) => one.kind === kind && one.metadata.name === name);
  check("the namespace is made", find("Namespace", namespace) !== undefined, namespace);

  const set = find("StatefulSet", "llamagate");
  const pod = set.spec.template.spec;
  const [container] = pod.containers;
  const labels = JSON.stringify(set.spec.template.metadata.labels);
  const names = container.env.map(({ name }) => name);
  const value = (name) => container.env.find((one) => one.name === name)?.value;
  check("Kubernetes runs three replicas", set.spec.replicas === 3, set.spec.replicas);
  check("a pod has what a replica needs", missingOf(names).length === 0, missingOf(names));
  check("and no variable that does not exist", unknownOf(names).join() === "POD_IP", unknownOf(names));
  check("POD_IP comes before its use", names.indexOf("POD_IP") < names.indexOf("CLUSTER_ADDRESS"), names);
  const port = (name) => container.ports.find((one) => one.name === name)?.containerPort;
  check("the silo listens on the pod's address", value("CLUSTER_ADDRESS") === `$(POD_IP):${port("silo")}`, value("CLUSTER_ADDRESS"));
  check("the image is this version", container.image === `llamagate:${version}`, container.image);
  check("a pod is restarted by /livez only", container.livenessProbe.httpGet.path === "/livez", container.livenessProbe);
  check("and gets requests by /readyz", container.readinessProbe.httpGet.path === "/readyz", container.readinessProbe);
  const { seconds } = container.lifecycle.preStop.sleep;
  const notReady = container.readinessProbe.periodSeconds * container.readinessProbe.failureThreshold;
  check("it leaves the endpoints before it stops", seconds > notReady, { seconds, notReady });
  check("and may finish its answers", pod.terminationGracePeriodSeconds > seconds + longest, pod.terminationGracePeriodSeconds);
  const { runAsNonRoot, runAsUser, fsGroup } = pod.securityContext;
  check("it runs as the image's user", runAsNonRoot && runAsUser === 1654 && fsGroup === 1654, pod.securityContext);
  check("its root is read-only, with a place for diagnostics",
    container.securityContext.readOnlyRootFilesystem && container.volumeMounts.some(({ mountPath }) => mountPath === "/tmp"), container);
  check("each pod has records of its own", set.spec.volumeClaimTemplates[0].metadata.name === "data", set.spec.volumeClaimTemplates);
  const offered = [...pod.volumes, ...set.spec.volumeClaimTemplates.map(({ metadata }) => metadata)].map(({ name }) => name).sort();
  const mounted = container.volumeMounts.map(({ name }) => name).sort();
  check("each volume is mounted", offered.join() === mounted.join(), { offered, mounted });
  for (const path of names.map(value).filter((one) => /^\/[a-z]/.test(one ?? ""))) {
    check(`${path} is on a volume`, container.volumeMounts.some(({ mountPath }) => path.startsWith(mountPath)), path);
  }

  const budget = find("PodDisruptionBudget", "llamagate").spec;
  check("at most one pod is taken at a time", budget.maxUnavailable === 1 && JSON.stringify(budget.selector.matchLabels) === labels, budget);
  for (const name of ["llamagate", "llamagate-replicas"]) {
    check(`the service ${name} selects the pods`, JSON.stringify(find("Service", name).spec.selector) === labels, name);
  }

  check("the set's service has no address of its own", find("Service", set.spec.serviceName).spec.clusterIP === "None", set.spec.serviceName);
  const policy = find("NetworkPolicy", "llamagate").spec;
  const rule = (wanted) => policy.ingress.filter(({ ports }) => ports.some((one) => one.port === wanted));
  const only = JSON.stringify([{ podSelector: { matchLabels: set.spec.template.metadata.labels } }]);
  check("only replicas reach the silo port", rule("silo").length === 1 && JSON.stringify(rule("silo")[0].from) === only, policy);
  check("and every rule names its ports", policy.ingress.every(({ ports }) => ports?.length > 0), policy);
  check("only replicas reach Redis", JSON.stringify(find("NetworkPolicy", "redis").spec.ingress[0].from) === only, find("NetworkPolicy", "redis").spec);
}
