import { el, keyed, setAttribute, setText } from './dom.js';

const section = document.getElementById('warnings');
const list = section.querySelector('ul');
const ORDER = { error: 0, warning: 1 };

export function showWarnings(warnings) {
  section.hidden = warnings.length === 0;
  const ordered = [...warnings].sort((one, other) => (ORDER[one.severity] ?? 2) - (ORDER[other.severity] ?? 2));
  keyed(list, ordered, ({ id, text }) => `${id} ${text}`, warningView);
}

function warningView() {
  const kind = el('strong', { class: 'kind' });
  const what = el('span');
  const action = el('span', { class: 'do' });
  const node = el('li', {}, kind, el('p', {}, what, ' ', action));
  return {
    node,
    update({ severity, text, action: todo }) {
      setAttribute(node, 'data-severity', severity);
      setText(kind, severity === 'error' ? 'Error' : 'Warning');
      setText(what, text);
      setText(action, todo);
    },
  };
}
