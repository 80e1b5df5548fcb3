// Entry of the component.

import { mounting } from '../../in_browser/shared/mounting.js';
import { Mark } from './mark.js';

/** @type {Set<string>} */
const followed = new Set(); // outlives the page that is shown

export default mounting('.mark', figure => new Mark(figure, followed));
