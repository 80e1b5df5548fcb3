// The map, as Streamlit calls it.

import { mounting } from '../../in_browser/shared/mounting.js';
import { PointMap } from './map.js';
import { Memories } from './memory.js';

const memories = new Memories();

export default mounting('figure.map', figure => new PointMap(figure, memories));
