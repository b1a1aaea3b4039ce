// Fills in the address by which this page was opened, and adds the buttons that copy the examples.

const base = new URL('v1', document.baseURI).href;
for (const place of document.querySelectorAll('[data-base]')) {
  place.textContent = base;
}

const copied = document.getElementById('copied');
for (const example of document.querySelectorAll('pre')) {
  // A browser offers it on https and localhost only.
  if (navigator.clipboard) {
    addButton(example);
  }
}

function addButton(example) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-describedby', example.getAttribute('aria-labelledby'));
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(example.textContent);
      say(button, 'Copied');
    } catch {
      say(button, 'Not copied');
    }
  });
  const frame = document.createElement('div');
  frame.className = 'example';
  example.replaceWith(frame);
  frame.append(example, button);
}

function say(button, result) {
  button.textContent = result;
  copied.textContent = result;
  setTimeout(() => {
    button.textContent = 'Copy';
    copied.textContent = '';
  }, 2000);
}
