// Entry of the component.

import { mounting } from '../../in_browser/shared/mounting.js';
import { Tip } from './tip.js';

export default mounting('.tip', tip => new Tip(tip));
