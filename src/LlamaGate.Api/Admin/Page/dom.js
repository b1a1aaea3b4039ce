// Builds and updates the document in place, so that focus, selection and scroll stay. Data gets in as text and attributes only.

const SVG = 'http://www.w3.org/2000/svg';

export function el(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else {
      setAttribute(node, name, value);
    }
  }
  node.append(...children);
  return node;
}

// Controls that would change how the text around them is read, above all the direction of writing, are shown as a mark.
const visible = value => String(value).replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

export function setText(node, text) {
  const value = visible(text ?? '');
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

// null and false remove it, true sets it empty.
export function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : visible(value);
  if (node.getAttribute(name) !== text) {
    node.setAttribute(name, text);
  }
}

// A length of a bar, as a custom property: styles inside the document are not allowed, those set by a script are.
export function setLength(node, name, share) {
  node.style.setProperty(name, `${(Math.max(0, Math.min(1, share)) * 100).toFixed(2)}%`);
}

const viewsOf = new WeakMap();

// One view for each item, in the order of the items. make(item) gives { node, update(item, context) }.
export function keyed(parent, items, keyOf, make, context) {
  const before = viewsOf.get(parent) ?? new Map();
  const views = new Map();
  for (const item of items) {
    const key = uniqueKey(views, String(keyOf(item)));
    const view = before.get(key) ?? make(item);
    view.update(item, context);
    views.set(key, view);
  }
  for (const [key, view] of before) {
    if (!views.has(key)) {
      removeKeepingFocus(view.node);
    }
  }
  arrange(parent, [...views.values()].map(view => view.node));
  viewsOf.set(parent, views);
}

function uniqueKey(views, key) {
  let unique = key;
  for (let number = 2; views.has(unique); number++) {
    unique = `${key} #${number}`;
  }
  return unique;
}

// Focus that would be lost goes to the heading of its section.
function removeKeepingFocus(node) {
  const heading = node.contains(document.activeElement) ? node.closest('section')?.querySelector('h2') : null;
  node.remove();
  heading?.focus({ preventScroll: true });
}

function arrange(parent, nodes) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  let place = parent.firstChild;
  for (const node of nodes) {
    if (node === place) {
      place = place.nextSibling;
    } else {
      parent.insertBefore(node, place);
    }
  }
  // A browser takes the focus from what is moved.
  if (focused && focused !== document.activeElement && focused.isConnected) {
    focused.focus({ preventScroll: true });
  }
}

// A table whose columns are { title, numeric?, header?, build(cell) }; build gives the function that shows an item in the cell.
// On a narrow screen a row is a card, whose cells show their column's title. The roles keep it a table for screen readers then.
export function table({ caption, columns, keyOf, empty, className = '' }) {
  const head = el('tr', { role: 'row' }, ...columns.map(({ title, numeric }) =>
    el('th', { scope: 'col', role: 'columnheader', class: numeric ? 'number' : null }, title)));
  const body = el('tbody', { role: 'rowgroup' });
  const grid = el('table', { role: 'table', class: className },
    el('caption', { class: 'hidden-text' }, caption), el('thead', { role: 'rowgroup' }, head), body);
  const nothing = el('p', { class: 'empty' }, empty);
  return {
    node: el('div', {}, nothing, grid),
    update(items, context) {
      nothing.hidden = items.length > 0;
      grid.hidden = items.length === 0;
      keyed(body, items, keyOf, () => tableRow(columns), context);
    },
  };
}

function tableRow(columns) {
  const cells = columns.map(({ title, numeric, header }) => (header
    ? el('th', { scope: 'row', role: 'rowheader', 'data-title': title, class: numeric ? 'number' : null })
    : el('td', { role: 'cell', 'data-title': title, class: numeric ? 'number' : null })));
  const updates = columns.map(({ build }, index) => build(cells[index]));
  return {
    node: el('tr', { role: 'row' }, ...cells),
    update: (item, context) => updates.forEach(update => update(item, context)),
  };
}

// A column's build for plain text.
export const text = read => cell => (item, context) => setText(cell, read(item, context));
