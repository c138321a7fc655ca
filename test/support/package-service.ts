/** Jest's global setup for infrastructure tests: makes all the packages that they look into. */
import { templates, wholePackage } from './packages';
import { packageService, packageTemplates } from './packaging';

export default async function packageAll(): Promise<void> {
  const folders = await packageTemplates(templates);
  // The last: in a whole run, the local stack has built the console's page by then.
  folders['lambda'] = await packageService(wholePackage);
  process.env['PACKAGE_FOLDERS'] = JSON.stringify(folders);
}
