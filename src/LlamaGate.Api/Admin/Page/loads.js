import { el, setAttribute, setText, table, text } from './dom.js';
import { clock, duration, plural, reason } from './format.js';

const loads = table({
  caption: 'Loads of models, the latest first',
  keyOf: ({ at, host, model }) => `${at} ${host} ${model}`,
  empty: 'No model has been loaded since the gateway started.',
  className: 'loads',
  columns: [
    { title: 'At', build: time },
    { title: 'Model', header: true, build: what },
    { title: 'Why', build: why },
    { title: 'Took', numeric: true, build: text(load => duration(load.seconds)) },
    { title: 'Result', build: outcome },
  ],
});
document.querySelector('#loads .body').append(loads.node);

export function showLoads({ loads: list }) {
  loads.update(list ?? []);
}

function time(cell) {
  const node = el('time');
  cell.append(node);
  return load => {
    setAttribute(node, 'datetime', load.at);
    setText(node, clock(load.at));
  };
}

function what(cell) {
  const model = el('span', { class: 'line' });
  const host = el('span', { class: 'line muted' });
  cell.append(model, host);
  return load => {
    setText(model, load.model);
    setText(host, `on ${load.host}`);
  };
}

function why(cell) {
  const first = el('span', { class: 'line' });
  const details = el('span', { class: 'line muted' });
  cell.append(first, details);
  return load => {
    setText(first, reason(load.reason));
    setText(details, [
      load.for && `for ${load.for}`,
      load.waiting > 0 && `${plural(load.waiting, 'call')} waited`,
      load.evicted?.length > 0 && `in place of ${load.evicted.join(', ')}`,
    ].filter(Boolean).join(' · '));
  };
}

const OUTCOMES = { running: 'Loading', ok: 'Loaded', failed: 'Failed' };

function outcome(cell) {
  const tag = el('span', { class: 'tag' });
  const error = el('span', { class: 'line muted' });
  cell.append(tag, error);
  return load => {
    setText(tag, OUTCOMES[load.outcome] ?? load.outcome);
    setAttribute(tag, 'data-outcome', load.outcome);
    setText(error, load.error);
  };
}
