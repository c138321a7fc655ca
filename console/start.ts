/** The first script of the page, and a small one: asks what every visit asks while the rest of the page is still on its way. */
import './mantine.css';
import './theme.css';
import './frame.css';
import './views.css';
import './users-and-files.css';
import './products/list.css';
import './history/history.css';
import './pictures/pictures.css';
import { askEarly } from './api/early';

void askEarly(window.location);
void import('./main').then(({ showConsole }) => showConsole());
