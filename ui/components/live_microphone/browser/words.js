// What is told about the sound, the server and what was lost.

const ADVICE = {
  silence: ['', 'Silence: nobody speaks.'],
  speech: ['', 'Speech.'],
  'not speech': ['warn', 'Not speech: a sound without a voice, which is not judged.'],
  clipped: ['bad', 'Clipped: cut off at full scale. Go further away or turn the microphone down; this judgement is uncertain.'],
  'too quiet': ['warn', 'Too quiet to judge. Speak up, come closer or turn the microphone up.'],
};
const TOLD = 100; // milliseconds of lost sound
const DEAF = 1500; // milliseconds without sound from a microphone that is open

// Returns how serious it is and the words.
function stateOf(live, moment, now) {
  const { phase, courier } = live;
  const overdue = courier.overdue();
  if (phase === 'idle' && live.failed) return ['', ''];
  if (phase === 'opening') return ['', 'Waiting for the microphone. Your browser may ask for it.'];
  if (phase === 'listening' && overdue) {
    const kept = live.source === 'browser' ? ' Sound is kept for it, at most 15 s.' : '';
    return ['bad', `The app has not answered for ${Math.round(overdue)} s.${kept}`];
  }
  if (phase === 'listening' && live.muted) return ['warn', 'The microphone is muted: switch it on at the device or in the system.'];
  if (phase === 'listening' && now - live.heardAt > DEAF) return ['warn', 'No sound comes from the microphone.'];
  if (!live.view.following && live.view.newest) return ['', pausedWords(live, moment)];
  if (phase === 'listening') return moment ? ADVICE[moment.state] : ['', 'Listening.'];
  if (live.view.newest) return ['', 'Stopped.'];
  return ['', live.source === 'nobody' ? 'No microphone can be heard.' : 'Press “Start listening” and speak.'];
}

// Why listening has ended, when whose microphone is heard was chosen anew; trying again would mix two of them.
function endedBy(source) {
  const next = source === 'nobody' ? 'Choose a microphone that is there' : 'Press “Start listening” to hear the other one';
  return {
    what: 'Listening has ended: another microphone was chosen.',
    advice: `What was heard until then is kept below. ${next}; that begins a new recording.`,
    final: true,
  };
}

function pausedWords({ phase, view }, moment) {
  const state = moment ? ADVICE[moment.state][1] : '';
  return `At ${clock(view.edge)}${phase === 'listening' ? '; listening goes on' : ''}. ${state}`;
}

function lastUtterance(moments, model, at) {
  const last = moments.utterances.findLast(one => one.end <= at + 0.5 && one.angles);
  if (!last) return '';
  return `Last utterance, ${clock(last.start)} to ${clock(last.end)}: ${last.verdict}. ${verdictOf(last, model).sentence}`;
}

function technicalWords(latency, counted, lostInBrowser) {
  if (!counted) return '';
  const { lost, skipped, milliseconds, overloads } = counted;
  const parts = [
    latency.told,
    milliseconds ? `Model: ${Math.round(milliseconds)} ms` : '',
    `Blocks lost: ${lost}`,
    `Windows left out: ${skipped}`,
    lostInBrowser >= TOLD ? `Sound that the busy browser lost: ${(lostInBrowser / 1000).toFixed(1)} s` : '',
    overloads ? `Overloads of the device: ${overloads}` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}
