/** The table's stream, whose new history entries others are told of; no route leads here */
export { publishEvents as handler } from '../src/events/publish';
