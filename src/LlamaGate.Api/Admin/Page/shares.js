import { el, keyed, setAttribute, setLength, setText, svg, table, text } from './dom.js';
import { duration, percent, who } from './format.js';
import { stack, stepPath, ticks } from './layout.js';
import { paint } from './palette.js';
import { principalCell } from './principal.js';

const HEIGHT = 190;
const EDGE = { top: 8, right: 4, bottom: 22, left: 38 };

const lead = document.getElementById('shares-lead');
const title = svg('title', { id: 'chart-title' }, 'GPU seconds in each minute of the last hour, by principal');
const description = svg('desc', { id: 'chart-text' });
const grid = svg('g', { class: 'grid' });
const bands = svg('g');
const times = svg('g');
const chart = svg('svg', { class: 'chart', role: 'img', 'aria-labelledby': 'chart-title chart-text', height: HEIGHT },
  title, description, grid, bands, times);
const figure = el('figure', {}, chart, el('figcaption', { class: 'muted' }, 'GPU seconds in each minute'));

const shares = table({
  caption: 'Shares of GPU time in the last hour, with the target by weight',
  keyOf: ({ key, user }) => JSON.stringify([key, user]),
  empty: 'Nobody has used a GPU in the last hour.',
  className: 'shares',
  columns: [
    { title: 'Principal', header: true, build: principalCell() },
    { title: 'Weight', numeric: true, build: text(one => one.weight ?? '–') },
    { title: 'GPU time', numeric: true, build: text(one => duration(one.gpu_seconds)) },
    { title: 'Share', numeric: true, build: text(one => percent(one.share)) },
    { title: 'Target', numeric: true, build: text(one => percent(one.target)) },
    { title: 'Against the target', build: bullet },
  ],
});
document.querySelector('#shares .body').append(figure, shares.node);

let last = null;
new ResizeObserver(() => last && draw(last)).observe(figure);

export function showShares({ shares: { principals, minutes } = { principals: [], minutes: 60 } }) {
  figure.hidden = principals.length === 0;
  setText(lead, principals.length > 0 ? 'The target of a principal is its weight divided by the weights of all listed principals.' : '');
  const most = Math.max(0.01, ...principals.flatMap(({ share, target }) => [share ?? 0, target ?? 0]));
  shares.update(principals, { most });
  last = { principals, minutes };
  draw(last);
}

function draw({ principals, minutes }) {
  if (principals.length === 0) {
    [grid, bands, times].forEach(group => keyed(group, []));
    setText(description, '');
    return;
  }
  const width = figure.clientWidth;
  if (width === 0) {
    return;
  }
  setAttribute(chart, 'viewBox', `0 0 ${width} ${HEIGHT}`);
  setAttribute(chart, 'width', width);
  const stacked = stack(principals.map(one => one.by_minute ?? []));
  const columns = stacked[0]?.length || minutes;
  const marks = ticks(Math.max(1, ...(stacked.at(-1) ?? []).map(band => band.to)));
  const x = index => round(EDGE.left + (index / columns) * (width - EDGE.left - EDGE.right));
  const y = value => round(HEIGHT - EDGE.bottom - (value / marks.at(-1)) * (HEIGHT - EDGE.top - EDGE.bottom));
  keyed(grid, marks, mark => mark, lineView, { x1: EDGE.left, x2: width - EDGE.right, y });
  keyed(bands, stacked.map((band, index) => ({ band, one: principals[index] })), ({ one }) => JSON.stringify([one.key, one.user]),
    bandView, { x, y });
  const labels = width < 420 ? [60, 30, 0] : [60, 45, 30, 15, 0];
  keyed(times, labels.filter(ago => ago <= minutes), ago => ago, timeView, { x, columns, minutes });
  setText(description, principals.map(one => `${who(one)}: ${percent(one.share)}, target ${percent(one.target)}`).join('; '));
}

const round = value => Math.round(value * 10) / 10;

function lineView() {
  const line = svg('line');
  const label = svg('text', { 'text-anchor': 'end', x: EDGE.left - 6 });
  return {
    node: svg('g', {}, line, label),
    update(mark, { x1, x2, y }) {
      Object.entries({ x1, x2, y1: y(mark), y2: y(mark) }).forEach(([name, value]) => setAttribute(line, name, value));
      setAttribute(label, 'y', y(mark) + 4);
      setText(label, mark);
    },
  };
}

function bandView() {
  const node = svg('path', { class: 'band' });
  return {
    node,
    update({ band, one }, { x, y }) {
      paint(node, one);
      setAttribute(node, 'd', stepPath(band, x, y));
    },
  };
}

function timeView() {
  const node = svg('text', { y: HEIGHT - 6 });
  return {
    node,
    update(ago, { x, columns, minutes }) {
      setAttribute(node, 'x', x(columns * (1 - ago / minutes)));
      setAttribute(node, 'text-anchor', ago === 0 ? 'end' : ago === minutes ? 'start' : 'middle');
      setText(node, ago === 0 ? 'now' : `${ago} min ago`);
    },
  };
}

function bullet(cell) {
  const bar = el('div', { class: 'bullet', 'aria-hidden': 'true' }, el('span', { class: 'target' }));
  const words = el('span', { class: 'hidden-text' });
  cell.append(bar, words);
  return (one, { most }) => {
    paint(bar, one);
    setLength(bar, '--fill', (one.share ?? 0) / most);
    setLength(bar, '--target', (one.target ?? 0) / most);
    bar.firstChild.hidden = one.target === null || one.target === undefined;
    setText(words, verdict(one));
  };
}

function verdict({ share, target }) {
  if (target === null || target === undefined) {
    return 'no target';
  }
  const points = Math.round((share - target) * 100);
  return points === 0 ? 'on target' : `${Math.abs(points)} points ${points > 0 ? 'above' : 'below'} the target`;
}
