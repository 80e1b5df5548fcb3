// Entry of the component.

import { mounting } from '../../in_browser/shared/mounting.js';
import { PageLink } from './page_link.js';

export default mounting('.page-link', figure => new PageLink(figure));
