/** S3's notification of a file that was sent for an upload */
export { acceptImages as handler } from '../src/images/accept-event';
