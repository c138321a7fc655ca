/** Clients of the SDK that answer as a test says, until the end of its file: files of one process share the packages (one-realm.js). */
import { mockClient as mock } from 'aws-sdk-client-mock';

export const mockClient: typeof mock = (client) => {
  const stub = mock(client);
  afterAll(() => {
    stub.restore();
  });
  return stub;
};
