import { el, setText } from './dom.js';
import { paint } from './palette.js';

// The content of a cell that names a principal: its colour, its user or key, and below it where the user comes from or what else is said.
export function principalCell(noteOf = () => '') {
  return cell => {
    const mark = el('span', { class: 'swatch', 'aria-hidden': 'true' });
    const name = el('span');
    const note = el('span', { class: 'line muted' });
    cell.append(el('span', { class: 'principal' }, mark, el('span', {}, name, note)));
    return one => {
      paint(mark, one);
      setText(name, one.user || (one.key === 'other' && one.share !== undefined ? 'all others' : one.key));
      setText(note, [one.user && `by key ${one.key}`, noteOf(one)].filter(Boolean).join(' · '));
    };
  };
}
