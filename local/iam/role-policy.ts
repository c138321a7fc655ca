/** Whether a role's policies allow a request: a small part of IAM's language, and a denial for all the rest of it. */
import * as z from 'zod/mini';

/**
 * Patterns without policy variables, whose first parts are literal: IAM takes no wildcard for a service ("IAM JSON policy
 * elements", Action and Resource).
 */
const action = z.string().check(z.regex(/^(?:\*|[\w-]+:[\w*?-]+)$/));
const resource = z.string().check(z.regex(/^(?:\*|arn:[^:*?]+:[^:*?]+:(?!.*\$\{).+)$/));

const oneOrMore = <Item extends z.ZodMiniType>(item: Item) => z.union([item, z.array(item)]);

const documents = z.array(
  z.strictObject({
    Version: z.literal('2012-10-17'),
    Statement: z.array(
      z.strictObject({
        Sid: z.optional(z.string()),
        Effect: z.enum(['Allow', 'Deny']),
        Action: oneOrMore(action),
        Resource: oneOrMore(resource),
      }),
    ),
  }),
);

interface PolicyRequest {
  action: string;
  resource: string;
}

/**
 * Whether a statement of these policy documents allows the request and none denies it. Where any of the documents has
 * anything else in it (a condition, an exception, a policy variable, an unresolved intrinsic function), nothing is allowed.
 */
export function allows(policies: unknown, request: PolicyRequest): boolean {
  const parsed = documents.safeParse(policies);
  if (!parsed.success) return false;
  const effects = parsed.data
    .flatMap(({ Statement }) => Statement)
    .filter(({ Action }) => [Action].flat().some((name) => matches(name.toLowerCase(), request.action.toLowerCase())))
    .filter(({ Resource }) => [Resource].flat().some((pattern) => matches(pattern, request.resource)))
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** Wildcards stay within a part of the ARN, but a `*` at the end of a part goes on over colons (as above, Resource). */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[\\^$.|+()[\]{}*?]/g, '\\$&')
    .replace(/\\\*(?=:|$)/g, '[^]*')
    .replaceAll('\\*', '[^:]*')
    .replaceAll('\\?', '[^:]');
  return new RegExp(`^${expression}$`, 'u').test(text);
}
