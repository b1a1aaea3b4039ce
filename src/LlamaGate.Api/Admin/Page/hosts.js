import { actionButton } from './actions.js';
import { el, keyed, setAttribute, setLength, setText } from './dom.js';
import { bytes, duration, plural, reason } from './format.js';
import { fill } from './layout.js';
import { modelView } from './models.js';

const body = document.querySelector('#hosts .body');
const nothing = el('p', { class: 'card empty' }, 'No host is configured.');
const list = el('ul', { class: 'hosts' });
body.append(nothing, list);

const STATES = { up: 'Up', down: 'Down', draining: 'Draining' };
const isDrained = ({ state, drained }) => drained || state === 'draining';

export function showHosts({ hosts, sharing }, context) {
  nothing.hidden = hosts.length > 0;
  keyed(list, hosts, host => host.name, hostView, { ...context, sharing });
}

function hostView() {
  let current;
  const name = el('h3');
  const state = el('span', { class: 'tag' });
  const drained = el('span', { class: 'tag', 'data-host': 'draining' }, 'Drained');
  const facts = el('p', { class: 'muted facts' });
  const why = el('p', { class: 'why' });
  const vram = vramView();
  const models = el('ul', { class: 'models' });
  const none = el('p', { class: 'empty' }, 'No model is loaded.');
  const loading = loadingView();
  const drain = actionButton({}, () => drainQuestion(current));
  const load = actionButton({}, () => loadQuestion(current));
  load.append('Load a model');
  const node = el('li', { class: 'card host' },
    el('div', { class: 'host-head' }, el('div', { class: 'host-name' }, name, state, drained), el('div', { class: 'buttons' }, load, drain)),
    facts, why, vram.node, loading.node, models, none);
  return {
    node,
    update(host, context) {
      current = host;
      setText(name, host.name);
      setText(state, STATES[host.state] ?? host.state);
      setAttribute(state, 'data-host', host.state);
      drained.hidden = !isDrained(host) || host.state === 'draining';
      setText(facts, [
        host.url, host.ollama_version && `Ollama ${host.ollama_version}`,
        host.slots > 0 && `${host.slots_busy} of ${plural(host.slots, 'slot')} busy`,
      ].filter(Boolean).join(' · '));
      why.hidden = !host.reason;
      setText(why, host.reason);
      vram.update(host);
      loading.update(host.loading ?? null, context);
      keyed(models, host.models ?? [], model => model.name, modelView, { ...context, host });
      none.hidden = !context.sharing || host.state === 'down' || (host.models ?? []).length > 0 || Boolean(host.loading);
      drain.hidden = load.hidden = !context.sharing;
      load.hidden ||= host.state !== 'up' || loadable(host).length === 0;
      setText(drain, isDrained(host) ? 'Resume' : 'Drain');
      setAttribute(drain, 'aria-label', `${drain.textContent} host ${host.name}`);
      setAttribute(load, 'aria-label', `Load a model on host ${host.name}`);
    },
  };
}

function vramView() {
  const label = el('span');
  const used = el('span');
  const bar = el('div', { class: 'bar', 'aria-hidden': 'true' });
  const node = el('div', { class: 'meter' }, el('div', { class: 'meter-text' }, label, used), bar);
  return {
    node,
    update({ vram_used_bytes: taken, vram_bytes: size }) {
      // Nothing to tell of a host that computes on its CPU, or has loaded nothing yet, and whose size is not known.
      node.hidden = taken === null || taken === undefined || (taken === 0 && !size);
      setText(label, 'VRAM');
      setText(used, size ? `${bytes(taken)} of ${bytes(size)}` : `${bytes(taken)} in use`);
      bar.hidden = !size;
      setLength(bar, '--fill', fill(taken, size));
      setAttribute(bar, 'data-full', size > 0 && taken / size > 0.95);
    },
  };
}

function loadingView() {
  const what = el('strong');
  const why = el('span', { class: 'muted' });
  const left = el('span', { class: 'left' });
  const bar = el('div', { class: 'bar', 'aria-hidden': 'true' });
  const node = el('div', { class: 'loading' }, el('p', { class: 'meter-text' }, el('span', {}, what, ' ', why), left), bar);
  return {
    node,
    update(load, { age }) {
      node.hidden = load === null;
      if (load === null) {
        return;
      }
      const passed = (load.seconds ?? 0) + age;
      const rest = load.eta === null || load.eta === undefined ? null : Math.max(0, load.eta - age);
      setText(what, `Loading ${load.model}`);
      setText(why, `${reason(load.reason)}.`);
      setText(left, rest === null
        ? `for ${duration(passed)}`
        : rest < 0.5 ? `for ${duration(passed)}, longer than expected` : `≈ ${duration(Math.round(rest))} left`);
      setLength(bar, '--fill', rest === null ? 0 : passed / Math.max(passed + rest, 0.1));
    },
  };
}

function drainQuestion(host) {
  const { name, state, slots_busy: busy } = host;
  const path = `hosts/${encodeURIComponent(name)}`;
  return isDrained(host)
    ? {
      title: `Resume host ${name}?`, text: `It will get calls again${state === 'down' ? ' when it is up' : ''}.`,
      yes: 'Resume', path: () => `${path}/resume`,
    }
    : {
      title: `Drain host ${name}?`,
      text: 'It will get no new calls until you resume it. '
        + (busy > 0 ? `${plural(busy, 'call')} running there will finish. ` : 'No calls run there. ')
        + 'Waiting calls go to other hosts.',
      yes: 'Drain', danger: true, path: () => `${path}/drain`,
    };
}

function loadable({ available, models }) {
  const loaded = new Set((models ?? []).map(model => model.name));
  return (available ?? []).filter(name => !loaded.has(name));
}

function loadQuestion(host) {
  return {
    title: `Load a model on ${host.name}`,
    text: 'If memory is short, another model there is unloaded after its running calls have ended.',
    yes: 'Load', choices: loadable(host),
    path: model => `hosts/${encodeURIComponent(host.name)}/models/${encodeURIComponent(model)}/load`,
  };
}
