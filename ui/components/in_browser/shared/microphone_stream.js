// A microphone's stream as it is: no echo cancelling, no noise suppression, no automatic gain, since all three change how
// loud and how bright a voice sounds, which is what an emotion is heard by. Where there is none, it is said why.

const AGAIN = 'Try again, or use another browser.';
const RAW = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** Why there is no sound. */
export class Refusal extends Error {
  /**
   * @param {string} what stood in the way
   * @param {string} advice what to do
   * @param {boolean} [final] whether trying again is of no use
   */
  constructor(what, advice, final = false) {
    super(what);
    this.what = what;
    this.advice = advice;
    this.final = final;
  }
}

// Why a microphone cannot be had, and what to do; by the name of the browser's error.
/** @type {Record<string, Refusal>} */
const REFUSALS = {
  NotAllowedError: new Refusal(
    'This page was not allowed to use the microphone.',
    'Allow it: press the sign at the left of the address, set “Microphone” to “Allow”, then try again. If it is ' +
      'allowed there, the operating system refuses it: allow it for this browser in the system’s privacy settings.',
  ),
  NotFoundError: new Refusal(
    'This browser finds no microphone.',
    'Plug one in, or switch it on, then try again. The page Listen also takes files.',
  ),
  NotReadableError: new Refusal(
    'The microphone cannot be opened.',
    'Another program may be holding it: close that program, or unplug the microphone and plug it in again, then try again.',
  ),
  OverconstrainedError: new Refusal(
    'The microphone that was chosen is not there any more.',
    'Choose another one, or plug it in again, then try again.',
  ),
};

/**
 * @param {Pick<URL, 'hostname' | 'port' | 'pathname' | 'href'>} address of the page
 */
export function whyInsecure(address) {
  const { hostname, port, pathname, href } = address;
  const number = port || '80';
  const own = Number(number) < 1024 ? 8501 : number; // smaller ones are not for everybody to listen at
  const base = pathname.replace(/^\/|\/?[^/]*$/g, '');
  const below = base ? `--server.baseUrlPath ${base} ` : '';
  return new Refusal(
    `Browsers give the microphone only to secure pages: those from this computer itself (localhost) or by HTTPS. ` +
      `This page came from ${hostname} by plain HTTP, so the browser does not even ask you.`,
    `On the computer that runs the app, open http://localhost:${number}${pathname}. From another one, either make a ` +
      `tunnel, ssh -L ${own}:localhost:${number} ${hostname}, and open http://localhost:${own}${pathname} here; or start ` +
      `the app with HTTPS: streamlit run app.py --server.address 0.0.0.0 --server.allowedHosts ${hostname} ${below}` +
      `--server.sslCertFile CERTIFICATE --server.sslKeyFile KEY, and open ${href.replace(/^http:/, 'https:')}. ` +
      `Behind a proxy: docs/behind-a-proxy.md.`,
  );
}

/**
 * Why a microphone cannot be had, from what was thrown.
 *
 * @param {unknown} error
 */
export function refusalOf(error) {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return new Refusal(`The microphone cannot be used: ${error}.`, AGAIN);
  const what = `The microphone cannot be used: ${error.message || error.name}.`;
  return REFUSALS[error.name] ?? new Refusal(what, AGAIN);
}

/**
 * Opens a microphone; throws a `Refusal`.
 *
 * @param {string} [device] its id; without, the browser's own choice
 */
export async function microphoneStream(device) {
  if (!window.isSecureContext) throw whyInsecure(window.location);
  if (!navigator.mediaDevices || !window.AudioWorkletNode) {
    throw new Refusal('This browser gives pages no sound.', 'Use a current Firefox, Chrome, Edge or Safari.');
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: device ? { ...RAW, deviceId: { exact: device } } : RAW });
  } catch (error) {
    throw refusalOf(error);
  }
}
