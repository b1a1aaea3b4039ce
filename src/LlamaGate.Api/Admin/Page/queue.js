import { actionButton } from './actions.js';
import { el, setAttribute, setText, table, text } from './dom.js';
import { count, duration, who, whole } from './format.js';
import { principalCell } from './principal.js';

// A call waits for a place, or for its model.
const modelOf = call => (call.state === 'loading' ? `${call.model}, which is being loaded` : call.model);

const OFF = 'Sharing is off: each call is sent to Ollama at once. Set SLOTS, HOSTS_FILE or a second host to turn it on.';
const lead = document.getElementById('queue-lead');

const calls = table({
  caption: 'Waiting calls, in the order in which they will start',
  keyOf: call => call.id,
  empty: 'No calls are waiting.',
  className: 'queue',
  columns: [
    { title: 'Place', numeric: true, build: text(call => whole(call.place)) },
    { title: 'Call', header: true, build: principalCell(modelOf) },
    { title: 'Class', build: priority },
    { title: 'Waited', numeric: true, build: text((call, { age }) => duration(Math.floor(call.waited + age))) },
    { title: 'Starts in', numeric: true, build: text((call, { age }) => starts(call, age)) },
    { title: 'Action', build: cancel },
  ],
});
document.querySelector('#queue .body').append(calls.node);

export function showQueue({ queue, sharing }, context) {
  setText(lead, sharing ? room(queue) : OFF);
  // Their position counts the calls for the same model only.
  calls.update(queue.calls.map((call, index) => ({ ...call, place: index + 1 })), context);
}

function room({ waiting, max, calls: listed }) {
  if (waiting === 0) {
    return `Up to ${whole(max)} calls can wait.`;
  }
  const cut = waiting > listed.length ? `; the first ${listed.length} are listed` : '';
  return `${count(waiting)} of at most ${whole(max)} calls wait${cut}.`;
}

function starts({ eta }, age) {
  if (eta === null || eta === undefined) {
    return 'unknown';
  }
  const left = Math.round(eta - age);
  return left > 0 ? `≈ ${duration(left)}` : 'soon';
}

function priority(cell) {
  const tag = el('span', { class: 'tag' });
  cell.append(tag);
  return call => {
    setText(tag, call.priority);
    setAttribute(tag, 'data-priority', call.priority);
  };
}

function cancel(cell) {
  let current;
  const button = actionButton({ class: 'small' }, () => cancelQuestion(current, 'The call is waiting and has not started.'));
  button.append('Cancel');
  cell.append(button);
  return call => {
    current = call;
    setAttribute(button, 'aria-label', `Cancel the waiting call ${call.id} of ${who(call)}`);
  };
}

export function cancelQuestion(call, state) {
  return {
    title: `Cancel the call of ${who(call)}?`,
    text: `${state} Its client gets the error "cancelled" (503) and may send the call again.`,
    yes: 'Cancel the call', danger: true,
    path: () => `calls/${encodeURIComponent(call.id)}/cancel`,
  };
}
