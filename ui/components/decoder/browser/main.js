// The decoder, as Streamlit calls it.

import { mounting } from '../../in_browser/shared/mounting.js';
import { Decoder } from './decoder.js';

export default mounting('.decoder', figure => new Decoder(figure));
