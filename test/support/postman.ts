/** The Postman collection, read request by request. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';

const event = z.object({ listen: z.string(), script: z.object({ exec: z.array(z.string()) }) });
const request = z.object({
  name: z.string(),
  event: z.array(event),
  request: z.object({ method: z.string(), url: z.string(), description: z.string() }),
});
type PostmanRequest = z.infer<typeof request>;

const folder = z.object({
  name: z.string(),
  description: z.string(),
  get item(): z.ZodMiniArray<z.ZodMiniUnion<[typeof request, typeof folder]>> {
    return z.array(z.union([request, folder]));
  },
});
type Folder = z.infer<typeof folder>;

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(projectRoot, 'postman', file), 'utf8'));

const { item: folders } = z.object({ item: z.array(folder) }).parse(read('catalog.postman_collection.json'));

const requestsIn = ({ item }: Folder): PostmanRequest[] =>
  item.flatMap((entry) => ('item' in entry ? requestsIn(entry) : [entry]));

export const requests = folders.flatMap(requestsIn);

/** The requests in the folders of the first level whose names start with one of these numbers. */
export const requestsOfFolders = (...numbers: number[]) =>
  folders.filter(({ name }) => numbers.some((number) => name.startsWith(`${number} `))).flatMap(requestsIn);

const environment = z.object({ values: z.array(z.object({ key: z.string(), value: z.string() })) });

export function readEnvironment(name: 'local' | 'aws'): Map<string, string> {
  const { values } = environment.parse(read(`${name}.postman_environment.json`));
  return new Map(values.map(({ key, value }) => [key, value]));
}
