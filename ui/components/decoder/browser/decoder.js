// An upload that the server cannot read becomes 16-bit samples, which it can: browsers know what phones record.

const LONGEST = 600; // seconds
const RATES = [16000, 24000, 48000]; // the first one that this browser decodes to

class Decoder {
  constructor(figure) {
    this.figure = figure;
  }

  update(bytes, setStateValue, send) {
    const { header, array } = readColumns(bytes);
    if (header.file === this.file) return;
    this.file = header.file;
    this.figure.textContent = `Your browser is decoding ${header.name}…`;
    decoded(array(header.content))
      .catch(() => ({ trouble: 'unknown' }))
      .then(answer => this.file === header.file && send('decoded', { file: header.file, ...answer }));
  }

  end() {
    this.file = null;
  }
}

// The samples of a file: channel after channel within a frame, 16 bits, as base64.
async function decoded(content) {
  const sound = await offline().decodeAudioData(content.slice().buffer);
  if (sound.duration > LONGEST) return { trouble: 'long', seconds: sound.duration };
  const count = sound.numberOfChannels > 2 ? 1 : sound.numberOfChannels; // of more, their average
  const samples = new Int16Array(sound.length * count);
  for (let channel = 0; channel < sound.numberOfChannels; channel++) {
    const values = sound.getChannelData(channel);
    const share = 32767 / (sound.numberOfChannels / count);
    for (let n = 0; n < values.length; n++) {
      samples[n * count + (channel % count)] += Math.max(-1, Math.min(1, values[n])) * share;
    }
  }
  return { rate: sound.sampleRate, channels: count, samples: await base64(samples) };
}

function offline() {
  for (const rate of RATES) {
    try {
      return new OfflineAudioContext(1, 1, rate);
    } catch {
      // another rate
    }
  }
  throw new Error('This browser decodes no sound.');
}

function base64(samples) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(new Blob([samples]));
  });
}

export default mounting(Decoder, '.decoder');
