/** `npm run openapi`: writes the description of the API to docs/openapi.json, and that of the events to docs/events.schema.json. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openApiDocument } from './document';
import { eventSchemas } from './event-schemas';

const docs = path.join(__dirname, '..', 'docs');
export const documentFile = path.join(docs, 'openapi.json');
const asText = (document: object) => `${JSON.stringify(document, undefined, 2)}\n`;

export function main(): void {
  writeFileSync(documentFile, asText(openApiDocument()));
  writeFileSync(path.join(docs, 'events.schema.json'), asText(eventSchemas()));
}
