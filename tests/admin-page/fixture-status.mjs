// What the gateway might say at a moment, for the tests of the page alone. Everything changes with the time that has passed.

export function statusAt(seconds, { started, now, draining = [], cancelled = [], unloaded = [], loading = null } = {}) {
  const gone = new Set(cancelled);
  const hosts = [gpu1(seconds), gpu2(seconds), gpu3()].map(host => trimmed(host, { draining, gone, unloaded, loading, seconds }));
  const calls = waiting(seconds).filter(call => !gone.has(call.id)).map((call, index) => ({ ...call, position: index + 1 }));
  const isDown = hosts.some(host => host.state === 'down' && !host.drained);
  return {
    version: '0.2.0', started, now, key: 'ops', sharing: true, hosts,
    queue: { waiting: calls.length, max: 1000, calls },
    shares: shares(),
    accounts: { day: now.slice(0, 10), keys: accounts(seconds) },
    loads: loads(now),
    store: { persistent: true, pending: 0, lag: 0.1, lost: 0, fault: null },
    cluster: cluster(now),
    warnings: [
      {
        id: 'foreign', severity: 'warning', text: 'Another client at the same Ollama reloaded llama3.2 on gpu2 4 times in the last hour.',
        action: 'Let it use the gateway, or take its access to gpu2 away.',
      },
      isDown && {
        id: 'host-down', severity: 'error', text: 'Host attic is down: connection refused.',
        action: 'Start Ollama on attic, or drain it.',
      },
    ].filter(Boolean),
  };
}

// A gateway without sharing, and one that nobody has used.
export const emptyStatus = (now, sharing) => ({
  version: '0.2.0', started: now, now, key: 'admin', sharing,
  hosts: [{
    name: 'ollama', url: 'http://localhost:11434', state: 'up', drained: false, reason: null, ollama_version: sharing ? '0.33.0' : null, slots_busy: 0,
    slots: sharing ? 0 : null, vram_used_bytes: sharing ? 0 : null, vram_bytes: null, models: [], available: [], loading: null,
  }],
  queue: { waiting: 0, max: 1000, calls: [] },
  shares: { minutes: 60, principals: [] },
  accounts: { day: now.slice(0, 10), keys: [] }, loads: [],
  store: { persistent: false, pending: 0, lag: 0, lost: 0, fault: null }, cluster: null, warnings: [],
});

function cluster(now) {
  const ago = seconds => new Date(Date.parse(now) - seconds * 1000).toISOString();
  const member = (address, name, state, seconds, more = {}) => ({
    address, name, state, since: seconds === null ? null : ago(seconds), self: false, scheduler: false, ...more,
  });
  return {
    state: 'member', reason: null, redis: { address: 'redis://redis:6379/0', up: false, since: ago(42) },
    members: [
      member('10.0.0.7:11111', 'gateway1', 'active', 7260, { self: true }),
      member('10.0.0.8:11111', 'gateway2', 'active', 3600, { scheduler: true }),
      member('10.0.0.9:11111', 'gateway3', 'joining', null),
    ],
  };
}

const run = (id, key, priority, seconds, user = null) => ({ id, key, user, priority, seconds });

function gpu1(seconds) {
  return {
    name: 'gpu1', url: 'http://gpu1.lan:11434', state: 'up', reason: null, ollama_version: '0.33.0',
    slots_busy: 5, slots: 6, vram_used_bytes: 19.6e9, vram_bytes: 24e9,
    models: [
      {
        name: 'llama3.2:latest', context: 8192, size_bytes: 6.2e9, vram_bytes: 6.2e9, slots: 4, slots_learned: true, gate: 'open',
        pinned: true, expires: null,
        running: [
          run('c101', 'anna', 'normal', 12.4 + seconds), run('c107', 'web-ui', 'high', 3.1 + seconds, 'carol@example.org'),
          run('c109', 'bob', 'low', 1.2 + seconds),
        ],
      },
      {
        name: 'qwen3:14b', context: 16384, size_bytes: 13.4e9, vram_bytes: 11.1e9, slots: 2, slots_learned: false, gate: 'closed',
        pinned: false, expires: null,
        running: [run('c98', 'batch', 'low', 184 + seconds), run('c103', 'anna', 'normal', 8.2 + seconds)],
      },
    ],
    available: ['gemma3:27b', 'llama3.2:latest', 'nomic-embed-text:latest', 'qwen3:14b'], loading: null,
  };
}

function gpu2(seconds) {
  const passed = (3.2 + seconds) % 12;
  return {
    name: 'gpu2', url: 'http://gpu2.lan:11434', state: 'up', reason: null, ollama_version: '0.33.0',
    slots_busy: 1, slots: 1, vram_used_bytes: 2.1e9, vram_bytes: null,
    models: [{
      name: 'nomic-embed-text:latest', context: 2048, size_bytes: 0.6e9, vram_bytes: 0.6e9, slots: 1, slots_learned: false, gate: 'open',
      pinned: false, expires: null, running: [run('c111', 'search', 'normal', 0.4 + seconds % 2)],
    }],
    available: ['gemma3:27b', 'llama3.2:latest', 'nomic-embed-text:latest'],
    loading: { model: 'gemma3:27b', reason: 'switch', seconds: passed, eta: 12 - passed },
  };
}

function gpu3() {
  return {
    name: 'attic', url: 'http://attic.lan:11434', state: 'down', reason: 'connection refused; the next attempt is in 40 s',
    ollama_version: null, slots_busy: 0, slots: 0, vram_used_bytes: null, vram_bytes: null, models: [], available: [], loading: null,
  };
}

function trimmed(host, { draining, gone, unloaded, loading, seconds }) {
  const models = host.models.filter(model => !unloaded.includes(`${host.name} ${model.name}`))
    .map(model => ({ ...model, running: model.running.filter(call => !gone.has(call.id)) }));
  return {
    ...host, models, drained: draining.includes(host.name),
    state: host.state === 'up' && draining.includes(host.name) ? 'draining' : host.state,
    slots_busy: models.reduce((sum, model) => sum + model.running.length, 0),
    loading: loading?.host === host.name ? { model: loading.model, reason: 'admin', seconds, eta: 9 } : host.loading,
  };
}

function waiting(seconds) {
  const call = (id, model, key, priority, eta, waited, user = null, state = 'waiting') =>
    ({ id, model, key, user, priority, state, eta: Math.max(0.5, eta - (seconds % 20)), waited: waited + seconds });
  return [
    call('c112', 'gemma3:27b', 'carol', 'normal', 26, 4.2, null, 'loading'),
    call('c113', 'qwen3:14b', 'web-ui', 'high', 31, 2.8, 'dave@example.org'),
    call('c114', 'qwen3:14b', 'bob', 'normal', 44, 9.3),
    call('c115', 'gemma3:27b', 'carol', 'normal', 58, 3.9),
    { ...call('c116', 'gemma3:27b', 'batch', 'low', 95, 61), eta: null },
    call('c117', 'gemma3:27b', 'batch', 'low', 214, 61.5),
  ];
}

// Reproducible, with the look of work: mornings of one, bursts of another.
function shares() {
  const wave = (base, swing, period, shift, from = 0, to = 60) => Array.from({ length: 60 }, (_, minute) => {
    const slow = swing * Math.sin((minute + shift) / period);
    const fast = (swing / 3) * Math.cos(minute * 2.3 + shift);
    return minute < from || minute >= to ? 0 : Math.max(0, Number((base + slow + fast).toFixed(1)));
  });
  const rows = [
    { key: 'anna', user: null, weight: 2, by_minute: wave(34, 12, 6, 0) },
    { key: 'batch', user: null, weight: 1, by_minute: wave(30, 16, 9, 20, 12) },
    { key: 'web-ui', user: 'carol@example.org', weight: 2, by_minute: wave(22, 14, 4, 7) },
    { key: 'web-ui', user: 'dave@example.org', weight: 2, by_minute: wave(12, 9, 7, 11) },
    { key: 'bob', user: null, weight: 1, by_minute: wave(14, 12, 5, 3, 20, 52) },
    { key: 'search', user: null, weight: 1, by_minute: wave(5, 3, 3, 1) },
    { key: 'other', user: null, weight: null, by_minute: wave(4, 2, 8, 9) },
  ];
  const seconds = rows.map(row => row.by_minute.reduce((sum, value) => sum + value, 0));
  const all = seconds.reduce((sum, value) => sum + value, 0);
  const weights = rows.reduce((sum, row) => sum + (row.weight ?? 0), 0);
  return {
    minutes: 60,
    principals: rows.map((row, index) => ({
      ...row, gpu_seconds: seconds[index], share: seconds[index] / all, target: row.weight === null ? null : row.weight / weights,
    })),
  };
}

function accounts(seconds) {
  const row = (key, calls, tokensIn, tokensOut, gpu, waited, hits, saved, limits = {}) => ({
    key, calls, tokens_in: tokensIn, tokens_out: tokensOut, gpu_seconds: gpu, device_seconds: gpu * 0.6, cache_hits: hits,
    tokens_saved: saved, waited, tokens_per_day: null, tokens_used: tokensIn + tokensOut, gpu_seconds_per_day: null, gpu_seconds_used: gpu,
    ...limits,
  });
  return [
    row('anna', 1284 + Math.floor(seconds), 2.31e6, 412_000, 8412 + seconds, 2140, 212, 310_000, { tokens_per_day: 5e6 }),
    row('batch', 412, 9.8e6, 1.2e6, 7200, 19_400, 3, 4_100, { tokens_per_day: 20e6, gpu_seconds_per_day: 7200 }),
    row('web-ui', 3120, 1.7e6, 820_300, 6120, 930, 801, 1.1e6),
    row('bob', 96, 122_000, 31_400, 611, 48, 0, 0, { gpu_seconds_per_day: 3600 }),
    row('search', 18_240, 4.2e6, 0, 402, 12, 9_100, 2.2e6),
  ];
}

function loads(now) {
  const base = Math.floor(Date.parse(now) / 60_000) * 60_000;
  const load = (ago, host, model, reason, seconds, outcome, caller, waiting, more = {}) => ({
    at: new Date(base - ago * 1000).toISOString().slice(0, 19) + 'Z', host, model, reason, seconds, outcome, error: null,
    for: caller, waiting, evicted: [], ...more,
  });
  return [
    load(0, 'gpu2', 'gemma3:27b', 'switch', null, 'running', 'carol', 3, { evicted: ['llama3.2:latest'] }),
    load(260, 'gpu1', 'qwen3:14b', 'grow', 6.1, 'ok', 'batch', 2),
    load(1512, 'gpu2', 'llama3.2:latest', 'foreign', 4.2, 'ok', null, 0),
    load(2290, 'attic', 'gemma3:27b', 'first', 31.4, 'failed', 'carol', 1, { error: 'out of memory' }),
    load(3205, 'gpu1', 'llama3.2:latest', 'admin', 2.9, 'ok', 'ops', 0),
  ];
}
