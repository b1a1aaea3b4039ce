import { EventReader, backOff } from './events.js';

// The gateway sends at least every 5 s. After this silence the connection is taken for dead.
const LONGEST_SILENCE = 15_000;
const REFUSALS = [401, 403, 404];

// Reads /admin/api/events and connects again until it is closed or refused.
//   onStatus(status)          each status, before the state says "live"
//   onState(state)            { name: 'connecting' } | { name: 'live' } | { name: 'away', since, reason }
//                             | { name: 'refused', status, code, message }
export class Connection {
  #url; #key; #onStatus; #onState;
  #closed = false;
  #abort = null;
  #wake = () => {};
  #since = null;

  constructor({ url, key, onStatus, onState }) {
    this.#url = url;
    this.#key = key;
    this.#onStatus = onStatus;
    this.#onState = onState;
    addEventListener('online', this.#retryNow);
    document.addEventListener('visibilitychange', this.#retryNow);
    this.#run();
  }

  close() {
    this.#closed = true;
    removeEventListener('online', this.#retryNow);
    document.removeEventListener('visibilitychange', this.#retryNow);
    this.#abort?.abort();
    this.#wake();
  }

  #retryNow = () => {
    if (!document.hidden) {
      this.#wake();
    }
  };

  async #run() {
    this.#onState({ name: 'connecting' });
    for (let attempt = 0; !this.#closed; attempt++) {
      const got = await this.#readOnce();
      if (this.#closed) {
        return;
      }
      if (got.refused) {
        this.close();
        this.#onState({ name: 'refused', ...got.refused });
        return;
      }
      if (got.any) {
        attempt = 0;
      }
      this.#since ??= new Date();
      this.#onState({ name: 'away', since: this.#since, reason: got.reason ?? '' });
      await this.#pause(backOff(attempt) * 1000);
    }
  }

  #pause(milliseconds) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  // One connection, to its end. Every failure but a refusal is a reason to try again.
  async #readOnce() {
    this.#abort = new AbortController();
    let any = false;
    let watch = 0;
    const listen = () => {
      clearTimeout(watch);
      watch = setTimeout(() => this.#abort.abort(), LONGEST_SILENCE);
    };
    try {
      listen();
      const answer = await fetch(this.#url, {
        headers: { Authorization: `Bearer ${this.#key}`, Accept: 'text/event-stream' },
        signal: this.#abort.signal, cache: 'no-store', credentials: 'omit', redirect: 'error',
      });
      if (!answer.ok) {
        const error = await errorOf(answer);
        return REFUSALS.includes(answer.status) ? { refused: { status: answer.status, ...error } } : { any, reason: error.message };
      }
      const reader = answer.body.getReader();
      const decoder = new TextDecoder();
      const events = new EventReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || this.#closed) {
          return { any };
        }
        listen();
        for (const { event, data } of events.read(decoder.decode(value, { stream: true }))) {
          if (event === 'status') {
            this.#take(JSON.parse(data));
            any = true;
          }
        }
      }
    } catch {
      return { any };
    } finally {
      clearTimeout(watch);
      this.#abort.abort();
    }
  }

  #take(status) {
    this.#since = null;
    this.#onStatus(status);
    this.#onState({ name: 'live' });
  }
}

// What the gateway says about an error, if it says something.
export async function errorOf(answer) {
  try {
    const { error } = await answer.json();
    return { message: String(error?.message ?? ''), code: String(error?.code ?? '') };
  } catch {
    return { message: '', code: '' };
  }
}
