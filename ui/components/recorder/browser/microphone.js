// The browser's microphone at its own rate, block by block, and what is sent of it.

const WORKLET = `
registerProcessor('blocks', class extends AudioWorkletProcessor {
  process(inputs) {
    const [channel] = inputs[0];
    if (channel) this.port.postMessage(channel.slice());
    return true;
  }
});`;

class Microphone {
  // Opens the microphone; `onBlock` gets Float32Arrays from then on, `onEnd` is called if it is unplugged.
  static async open(onBlock, onEnd) {
    const stream = await microphoneStream();
    const microphone = new Microphone(stream);
    try {
      await microphone.connect(onBlock);
    } catch (error) {
      microphone.close();
      throw refusalOf(error);
    }
    stream.getAudioTracks()[0].addEventListener('ended', onEnd);
    return microphone;
  }

  constructor(stream) {
    this.stream = stream;
    this.context = new AudioContext({ latencyHint: 'interactive' });
    this.rate = this.context.sampleRate;
  }

  async connect(onBlock) {
    await this.context.resume();
    const address = URL.createObjectURL(new Blob([WORKLET], { type: 'text/javascript' }));
    await this.context.audioWorklet.addModule(address).finally(() => URL.revokeObjectURL(address));
    const blocks = new AudioWorkletNode(this.context, 'blocks', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    blocks.port.onmessage = message => onBlock(message.data);
    this.context.createMediaStreamSource(this.stream).connect(blocks);
  }

  close() {
    this.stream.getTracks().forEach(track => track.stop());
    if (this.context.state !== 'closed') this.context.close();
  }
}

// 16-bit samples, least significant byte first, as base64.
function packed(blocks, length) {
  const bytes = new DataView(new ArrayBuffer(2 * length));
  let place = 0;
  for (const block of blocks) {
    for (const sample of block) {
      bytes.setInt16(place, Math.max(-32768, Math.min(32767, Math.round(sample * 32768))), true);
      place += 2;
    }
  }
  const content = new Uint8Array(bytes.buffer);
  let text = '';
  for (let first = 0; first < content.length; first += 0x8000) {
    text += String.fromCharCode(...content.subarray(first, first + 0x8000));
  }
  return btoa(text);
}
