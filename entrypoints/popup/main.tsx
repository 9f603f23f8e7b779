import '../../assets/css/tokens.css';
import '../../assets/css/base.css';
import '../../assets/css/popup.css';
import '../../assets/css/look-up.css';
import { createViewPorts } from '../../lib/platform/view-ports.ts';
import { mount } from '../../lib/ui/mount.tsx';
import { App } from './app.tsx';

// "Open in a tab" leads here; the browser's own popup never has this in its address.
const isInTab = location.hash === '#look-up';
document.body.classList.toggle('in-tab', isInTab);
mount(<App isInTab={isInTab} />, createViewPorts());
