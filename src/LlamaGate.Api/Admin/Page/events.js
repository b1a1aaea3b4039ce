// Server-sent events out of pieces of text, cut anywhere.

const LONGEST = 16 * 1024 * 1024;

export class EventReader {
  #rest = '';
  #event = '';
  #data = [];

  // The events that this piece completes: [{ event, data }].
  read(piece) {
    const text = this.#rest + piece;
    const events = [];
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      if (end < 0) {
        break;
      }
      const line = text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end);
      start = end + 1;
      this.#take(line, events);
    }
    this.#rest = text.slice(start);
    if (this.#rest.length > LONGEST) {
      throw new Error('An event is too long.');
    }
    return events;
  }

  #take(line, events) {
    if (line === '') {
      if (this.#data.length > 0) {
        events.push({ event: this.#event || 'message', data: this.#data.join('\n') });
      }
      this.#event = '';
      this.#data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') {
      this.#event = value;
    } else if (field === 'data') {
      this.#data.push(value);
    }
  }
}

// Seconds until the next attempt: 1, 2, 4, 8, then 15, each up to a fifth shorter, so that many tabs do not come at once.
export function backOff(attempt, random = Math.random()) {
  return Math.min(15, 2 ** Math.min(attempt, 10)) * (1 - random / 5);
}
