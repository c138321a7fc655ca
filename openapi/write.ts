/** `npm run openapi`: writes the description of the API to docs/openapi.json. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from './document';

export const documentFile = path.join(__dirname, '..', 'docs', 'openapi.json');
export function main(): void {
  writeFileSync(documentFile, `${JSON.stringify(openApiDocument(), undefined, 2)}\n`);
}
