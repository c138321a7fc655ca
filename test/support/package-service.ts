/** Jest's global setup for infrastructure tests. */
import { packageService } from './packaging';

export default function setup(): void {
  process.env['PACKAGE_DIRECTORY'] = packageService();
}
