import { el, keyed, setAttribute, setText } from './dom.js';
import { bytes, count, duration, plural } from './format.js';

const list = document.querySelector('#summary dl');

export function showSummary(status) {
  keyed(list, tiles(status), tile => tile.name, tileView);
}

const sum = (items, read) => items.reduce((total, item) => total + (read(item) ?? 0), 0);

function tiles({ hosts, queue, accounts, sharing }) {
  const away = hosts.filter(host => host.state !== 'up');
  const up = { name: 'Hosts up', value: `${hosts.length - away.length} of ${hosts.length}`, note: awayText(away), alarm: away.length > 0 };
  if (!sharing) {
    return [up];
  }
  const models = sum(hosts, host => host.models?.length);
  const first = queue.calls[0];
  const today = accounts?.keys ?? [];
  const sizes = hosts.filter(host => host.state !== 'down').map(host => host.vram_bytes);
  return [
    up,
    {
      name: 'Slots busy', value: `${sum(hosts, host => host.slots_busy)} of ${sum(hosts, host => host.slots)}`,
      note: `${plural(models, 'model')} loaded`,
    },
    { name: 'Calls waiting', value: count(queue.waiting), note: first?.eta > 0 ? `next in ≈ ${duration(Math.round(first.eta))}` : '' },
    {
      name: 'VRAM in use', value: bytes(sum(hosts, host => host.vram_used_bytes)),
      note: sizes.length > 0 && sizes.every(size => size > 0) ? `of ${bytes(sum(sizes, size => size))}` : '',
    },
    {
      name: 'Calls today', value: count(sum(today, key => key.calls)),
      note: `${count(sum(today, key => key.tokens_in + key.tokens_out))} tokens`,
    },
    {
      name: 'GPU time today', value: duration(sum(today, key => key.gpu_seconds)),
      note: `${duration(sum(today, key => key.waited))} waited`,
    },
  ];
}

function awayText(away) {
  const [first] = away;
  return away.length > 1 ? `${away.length} are down or draining` : first ? `${first.name} is ${first.state}` : '';
}

function tileView() {
  const name = el('dt');
  const value = el('dd', { class: 'value' });
  const note = el('dd', { class: 'muted' });
  const node = el('div', {}, name, value, note);
  return {
    node,
    update(tile) {
      setText(name, tile.name);
      setText(value, tile.value);
      setText(note, tile.note ?? '');
      setAttribute(node, 'data-alarm', tile.alarm ?? false);
    },
  };
}
