// Compares what a document shows with what a command printed. … in a document stands for anything; ids and times differ.
const anything = '…';
const changing = [
  [/\b(chatcmpl|cmpl|resp|msg|call|rs|fc)([-_])[A-Za-z0-9]{8,}/g, '$1$2ID'],
  [/\b[0-9a-f]{32}\b/g, 'HEX'],
  [/"(created|created_at|completed_at|time|ttft_ms|upstream_ms)":\s*\d+/g, '"$1":0'],
  [/"latency":"[0-9.]+s"/g, '"latency":"0s"'],
  [/dur=[0-9.]+/g, 'dur=0'],
  [/^(Date|openai-processing-ms|x-ratelimit-reset-requests): .*$/gim, '$1: …'],
];
const changingMembers = new Set(['created', 'created_at', 'completed_at', 'time', 'ttft_ms', 'upstream_ms', 'latency']);

/** What does not fit, in words; null when it fits. */
export function difference(expected, actual) {
  const [shown, printed] = [parsed(expected), parsed(actual)];
  if (shown !== undefined && printed !== undefined) {
    return memberDifference(shown, printed, '');
  }

  const pattern = normal(expected).split(anything).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^]*?')}$`).test(normal(actual))
    ? null
    : `shown:\n${expected.trimEnd()}\nprinted:\n${actual.trimEnd()}`;
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

function normal(text) {
  const lines = text.replaceAll('\r', '').split('\n').map((line) => line.trimEnd()).join('\n').trim();
  return changing.reduce((so, [what, by]) => so.replace(what, by), lines);
}

function memberDifference(shown, printed, path) {
  if (shown === anything || changingMembers.has(path.split('.').at(-1))) {
    return printed === undefined ? `${path} is not printed` : null;
  }

  if (shown === null || printed === null || typeof shown !== 'object' || typeof printed !== 'object') {
    return sameValue(shown, printed)
      ? null
      : `${path} is shown as ${JSON.stringify(shown)} and printed as ${JSON.stringify(printed)}`;
  }

  if (Array.isArray(shown) && shown.at(-1) === anything) {
    return firstDifference([...shown.keys()].slice(0, -1), shown, printed, path);
  }

  return firstDifference(new Set([...Object.keys(shown), ...Object.keys(printed)]), shown, printed, path);
}

function firstDifference(keys, shown, printed, path) {
  for (const key of keys) {
    const found = memberDifference(shown[key], printed[key], `${path}.${key}`);
    if (found) {
      return found;
    }
  }

  return null;
}

function sameValue(shown, printed) {
  if (typeof shown === 'string' && typeof printed === 'string') {
    return difference(`"${shown}`, `"${printed}`) === null;
  }

  return shown === printed;
}
