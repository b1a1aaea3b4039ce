import { el, setText } from './dom.js';
import { errorOf } from './connection.js';

const dialog = document.getElementById('confirm');
const title = document.getElementById('confirm-title');
const explanation = document.getElementById('confirm-text');
const choice = document.getElementById('confirm-choice');
const select = document.getElementById('confirm-select');
const yes = document.getElementById('confirm-yes');
const no = document.getElementById('confirm-no');
const results = document.getElementById('results');
const SHOWN = 15_000;

// Two regions that are there from the start: screen readers announce only what changes in a region they know.
const good = el('div', { role: 'status' });
const bad = el('div', { role: 'alert' });
results.append(good, bad);

let send = null;

// post(path) sends an action with the key of this tab.
export function useSender(post) {
  send = post;
}

// The button that starts an action. read() gives, when it is pressed, what the dialog says and the path:
//   { title, text, yes, danger, choices, path(choice) }
export function actionButton(attributes, read) {
  let busy = false;
  const button = el('button', {
    type: 'button', ...attributes,
    onclick: async () => {
      if (busy) {
        return;
      }
      const question = read();
      const chosen = await ask(question);
      if (chosen === null) {
        return;
      }
      busy = true;
      button.setAttribute('aria-disabled', 'true');
      await act(question.path(chosen));
      busy = false;
      button.removeAttribute('aria-disabled');
    },
  });
  return button;
}

// The chosen value, '' where there is nothing to choose, null when it was cancelled.
function ask(question) {
  setText(title, question.title);
  setText(explanation, question.text);
  setText(yes, question.yes);
  yes.className = question.danger ? 'danger' : 'primary';
  choice.hidden = !question.choices;
  select.replaceChildren(...(question.choices ?? []).map(name => el('option', { value: name }, name)));
  dialog.returnValue = '';
  dialog.showModal();
  (question.choices ? select : question.danger ? no : yes).focus();
  return new Promise(resolve => dialog.addEventListener(
    'close', () => resolve(dialog.returnValue === 'yes' ? select.value : null), { once: true }));
}

// Leaves nothing of an action in the document: neither a question, nor its result, which may be yet to come.
export function closeActions() {
  send = null;
  if (dialog.open) {
    dialog.close('');
  }
  [title, explanation, yes, select, good, bad].forEach(node => node.replaceChildren());
}

async function act(path) {
  const post = send;
  const [region, message] = await post(path).then(resultOf)
    .catch(() => [bad, 'The gateway did not answer, so the result is unknown. Check the figures.']);
  if (send === post) {
    show(region, message);
  }
}

async function resultOf(answer) {
  if (answer.ok) {
    const body = await answer.json();
    return [good, String(body.message ?? 'Done.')];
  }
  const { message } = await errorOf(answer);
  return [bad, message || `The gateway answered with status ${answer.status}.`];
}

function show(region, message) {
  good.replaceChildren();
  bad.replaceChildren();
  const note = el('p', { class: region === bad ? 'result bad' : 'result' }, el('span', {}, message));
  note.append(el('button', { type: 'button', class: 'close', 'aria-label': 'Close the message', onclick: () => note.remove() }, '×'));
  region.append(note);
  if (region === good) {
    setTimeout(() => note.contains(document.activeElement) || note.remove(), SHOWN);
  }
}

// Values here, and not attributes: the key and Enter work in both buttons.
yes.value = 'yes';
no.addEventListener('click', () => dialog.close(''));
