// The sound of a point: one at a time, as a press or a step asks for it.

export class PointSound {
  constructor() {
    this.player = new Audio();
    /** @type {Map<number, string>} */
    this.addresses = new Map(); // id → where its sound is
    /** @type {number | null} */
    this.awaited = null; // id that was pressed and whose address is on its way
  }

  /**
   * What the page says where sounds are; one that is awaited is played.
   *
   * @param {Record<string, string>} addresses by id
   */
  learn(addresses) {
    for (const [id, address] of Object.entries(addresses)) this.addresses.set(Number(id), address);
    if (this.awaited !== null && this.addresses.has(this.awaited)) this.play(this.awaited);
  }

  /**
   * Plays a sound, now or as soon as the page has said where it is.
   *
   * @param {number} id
   */
  play(id) {
    const address = this.addresses.get(id);
    this.player.pause();
    this.awaited = address === undefined ? id : null;
    if (address === undefined) return;
    this.player.src = address;
    this.player.play().catch(() => {}); // broken off by the next one, or not allowed before a press
  }

  end() {
    this.awaited = null;
    this.player.pause();
  }
}
