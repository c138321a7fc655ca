/** Sends the handlers of a test file through the limits of AWS: loaded before they read where their database is. */
const { TEST_LIMITED_DATABASE } = process.env;
Object.assign(process.env, { DYNAMODB_ENDPOINT: TEST_LIMITED_DATABASE });
