// Ready → counting → recording → sent. The browser counts; it records itself, or asks this computer to.

const PRE_ROLL = 0.25; // seconds before the countdown ends that are kept: a first sound comes early
const REMEMBERED = 2000; // milliseconds
const READY = 'Press Record, or the space bar.';
const OPENING = 'Opening the microphone…';

class Recorder {
  constructor(figure) {
    this.figure = figure;
    this.ended = new AbortController();
    const options = { signal: this.ended.signal };
    this.find('.go').addEventListener('click', () => this.press(), options);
    this.find('.cancel').addEventListener('click', () => this.cancel(), options);
    this.find('.large').addEventListener('click', () => this.enlarge(), options);
    document.addEventListener('keydown', event => this.key(event), { ...options, capture: true }); // some widgets let no key past
    document.addEventListener('fullscreenchange', () => this.nameLarge(), options);
    this.find('.large').hidden = !document.fullscreenEnabled;
    // Who came by the menu and reads of the space bar would open the menu again with it.
    if (deepActive()?.matches('[data-testid="stTopNavSection"]')) this.find('.go').focus({ preventScroll: true });
  }

  find(selector) {
    return this.figure.querySelector(selector);
  }

  update(data, setStateValue, send) {
    this.send = send;
    const former = this.data;
    this.data = data;
    this.find('.emotion').textContent = data.emotion;
    this.find('.swatch').style.background = data.colour;
    this.find('.sentence').textContent = data.sentence;
    if (former?.prompt !== data.prompt || former?.here !== data.here) {
      this.release();
      this.enter('ready', READY);
    }
    if (data.here) return;
    if (data.recording) {
      // A microphone may take seconds for its first sound: nobody shall speak into one that does not hear yet.
      if (this.state !== 'sent' && !data.seconds) this.enter('counting', OPENING);
      else if (this.state !== 'sent') this.enter('recording', `● Recording ${data.seconds.toFixed(1)} s`);
      this.showLevel(data.level);
    } else if (former?.recording) this.enter('ready', READY);
  }

  enter(state, words) {
    const changed = this.state !== state;
    this.state = state;
    this.figure.dataset.state = state;
    this.say(words);
    if (!changed) return;
    const go = this.find('.go');
    go.textContent = state === 'recording' ? 'Stop' : 'Record';
    go.disabled = state === 'counting' || state === 'sent';
    this.find('.cancel').hidden = state !== 'counting' && state !== 'recording';
    if (state === 'ready' || state === 'sent') this.showLevel(-120);
  }

  say(words) {
    const place = this.find('.state');
    if (place.textContent !== words) place.textContent = words;
  }

  trouble(words) {
    this.find('.trouble').hidden = !words;
    this.find('.trouble').textContent = words;
  }

  key(event) {
    if (event.key === 'Escape' && this.state !== 'ready') this.cancel();
    if (event.code !== 'Space' || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
    if (usesSpace(deepActive())) return;
    event.preventDefault();
    this.press();
  }

  press() {
    if (this.state === 'ready') this.begin();
    else if (this.state === 'recording') this.stop();
  }

  async begin() {
    this.trouble('');
    this.enter('counting', '');
    this.blocks = [];
    this.length = 0;
    const turn = (this.turn = {});
    if (this.data.here) {
      this.say(OPENING);
      try {
        const microphone = await Microphone.open(block => this.take(block, turn), () => this.unplugged(turn));
        if (this.turn !== turn) return microphone.close();
        this.microphone = microphone;
      } catch (error) {
        if (this.turn === turn) this.fail(`${error.what} ${error.advice}`);
        return;
      }
    }
    for (let left = this.data.countdown; left > 0; left--) {
      this.say(String(left));
      await new Promise(next => setTimeout(next, 1000));
      if (this.turn !== turn) return;
    }
    if (!this.data.here) {
      this.say(OPENING);
      this.answer({ wish: 'start' });
      return;
    }
    this.enter('recording', '● Recording');
  }

  take(block, turn) {
    if (this.turn !== turn || !this.microphone || (this.state !== 'counting' && this.state !== 'recording')) return;
    const rate = this.microphone.rate;
    if (this.state === 'recording' && this.length + block.length > this.data.longest * rate) return this.stop();
    this.blocks.push(block);
    this.length += block.length;
    this.peak = Math.max(this.peak || 0, block.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
    if (this.state === 'counting') {
      while (this.length - this.blocks[0].length > PRE_ROLL * rate) this.length -= this.blocks.shift().length;
    }
    const now = performance.now();
    if (now - (this.shown || 0) < 80) return;
    this.shown = now;
    this.showLevel(toDecibels(this.peak ** 2));
    this.peak = 0;
    if (this.state === 'recording') this.say(`● Recording ${(this.length / rate).toFixed(1)} s`);
  }

  stop() {
    if (!this.data.here) {
      this.enter('sent', 'Stopping…');
      this.answer({ wish: 'stop' });
      return;
    }
    const { blocks, length } = this;
    const rate = Math.round(this.microphone.rate);
    this.release();
    this.enter('sent', 'Sending…');
    const samples = new Float32Array(length);
    let place = 0;
    for (const block of blocks) {
      samples.set(block, place);
      place += block.length;
    }
    this.answer({ samples: toBase64(toPcm16(samples)), rate });
  }

  cancel() {
    if (this.state !== 'counting' && this.state !== 'recording') return;
    const asked = !this.data.here && (this.data.recording || this.state === 'recording');
    this.release();
    this.enter('ready', READY);
    if (asked) this.answer({ wish: 'cancel' });
  }

  unplugged(turn) {
    if (this.turn === turn) this.fail('The microphone has gone: it was unplugged, switched off, or its permission was taken back. Plug it in again, then press Record.');
  }

  fail(words) {
    this.release();
    this.enter('ready', READY);
    this.trouble(words);
  }

  release() {
    this.turn = null;
    this.microphone?.close();
    this.microphone = null;
    this.blocks = [];
  }

  answer(content) {
    this.send('heard', { prompt: this.data.prompt, ...content });
  }

  showLevel(decibels) {
    const bar = this.find('.level');
    bar.firstElementChild.style.width = `${Math.max(0, Math.min(100, (decibels + 60) / 0.6))}%`;
    bar.setAttribute('aria-valuenow', Math.round(Math.max(-60, Math.min(0, decibels))));
    bar.toggleAttribute('data-loud', decibels > -1);
    // Words judge the loudest moment of late, not the pause between two words.
    const now = performance.now();
    this.recent = [...(this.recent || []).filter(([when]) => now - when < REMEMBERED), [now, decibels]];
    const loudest = Math.max(...this.recent.map(([, level]) => level));
    const listens = this.state !== 'ready' && this.state !== 'sent' && loudest > -119;
    this.find('.told').textContent = !listens ? '' : loudest > -1 ? 'Too loud' : loudest < -36 ? 'Very quiet' : 'Good level';
  }

  enlarge() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.figure.requestFullscreen().catch(error => this.trouble(`Expected the full screen; the browser said: ${error.message}. Press F11 instead.`));
  }

  nameLarge() {
    this.find('.large').textContent = document.fullscreenElement ? 'Leave full screen' : 'Full screen';
  }

  end() {
    this.ended.abort();
    this.release();
  }
}

// Whether the space bar means something where the focus is. To a radio that is chosen already it does not.
function usesSpace(active) {
  if (!active || active === document.body || active.matches('[data-testid="stMain"], [data-testid="stApp"], section')) return false;
  if (active.matches('input[type="radio"]:checked, [role="radio"][aria-checked="true"]')) return false;
  return active.matches('button, input, textarea, select, summary, audio, [role], [contenteditable], [tabindex]');
}

// What has the focus, also inside the roots of components.
function deepActive() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

export default mounting(Recorder, '.recorder');
