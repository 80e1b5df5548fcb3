// What goes between the live view and the app: ser_core/plots/live_view.py, ui/views/live/session.py and
// ui/components/live_microphone/message.py.
import type { DialClass } from '../../in_browser/shared/dial.js';
import type { Place } from '../../in_browser/shared/symbols.js';

/** One emotion of a model. */
export interface LiveClass extends DialClass {
  /** How far its range can be believed, as a sentence. */
  worth: string;
}

export interface Model {
  key: string;
  name: string;
  classes: LiveClass[];
  /** Of the spectrogram, from dark to bright. */
  colours: string[];
  /** The known utterances; `classes` are numbers of the model's classes, -1 for any other. */
  map: { points: Place[]; classes: number[]; title: string };
  /** Whether it is corrected for a voice that is kept; it learns none then. */
  corrected: boolean;
}

export type SoundState = 'silence' | 'speech' | 'not speech' | 'clipped' | 'too quiet';

/** Times are in seconds since the beginning; what was not judged has neither probabilities nor angles. */
export interface Prediction {
  kind: 'window' | 'utterance';
  start: number;
  end: number;
  state: SoundState;
  verdict: string | null;
  probabilities?: number[];
  /** Degrees to each class. */
  angles?: number[];
  place?: Place;
}

/** What the server has counted of this session. */
export interface Counted {
  lost: number;
  skipped: number;
  milliseconds: number | null;
  overloads: number;
}

/** What the server has learned of the voice that speaks. */
export interface Learned {
  learning: boolean;
  /** Since when it corrects the answers, in seconds since the beginning. */
  since: number | null;
  utterances: number;
  /** Of speech. */
  seconds: number;
  /** Whether the first minute is full. */
  enough: boolean;
}

export interface Trouble {
  what: string;
  advice: string;
  /** Whether trying again is of no use. */
  final?: boolean;
}

export type Act = 'listen' | 'stop';

/** From the browser. */
export interface Message {
  number: number;
  session: string;
  act: Act;
  first: number;
  blocks: string[];
  arrived: number;
}

/** From the server, to the last message. */
export interface Answer {
  session: string;
  number: number;
  act: Act;
  /** Number of the block that the server waits for. */
  next: number;
  /** Number of the first of these predictions. */
  first: number;
  predictions: Prediction[];
  model: string;
  /** Blocks of the computer's microphone, and the number of the first. */
  sound: { first: number; blocks: string[] };
  counted: Counted;
  voice: Learned;
  trouble: Trouble | null;
}

export type Source = 'browser' | 'computer' | 'nobody';

/** What the app draws the view with. */
export interface LiveData {
  source: Source;
  model: Model;
  answer: Answer | null;
  experts: boolean; // whether delays and lost sound are shown in figures
}

/** The same, on its way: a model that the browser has got already is named by its key alone. */
export interface SentData {
  source: Source;
  model: Model | { key: string; classes?: undefined };
  answer: Answer | null;
  experts: boolean; // whether delays and lost sound are shown in figures
}
