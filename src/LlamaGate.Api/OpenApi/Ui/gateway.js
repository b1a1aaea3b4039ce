// Extends Swagger UI: opens chosen tags only, folds what is read rarely, and shows a stream while it comes. A file of its own, because the
// page's content policy allows no script inside it.
'use strict';

/** The tags that are open at first; filled in by the gateway. */
const expandedTags = [];

/** The last streamed answer, and who draws it. */
const streams = { last: null, listeners: new Set() };

function publish(stream) {
  streams.last = stream;
  streams.listeners.forEach(listener => listener(stream));
}

/** Swagger UI shows an answer when it is complete. This reads a copy of it as it arrives. */
async function follow(request, response) {
  const sentAt = performance.now();
  const decoder = new TextDecoder();
  let [rest, text, chunks, firstAfter] = ['', '', 0, null];
  const show = isOver => publish({
    path: new URL(request.url, location.href).pathname, method: request.method.toLowerCase(), text, chunks, firstAfter, isOver,
    seconds: (performance.now() - sentAt) / 1000,
  });
  show(false);
  try {
    for await (const bytes of response.body) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        const piece = pieceOf(line);
        if (piece !== null) {
          chunks++;
          text += piece;
          firstAfter ??= (performance.now() - sentAt) / 1000;
        }
      }
      show(false);
    }
  } catch {
    // Swagger UI reads the other copy, and reports what went wrong.
  }
  show(true);
}

/** The text in a line of a stream of any of the gateway's APIs; null for a line that is not a chunk. */
function pieceOf(line) {
  const json = line.startsWith('data: {') ? line.slice(6) : line.startsWith('{') ? line : null;
  if (json === null) {
    return null;
  }
  let chunk;
  try {
    chunk = JSON.parse(json);
  } catch {
    return null;
  }
  const choice = chunk.choices?.[0];
  const delta = typeof chunk.delta === 'string' ? chunk.delta : chunk.delta?.text;
  return choice?.delta?.content ?? choice?.text ?? delta ?? chunk.message?.content ?? chunk.response ?? '';
}

function isStream(response) {
  return /^(text\/event-stream|application\/x-ndjson)/.test(response.headers.get('Content-Type') ?? '');
}

function watch(request) {
  request.userFetch = async (url, options) => {
    publish(null);
    const response = await fetch(url, options);
    if (isStream(response)) {
      follow(request, response.clone());
    }
    return response;
  };
  return request;
}

const gatewayPlugin = ({ React }) => {
  const h = React.createElement;

  /** A summary that opens what it summarizes. */
  const Fold = ({ title, children }) => h('details', { className: 'gateway-fold' }, h('summary', null, title), children);

  const LiveStream = ({ path, method, isShown }) => {
    const [stream, setStream] = React.useState(streams.last);
    React.useEffect(() => {
      streams.listeners.add(setStream);
      return () => streams.listeners.delete(setStream);
    }, []);
    // Clear removes Swagger UI's own answer, and this one with it.
    if (stream === null || (stream.isOver && !isShown) || stream.method !== method || !stream.path.endsWith(path)) {
      return null;
    }
    const first = stream.firstAfter === null ? 'no chunk yet' : `first after ${stream.firstAfter.toFixed(2)} s`;
    const state = stream.isOver ? `complete after ${stream.seconds.toFixed(2)} s` : 'arriving';
    return h('section', { className: 'gateway-stream', 'aria-label': 'Stream' },
      h('p', null, `Stream: ${stream.chunks} chunks, ${first}, ${state}`),
      h('pre', { tabIndex: 0 }, stream.text || ' '));
  };

  const Response = Original => props => /^2/.test(props.code) ? h(Original, props)
    : h('tr', { className: 'response gateway-response', 'data-code': props.code },
      h('td', { colSpan: 3 }, h(Fold, { title: `${props.code}  ${summaryOf(props.response)}` },
        h('table', null, h('tbody', null, h(Original, props))))));

  const Responses = Original => props =>
    h(React.Fragment, null, h(LiveStream, { path: props.path, method: props.method, isShown: Boolean(props.tryItOutResponse) }), h(Original, props));

  const Headers = Original => props => {
    const count = props.headers?.size ?? 0;
    return count === 0 ? null : h(Fold, { title: `${count} headers` }, h(Original, props));
  };

  /** Headings go from the page's to the tags' without a gap. */
  const Operations = Original => props =>
    h(React.Fragment, null, h('h2', { className: 'gateway-hidden' }, 'Endpoints'), h(Original, props));

  const InfoContainer = Original => props => h('section', { 'aria-label': 'About this API' }, h(Original, props));

  /** A link inside a button is in the way of screen readers. The button itself keeps the address in the address bar up to date. */
  const DeepLink = () => ({ text }) => h('span', { className: 'nostyle' }, text);

  /** The document says how to send a key even if this gateway needs none; then there is nothing to unlock. */
  const Padlock = (Original, { specSelectors }) => props => needsKey(specSelectors.specJson()) ? h(Original, props) : null;

  /** The document names one server, so there is nothing to choose. */
  const NoServers = () => () => null;

  const OperationTag = Original => props => h(Original, {
    ...props,
    getConfigs: () => ({ ...props.getConfigs(), docExpansion: expandedTags.includes(props.tag) ? 'list' : 'none' }),
  });

  return {
    wrapComponents: {
      response: Response, responses: Responses, headers: Headers, operations: Operations, InfoContainer, DeepLink, OperationTag,
      AuthorizeBtnContainer: Padlock, authorizeOperationBtn: Padlock, ServersContainer: NoServers,
    },
  };
};

/** Whether any operation of the document refuses a request without a key. */
function needsKey(description) {
  const operations = description.get('paths')?.valueSeq().flatMap(methods => methods.valueSeq());
  return operations?.some(operation => operation.get('security')?.size > 0 && operation.get('security').every(way => way.size > 0)) ?? false;
}

function summaryOf(response) {
  return (response?.get?.('description') ?? '').split(/[.\n]/)[0].replaceAll('`', '');
}

/** Names and keyboard access where Swagger UI gives none. */
function makeAccessible() {
  const names = {
    'textarea.body-param__text': 'Request body',
    'select.examples-select-element': 'Example',
    'select.content-type': 'Media type',
    '.parameters input, .parameters select': 'Value of the parameter',
  };
  for (const [selector, name] of Object.entries(names)) {
    document.querySelectorAll(`#swagger-ui :is(${selector}):not([aria-label])`).forEach(element => element.setAttribute('aria-label', name));
  }
  document.querySelectorAll('#swagger-ui pre.microlight:not([tabindex])').forEach(text => text.setAttribute('tabindex', '0'));
}

new MutationObserver(makeAccessible).observe(document.getElementById('swagger-ui'), { childList: true, subtree: true });

const createUI = window.SwaggerUIBundle;
// The base layout has no bar with another product's logo. It takes one document and not a list of them.
window.SwaggerUIBundle = Object.assign(({ urls: [description], ...options }) => createUI({
  ...options,
  url: description.url,
  layout: 'BaseLayout',
  requestInterceptor: watch,
  plugins: [...(options.plugins ?? []), gatewayPlugin],
}), createUI);
