import { mounting } from '../../in_browser/shared/mounting.js';
import { AfterClips } from './after_clips.js';

export default mounting('figure.after-clips', figure => new AfterClips(figure));
