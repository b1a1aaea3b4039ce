import { setAttribute } from './dom.js';

const COLOURS = 12;
const given = new Map();

// The colours of principals by name. The largest shares come first, so they get the colours that differ most; a principal keeps its own.
export function assign(principals) {
  const listed = principals.filter(({ key, user }) => key !== 'other' || user).map(nameOf);
  if (given.size + listed.length > COLOURS) {
    for (const name of given.keys()) {
      if (!listed.includes(name)) {
        given.delete(name);
      }
    }
  }
  for (const name of listed) {
    if (!given.has(name)) {
      const taken = new Set(given.values());
      const free = Array.from({ length: COLOURS }, (_, number) => number).find(number => !taken.has(number));
      if (free !== undefined) {
        given.set(name, free);
      }
    }
  }
}

export function paint(node, principal) {
  setAttribute(node, 'data-colour', given.get(nameOf(principal)) ?? 'other');
}

const nameOf = ({ key, user }) => JSON.stringify([key, user ?? null]);
