// The recorder, as Streamlit calls it.

import { mounting } from '../../in_browser/shared/mounting.js';
import { Recorder } from './recorder.js';

export default mounting('.recorder', figure => new Recorder(figure));
