// The buttons and settings around the picture.

import { buttonsIn, listener } from '../../in_browser/shared/elements.js';

/** @import { Settings } from './memory.js' */
/** @import { SpeechPlayer } from './player.js' */

const SWITCHES = /** @type {const} */ (['pitch', 'intensity', 'loop']);

export class Controls {
  /** @param {SpeechPlayer} player */
  constructor(player) {
    const { find, figure } = player;
    this.player = player;
    this.band = find('.band', HTMLSelectElement);
    this.axis = find('.axis', HTMLSelectElement);
    this.range = find('.range', HTMLSelectElement);
    this.switches = SWITCHES.map(name => ({ name, box: find(`input.${name}`, HTMLInputElement) }));
    this.tools = buttonsIn(figure, '[data-tool]');
    this.listen();
  }

  listen() {
    const { player } = this, { find, figure } = player;
    const on = listener(player.ended.signal);
    on(find('.play'), 'click', () => player.toggle());
    on(find('.ask'), 'click', () => player.ask());
    on(find('.clear'), 'click', () => player.clear());
    on(find('.from'), 'change', () => player.type());
    on(find('.to'), 'change', () => player.type());
    on(figure, 'keydown', event => {
      if (event.key === 'Escape') player.clear();
    });
    for (const button of buttonsIn(figure, '[data-view]')) on(button, 'click', () => player.look(button.dataset.view));
    for (const button of this.tools) {
      on(button, 'click', () => this.set({ tool: button.dataset.tool === 'move' ? 'move' : 'select' }));
      on(button, 'keydown', event => this.takeByKey(event));
    }
    on(this.band, 'change', () => this.set({ band: this.band.value === 'wide' ? 'wide' : 'narrow' }));
    on(this.axis, 'change', () => this.set({ axis: this.axis.value === 'linear' ? 'linear' : 'mel' }));
    on(this.range, 'change', () => this.set({ range: Number(this.range.value) }));
    for (const { name, box } of this.switches) on(box, 'change', () => this.set({ [name]: box.checked }));
  }

  /** @param {Partial<Settings>} changed */
  set(changed) {
    const { player } = this;
    Object.assign(player.settings, changed);
    this.show();
    if ('loop' in changed) player.settle();
    else if (!('tool' in changed)) player.draw();
  }

  /** @param {KeyboardEvent} event */
  takeByKey(event) {
    if (!['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    const { settings, find } = this.player;
    this.set({ tool: settings.tool === 'select' ? 'move' : 'select' });
    find(`[data-tool="${settings.tool}"]`).focus();
  }

  /** Shows what is set, and what the sound has. */
  show() {
    const { settings, payload, find } = this.player;
    for (const button of this.tools) {
      const taken = button.dataset.tool === settings.tool;
      button.setAttribute('aria-checked', String(taken));
      button.tabIndex = taken ? 0 : -1;
    }
    this.band.value = settings.band;
    this.axis.value = settings.axis;
    this.range.value = String(settings.range);
    for (const { name, box } of this.switches) {
      box.disabled = name === 'pitch' && !payload.pitch;
      box.checked = settings[name] && !box.disabled;
    }
    find('.bar div').style.background = `linear-gradient(to right, ${payload.scale.join(', ')})`;
    find('.bar .faint').textContent = `−${settings.range}`;
    const words = `Colours from ${settings.range} dB below the loudest point to the loudest point`;
    find('.bar').setAttribute('aria-label', words);
  }
}
