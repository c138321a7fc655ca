/** What is said, for the log, where Lambda does not run the search function. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ask } from '../../../src/search/ask';

/** With what should have been signed, as services of AWS repeat it. */
const body = JSON.stringify({
  message: "The Canonical String should have been 'x-amz-security-token:the-session-token'",
});
const lambda = createServer((_, response) => {
  response.writeHead(403, { 'x-amzn-errortype': 'InvalidSignatureException' }).end(body);
});
beforeAll(() => once(lambda.listen(process.env['FUNCTION_SOCKET']), 'listening'));
afterAll(() => lambda.close());

it('ask throws what Lambda calls its refusal, and not the token that Lambda repeats', async () => {
  await expect(ask({ sort: 'name', limit: 1 })).rejects.toThrow(
    new Error('Lambda answered 403: InvalidSignatureException'),
  );
});
