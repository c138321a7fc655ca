/** Import this before a client is made: each of its tries takes as long as the service does, however slow the machine. */
import { boundedTries } from '../../src/aws/bounded-tries';
import { requestTime } from './slow-engine';

Object.assign(boundedTries.requestHandler, { connectionTimeout: requestTime, requestTimeout: requestTime });
