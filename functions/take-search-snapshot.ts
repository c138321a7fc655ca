/** Keeps what the search function starts from, once an hour; no route leads here */
import { takeSnapshot } from '../src/search/take-snapshot';

export const handler = () => takeSnapshot();
