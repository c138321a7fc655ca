/** Jest's global setup for tests that go through the limits of AWS: a database, and those limits in front of it. */
import { startAwsLimits } from '../../bench/aws-limits/proxy';
import { quickLatency } from './quick-latency';
import { stopAtTheEnd } from './services';
import startDatabase from './start-database';

export default async function startLimitedDatabase(): Promise<void> {
  await startDatabase();
  const engine = process.env['DYNAMODB_ENDPOINT'] ?? process.env['TEST_DATABASE'] ?? '';
  const limits = await startAwsLimits({ engine, latency: quickLatency });
  stopAtTheEnd({
    ended: new Promise(() => undefined),
    async stop() {
      const { transactions, conflicts } = limits.counts();
      await limits.stop();
      // Races have so many, and without these they would be the same as on the engine alone.
      if (transactions > 1_000 && conflicts < transactions / 10) {
        throw new Error(`Of ${transactions} transactions only ${conflicts} were cancelled for meeting others`);
      }
    },
  });
  process.env['TEST_LIMITED_DATABASE'] = limits.endpoint;
  // For tests that set up limits of their own.
  process.env['TEST_UNLIMITED_DATABASE'] = engine;
}
