/** The intrinsic functions of CloudFormation, as far as the templates of this project need them. */
import * as z from 'zod/mini';

const call = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
  z.strictObject({ 'Fn::Sub': z.string() }),
]);

/** What `Ref` gives under a resource's name, and `Fn::GetAtt` under `name.attribute`. */
type KnownValues = ReadonlyMap<string, string>;

/**
 * The value with `Ref`, `Fn::GetAtt` and `Fn::Sub` replaced by what they give. A function whose result is not known stays as it
 * is: an object, which nobody takes for the text that should be there.
 */
export function resolve(value: unknown, known: KnownValues): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, known));
  if (typeof value !== 'object' || value === null) return value;
  const parsed = call.safeParse(value);
  const result = parsed.success ? resultOf(parsed.data, known) : undefined;
  return result ?? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, known)]));
}

function resultOf(called: z.infer<typeof call>, known: KnownValues): string | undefined {
  if ('Ref' in called) return known.get(called.Ref);
  if ('Fn::GetAtt' in called) return known.get(called['Fn::GetAtt'].join('.'));
  const text = called['Fn::Sub'].replace(/\$\{([^}]*)\}/g, (variable, name: string) => known.get(name) ?? variable);
  return text.includes('${') ? undefined : text;
}
