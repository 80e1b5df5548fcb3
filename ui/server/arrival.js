// Says on the page itself why nothing comes where something stands between the browser and the app. Streamlit's own page
// stays blank then, and its scripts may not even load: this one stands in the page.
(() => {
  const MILLISECONDS = 10000; // a server that has just started needs some of them
  const GUIDE = 'See docs/behind-a-proxy.md.';
  /** @type {Record<number, string>} */
  const UPLOADS = {
    413: 'A file was refused on its way: too large for a program between the browser and the app (413). Raise its limit ' +
      `(nginx: client_max_body_size 700m;). ${GUIDE}`,
    403: 'A file was refused on its way (403): the page’s cookie or address did not reach the app. Let the browser keep ' +
      `cookies of this page, and a proxy pass the host on (nginx: proxy_set_header Host $http_host;). ${GUIDE}`,
  };

  const place = new URL('./', window.location.origin + window.location.pathname);
  /** @type {HTMLElement | null} */
  let shown = null;

  /** @param {string} text */
  function say(text) {
    if (!shown) {
      shown = document.createElement('div');
      shown.setAttribute('role', 'alert');
      shown.style.cssText = 'position:fixed;inset:0 0 auto 0;z-index:1000000;padding:1rem;background:#fdf0d5;' +
        'color:#0e161c;font:1rem/1.5 sans-serif;border-bottom:1px solid #8a5a00;overflow-wrap:anywhere;cursor:pointer';
      shown.title = 'Press to close';
      shown.onclick = () => hide();
      document.body.append(shown);
    }
    shown.textContent = text;
  }

  function hide() {
    shown?.remove();
    shown = null;
  }

  const connected = () => document.querySelector('[data-testid=stApp][data-test-connection-state=CONNECTED]') !== null;

  // Whether the server takes the connection through which everything else comes; null where it does not answer in time.
  const socketOpens = () => new Promise((tell) => {
    const socket = new WebSocket(new URL('_stcore/stream', place).href.replace(/^http/, 'ws'), 'streamlit');
    /** @param {boolean | null} opens */
    const end = (opens) => { socket.onopen = socket.onerror = null; socket.close(); tell(opens); };
    socket.onopen = () => end(true);
    socket.onerror = () => end(false);
    setTimeout(() => end(null), MILLISECONDS);
  });

  async function reason() {
    // Browsers name the page's own origin with this method, as they do to open the connection; the app refuses the method.
    const answer = await fetch(new URL('_stcore/health', place), { method: 'POST' });
    const text = await answer.text();
    if (answer.status === 403 && text.startsWith('Expected')) return text;
    const health = await fetch(new URL('_stcore/health', place));
    if (await health.text() !== 'ok') {
      return `Expected the app below ${place.pathname}; got another answer (${health.status}). Start the app with ` +
        `--server.baseUrlPath set to the path below which a proxy passes it on. ${GUIDE}`;
    }
    if (await socketOpens() !== false) return null;
    return 'Expected a lasting connection to the app (a WebSocket); it was refused on its way. Let the proxy pass it on ' +
      `(nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";). ${GUIDE}`;
  }

  async function watch() {
    if (connected()) return hide();
    const text = await reason().catch(() => null); // null: the server is away, which the browser or Streamlit says
    if (connected()) return hide();
    if (text) say(text);
    setTimeout(watch, MILLISECONDS);
  }
  setTimeout(watch, MILLISECONDS);

  new PerformanceObserver((list) => {
    for (const { name, responseStatus } of /** @type {PerformanceResourceTiming[]} */ (list.getEntries())) {
      if (name.includes('/_stcore/upload_file/') && UPLOADS[responseStatus]) say(UPLOADS[responseStatus]);
    }
  }).observe({ type: 'resource', buffered: true });
})();
