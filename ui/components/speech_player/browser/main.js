// The player, as Streamlit calls it.

import { mounting } from '../../in_browser/shared/mounting.js';
import { Memories } from './memory.js';
import { SpeechPlayer } from './player.js';

const memories = new Memories();

export default mounting('figure.player', figure => new SpeechPlayer(figure, memories));
