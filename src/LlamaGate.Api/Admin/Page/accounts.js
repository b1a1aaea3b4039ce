import { el, setAttribute, setLength, setText, table, text } from './dom.js';
import { count, duration, percent } from './format.js';
import { fill } from './layout.js';
import { principalCell } from './principal.js';

const lead = document.getElementById('accounts-lead');

const accounts = table({
  caption: 'Use of today by key, with quotas',
  keyOf: account => account.key,
  empty: 'There were no calls today.',
  className: 'accounts',
  columns: [
    { title: 'Key', header: true, build: principalCell() },
    { title: 'Calls', numeric: true, build: text(account => count(account.calls)) },
    { title: 'Tokens in', numeric: true, build: text(account => count(account.tokens_in)) },
    { title: 'Tokens out', numeric: true, build: text(account => count(account.tokens_out)) },
    { title: 'GPU time', numeric: true, build: text(account => duration(account.gpu_seconds)) },
    { title: 'Waited', numeric: true, build: text(account => duration(account.waited)) },
    { title: 'From cache', numeric: true, build: text(cached) },
    { title: 'Quota of tokens', build: quota(account => account.tokens_used, account => account.tokens_per_day, count) },
    { title: 'Quota of GPU time', build: quota(account => account.gpu_seconds_used, account => account.gpu_seconds_per_day, duration) },
  ],
});
document.querySelector('#accounts .body').append(accounts.node);

export function showAccounts({ accounts: { day, keys } = { keys: [] }, store }) {
  setText(lead, [day && `${day}, UTC`, storeText(store)].filter(Boolean).join(' · '));
  accounts.update(keys);
}

function storeText(store) {
  if (!store) {
    return '';
  }
  if (store.fault) {
    return `Currently not stored: ${store.fault}`;
  }
  return store.persistent ? 'Kept in DATA_DIR' : 'Kept in memory, until the gateway stops: DATA_DIR is not set';
}

function cached({ cache_hits: hits, tokens_saved: saved }) {
  return hits > 0 ? `${count(hits)} (${count(saved)} tokens)` : count(hits);
}

function quota(usedOf, limitOf, format) {
  return cell => {
    const numbers = el('span');
    const part = el('span');
    const bar = el('div', { class: 'bar', 'aria-hidden': 'true' });
    const line = el('span', { class: 'meter-text' }, numbers, part);
    cell.append(el('div', { class: 'meter' }, line, bar));
    return account => {
      const limit = limitOf(account);
      const isLimited = limit !== null && limit !== undefined;
      bar.hidden = part.hidden = !isLimited;
      setText(numbers, isLimited ? `${format(usedOf(account))} of ${format(limit)}` : 'No limit');
      setAttribute(numbers, 'class', isLimited ? null : 'muted');
      const share = fill(usedOf(account), limit);
      setText(part, isLimited ? (share >= 1 ? 'used up' : percent(share)) : '');
      setLength(bar, '--fill', share);
      setAttribute(bar, 'data-full', isLimited && share >= 0.9);
    };
  };
}
