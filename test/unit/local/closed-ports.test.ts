import { closedPorts } from '../../../local/closed-ports';

const reason = async (port: number): Promise<unknown> =>
  fetch(`http://127.0.0.1:${port}`).catch((error: unknown) => (error instanceof Error ? error.cause : error));

it('has ports that fetch refuses before it asks anybody', async () => {
  expect(closedPorts.size).toBeGreaterThan(80);
  const reasons = await Promise.all([...closedPorts].map(reason));
  expect(new Set(reasons.map(String))).toEqual(new Set(['Error: bad port']));
});
