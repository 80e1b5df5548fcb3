// Entry of the component.

import { mounting } from '../../in_browser/shared/mounting.js';
import { TrackView } from './view.js';

export default mounting('.track-view', figure => new TrackView(figure));
