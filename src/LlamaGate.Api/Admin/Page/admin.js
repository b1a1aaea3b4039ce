import { closeActions, useSender } from './actions.js';
import { showAccounts } from './accounts.js';
import { showCluster } from './cluster.js';
import { Connection } from './connection.js';
import { setAttribute, setText } from './dom.js';
import { clock, count, duration } from './format.js';
import { showHosts } from './hosts.js';
import { showLoads } from './loads.js';
import { assign } from './palette.js';
import { showQueue } from './queue.js';
import { forgetKey, keepKey, keptKey, keyFault, refusal } from './session.js';
import { showShares } from './shares.js';
import { showSummary } from './summary.js';
import { showWarnings } from './warnings.js';

const byId = id => document.getElementById(id);
const api = new URL('admin/api/', document.baseURI);
const RENDER_EVERY = 1000;
// Times run on by this much between two statuses; the gateway sends one at least every 5 s.
const LONGEST_AGE = 6;
// Empties the document of figures.
const NOTHING = { sharing: true, hosts: [], queue: { waiting: 0, max: 0, calls: [] }, cluster: null };

let connection = null;
let state = { name: 'out' };
let status = null;
let received = 0;
let rendered = -Infinity;
let timer = 0;

function signIn(key, { isNew }) {
  connection?.close();
  connection = new Connection({ url: new URL('events', api), key, onStatus: take, onState: changed });
  useSender(path => fetch(new URL(path, api), {
    method: 'POST', body: '{}', credentials: 'omit', redirect: 'error',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
  }));

  function changed(next) {
    const before = state;
    state = next;
    if (next.name === 'refused') {
      signOut(refusal(next));
      return;
    }
    if (next.name === 'live' && byId('figures').hidden) {
      keepKey(key);
      showFigures(isNew);
      render();
    }
    if (next.name === 'away' && byId('figures').hidden) {
      setText(byId('key-error'), `${next.reason || 'The gateway does not answer.'} The page retries automatically.`);
      byId('sign-in-button').removeAttribute('aria-disabled');
    }
    showState();
    if (before.name !== next.name || before.reason !== next.reason) {
      schedule();
    }
  }
}

function signOut(message = '') {
  connection?.close();
  connection = null;
  forgetKey();
  closeActions();
  clearTimeout(timer);
  timer = 0;
  state = { name: 'out' };
  status = null;
  show(NOTHING, { age: 0 });
  setText(byId('stale'), '');
  setText(byId('about'), '');
  byId('figures').hidden = true;
  byId('sign-out').hidden = true;
  byId('sign-in').hidden = false;
  byId('sign-in-button').removeAttribute('aria-disabled');
  setText(byId('key-error'), message);
  setAttribute(byId('key'), 'aria-invalid', String(message !== ''));
  byId('key').focus();
  showState();
}

function showFigures(moveFocus) {
  byId('sign-in').hidden = true;
  byId('figures').hidden = false;
  byId('sign-out').hidden = false;
  byId('key').value = '';
  setText(byId('key-error'), '');
  byId('sign-in-button').removeAttribute('aria-disabled');
  if (moveFocus) {
    byId('title').focus();
  }
}

function showState() {
  const node = byId('state');
  setAttribute(node, 'data-state', state.name);
  setText(node, {
    out: () => 'Signed out',
    connecting: () => 'Connecting …',
    live: () => 'Live',
    away: () => `Reconnecting since ${clock(state.since)}`,
    refused: () => 'Signed out',
  }[state.name]());
}

function take(next) {
  status = next;
  received = performance.now();
  schedule();
}

// One render a second at most; none while nobody sees the page, or before there are figures.
function schedule() {
  if (timer === 0 && !document.hidden && !byId('figures').hidden) {
    timer = setTimeout(render, Math.max(0, rendered + RENDER_EVERY - performance.now()));
  }
}

function render() {
  clearTimeout(timer);
  timer = 0;
  rendered = performance.now();
  const isLive = state.name === 'live';
  byId('stale').hidden = isLive;
  setAttribute(byId('figures'), 'data-stale', !isLive);
  setText(byId('stale'), ['These figures are not current.', `They are from ${clock(status.now)}.`, state.reason].filter(Boolean).join(' '));
  if (isLive) {
    show(status, { age: Math.min(LONGEST_AGE, (performance.now() - received) / 1000) });
    schedule();
  }
}

function show(current, context) {
  assign(current.shares?.principals ?? []);
  showWarnings(current.warnings ?? []);
  showSummary(current);
  showHosts(current, context);
  showQueue(current, context);
  showShares(current);
  showLoads(current);
  showCluster(current);
  showAccounts(current);
  const uptime = (Date.parse(current.now) - Date.parse(current.started)) / 1000;
  setText(byId('about'), `Version ${current.version} · up ${duration(uptime)} · key ${current.key}`);
  document.title = current.queue.waiting > 0 ? `${count(current.queue.waiting)} waiting – LlamaGate` : 'LlamaGate';
}

byId('sign-in-form').addEventListener('submit', event => {
  event.preventDefault();
  const key = byId('key').value.trim();
  const fault = keyFault(key);
  setText(byId('key-error'), fault);
  setAttribute(byId('key'), 'aria-invalid', String(fault !== ''));
  if (fault === '') {
    byId('sign-in-button').setAttribute('aria-disabled', 'true');
    signIn(key, { isNew: true });
  }
});
byId('sign-out').addEventListener('click', () => signOut());
document.addEventListener('visibilitychange', schedule);

const kept = keptKey();
if (kept) {
  signIn(kept, { isNew: false });
} else {
  byId('sign-in').hidden = false;
  byId('key').focus();
}
