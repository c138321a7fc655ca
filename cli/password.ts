/** Whose password a command signs in with: the one in the environment, or a seeded user's on the local stack. */
import { seedUsers } from '../deployment/seed-users';
import type { Deployment } from '../deployment/deployment';
import { Failure } from '../deployment/failure';

/** Throws `Failure` where none is known. */
export function passwordOf(email: string, { cognitoEndpoint }: Deployment): string {
  const seeded = cognitoEndpoint === undefined ? undefined : seedUsers.find((user) => user.email === email)?.password;
  const password = process.env['CATALOG_PASSWORD'] ?? seeded;
  if (password === undefined) throw new Failure(`Set CATALOG_PASSWORD to the password of ${email}.`);
  return password;
}
