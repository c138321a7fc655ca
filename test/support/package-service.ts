/** Jest's global setup for infrastructure tests: makes all the packages that they look into. */
import { packages } from './packages';
import { packageEach } from './packaging';

export default async function packageAll(): Promise<void> {
  process.env['PACKAGE_FOLDERS'] = JSON.stringify(await packageEach(packages));
}
