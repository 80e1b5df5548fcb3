// Messages to the server, with acknowledgement. One message is on its way at a time; it holds every block that the
// server has not confirmed yet: no sound is lost when messages are late, and a slow server gets fewer, larger ones.

import { toBase64, toPcm16 } from '../../in_browser/shared/pcm.js';

/** @import { Act, Answer, Message } from './messages.js' */

export const BLOCK = 3200; // samples, 200 ms
const WAITING = 300; // blocks that wait for the server at most, 60 seconds; then the oldest are dropped
const AT_ONCE = 40; // blocks in one message at most
const PATIENCE = 8000; // milliseconds until a message counts as lost and is sent again
const SOON = 400; // milliseconds until a message is sent again whose run of the page may have been ended
const SLOW = 3000; // milliseconds without an answer after which the visitor is informed

export class MessageSender {
  /** @param {(message: Message) => void} post */
  constructor(post) {
    this.post = post;
    this.number = 0; // of the last message
    this.session = ''; // its name; empty before the first one
    /** @type {{ number: number, text: string }[]} */
    this.waiting = [];
    this.next = 0; // number of the block that is being filled
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
    /** @type {Map<number, number>} */
    this.ends = new Map(); // number of a block → time of its last sample
    /** @type {Act} */
    this.act = 'listen';
    this.confirmed = true; // whether the server has received the act
    this.arrived = 0; // blocks that came from the server, where the microphone is the server's
    /** @type {number | null} */
    this.sentAt = null;
    this.answeredAt = performance.now();
  }

  /**
   * A new session.
   *
   * @param {string} session its name
   */
  begin(session) {
    this.session = session;
    this.waiting = [];
    this.next = 0;
    this.filled = 0;
    this.ends.clear();
    this.act = 'listen';
    this.confirmed = true;
    this.arrived = 0;
    this.sentAt = null;
    this.answeredAt = performance.now();
  }

  /**
   * @param {Float32Array} samples at 16 kHz
   * @param {number} at when the last of them was heard
   */
  hear(samples, at) {
    for (let taken = 0; taken < samples.length; ) {
      const part = Math.min(samples.length - taken, BLOCK - this.filled);
      this.block.set(samples.subarray(taken, taken + part), this.filled);
      this.filled += part;
      taken += part;
      if (this.filled === BLOCK) this.close(at - ((samples.length - taken) / 16));
    }
  }

  /** @param {number} end time of the block's last sample */
  close(end) {
    this.waiting.push({ number: this.next, text: toBase64(toPcm16(this.block.subarray(0, this.filled))) });
    this.ends.set(this.next, end);
    this.ends.delete(this.next - 300);
    this.next++;
    this.filled = 0;
    while (this.waiting.length > WAITING) this.waiting.shift(); // the server notices the gap and counts it
    this.send();
  }

  // Send the last, shorter block, and that no sound follows.
  finish() {
    if (this.filled) this.close(performance.now());
    this.request('stop');
  }

  /** @param {Act} act */
  request(act) {
    this.act = act;
    this.confirmed = false;
    this.send();
  }

  /**
   * To be called regularly: sends again what did not arrive.
   *
   * @param {boolean} asking whether to send a message even if there is nothing new
   */
  tick(asking) {
    if (asking || this.waiting.length || !this.confirmed) this.send();
  }

  send() {
    const now = performance.now();
    if (this.sentAt !== null && now - this.sentAt < PATIENCE) return;
    const blocks = this.waiting.slice(0, AT_ONCE);
    this.sentAt = now;
    this.number++;
    this.post({
      number: this.number,
      session: this.session,
      act: this.act,
      first: blocks.length ? blocks[0].number : this.next,
      blocks: blocks.map(block => block.text),
      arrived: this.arrived,
    });
  }

  /**
   * The server has answered: confirmed blocks are dropped, and the next message can go.
   *
   * @param {Answer} answer
   */
  answered({ session, number, act, next }) {
    if (session !== this.session) return;
    this.answeredAt = performance.now();
    this.confirmed = act === this.act;
    this.waiting = this.waiting.filter(block => block.number >= next);
    if (number !== this.number) return; // late: that message was sent again since
    this.sentAt = null;
    this.tick(false);
  }

  // The server has drawn without an answer to the message that is on its way: a run of the page that another widget
  // started ends the run of a message. A block that arrives twice is used once.
  overtaken() {
    if (this.sentAt !== null) this.sentAt = Math.min(this.sentAt, performance.now() - PATIENCE + SOON);
  }

  // Seconds since the last answer, if one is late.
  overdue() {
    const waited = performance.now() - this.answeredAt;
    return this.sentAt !== null && waited > SLOW ? waited / 1000 : 0;
  }
}
