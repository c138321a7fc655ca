/** The first script of the page, and a small one: asks what every visit asks while the rest of the page is still on its way. */
import './mantine.css';
import './theme.css';
import './frame.css';
import './views.css';
import './users-and-files.css';
import './ui/steady-button.css';
import './products/list.css';
import './history/history.css';
import './pictures/pictures.css';
import { askEarly } from './api/early';

void askEarly(window.location);
import('./main').then(({ showConsole }) => showConsole()).catch(sayWhyNot);

/** Where the rest of the page does not arrive, as where a connection breaks off. */
function sayWhyNot(): void {
  const main = document.createElement('main');
  const title = document.createElement('h1');
  const sentence = document.createElement('p');
  main.className = 'sign-in';
  title.textContent = 'Catalogue';
  sentence.setAttribute('role', 'alert');
  sentence.textContent = 'The page has not arrived whole: check your connection, then load it anew.';
  main.append(title, sentence);
  document.getElementById('root')?.replaceChildren(main);
}
