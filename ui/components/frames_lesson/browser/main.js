import { mounting } from '../../in_browser/shared/mounting.js';
import { FramesLesson } from './lesson.js';

/** @type {import('./lesson.js').Kept} what was set when the page was left */
const kept = { set: null, link: '' };

export default mounting('figure.frames', figure => new FramesLesson(figure, kept));
