// The picture of a space that forms, as Streamlit calls it.

import { mounting } from '../../in_browser/shared/mounting.js';
import { Forming } from './forming.js';

export default mounting('.forming', figure => new Forming(figure));
