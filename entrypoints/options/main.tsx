import '../../assets/css/tokens.css';
import '../../assets/css/base.css';
import '../../assets/css/options.css';
import '../../assets/css/look-up.css';
import { createViewPorts } from '../../lib/platform/view-ports.ts';
import { mount } from '../../lib/ui/mount.tsx';
import { App } from './app.tsx';

mount(<App />, createViewPorts());
