// What a script finds on the browser's audio thread, of that which the script here uses: TypeScript's library knows only
// the page.

declare const sampleRate: number;
declare const currentTime: number;

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: { rate: number; step: number } }) => AudioWorkletProcessor,
): void;
