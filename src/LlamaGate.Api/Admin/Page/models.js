import { actionButton } from './actions.js';
import { el, keyed, setAttribute, setText } from './dom.js';
import { bytes, context as contextText, duration, plural, who } from './format.js';
import { placeCalls } from './layout.js';
import { paint } from './palette.js';
import { cancelQuestion } from './queue.js';

// More free slots than this are one box.
const FREE_BOXES = 8;

// A loaded model of a host, with a picture of its slots.
export function modelView() {
  let current;
  let places = [];
  const name = el('h4');
  const tags = el('span', { class: 'tags' });
  const facts = el('span', { class: 'muted' });
  const slots = el('ul', { class: 'slots' });
  const unload = actionButton({ class: 'small' }, () => unloadQuestion(current.model, current.host));
  unload.append('Unload');
  const node = el('li', { class: 'model' },
    el('div', { class: 'model-head' }, el('div', {}, name, tags, facts), unload), slots);
  return {
    node,
    update(model, context) {
      current = { model, host: context.host };
      places = placeCalls(places, model.running, model.slots);
      setText(name, model.name);
      keyed(tags, tagsOf(model), tag => tag.text, tagView);
      setText(facts, factsOf(model));
      setAttribute(slots, 'aria-label',
        `Slots of ${model.name} on ${context.host.name}: ${model.running.length} of ${model.slots} busy`);
      keyed(slots, boxes(places, model.running), box => box.key, slotView, context);
      setAttribute(unload, 'aria-label', `Unload ${model.name} from host ${context.host.name}`);
      unload.hidden = model.pinned || context.host.state === 'down';
    },
  };
}

function tagsOf({ pinned, gate }) {
  return [
    pinned && { text: 'Pinned', kind: 'plain' },
    gate === 'closed' && { text: 'Gets no new calls', kind: 'closed' },
  ].filter(Boolean);
}

function tagView() {
  const node = el('span', { class: 'tag' });
  return {
    node,
    update({ text, kind }) {
      setText(node, text);
      setAttribute(node, 'data-kind', kind);
    },
  };
}

function factsOf({ context, vram_bytes: vram, size_bytes: size, slots, slots_learned: learned }) {
  return [
    context > 0 && `${contextText(context)} context`,
    memoryText(vram, size),
    `${plural(slots, 'slot')}${learned ? ', learned' : ''}`,
  ].filter(Boolean).join(' · ');
}

function memoryText(vram, size) {
  if (vram === 0 && size > 0) {
    return `${bytes(size)}, on the CPU`;
  }
  return size > vram && vram !== null ? `${bytes(vram)} of ${bytes(size)} in VRAM` : (vram ?? size) > 0 ? bytes(vram ?? size) : '';
}

function boxes(places, calls) {
  const byId = new Map(calls.map(call => [call.id, call]));
  const free = places.filter(id => id === null).length;
  const all = places.map((id, index) => (id === null ? { key: `free ${index}` } : { key: `call ${id}`, call: byId.get(id) }));
  return free <= FREE_BOXES
    ? all
    : [...all.filter(box => box.call), { key: 'free', free }];
}

function slotView({ call }) {
  return call ? busyView() : freeView();
}

function freeView() {
  const node = el('li', { class: 'slot free' });
  return { node, update: ({ free }) => setText(node, free ? `${free} free` : 'free') };
}

function busyView() {
  let current;
  const name = el('span', { class: 'who' });
  const time = el('span', { class: 'time' });
  const cancel = actionButton({ class: 'close' }, () => cancelQuestion(current, 'The call is running. Its answer so far will be lost.'));
  cancel.append('×');
  const node = el('li', { class: 'slot' }, el('span', { class: 'slot-text' }, name, time), cancel);
  return {
    node,
    update({ call }, { age }) {
      current = call;
      setText(name, who(call));
      setText(time, `${duration(Math.floor(call.seconds + age))}${call.priority === 'normal' ? '' : ` · ${call.priority}`}`);
      paint(node, call);
      setAttribute(node, 'title', who(call));
      setAttribute(cancel, 'aria-label', `Cancel the running call ${call.id} of ${who(call)}`);
    },
  };
}

function unloadQuestion(model, host) {
  const running = model.running.length;
  return {
    title: `Unload ${model.name}?`,
    text: `It is removed from the memory of ${host.name}. `
      + (running > 0 ? `${plural(running, 'call')} running there will finish first. ` : '')
      + 'The next call for it loads it again.',
    yes: 'Unload', danger: true,
    path: () => `hosts/${encodeURIComponent(host.name)}/models/${encodeURIComponent(model.name)}/unload`,
  };
}
