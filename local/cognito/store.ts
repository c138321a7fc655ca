/** The users, groups and sign-ins of the local pool, in one JSON file. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { StartError } from '../processes/start-error';
import { clientId } from './clients';

const time = z.number();

const user = z.object({
  /** Also the user's name: the pool knows people by address, and names them by id. */
  sub: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  /** An address that the user wants to have, and has not proved yet. */
  pendingEmail: z.optional(z.string()),
  /** Other attributes, by name. */
  attributes: z.record(z.string(), z.string()),
  status: z.enum(['UNCONFIRMED', 'CONFIRMED', 'FORCE_CHANGE_PASSWORD']),
  enabled: z.boolean(),
  /** A salt and an SRP verifier, in hex: the password itself is kept nowhere. */
  password: z.object({ salt: z.string(), verifier: z.string() }),
  passwordSetAt: time,
  groups: z.array(z.string()),
  /** The codes that have been sent: what for, and until when they are good. */
  codes: z.record(z.string(), time),
  createdAt: time,
  modifiedAt: time,
});

export type User = z.infer<typeof user>;

const group = z.object({
  GroupName: z.string(),
  Description: z.optional(z.string()),
  Precedence: z.optional(z.number()),
  createdAt: time,
});

export type Group = z.infer<typeof group>;

const session = z.object({
  sub: z.string(),
  /** The client that has signed the user in; stores of before there was a second one do not say it. */
  clientId: z._default(z.string(), clientId),
  /** SHA-256 of the refresh token. */
  refreshHash: z.string(),
  scope: z.string(),
  signedInAt: time,
  expiresAt: time,
});

const content = z.object({
  users: z.record(z.string(), user),
  groups: z.array(group),
  /** By the claim `origin_jti` of their tokens. */
  sessions: z.record(z.string(), session),
});

export type Session = z.infer<typeof session>;

type Content = z.infer<typeof content>;

export interface Store {
  /** As it is now; to be changed by `change` alone. */
  readonly now: Readonly<Content>;
  /** Changes all of it, and is on disk before it returns; where `edit` throws, nothing has changed. */
  change<Result>(edit: (draft: Content) => Result): Result;
}

/** The entry that the record itself has: ids come from outside, and `constructor` may be one. */
export const entryOf = <Entry>(record: Readonly<Record<string, Entry>>, name: string): Entry | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** Throws `StartError` where the file of an earlier run cannot be read. */
export function openStore(file: string): Store {
  mkdirSync(path.dirname(file), { recursive: true });
  let now = readContent(file);
  return {
    get now() {
      return now;
    },
    change(edit) {
      const draft = structuredClone(now);
      const result = edit(draft);
      const over = Object.entries(draft.sessions).filter(([, { expiresAt }]) => expiresAt < Date.now());
      for (const [id] of over) Reflect.deleteProperty(draft.sessions, id);
      writeFileSync(`${file}.new`, JSON.stringify(draft), { mode: 0o600 });
      renameSync(`${file}.new`, file);
      now = draft;
      return result;
    },
  };
}

function readContent(file: string): Content {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { users: {}, groups: [], sessions: {} };
  }
  try {
    return content.parse(JSON.parse(text));
  } catch {
    throw new StartError(`The local users in ${file} are damaged: run "npm start -- --reset" to start empty.`);
  }
}
