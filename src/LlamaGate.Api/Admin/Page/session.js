const NAME = 'llamagate-admin-key';

// The key is kept for this tab: it survives a reload and goes when the tab is closed. A browser may forbid even that.
export function keptKey() {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return null;
  }
}

export function keepKey(key) {
  try {
    sessionStorage.setItem(NAME, key);
  } catch {
    // The key lasts until the next reload then.
  }
}

export function forgetKey() {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // Nothing was kept.
  }
}

// What is wrong with what was typed, '' if it can be sent.
export function keyFault(key) {
  if (key === '') {
    return 'Enter the admin key.';
  }
  return /^[\x21-\x7e]+$/.test(key) ? '' : 'A key has no spaces and only ASCII characters. Check what you pasted.';
}

// Why the gateway refused the key, in words. It refuses a foreign address of the page with 403 too, and explains that itself.
export function refusal({ status, code, message }) {
  switch (status) {
    case 401:
      return `The gateway does not accept this key. ${message || 'Check that it is complete.'}`;
    case 403:
      return code === 'admin_only' || !message
        ? 'This key is valid, but has no administrator rights. Use ADMIN_KEY, or a key of KEYS_FILE with "admin": true.'
        : message;
    default:
      return 'This gateway has no admin key, so this page is disabled. Set ADMIN_KEY, or give a key of KEYS_FILE "admin": true.';
  }
}
