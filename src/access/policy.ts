/** The access policy: which level every route asks for, and which groups have that level. */

/** The groups that have a level; one of them is enough. */
export const levels = {
  admin: ['admin'],
  user: ['user', 'admin'],
} as const;
export type Level = keyof typeof levels;

/** Every route of the API, under its route key. A route that is not here is open to nobody. */
export const policy: Readonly<Record<string, Level>> = {
  'POST /categories': 'admin',
  'PUT /categories/{categoryId}': 'admin',
  'PATCH /categories/{categoryId}': 'admin',
  'DELETE /categories/{categoryId}': 'admin',
  'POST /products': 'admin',
  'PUT /products/{productId}': 'admin',
  'PATCH /products/{productId}': 'admin',
  'DELETE /products/{productId}': 'admin',
  'GET /categories': 'user',
  'GET /categories/{categoryId}': 'user',
  'GET /products': 'user',
  'GET /products/{productId}': 'user',
  'GET /admin/products': 'admin',
  'GET /admin/products/{productId}': 'admin',
  'GET /admin/products/{productId}/history': 'admin',
  'POST /admin/products/{productId}/restore': 'admin',
  'GET /admin/categories/{categoryId}/history': 'admin',
};

/** The groups that each route lets in, under its route key. */
export const allowedGroups: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(policy).map(([routeKey, level]) => [routeKey, levels[level]]),
);
