import { el, setAttribute, setText, table, text } from './dom.js';
import { duration } from './format.js';

const section = document.getElementById('cluster');
const lead = document.getElementById('cluster-lead');
const STATES = { active: 'Works', joining: 'Joins', leaving: 'Leaves' };

const members = table({
  caption: 'Gateways that act as one',
  keyOf: ({ address }) => address,
  empty: 'This gateway has not joined the others yet.',
  className: 'members',
  columns: [
    { title: 'Gateway', header: true, build: who },
    { title: 'State', build: state },
    { title: 'Up', numeric: true, build: text(({ up }) => duration(up)) },
    { title: 'Role', build: text(({ self, scheduler }) => [self && 'this one', scheduler && 'holds the queue'].filter(Boolean).join(' · ')) },
  ],
});
section.querySelector('.body').append(members.node);

export function showCluster({ cluster, now }) {
  section.hidden = !cluster;
  if (!cluster) {
    setText(lead, '');
    members.update([]);
    return;
  }
  const ago = instant => instant ? (Date.parse(now) - Date.parse(instant)) / 1000 : null;
  const { redis } = cluster;
  setText(lead, [
    cluster.reason && `This gateway is no member: ${cluster.reason}`,
    `Redis ${redis.address} ${redis.up ? 'answers' : 'has been away'} for ${duration(ago(redis.since))}`,
  ].filter(Boolean).join(' · '));
  members.update(cluster.members.map(member => ({ ...member, up: ago(member.since) })));
}

function who(cell) {
  const name = el('span', { class: 'line' });
  const address = el('span', { class: 'line muted' });
  cell.append(name, address);
  return member => {
    setText(name, member.name);
    setText(address, member.address);
  };
}

function state(cell) {
  const tag = el('span', { class: 'tag' });
  cell.append(tag);
  return member => {
    setText(tag, STATES[member.state] ?? member.state);
    setAttribute(tag, 'data-outcome', member.state === 'active' ? 'ok' : 'running');
  };
}
