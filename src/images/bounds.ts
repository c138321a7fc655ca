/** What the file of a picture may be: the API holds to it, and the console's page says so before it sends anything. */

/** Not SVG: it can hold scripts. */
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;

export const mostBytes = { picture: 10 * 1024 * 1024, preview: 1024 * 1024 };

/** In pixels. */
export const longestSide = { picture: 12_000, preview: 400 };
