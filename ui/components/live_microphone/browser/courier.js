// What goes to the server and comes back. One message is on its way at a time, and holds every block that the server
// has not yet confirmed: nothing is lost when messages are late, and a slow server gets fewer, larger ones.

const BLOCK = 3200; // samples, 200 ms
const WAITING = 75; // blocks that wait for the server at most: 15 seconds; then the oldest are given up
const AT_ONCE = 40; // blocks in one message at most
const PATIENCE = 8000; // milliseconds until a message counts as lost and is sent anew
const SOON = 400; // milliseconds after which a message is sent anew that may have been swept away
const SLOW = 3000; // milliseconds without an answer of which a visitor is told

class Courier {
  constructor(post) {
    this.post = post;
    this.begin(null);
  }

  // A new listening, by a name of its own.
  begin(hearing) {
    this.hearing = hearing;
    this.waiting = []; // {number, text, end}
    this.next = 0; // number of the block that is being filled
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
    this.ends = new Map(); // number of a block → when its last sample was heard
    this.act = 'listen';
    this.told = true; // whether the server knows the act
    this.arrived = 0; // blocks that came from the server, where the microphone is the server's
    this.sentAt = null;
    this.answeredAt = performance.now();
  }

  hear(samples, at) {
    for (let taken = 0; taken < samples.length; ) {
      const part = Math.min(samples.length - taken, BLOCK - this.filled);
      this.block.set(samples.subarray(taken, taken + part), this.filled);
      this.filled += part;
      taken += part;
      if (this.filled === BLOCK) this.close(at - ((samples.length - taken) / 16));
    }
  }

  close(end) {
    this.waiting.push({ number: this.next, text: toBase64(toPcm16(this.block.subarray(0, this.filled))) });
    this.ends.set(this.next, end);
    this.ends.delete(this.next - 300);
    this.next++;
    this.filled = 0;
    while (this.waiting.length > WAITING) this.waiting.shift(); // the server sees the hole and counts it
    this.send();
  }

  // The last, shorter block, and that nothing follows.
  finish() {
    if (this.filled) this.close(performance.now());
    this.tell('stop');
  }

  tell(act) {
    this.act = act;
    this.told = false;
    this.send();
  }

  // To be called now and then: what did not arrive is sent anew. With `asking`, also when there is nothing to say.
  tick(asking) {
    if (asking || this.waiting.length || !this.told) this.send();
  }

  send() {
    const now = performance.now();
    if (this.sentAt !== null && now - this.sentAt < PATIENCE) return;
    const blocks = this.waiting.slice(0, AT_ONCE);
    this.sentAt = now;
    this.number = (this.number ?? 0) + 1;
    this.post({
      number: this.number,
      hearing: this.hearing,
      act: this.act,
      first: blocks.length ? blocks[0].number : this.next,
      blocks: blocks.map(block => block.text),
      arrived: this.arrived,
    });
  }

  // The server has answered: what it has need not be kept, and the next message can go.
  answered({ hearing, number, act, next }) {
    if (hearing !== this.hearing) return;
    this.answeredAt = performance.now();
    this.told = act === this.act;
    this.waiting = this.waiting.filter(block => block.number >= next);
    if (number !== this.number) return; // late, to a message that was sent anew since
    this.sentAt = null;
    this.tick(false);
  }

  // The server has drawn without an answer to the message that is on its way: a run of the page, which another widget
  // began, ends the run of a message that goes on meanwhile. A block that comes twice is heard once.
  overtaken() {
    if (this.sentAt !== null) this.sentAt = Math.min(this.sentAt, performance.now() - PATIENCE + SOON);
  }

  // Seconds for which the server owes an answer.
  overdue() {
    const waited = performance.now() - this.answeredAt;
    return this.sentAt !== null && waited > SLOW ? waited / 1000 : 0;
  }
}
