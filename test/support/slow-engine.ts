/**
 * An engine takes seconds for what many ask at once where the machine has more to do, DynamoDB Local above all: a client that waits
 * for two, as the functions do, is answered 503 for a write that is made all the same. Tests wait for it instead.
 */
export const isDynamodbLocal = process.env['TEST_ENGINE'] === 'dynamodb-local';

/** For how many milliseconds a request may be worked on, and each try of it at a database: nearly as long as a test. */
export const requestTime = 120_000;
