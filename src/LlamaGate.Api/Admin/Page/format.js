// Numbers as people read them. Unknown values are a dash. No function here touches the document.

const UNKNOWN = '–';
const SPACE = '\u202f';
const isKnown = value => typeof value === 'number' && Number.isFinite(value);

// Three significant digits at most, without needless zeros: 1.2, 12.3, 123.
function short(value) {
  const digits = value >= 99.95 ? 0 : 1;
  return String(Number(value.toFixed(digits)));
}

// In steps of a thousand, with a unit from units; a value that rounds up to a thousand gets the next unit.
function scaled(value, units) {
  let step = 0;
  while (step < units.length - 1 && Number(short(value)) >= 1000) {
    value /= 1000;
    step++;
  }
  return `${step === 0 ? String(Math.round(value)) : short(value)}${units[step] && SPACE}${units[step]}`;
}

export function count(value) {
  return isKnown(value) ? scaled(value, ['', 'k', 'M', 'G', 'T']) : UNKNOWN;
}

// Every digit, for limits that somebody has set: 1,000.
export function whole(value) {
  return isKnown(value) ? Math.round(value).toLocaleString('en') : UNKNOWN;
}

export function bytes(value) {
  return isKnown(value) ? scaled(value, ['B', 'kB', 'MB', 'GB', 'TB']) : UNKNOWN;
}

export function percent(share) {
  if (!isKnown(share)) {
    return UNKNOWN;
  }
  return share > 0 && share < 0.005 ? '<1%' : `${Math.round(share * 100)}%`;
}

export function duration(seconds) {
  if (!isKnown(seconds)) {
    return UNKNOWN;
  }
  const rest = Math.max(0, seconds);
  if (rest < 9.95) {
    return `${Number(rest.toFixed(1))}${SPACE}s`;
  }
  const whole = Math.round(rest);
  if (whole < 60) {
    return `${whole}${SPACE}s`;
  }
  if (whole < 3600) {
    return pair(Math.floor(whole / 60), 'min', whole % 60, 's');
  }
  const minutes = Math.round(rest / 60);
  return minutes < 1440
    ? pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
    : pair(Math.floor(minutes / 1440), 'd', Math.floor((minutes % 1440) / 60), 'h');
}

function pair(large, unit, small, smaller) {
  return small === 0 ? `${large}${SPACE}${unit}` : `${large}${SPACE}${unit} ${small}${SPACE}${smaller}`;
}

// A context length: a multiple of 1024 in the short form that people use for models, 8K.
export function context(tokens) {
  if (!isKnown(tokens)) {
    return UNKNOWN;
  }
  return tokens >= 1024 && tokens % 1024 === 0 ? `${tokens / 1024}K` : count(tokens);
}

export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

// The reader's own time of day.
export function clock(instant) {
  const time = instant instanceof Date ? instant : new Date(instant ?? NaN);
  return Number.isNaN(time.getTime())
    ? UNKNOWN
    : [time.getHours(), time.getMinutes(), time.getSeconds()].map(part => String(part).padStart(2, '0')).join(':');
}

export function who({ key, user }) {
  return user ? `${user} (${key})` : key ?? UNKNOWN;
}

const REASONS = {
  first: 'It was not loaded on any host',
  copy: 'An additional copy for waiting calls',
  switch: 'Its turn: calls waited for it',
  grow: 'A larger context was needed',
  foreign: 'Reloaded by a client that does not use this gateway',
  admin: 'By an administrator',
};

export function reason(word) {
  return REASONS[word] ?? word ?? UNKNOWN;
}
