// The browser's microphone at its own rate, block by block.

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
