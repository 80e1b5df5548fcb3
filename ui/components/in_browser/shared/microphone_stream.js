// A microphone's stream as it is: no echo cancelling, no noise suppression, no automatic gain, since all three change how
// loud and how bright a voice sounds, which is what an emotion is heard by. Where there is none, it is said why.

const RAW = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };

const refusal = (what, advice) => ({ what, advice });

// Why a microphone cannot be had, and what to do; by the name of the browser's error.
const REFUSALS = {
  NotAllowedError: refusal(
    'This page was not allowed to use the microphone.',
    'Allow it: press the sign at the left of the address, set “Microphone” to “Allow”, then try again. If it is ' +
      'allowed there, the operating system refuses it: allow it for this browser in the system’s privacy settings.',
  ),
  NotFoundError: refusal(
    'This browser finds no microphone.',
    'Plug one in, or switch it on, then try again. The page Listen also takes files.',
  ),
  NotReadableError: refusal(
    'The microphone cannot be opened.',
    'Another program may be holding it: close that program, or unplug the microphone and plug it in again, then try again.',
  ),
  OverconstrainedError: refusal(
    'The microphone that was chosen is not there any more.',
    'Choose another one, or plug it in again, then try again.',
  ),
};

function whyInsecure(address) {
  const { hostname, port, pathname, href } = address;
  const number = port || '80';
  const own = number < 1024 ? 8501 : number; // smaller ones are not for everybody to listen at
  const base = pathname.replace(/^\/|\/?[^/]*$/g, '');
  const below = base ? `--server.baseUrlPath ${base} ` : '';
  return refusal(
    `Browsers give the microphone only to secure pages: those from this computer itself (localhost) or by HTTPS. ` +
      `This page came from ${hostname} by plain HTTP, so the browser does not even ask you.`,
    `On the computer that runs the app, open http://localhost:${number}${pathname}. From another one, either make a ` +
      `tunnel, ssh -L ${own}:localhost:${number} ${hostname}, and open http://localhost:${own}${pathname} here; or start ` +
      `the app with HTTPS: streamlit run app.py --server.address 0.0.0.0 --server.allowedHosts ${hostname} ${below}` +
      `--server.sslCertFile CERTIFICATE --server.sslKeyFile KEY, and open ${href.replace(/^http:/, 'https:')}. ` +
      `Behind a proxy: docs/behind-a-proxy.md.`,
  );
}

function refusalOf(error) {
  const words = `The microphone cannot be used: ${error.message || error.name}.`;
  return REFUSALS[error.name] ?? refusal(words, 'Try again, or use another browser.');
}

// Opens the microphone of that id, or the browser's own choice; throws what stood in the way, and what to do.
async function microphoneStream(device) {
  if (!window.isSecureContext) throw whyInsecure(window.location);
  if (!navigator.mediaDevices || !window.AudioWorkletNode) {
    throw refusal('This browser gives pages no sound.', 'Use a current Firefox, Chrome, Edge or Safari.');
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: device ? { ...RAW, deviceId: { exact: device } } : RAW });
  } catch (error) {
    throw refusalOf(error);
  }
}
