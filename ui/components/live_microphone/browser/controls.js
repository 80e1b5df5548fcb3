// What a visitor does on the live view.

import { sizeOf } from '../../in_browser/shared/canvas.js';
import { listener } from '../../in_browser/shared/elements.js';
import { enlargement } from '../../in_browser/shared/enlargement.js';
import { change, offerMicrophones, start, stop } from './hearing.js';
import { LEFT, RIGHT } from './timeline.js';

/** @import { Live } from './live.js' */

/** @param {Live} live */
export function listenToControls(live) {
  const { find, settings } = live;
  const { signal } = live.ended;
  const on = listener(signal);
  on(find('.listen'), 'click', () => (live.phase === 'idle' ? start(live, false) : stop(live)));
  on(find('.trouble button'), 'click', () => start(live, live.sender.next > 0 || live.sender.arrived > 0));
  on(find('.learn'), 'click', () => live.learnOrForget());
  on(find('.pause'), 'click', () => live.hold(live.view.following));
  on(find('.follow'), 'click', () => live.hold(false));
  const scroll = find('.scroll', HTMLInputElement);
  on(scroll, 'input', () => live.look(scroll.valueAsNumber));
  const axis = find('.axis', HTMLSelectElement);
  axis.value = settings.axis;
  on(axis, 'input', () => {
    settings.axis = axis.value === 'linear' ? 'linear' : 'mel';
    live.recolour();
    live.draw();
  });
  for (const name of /** @type {const} */ (['darkest', 'brightest'])) {
    const slider = find(`.${name}`, HTMLInputElement);
    slider.valueAsNumber = settings[name];
    on(slider, 'input', () => {
      settings[name] = slider.valueAsNumber;
      live.recolour();
      live.draw();
    });
  }
  const span = find('.span', HTMLSelectElement);
  span.value = String(settings.span);
  on(span, 'input', () => {
    live.view.span = settings.span = Number(span.value);
    live.draw();
  });
  const device = find('.device', HTMLSelectElement);
  on(device, 'change', () => change(live, device.value));
  if (navigator.mediaDevices) on(navigator.mediaDevices, 'devicechange', () => offerMicrophones(live));
  on(document, 'visibilitychange', () => live.draw());
  listenToTimeline(live);
  const resized = new ResizeObserver(() => live.draw());
  resized.observe(live.figure);
  signal.addEventListener('abort', () => resized.disconnect());
}

/** @param {Live} live */
function listenToTimeline(live) {
  const on = listener(live.ended.signal);
  const canvas = live.find('.timeline', HTMLCanvasElement);
  const perPixel = () => live.view.span / Math.max(1, sizeOf(canvas).width - LEFT - RIGHT) / enlargement();
  let dragged = 0; // where the pointer was last
  on(canvas, 'keydown', event => scrollByKey(live, event));
  on(canvas, 'pointerdown', event => {
    canvas.setPointerCapture(event.pointerId);
    dragged = event.clientX;
  });
  on(canvas, 'pointermove', event => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    live.look(live.view.edge - (event.clientX - dragged) * perPixel());
    dragged = event.clientX;
  });
  /** @param {WheelEvent} event */
  const scroll = event => {
    const across = event.shiftKey ? event.deltaY : event.deltaX; // up and down scrolls the page
    if (!across) return;
    event.preventDefault();
    live.look(live.view.edge + across * perPixel());
  };
  on(canvas, 'wheel', scroll, { passive: false });
}

/**
 * @param {Live} live
 * @param {KeyboardEvent} event
 */
function scrollByKey(live, event) {
  const { view } = live;
  switch (event.key) {
    case 'ArrowLeft': live.look(view.edge - view.span / 10); break;
    case 'ArrowRight': live.look(view.edge + view.span / 10); break;
    case 'PageUp': live.look(view.edge - view.span); break;
    case 'PageDown': live.look(view.edge + view.span); break;
    case 'Home': live.look(view.first); break;
    case 'End': live.hold(false); break;
    case ' ': live.hold(view.following); break;
    default: return;
  }
  event.preventDefault();
}
