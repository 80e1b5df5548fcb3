// The questions of the lesson: each sets the points and the losses, and says what to do and what is to be seen.

import { CLASSES, comparedRoles, LABELS, rolesFor, scattered } from './state.js';
import { begun } from './training.js';

/** @import { LessonState } from './state.js' */

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {'circle' | 'sphere'} space
 * @property {number} seed of the points
 * @property {number} spread of a class
 * @property {[choice: string, margin?: number][]} losses
 * @property {string} task
 * @property {string} answer
 */

/** @type {Question[]} */
export const QUESTIONS = [
  {
    title: 'When does semi-hard stop pulling?',
    space: 'circle',
    seed: 37,
    spread: 0.7,
    losses: [['triplet-semi-hard', 0.2], ['triplet-batch-hard', 0.2]],
    task: 'Press Run and wait until both stand still. Which emotions are still mixed in the first picture, and why '
      + 'does nothing pull there? Then drag a point until an arrow appears.',
    answer: 'Semi-hard compares only with negatives that are farther than the positive, but by less than the margin. '
      + 'A negative that is nearer than the positive is never compared, so mixed emotions stay mixed. Batch-hard '
      + 'takes exactly the nearest negative, and separates what semi-hard leaves.',
  },
  {
    title: 'What does softmax alone leave undone?',
    space: 'sphere',
    seed: 1,
    spread: 0.9,
    losses: [['softmax'], ['centre']],
    task: 'Press Step ten times, and compare the two tables of angles. Which [[loss]] turns the emotions away from each '
      + 'other, and which one draws each emotion together (the framed diagonal)? Then press Run.',
    answer: '[[Softmax]] turns the emotions away from each other, and asks only on which side of a border a point lies: '
      + 'once that is certain its pull fades, and emotions close up ever more slowly. [[Centre loss]] measures nothing '
      + 'but how wide an emotion is spread, and leaves it where it is. That is why papers add the two.',
  },
  {
    title: 'What does the margin of ArcFace add?',
    space: 'sphere',
    seed: 16,
    spread: 0.7,
    losses: [['arcface', 0], ['arcface', 28.6]],
    task: 'Press Run, and compare both tables of angles at the end. Then set the second margin to 60° and run again.',
    answer: 'Without a margin a point is done as soon as its own direction is the nearest. With a margin of 28.6° it must '
      + 'be nearer than the next one by 28.6°: each emotion is drawn together, and lies farther from the others.',
  },
  {
    title: 'What is a triplet?',
    space: 'circle',
    seed: 37,
    spread: 0.7,
    losses: [['triplet-marked', 0.2], ['triplet-batch-hard', 0.2]],
    task: 'The first picture has one triplet alone. Drag its negative away from the anchor until no arrow is left. Then '
      + 'look at the second: why do arrows stay there?',
    answer: 'A triplet whose negative is farther than its positive by the margin is fulfilled: it pulls nothing. In the '
      + 'second picture every point is the anchor of a triplet of its own, and may be positive or negative in others: '
      + 'what fulfils one leaves the others as they were.',
  },
];
/** In which order they are asked; links name a question by its number. */
export const ORDER = [3, 0, 1, 2];

/** It begins with the first anchor that every loss compares. @param {number} number @returns {LessonState} */
export function asked(number) {
  const { space, seed, spread, losses } = QUESTIONS[number];
  const start = scattered(space, seed, spread);
  const panels = losses.map(([choice, margin]) => begun(choice, start, CLASSES, margin));
  /** @type {LessonState[]} */
  const marked = LABELS.map((_, anchor) => ({ space, start, panels, roles: rolesFor(start, anchor), question: number }));
  return marked.find(state => panels.every((_, at) => comparedRoles(state, at))) ?? marked[0];
}
