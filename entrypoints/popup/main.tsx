import '../../assets/css/tokens.css';
import '../../assets/css/base.css';
import '../../assets/css/popup.css';
import '../../assets/css/look-up.css';
import { createViewPorts } from '../../lib/platform/view-ports.ts';
import { mount } from '../../lib/ui/mount.tsx';
import { App } from './app.tsx';
import { readPlace } from './read-place.ts';

const place = readPlace(location.hash);
document.body.classList.toggle('in-tab', place.isInTab);
mount(<App {...place} />, createViewPorts());
