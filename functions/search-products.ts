/** Asked by the lists of products, for `q` and `sort`; no route leads here */
export { answer as handler } from '../src/search/answer';
