/** GET /console, and what its page asks for */
import { readConsoleSettings } from '../src/config';
import { newConsole } from '../src/console/console';

export const handler = newConsole(readConsoleSettings());
