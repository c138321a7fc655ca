/** Run by schedule; no route leads here */
import { takeSnapshot } from '../src/search/take-snapshot';

export const handler = () => takeSnapshot();
