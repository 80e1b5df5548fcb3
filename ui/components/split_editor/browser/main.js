// Entry of the component.

import { mounting } from '../../in_browser/shared/mounting.js';
import { SplitEditor } from './editor.js';

export default mounting('.split-editor', figure => new SplitEditor(figure));
