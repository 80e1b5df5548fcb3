// Entry of the component.

import { mounting } from '../../in_browser/shared/mounting.js';
import { Playground } from './playground.js';

export default mounting('.playground', figure => new Playground(figure));
