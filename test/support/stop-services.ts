/** Jest's global teardown for the projects that start something. */
import { stopAll } from './services';

export default stopAll;
