/**
 * DynamoDB Local takes seconds for what many ask at once where the machine has more to do: a client that waits for two, as the
 * functions do, is answered 503 for a write that is made all the same. Tests wait for it instead.
 */
export const isDynamodbLocal = process.env['TEST_ENGINE'] === 'dynamodb-local';

/** For how many milliseconds a request may be worked on: as long as on AWS, or nearly as long as a test. */
export const requestTime = isDynamodbLocal ? 120_000 : 10_000;
