export const prefixes: { pending: string; served: string };

export function uploadCors(origins: readonly string[]): {
  AllowedOrigins: string[];
  AllowedMethods: string[];
  AllowedHeaders: string[];
  MaxAge: number;
}[];

export const readHeaders: Record<string, string>;
