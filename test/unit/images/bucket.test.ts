/** What is said, for the log, of S3's refusals: as S3 has answered (romange/helio#15 has one of expired credentials). */
import { copyOnce, listFiles, readStart, remove } from '../../../src/images/bucket';
import { startServer, type TestServer } from '../../support/http-server';

let s3: TestServer;
beforeAll(async () => {
  s3 = await startServer((_, response) => {
    response
      .writeHead(400, { 'content-type': 'application/xml' })
      .end(
        '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message>' +
          '<Token-0>the-session-token</Token-0><RequestId>1</RequestId></Error>',
      );
  });
  Object.assign(process.env, { IMAGES_BUCKET: 'pictures', AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${s3.port}` });
});
afterAll(() => s3.stop());

it.each([
  ['readStart', 'GetObject', () => readStart('key', 1)],
  ['copyOnce', 'CopyObject', () => copyOnce('pending/key', 'images/key', '"1"', 'image/png')],
  ['listFiles', 'ListObjectsV2', () => listFiles('pending/').next()],
  ['remove', 'DeleteObject', () => remove(['key'])],
])('%s throws what S3 says of its refusal, and not the token that S3 repeats', async (_, operation, act) => {
  await expect(act()).rejects.toThrow(
    new Error(`S3 answered 400 to ${operation}: ExpiredToken: The provided token has expired.`),
  );
});
