/** docs/events.schema.json as tests want it. */
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';
import { closeObjects } from './openapi';

export const eventSchemasFile = path.join(projectRoot, 'docs', 'events.schema.json');
const ajv = addFormats(new Ajv2020({ strict: false, validateSchema: false }));
const schemas: unknown = JSON.parse(readFileSync(eventSchemasFile, 'utf8'));
const check = ajv.compile(closeObjects(schemas) as object);

/** What events can be of: `product.created`, and so on. */
export const eventTypes = z
  .object({ oneOf: z.array(z.object({ $ref: z.string() })) })
  .parse(schemas)
  .oneOf.map(({ $ref }) => $ref.replace('#/$defs/', ''));

/** What is wrong with an event, by a schema with no members allowed but those in it; empty where nothing is. */
export const eventFaults = (event: unknown): unknown[] => (check(event) ? [] : (check.errors ?? []));
