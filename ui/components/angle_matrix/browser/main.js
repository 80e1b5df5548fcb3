// The matrix of angles, as Streamlit calls it.

import { mounting } from '../../in_browser/shared/mounting.js';
import { AngleMatrix } from './matrix.js';

export default mounting('figure.angles', figure => new AngleMatrix(figure));
